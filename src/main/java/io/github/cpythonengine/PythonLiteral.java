package io.github.cpythonengine;

/** A Java string as a Python string literal that means exactly the same. */
final class PythonLiteral {

    private PythonLiteral() {}

    static String of(String text) {
        StringBuilder literal = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(point -> append(literal, point));
        return literal.append('"').toString();
    }

    private static void append(StringBuilder literal, int point) {
        switch (point) {
            case '"' -> literal.append("\\\"");
            case '\\' -> literal.append("\\\\");
            case '\n' -> literal.append("\\n");
            case '\r' -> literal.append("\\r");
            default -> {
                if (point >= ' ' && point < 0x7f) {
                    literal.append((char) point);
                } else {
                    literal.append(String.format("\\U%08x", point));
                }
            }
        }
    }
}
