package io.github.cpythonengine.wrap;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.interpreter.Bridge;
import io.github.cpythonengine.interpreter.Gil;
import java.util.ArrayList;
import java.util.List;

/** Java objects as Python objects without members: all that the tests of this package need. */
final class OpaqueObjects implements Bridge.JavaObjects {

    private static final String CODE = """
            class Opaque:
                def __init__(self, number):
                    self.number = number

            class Failure(Exception):
                def __init__(self, number, text):
                    super().__init__(text)
                    self.number = number
            """;

    private final List<Object> objects = new ArrayList<>();
    private long type;
    private long failure;

    private void prepare(Gil gil) {
        if (type != 0) {
            return;
        }
        long builtins = C.PyEval_GetBuiltins();
        long names = gil.own(C.PyDict_New());
        gil.check(C.PyDict_SetItem(names, gil.name("__builtins__"), builtins));
        gil.check(C.PyDict_SetItem(names, gil.name("__name__"), gil.str("opaque")));
        long exec = C.PyDict_GetItemWithError(builtins, gil.name("exec"));
        gil.call(exec, gil.str(CODE), names);
        type = gil.newRef(C.PyDict_GetItemWithError(names, gil.name("Opaque")));
        failure = gil.newRef(C.PyDict_GetItemWithError(names, gil.name("Failure")));
    }

    private long number(Gil gil, Object object) {
        objects.add(object);
        return gil.python(objects.size() - 1);
    }

    @Override
    public long wrap(Gil gil, Object object) {
        prepare(gil);
        return gil.newRef(gil.call(type, number(gil, object)));
    }

    @Override
    public boolean isJavaType(Gil gil, long kind) {
        return kind == type && type != 0;
    }

    @Override
    public Object unwrap(Gil gil, long object) {
        return objects.get((int) Layout.intValue(gil.attr(object, "number")));
    }

    @Override
    public long exception(Gil gil, Throwable error) {
        prepare(gil);
        return gil.newRef(gil.call(failure, number(gil, error), gil.str(String.valueOf(error))));
    }

    @Override
    public Throwable throwable(Gil gil, long exception) {
        return Layout.typeOf(exception) == failure && failure != 0 ? (Throwable) unwrap(gil, exception) : null;
    }
}
