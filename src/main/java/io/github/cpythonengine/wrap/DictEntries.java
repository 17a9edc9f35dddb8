package io.github.cpythonengine.wrap;

import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Spliterator;
import java.util.function.Consumer;

/** {@code PyDict.entrySet()}. */
final class DictEntries extends AbstractSet<Map.Entry<Object, Object>> {

    /** What {@code getOrDefault} gives for an absent key. */
    private static final Object ABSENT = new Object();

    private final PyDict dict;

    DictEntries(PyDict dict) {
        this.dict = dict;
    }

    @Override
    public Iterator<Map.Entry<Object, Object>> iterator() {
        return DictIterator.entries(dict);
    }

    @Override
    public int size() {
        return dict.size();
    }

    @Override
    public boolean contains(Object entry) {
        if (entry instanceof Map.Entry<?, ?> wanted) {
            Object value = dict.getOrDefault(wanted.getKey(), ABSENT);
            return value != ABSENT && Objects.equals(value, wanted.getValue());
        }
        return false;
    }

    @Override
    public boolean remove(Object entry) {
        return contains(entry) && dict.removeKey(((Map.Entry<?, ?>) entry).getKey());
    }

    @Override
    public void clear() {
        dict.clear();
    }

    private Object[] all() {
        Object[][] parts = dict.arrays();
        Object[] entries = new Object[parts[0].length];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = new DictIterator.Item(dict, parts[0][i], parts[1][i]);
        }
        return entries;
    }

    @Override
    public Object[] toArray() {
        return all();
    }

    @Override
    public <T> T[] toArray(T[] into) {
        return Bulk.toArray(all(), into);
    }

    @Override
    public void forEach(Consumer<? super Map.Entry<Object, Object>> action) {
        Objects.requireNonNull(action, "action");
        Bulk.forEach(all(), action);
    }

    @Override
    public Spliterator<Map.Entry<Object, Object>> spliterator() {
        return Bulk.spliterator(this::all, Spliterator.ORDERED | Spliterator.DISTINCT);
    }
}
