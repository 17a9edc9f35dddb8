package io.github.cpythonengine.python;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.interpreter.Gil;
import java.util.Map;

/** Calls with Java arguments, the last of which may be {@link Kwargs}. */
final class Calls {

    private static final Object[] NONE = {};

    private Calls() {}

    /** A reference owned by the scope. */
    static long call(Gil gil, long callable, Object[] given) {
        Object[] arguments = given == null ? NONE : given;
        if (arguments.length > 0 && arguments[arguments.length - 1] instanceof Kwargs names) {
            return callWithNames(gil, callable, arguments, names);
        }
        return gil.call(callable, arguments);
    }

    private static long callWithNames(Gil gil, long callable, Object[] arguments, Kwargs names) {
        int positional = arguments.length - 1;
        long tuple = gil.own(C.PyTuple_New(positional));
        for (int i = 0; i < positional; i++) {
            gil.check(C.PyTuple_SetItem(tuple, i, gil.check(gil.toPython(arguments[i]))));
        }
        long dict = gil.own(C.PyDict_New());
        for (Map.Entry<String, Object> name : names.asMap().entrySet()) {
            gil.check(C.PyDict_SetItem(dict, gil.name(name.getKey()), gil.python(name.getValue())));
        }
        return gil.own(C.PyObject_Call(callable, tuple, dict));
    }
}
