package io.github.cpythonengine.host;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Optional;

/** Functional interfaces: those with one method to implement. */
final class Functional {

    private static final ClassValue<Optional<Method>> METHODS = new ClassValue<>() {
        @Override
        protected Optional<Method> computeValue(Class<?> type) {
            return find(type);
        }
    };

    private Functional() {}

    /** The one abstract method, or null. Those that Object has do not count. */
    static Method method(Class<?> type) {
        return METHODS.get(type).orElse(null);
    }

    private static Optional<Method> find(Class<?> type) {
        if (!type.isInterface()) {
            return Optional.empty();
        }
        Method only = null;
        for (Method method : type.getMethods()) {
            if (Modifier.isAbstract(method.getModifiers()) && !isOfObject(method)) {
                if (only != null && !sameSignature(only, method)) {
                    return Optional.empty();
                }
                only = only != null && method.isBridge() ? only : method;
            }
        }
        return Optional.ofNullable(only);
    }

    private static boolean sameSignature(Method one, Method other) {
        return one.getName().equals(other.getName()) && one.getParameterCount() == other.getParameterCount();
    }

    private static boolean isOfObject(Method method) {
        return Arrays.stream(Object.class.getMethods())
                .anyMatch(known -> known.getName().equals(method.getName())
                        && Arrays.equals(known.getParameterTypes(), method.getParameterTypes()));
    }
}
