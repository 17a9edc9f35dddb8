package io.github.cpythonengine.convert;

import io.github.cpythonengine.interpreter.Gil;
import java.lang.reflect.Type;

/** Conversion to a wanted Java type: range-checked, never silently lossy. */
final class Targets {

    private Targets() {}

    static Object convert(Gil gil, long object, Type wanted) {
        Object natural = gil.toJava(object);
        if (wanted instanceof Class<?> type && (natural == null || type.isInstance(natural))) {
            return natural;
        }
        throw new ClassCastException("to " + wanted.getTypeName());
    }
}
