package io.github.cpythonengine.convert;

import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.python.PyObject;
import io.github.cpythonengine.python.PyView;
import java.io.Serializable;
import java.lang.reflect.Type;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A live view of a Python dict whose values Java declared to be of a type that they are not by nature. */
final class TypedMap extends AbstractMap<Object, Object> implements PyView, Serializable {

    private static final long serialVersionUID = 1L;

    private final transient Map<Object, Object> map;
    private final transient Type type;

    /** @param map the live view */
    @SuppressWarnings("unchecked") // Python takes any key and value
    TypedMap(Object map, Type type) {
        this.map = (Map<Object, Object>) map;
        this.type = type;
    }

    /** Serialized it is a copy, a map in the same order of Java's. */
    private Object writeReplace() {
        return new LinkedHashMap<>(this);
    }

    @Override
    public PyObject pyObject() {
        return ((PyView) map).pyObject();
    }

    @Override
    public boolean containsKey(Object key) {
        return map.containsKey(key);
    }

    @Override
    public Object get(Object key) {
        return TypedList.typed(map.get(key), type);
    }

    @Override
    public Object put(Object key, Object value) {
        return Gil.with(gil -> {
            Object before = get(key); // may be of another type by now: first, while nothing is changed
            map.put(key, value);
            return before;
        });
    }

    @Override
    public Object remove(Object key) {
        return Gil.with(gil -> {
            Object before = get(key);
            map.remove(key);
            return before;
        });
    }

    @Override
    public Set<Entry<Object, Object>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return map.size();
            }

            @Override
            public void clear() {
                map.clear();
            }

            @Override
            public Iterator<Entry<Object, Object>> iterator() {
                return new Entries(map.entrySet().iterator());
            }
        };
    }

    private final class Entries implements Iterator<Entry<Object, Object>> {
        private final Iterator<Entry<Object, Object>> entries;

        Entries(Iterator<Entry<Object, Object>> entries) {
            this.entries = entries;
        }

        @Override
        public boolean hasNext() {
            return entries.hasNext();
        }

        @Override
        public Entry<Object, Object> next() {
            Entry<Object, Object> entry = entries.next();
            return new SimpleEntry<>(entry.getKey(), TypedList.typed(entry.getValue(), type)) {
                private static final long serialVersionUID = 1L;

                @Override
                public Object setValue(Object value) {
                    entry.setValue(value);
                    return super.setValue(value);
                }
            };
        }

        @Override
        public void remove() {
            entries.remove();
        }
    }
}
