package io.github.cpythonengine.wrap;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.DictTable;
import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.python.PyObject;
import io.github.cpythonengine.python.PyView;
import java.io.Serializable;
import java.util.AbstractMap;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/**
 * A Python {@code dict}, or an object of a subclass ({@code OrderedDict}, {@code defaultdict}, {@code
 * Counter} ...), as a live {@code java.util.Map} in Python's order: changes on either side are seen on
 * the other, also through {@code keySet}, {@code values} and {@code entrySet}.
 *
 * <p>Keys and values are converted each time they are read and when they are written; {@code null} is
 * {@code None}, as a key too. Python's equality decides which keys are the same: {@code get} of an
 * {@code Integer 1}, a {@code Long 1}, a {@code Double 1.0} and {@code true} finds the same entry. A {@code
 * List} is looked for as a tuple and a {@code Set} as a frozenset; a key that Python cannot hash is not there. {@code get} never adds an entry, not even with {@code
 * defaultdict}; the methods that an object of a subclass overrides are used. Equality and hash of the
 * map are those of {@code java.util.Map} over the converted keys and values.
 *
 * <p>Whole-map operations cross into Python once, iterators read in chunks. Each single operation may
 * be used from any thread; {@code putIfAbsent}, {@code getOrDefault} and {@code remove} are atomic, the
 * other compound ones are not. Iterators notice a size changed by others on best effort.
 */
public final class PyDict extends AbstractMap<Object, Object> implements PyView, Serializable {

    private static final long serialVersionUID = 1;

    private final transient PyObject object;
    private final boolean exact;

    /** Counts entries added or removed, and values replaced, through this map. */
    private int changes;

    private int writes;

    PyDict(PyObject object, boolean exact) {
        this.object = object;
        this.exact = exact;
    }

    @Override
    public PyObject pyObject() {
        return object;
    }

    /** Serialized it is a copy, a map in the same order of Java's. */
    private Object writeReplace() {
        return new LinkedHashMap<>(this);
    }

    int changes() {
        return changes;
    }

    int writes() {
        return writes;
    }

    // ---- one entry

    @Override
    public int size() {
        return Gil.with(gil -> size(gil, gil.use(object)));
    }

    int size(Gil gil, long dict) {
        long size = gil.checkSize(exact ? C.PyDict_Size(dict) : C.PyObject_Size(dict));
        return (int) Math.min(Integer.MAX_VALUE, size);
    }

    @Override
    public boolean isEmpty() {
        return size() == 0;
    }

    /** The value of a key, owned by the scope or as good as that; 0 when there is none. */
    private long find(Gil gil, long dict, long key) {
        if (key == 0) {
            return 0;
        }
        if (exact) {
            long value = C.PyDict_GetItemWithError(dict, key);
            if (value != 0) {
                return gil.strong(value);
            }
            Lookup.checkAbsent(gil);
            return 0;
        }
        boolean there = Lookup.found(gil, C.PySequence_Contains(dict, key));
        return there ? gil.own(C.PyObject_GetItem(dict, key)) : 0;
    }

    private boolean contains(Gil gil, long dict, long key) {
        return key != 0 && Lookup.found(gil, exact ? C.PyDict_Contains(dict, key) : C.PySequence_Contains(dict, key));
    }

    private void write(Gil gil, long dict, long key, long value) {
        gil.check(exact ? C.PyDict_SetItem(dict, key, value) : C.PyObject_SetItem(dict, key, value));
    }

    private void delete(Gil gil, long dict, long key) {
        gil.check(exact ? C.PyDict_DelItem(dict, key) : C.PyObject_DelItem(dict, key));
    }

    @Override
    public Object get(Object key) {
        return getOrDefault(key, null);
    }

    @Override
    public Object getOrDefault(Object key, Object absent) {
        return Gil.with(gil -> {
            long dict = gil.use(object);
            long value = find(gil, dict, Lookup.key(gil, key));
            return value == 0 ? absent : gil.toJava(value);
        });
    }

    @Override
    public boolean containsKey(Object key) {
        return Gil.with(gil -> contains(gil, gil.use(object), Lookup.key(gil, key)));
    }

