package io.github.cpythonengine.host;

import io.github.cpythonengine.interpreter.Arguments;
import io.github.cpythonengine.interpreter.Gil;

/** The Java object that a function of the Python half was called for: its first argument. */
final class Receivers {

    private Receivers() {}

    static Object any(Gil gil, Arguments arguments) {
        return of(gil, arguments.get(0), Object.class);
    }

    static <T> T get(Gil gil, Arguments arguments, Class<T> type) {
        return type.cast(of(gil, arguments.get(0), type));
    }

    /** Also a Python object that implements the interface. */
    static Object of(Gil gil, long self, Class<?> type) {
        Object object = Handles.object(self);
        return object != null ? object : gil.toJava(self, type);
    }
}
