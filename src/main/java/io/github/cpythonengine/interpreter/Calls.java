package io.github.cpythonengine.interpreter;

import static io.github.cpythonengine.capi.Api.C;

/** Calls of methods of Python objects. */
public final class Calls {

    private Calls() {}

    /**
     * Calls a method of an object or view that came from Python.
     *
     * @return {@link Namespace#ABSENT} when there is no such attribute or it is not callable
     */
    public static Object method(Gil gil, Object target, String name, Object[] arguments) {
        long method = gil.attrOrZero(gil.use(target), name);
        if (method == 0 || C.PyCallable_Check(method) == 0) {
            return Namespace.ABSENT;
        }
        return gil.toJava(gil.call(method, arguments));
    }
}