    @Override
    public boolean containsValue(Object value) {
        for (Object each : valueArray()) {
            if (Objects.equals(value, each)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Object put(Object key, Object value) {
        return Gil.with(gil -> {
            long dict = gil.use(object);
            long pythonKey = gil.python(key);
            long pythonValue = gil.python(value);
            long before = find(gil, dict, pythonKey);
            write(gil, dict, pythonKey, pythonValue);
            wrote(before == 0);
            return before == 0 ? null : gil.toJava(before);
        });
    }

    @Override
    public Object putIfAbsent(Object key, Object value) {
        return Gil.with(gil -> {
            long dict = gil.use(object);
            long pythonKey = gil.python(key);
            long before = find(gil, dict, pythonKey);
            Object there = before == 0 ? null : gil.toJava(before);
            if (there == null) {
                write(gil, dict, pythonKey, gil.python(value));
                wrote(before == 0);
            }
            return there;
        });
    }

    private void wrote(boolean added) {
        if (added) {
            changes++;
        }
        writes++;
    }

    /** Replaces the value of an entry that an iterator gave; no change for iterators. */
    void replaceValue(Object key, Object value) {
        Gil.run(gil -> {
            long dict = gil.use(object);
            long pythonKey = gil.python(key);
            if (!contains(gil, dict, pythonKey)) {
                throw new IllegalStateException("The Python dict has no entry of this key any more: " + key);
            }
            write(gil, dict, pythonKey, gil.python(value));
        });
    }

    @Override
    public void putAll(Map<?, ?> entries) {
        if (entries instanceof PyView) {
            Gil.run(gil -> gil.call(gil.attr(gil.use(object), "update"), gil.use(entries)));
        } else {
            Object[] keys = new Object[entries.size()];
            Object[] values = new Object[keys.length];
            int count = 0;
            for (Entry<?, ?> entry : entries.entrySet()) {
                keys[count] = entry.getKey();
                values[count++] = entry.getValue();
            }
            putAll(keys, values);
        }
        wrote(true);
    }

    private void putAll(Object[] keys, Object[] values) {
        Gil.run(gil -> {
            long dict = gil.use(object);
            for (int i = 0; i < keys.length; i++) {
                try (Gil entry = Gil.acquire()) {
                    write(entry, dict, entry.python(keys[i]), entry.python(values[i]));
                }
            }
        });
    }

    @Override
    public Object remove(Object key) {
        return Gil.with(gil -> {
            long dict = gil.use(object);
            long pythonKey = Lookup.key(gil, key);
            long value = find(gil, dict, pythonKey);
            if (value == 0) {
                return null;
            }
            delete(gil, dict, pythonKey);
            changes++;
            return gil.toJava(value);
        });
    }

    /** Removes a key and says whether it was there. */
    boolean removeKey(Object key) {
        return Gil.with(gil -> {
            long dict = gil.use(object);
            long pythonKey = Lookup.key(gil, key);
            boolean there = contains(gil, dict, pythonKey);
            if (there) {
                delete(gil, dict, pythonKey);
                changes++;
            }
            return there;
        });
    }

    /** Removes a key of Python's own, for iterators. */
    void removeKey(Gil gil, long key) {
        delete(gil, gil.use(object), key);
        changes++;
    }

    @Override
    public void clear() {
        Gil.run(gil -> {
            long dict = gil.use(object);
            if (exact) {
                C.PyDict_Clear(dict);
            } else {
                gil.call(gil.attr(dict, "clear"));
            }
        });
        changes++;
    }

    // ---- all entries

    /** A new list of the keys, owned by the scope. */
    long keyList(Gil gil) {
        long dict = gil.use(object);
        return exact ? gil.own(C.PyDict_Keys(dict)) : Half.call(gil, "keys", dict);
    }

    /** New lists of the keys and of the values, in the same order, owned by the scope. */
    long[] lists(Gil gil) {
        long dict = gil.use(object);
        if (!exact) {
            long[] pair = new long[2];
            Layout.tupleItems(Half.call(gil, "keys_and_values", dict), 0, pair);
            return pair;
        }
        while (true) {
            long keys = gil.own(C.PyDict_Keys(dict));
            long values = gil.own(C.PyDict_Values(dict));
            if (Layout.listSize(keys) == Layout.listSize(values)) {
                return new long[] {keys, values};
            }
            // a destructor ran in between and changed the dict
        }
    }

    /** The keys and the values, in the same order, borrowed, if there are at most so many and they can be read; else null. */
    long[][] few(Gil gil, int most) {
        return exact ? DictTable.items(gil.use(object), most) : null;
    }

    /** The keys and the values, in the same order: borrowed, or of lists that the scope owns. */
    private long[][] items(Gil gil) {
        long[][] items = few(gil, Integer.MAX_VALUE);
        if (items == null) {
            long[] lists = lists(gil);
            items = new long[][] {Layout.listItems(lists[0]), Layout.listItems(lists[1])};
        }
        return items;
    }

    Object[] keyArray() {
        return Gil.with(gil -> Items.values(gil, items(gil)[0]));
    }

    Object[] valueArray() {
        return Gil.with(gil -> Items.values(gil, items(gil)[1]));
    }

    Object[][] arrays() {
        return Gil.with(gil -> gil.toJava(items(gil)));
    }

    @Override
    public void forEach(BiConsumer<? super Object, ? super Object> action) {
        Objects.requireNonNull(action, "action");
        Object[][] all = arrays();
        for (int i = 0; i < all[0].length; i++) {
            action.accept(all[0][i], all[1][i]);
        }
    }

    @Override
    public void replaceAll(BiFunction<? super Object, ? super Object, ?> function) {
        Objects.requireNonNull(function, "function");
        Object[][] all = arrays();
        Object[] after = new Object[all[0].length];
        for (int i = 0; i < after.length; i++) {
            after[i] = function.apply(all[0][i], all[1][i]);
        }
        Gil.run(gil -> {
            long dict = gil.use(object);
            long keys = keyList(gil);
            if (Layout.listSize(keys) != after.length) {
                throw new ConcurrentModificationException();
            }
            for (int i = 0; i < after.length; i++) {
                if (after[i] != all[1][i]) {
                    try (Gil entry = Gil.acquire()) {
                        write(entry, dict, Items.ofList(keys, i), entry.python(after[i]));
                    }
                }
            }
        });
        writes++;
    }

    @Override
    public Set<Object> keySet() {
        return new DictKeys(this);
    }

    @Override
    public Collection<Object> values() {
        return new DictValues(this);
    }

    @Override
    public Set<Entry<Object, Object>> entrySet() {
        return new DictEntries(this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Map
                && (this == other || Nesting.isSame(object, other) || Nesting.deeper(() -> super.equals(other)));
    }

    @Override
    public int hashCode() {
        return Nesting.deeper(super::hashCode);
    }

    @Override
    public String toString() {
        return Nesting.print(object, "(this Map)", super::toString);
    }
}
