package io.github.cpythonengine.convert;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * What Python can iterate over and Java has no live view of, such as a range, a generator, a deque or a
 * dict's keys, where Java wants a collection: a copy that cannot be changed, so that no change is lost
 * unnoticed. Iterators and Iterables are no copies, and take the items one by one.
 */
final class Iterables {

    private Iterables() {}

    /**
     * The items as a value of this type, or null when it is none of those here or the object does not fit it.
     *
     * @param natural the object's natural value
     */
    static Object of(Gil gil, long object, Class<?> type, Object natural) {
        if (type == Iterable.class) {
            return natural instanceof Iterator<?> iterator ? once(iterator) : null;
        }
        if (type == Iterator.class) {
            return gil.toJava(Elements.iterator(gil, object, type));
        }
        if (type == Collection.class || type == List.class && !(natural instanceof Set)) {
            return Collections.unmodifiableList(Arrays.asList(values(gil, Elements.of(gil, object, type))));
        }
        if (type == Set.class && isKind(gil, object, "set")) {
            return Collections.unmodifiableSet(
                    new LinkedHashSet<>(Arrays.asList(values(gil, Elements.of(gil, object, type)))));
        }
        if (type == Map.class && isKind(gil, object, "mapping")) {
            return map(gil, dict(gil, object));
        }
        if (type == IntStream.class) {
            return Arrays.stream((int[]) Targets.to(gil, object, int[].class));
        }
        if (type == LongStream.class) {
            return Arrays.stream((long[]) Targets.to(gil, object, long[].class));
        }
        return type == DoubleStream.class ? Arrays.stream((double[]) Targets.to(gil, object, double[].class)) : null;
    }

    @SuppressWarnings("unchecked") // nobody can put anything in
    static Iterable<Object> once(Iterator<?> iterator) {
        return () -> (Iterator<Object>) iterator;
    }

    /** Whether it says that it is a {@code set} or {@code mapping} as {@code collections.abc} has them. */
    static boolean isKind(Gil gil, long object, String kind) {
        return gil.text(gil.call(Half.member(gil, "abstract_kind"), object)).equals(kind);
    }

    /** A dict of the items of a mapping, owned by the scope. */
    static long dict(Gil gil, long mapping) {
        return gil.call(Half.member(gil, "as_dict"), mapping);
    }

    private static Object[] values(Gil gil, long[] items) {
        Object[] values = new Object[items.length];
        Elements.convert(gil, items, Object.class, (index, value) -> values[index] = value);
        return values;
    }

    private static Map<Object, Object> map(Gil gil, long dict) {
        long items = gil.own(C.PyDict_Items(dict));
        long[] pairs = Layout.listItems(items);
        Map<Object, Object> copy = new LinkedHashMap<>();
        long[] pair = new long[2];
        for (long each : pairs) {
            try (Gil one = Gil.acquire()) {
                Layout.tupleItems(each, 0, pair);
                copy.put(one.toJava(pair[0]), one.toJava(pair[1]));
            }
        }
        return Collections.unmodifiableMap(copy);
    }

    /** Whether a converted value is what the object is by nature, too. */
    static boolean isNatural(Gil gil, long object, Object converted) {
        if (object == Py.NONE) {
            return converted == null;
        }
        if (Layout.typeOf(object) == Py.STR) {
            return converted instanceof String;
        }
        if (Layout.typeOf(object) == Py.FLOAT) {
            return converted instanceof Double;
        }
        Object natural = gil.toJava(object);
        return natural != null && natural.getClass() == converted.getClass();
    }
}
