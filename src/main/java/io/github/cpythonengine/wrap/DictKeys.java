package io.github.cpythonengine.wrap;

import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Objects;
import java.util.Spliterator;
import java.util.function.Consumer;

/** {@code PyDict.keySet()}. */
final class DictKeys extends AbstractSet<Object> {

    private final PyDict dict;

    DictKeys(PyDict dict) {
        this.dict = dict;
    }

    @Override
    public Iterator<Object> iterator() {
        return DictIterator.keys(dict);
    }

    @Override
    public int size() {
        return dict.size();
    }

    @Override
    public boolean contains(Object key) {
        return dict.containsKey(key);
    }

    @Override
    public boolean remove(Object key) {
        return dict.removeKey(key);
    }

    @Override
    public void clear() {
        dict.clear();
    }

    @Override
    public Object[] toArray() {
        return dict.keyArray();
    }

    @Override
    public <T> T[] toArray(T[] into) {
        return Bulk.toArray(dict.keyArray(), into);
    }

    @Override
    public void forEach(Consumer<? super Object> action) {
        Objects.requireNonNull(action, "action");
        Bulk.forEach(dict.keyArray(), action);
    }

    @Override
    public Spliterator<Object> spliterator() {
        return Bulk.spliterator(dict::keyArray, Spliterator.ORDERED | Spliterator.DISTINCT);
    }
}
