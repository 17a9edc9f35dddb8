package io.github.cpythonengine.host;

/** Names of Java classes as Python shows them. */
final class Names {

    private Names() {}

    /** {@code Entry} of {@code java.util.Map$Entry}, {@code int[]} of an array. */
    static String simple(Class<?> type) {
        String nested = nested(type);
        return nested.substring(nested.lastIndexOf('.') + 1);
    }

    /** {@code Map.Entry}, or the rest of the binary name for a class without a name in the source. */
    static String nested(Class<?> type) {
        if (type.isArray()) {
            return nested(type.getComponentType()) + "[]";
        }
        if (type.isMemberClass()) {
            return nested(type.getEnclosingClass()) + "." + type.getSimpleName();
        }
        return type.getName().substring(type.getName().lastIndexOf('.') + 1);
    }

    /** The package; {@code builtins} for none, which Python leaves out of messages. */
    static String module(Class<?> type) {
        String name = type.getPackageName();
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        return name.isEmpty() || element.isPrimitive() ? "builtins" : name;
    }

    /** As it is written in Java: {@code java.util.Map.Entry}, {@code int[]}. */
    static String full(Class<?> type) {
        String module = module(type);
        return module.equals("builtins") ? nested(type) : module + "." + nested(type);
    }
}
