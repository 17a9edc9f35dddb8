package io.github.cpythonengine.wrap;

import io.github.cpythonengine.interpreter.Gil;
import java.util.AbstractMap;
import java.util.Map;

/** Goes through the keys, the values or the entries of a dict. */
abstract class DictIterator<T> extends SnapshotIterator<T> {

    final PyDict dict;
    private final int writes;

    private DictIterator(PyDict dict) {
        super(dict.changes());
        this.dict = dict;
        writes = dict.writes();
    }

    static DictIterator<Object> keys(PyDict dict) {
        return new DictIterator<>(dict) {
            @Override
            long[] lists(Gil gil) {
                return new long[] {dict.keyList(gil)};
            }

            @Override
            long[][] few(Gil gil, int most) {
                long[][] both = super.few(gil, most);
                return both == null ? null : new long[][] {both[0]};
            }

            @Override
            Object result(Object[][] chunk, int index) {
                return chunk[0][index];
            }
        };
    }

    static DictIterator<Object> values(PyDict dict) {
        return new DictIterator<>(dict) {
            @Override
            Object result(Object[][] chunk, int index) {
                return value(chunk, index);
            }
        };
    }

    static DictIterator<Map.Entry<Object, Object>> entries(PyDict dict) {
        return new DictIterator<>(dict) {
            @Override
            Map.Entry<Object, Object> result(Object[][] chunk, int index) {
                return new Item(dict, chunk[0][index], value(chunk, index));
            }
        };
    }

    /** The value of an entry, read again when Java code replaced some value meanwhile. */
    final Object value(Object[][] chunk, int index) {
        Object read = chunk[1][index];
        return writes == dict.writes() ? read : dict.getOrDefault(chunk[0][index], read);
    }

    @Override
    long[] lists(Gil gil) {
        return dict.lists(gil);
    }

    @Override
    long[][] few(Gil gil, int most) {
        return dict.few(gil, most);
    }

    @Override
    int currentSize(Gil gil) {
        return dict.size(gil, gil.use(dict));
    }

    @Override
    int currentChanges() {
        return dict.changes();
    }

    @Override
    void remove(Gil gil, long key) {
        dict.removeKey(gil, key);
    }

    /** An entry; setting its value writes to the dict. */
    static final class Item extends AbstractMap.SimpleEntry<Object, Object> {
        private static final long serialVersionUID = 1L;

        private final transient PyDict dict;

        Item(PyDict dict, Object key, Object value) {
            super(key, value);
            this.dict = dict;
        }

        @Override
        public Object setValue(Object value) {
            if (dict != null) {
                dict.replaceValue(getKey(), value);
            }
            return super.setValue(value);
        }

        @Override
        public boolean equals(Object other) {
            return super.equals(other);
        }

        @Override
        public int hashCode() {
            return super.hashCode();
        }
    }
}
