package io.github.cpythonengine.host;

import static java.util.Map.entry;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.interpreter.Arguments;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import io.github.cpythonengine.interpreter.PythonFunction;
import java.lang.reflect.Type;
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
        return valueOrEnd(gil, gil.released(() -> lookUp(self, key)), arguments.get(0));
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

    private static long valueOrEnd(Gil gil, Object value, long map) {
        return value == ABSENT ? gil.newRef(Half.end(gil)) : Values.item(gil, value, TypeArguments.values(map));
    }

    private static long put(Gil gil, Arguments arguments) throws Exception {
        Map<Object, Object> self = self(gil, arguments);
        long to = arguments.get(0);
        Type keys = Typed.keysOf(to);
        Object key = Typed.value(gil, arguments.get(1), keys, to);
        Object value = Typed.value(gil, arguments.get(2), Typed.valuesOf(to), to);
        gil.released(() -> self.put(keys == null ? Similar.keyToPut(self, key) : key, value));
        return gil.newRef(Py.NONE);
    }

    /** (map, [key, value, key, value ...]) */
    private static long putAll(Gil gil, Arguments arguments) throws Exception {
        Map<Object, Object> self = self(gil, arguments);
        long to = arguments.get(0);
        Type keys = Typed.keysOf(to);
        Type values = Typed.valuesOf(to);
        List<Object> flat = keys == null && values == null
                ? Bulk.toJava(gil, arguments.get(1))
                : typed(gil, arguments.get(1), keys, values, to);
        gil.released(() -> {
            Map<Object, Object> pairs = new LinkedHashMap<>();
            for (int i = 0; i < flat.size(); i += 2) {
                Object key = flat.get(i);
                pairs.put(keys == null ? Similar.keyToPut(self, key) : key, flat.get(i + 1));
            }
            self.putAll(pairs);
            return null;
        });
        return gil.newRef(Py.NONE);
    }

    private static List<Object> typed(Gil gil, long flat, Type keys, Type values, long map) {
        boolean[] isValue = {true};
        return Bulk.toJava(gil, flat, object -> {
            isValue[0] = !isValue[0];
            return Typed.value(gil, object, isValue[0] ? values : keys, map);
        });
    }

    private static long remove(Gil gil, Arguments arguments) throws Exception {
        Map<Object, Object> self = self(gil, arguments);
        Object key = arguments.value(1);
        Object value = gil.released(() -> {
            if (!Similar.hasKey(self, key)) {
                return ABSENT;
            }
            return self.remove(key == null ? null : Similar.key(self, key));
        });
        return valueOrEnd(gil, value, arguments.get(0));
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
        return pair == null ? gil.newRef(Half.end(gil)) : pair(gil, pair, arguments.get(0));
    }

    private static long entryPair(Gil gil, Arguments arguments) throws Exception {
        Map.Entry<?, ?> self = Receivers.get(gil, arguments, Map.Entry.class);
        Object[] pair = gil.released(() -> new Object[] {self.getKey(), self.getValue()});
        return pair(gil, pair, arguments.get(0));
    }

    /** A list of both, whose declarations are those of a map or an entry. */
    private static long pair(Gil gil, Object[] pair, long of) {
        long list = Bulk.toPython(gil, pair, 2);
        TypeArguments known = Handles.typeArguments(of);
        if (known != null) {
            long[] made = new long[2];
            Layout.listItems(list, 0, made);
            note(known.keys(), made[0], pair[0]);
            note(known.values(), made[1], pair[1]);
        }
        return list;
    }

    private static void note(DeclaredType type, long made, Object value) {
        if (type != null) {
            type.note(made, value);
        }
    }
}
