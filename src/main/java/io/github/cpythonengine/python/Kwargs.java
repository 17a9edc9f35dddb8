package io.github.cpythonengine.python;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Keyword arguments of a call, as the last argument of {@code invokeFunction}, {@code invokeMethod}
 * and {@link PyObject#call}: {@code Kwargs.of("sep", ", ").and("end", "")}.
 *
 * <p>Immutable, in the order given.
 */
public final class Kwargs {

    private final Map<String, Object> values;

    private Kwargs(Map<String, Object> values) {
        this.values = values;
    }

    /** One keyword argument; the value may be null, which is {@code None}. */
    public static Kwargs of(String name, Object value) {
        return new Kwargs(Map.of()).and(name, value);
    }

    /** The entries of a map, whose keys must not be null. */
    public static Kwargs of(Map<String, ?> values) {
        Map<String, Object> copy = new LinkedHashMap<>();
        values.forEach((name, value) -> copy.put(Objects.requireNonNull(name, "name"), value));
        return new Kwargs(copy);
    }

    /** These and one more, which replaces one of the same name. */
    public Kwargs and(String name, Object value) {
        Map<String, Object> copy = new LinkedHashMap<>(values);
        copy.put(Objects.requireNonNull(name, "name"), value);
        return new Kwargs(copy);
    }

    /** The arguments, unmodifiable. */
    public Map<String, Object> asMap() {
        return Collections.unmodifiableMap(values);
    }

    @Override
    public String toString() {
        return "Kwargs" + values;
    }
}
