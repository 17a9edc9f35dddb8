package io.github.cpythonengine.convert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One row of the conversion table: Python types that become Java values, and Java classes that
 * become Python objects. A row may have one direction only.
 */
final class Rule {

    /** A Java class and what becomes of its instances and those of its subclasses. */
    record FromClass<T>(Class<T> type, ToPython<? super T> rule) {}

    final String python;
    final String java;
    final Map<String, ToJava> types = new LinkedHashMap<>();
    final List<FromClass<?>> classes = new ArrayList<>();

    private Rule(String python, String java) {
        this.python = python;
        this.java = java;
    }

    /** A row under the names that the README's table has. */
    static Rule row(String python, String java) {
        return new Rule(python, java);
    }

    /** Objects of exactly this Python type, named with its module: {@code "decimal.Decimal"}. */
    Rule fromPython(String type, ToJava rule) {
        types.put(type, rule);
        return this;
    }

    /** Instances of this class or interface. */
    <T> Rule fromJava(Class<T> type, ToPython<? super T> rule) {
        classes.add(new FromClass<>(type, rule));
        return this;
    }
}
