package io.github.cpythonengine.wrap;

import java.util.AbstractCollection;
import java.util.Iterator;
import java.util.Objects;
import java.util.Spliterator;
import java.util.function.Consumer;

/** {@code PyDict.values()}. */
final class DictValues extends AbstractCollection<Object> {

    private final PyDict dict;

    DictValues(PyDict dict) {
        this.dict = dict;
    }

    @Override
    public Iterator<Object> iterator() {
        return DictIterator.values(dict);
    }

    @Override
    public int size() {
        return dict.size();
    }

    @Override
    public boolean contains(Object value) {
        return dict.containsValue(value);
    }

    @Override
    public void clear() {
        dict.clear();
    }

    @Override
    public Object[] toArray() {
        return dict.valueArray();
    }

    @Override
    public <T> T[] toArray(T[] into) {
        return Bulk.toArray(dict.valueArray(), into);
    }

    @Override
    public void forEach(Consumer<? super Object> action) {
        Objects.requireNonNull(action, "action");
        Bulk.forEach(dict.valueArray(), action);
    }

    @Override
    public Spliterator<Object> spliterator() {
        return Bulk.spliterator(dict::valueArray, Spliterator.ORDERED);
    }
}
