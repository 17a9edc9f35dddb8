package io.github.cpythonengine.host;

import static java.util.Map.entry;

import io.github.cpythonengine.interpreter.Arguments;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import io.github.cpythonengine.interpreter.PythonFunction;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a {@code java.util.Map} does as a Python mapping. */
final class Maps {

    /** Tells that there is no such key from a null value. */
    private static final Object ABSENT = new Object();

    private Maps() {}

    static Map<String, PythonFunction> functions() {
        return Map.ofEntries(
                entry("map_size", Maps::size),
                entry("map_contains", Maps::contains),
                entry("map_get", Maps::get),
                entry("map_put", Maps::put),
                entry("map_put_all", Maps::putAll),
                entry("map_remove", Maps::remove),
                entry("map_pop", Maps::pop),
                entry("entry", Maps::entryPair));
    }

    @SuppressWarnings("unchecked") // Python may put anything into a map, as raw Java code may
    private static Map<Object, Object> self(Gil gil, Arguments arguments) {
        return Receivers.get(gil, arguments, Map.class);
    }

    private static long size(Gil gil, Arguments arguments) throws Exception {
        return gil.toPython(gil.released(self(gil, arguments)::size));
    }

    private static long contains(Gil gil, Arguments arguments) throws Exception {
        Map<Object, Object> self = self(gil, arguments);
        Object key = arguments.value(1);
        return gil.toPython(gil.released(() -> Similar.hasKey(self, key)));
    }

    private static long get(Gil gil, Arguments arguments) throws Exception {
        Map<Object, Object> self = self(gil, arguments);
        Object key = arguments.value(1);
        return valueOrEnd(gil, gil.released(() -> lookUp(self, key)));
    }

    private static Object lookUp(Map<Object, Object> map, Object key) {
        Object value;
        try {
            value = map.get(key);
        } catch (ClassCastException | NullPointerException e) {
            value = null;
        }
        if (value != null) {
            return value;
        }
        if (key == null) {
            return Similar.hasKey(map, null) ? null : ABSENT;
        }
        Object there = Similar.key(map, key);
        return there == null ? ABSENT : map.get(there);
    }

    private static long valueOrEnd(Gil gil, Object value) {
        return value == ABSENT ? gil.newRef(Half.end(gil)) : Values.item(gil, value);
    }

    private static long put(Gil gil, Arguments arguments) throws Exception {
        Map<Object, Object> self = self(gil, arguments);
        Object key = arguments.value(1);
        Object value = arguments.value(2);
        gil.released(() -> self.put(Similar.keyToPut(self, key), value));
        return gil.newRef(Py.NONE);
    }

    /** (map, [key, value, key, value ...]) */
    private static long putAll(Gil gil, Arguments arguments) throws Exception {
        Map<Object, Object> self = self(gil, arguments);
        List<Object> flat = Bulk.toJava(gil, arguments.get(1));
        gil.released(() -> {
            Map<Object, Object> pairs = new LinkedHashMap<>();
            for (int i = 0; i < flat.size(); i += 2) {
                pairs.put(Similar.keyToPut(self, flat.get(i)), flat.get(i + 1));
            }
            self.putAll(pairs);
            return null;
        });
        return gil.newRef(Py.NONE);
    }

    private static long remove(Gil gil, Arguments arguments) throws Exception {
        Map<Object, Object> self = self(gil, arguments);
        Object key = arguments.value(1);
        return valueOrEnd(gil, gil.released(() -> {
            if (!Similar.hasKey(self, key)) {
                return ABSENT;
            }
            return self.remove(key == null ? null : Similar.key(self, key));
        }));
    }

    /** An entry as a list of two, removed from the map. */
    private static long pop(Gil gil, Arguments arguments) throws Exception {
        Map<Object, Object> self = self(gil, arguments);
        Object[] pair = gil.released(() -> {
            Iterator<Map.Entry<Object, Object>> entries = self.entrySet().iterator();
            if (!entries.hasNext()) {
                return null;
            }
            Map.Entry<Object, Object> first = entries.next();
            Object[] both = {first.getKey(), first.getValue()};
            entries.remove();
            return both;
        });
        return pair == null ? gil.newRef(Half.end(gil)) : Bulk.toPython(gil, pair, 2);
    }

    private static long entryPair(Gil gil, Arguments arguments) throws Exception {
        Map.Entry<?, ?> self = Receivers.get(gil, arguments, Map.Entry.class);
        Object[] pair = gil.released(() -> new Object[] {self.getKey(), self.getValue()});
        return Bulk.toPython(gil, pair, 2);
    }
}
