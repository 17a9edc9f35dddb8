package io.github.cpythonengine;

import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Holdings;
import io.github.cpythonengine.interpreter.Interpreter;
import java.util.List;

/**
 * What each language holds of the other one at a moment, for whoever looks for a leak: a report in words is {@link
 * #toString}. Some objects are there for the engine's own use, such as the variables of each engine (a {@code dict});
 * look at what grows.
 *
 * @param inJava the Python objects that Java holds, by type: as {@code PyObject}s, views, exceptions, engines
 * @param inPython the Java objects that Python holds, by class
 */
public record References(List<Held> inJava, List<Held> inPython) {

    /**
     * Objects of one type, held by the other language.
     *
     * @param type the name of the Python type or of the Java class
     * @param count how many are held
     * @param alone how many Python objects only Java refers to; 0 for Java's objects, of which nobody knows
     * @param holders in Python, what refers to some of the Java objects: told for the most numerous classes
     */
    public record Held(String type, int count, int alone, List<String> holders) {}

    /**
     * What is held now, the most numerous types first; nothing before Python has started. Not what garbage collectors
     * would free: collect first, on both sides, for exact numbers. Takes the GIL and looks through all of Python's
     * objects, which can take seconds in a large program. Any thread.
     */
    public static References take() {
        if (Interpreter.running() == null) {
            return new References(List.of(), List.of());
        }
        return Gil.with(gil -> new References(held(Holdings.ofJava(gil)), held(Holdings.ofPython(gil))));
    }

    private static List<Held> held(List<Holdings.Kind> kinds) {
        return kinds.stream()
                .map(kind -> new Held(kind.type(), kind.count(), kind.alone(), List.copyOf(kind.holders())))
                .toList();
    }

    /** Some lines for people. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append("Python objects held by Java: ").append(sum(inJava)).append('\n');
        for (Held held : inJava) {
            line(text, held).append(held.alone == 0 ? "\n" : ", " + held.alone + " of them by nobody else\n");
        }
        text.append("Java objects held by Python: ").append(sum(inPython)).append('\n');
        for (Held held : inPython) {
            line(text, held).append('\n');
            held.holders.forEach(
                    holder -> text.append("            by: ").append(holder).append('\n'));
        }
        return text.toString();
    }

    private static int sum(List<Held> all) {
        return all.stream().mapToInt(Held::count).sum();
    }

    private static StringBuilder line(StringBuilder text, Held held) {
        return text.append("%8d  %s".formatted(held.count, held.type));
    }
}
