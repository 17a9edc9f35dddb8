package io.github.cpythonengine.convert;

import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.python.PyObject;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * The conversion table of this process, open for additions: what a Python value is in Java and what
 * a Java value is in Python.
 *
 * <p>A converter added here goes before the built-in rules, a later one before an earlier one, and
 * serves all engines. Converters are called with the GIL held and must not wait for other threads.
 */
public final class Conversions {

    /**
     * A row of the built-in table.
     *
     * @param python the Python type or types
     * @param java the Java type or types
     */
    public record Row(String python, String java) {}

    private Conversions() {}

    /**
     * Java to Python: instances of {@code type} and its subtypes become what {@code converter} makes
     * of them, converted in turn: {@code addToPython(Money.class, Money::amount)}.
     */
    public static <T> void addToPython(Class<T> type, Function<? super T, ?> converter) {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(converter, "converter");
        ClassRules.add(ClassRules.userRule(type, converter));
    }

    /**
     * Python to Java: instances of exactly this Python type become what {@code converter} makes of
     * them.
     *
     * @param pythonType the type's module and qualified name: {@code "decimal.Decimal"}, {@code
     *     "builtins.range"}, {@code "__main__.Point"}
     */
    public static void addToJava(String pythonType, Function<? super PyObject, ?> converter) {
        Objects.requireNonNull(pythonType, "pythonType");
        Objects.requireNonNull(converter, "converter");
        TypeRules.add(pythonType, (Gil gil, long object) -> converter.apply((PyObject) gil.objectOf(object)));
    }

    /** The built-in rules. */
    public static List<Row> table() {
        return StandardRules.ALL.stream()
                .map(rule -> new Row(rule.python, rule.java))
                .toList();
    }
}
