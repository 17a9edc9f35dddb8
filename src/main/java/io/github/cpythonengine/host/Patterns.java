package io.github.cpythonengine.host;

/** The patterns of {@link ClassAccess#only}. */
final class Patterns {

    private Patterns() {}

    static boolean match(String pattern, Class<?> type) {
        if (pattern.endsWith(".**")) {
            String start = pattern.substring(0, pattern.length() - 3);
            return type.getPackageName().equals(start) || type.getPackageName().startsWith(start + ".");
        }
        if (pattern.endsWith(".*")) {
            return type.getPackageName().equals(pattern.substring(0, pattern.length() - 2));
        }
        String name = type.getName();
        return name.equals(pattern) || name.startsWith(pattern + "$");
    }
}
