package io.github.cpythonengine.wrap;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** What the views of list and tuple and their ranges share: reading in bulk. */
abstract class Sequence extends AbstractList<Object> implements RandomAccess {

    /** An index that stands for the size at the time of the operation. */
    static final int END = -1;

    /** Counts replaced items, which iterators must not show as they were. */
    private int writes;

    /**
     * Values read under one hold of the GIL.
     *
     * @param size the size of the whole sequence at that time
     */
    record Chunk(Object[] values, int size) {}

    /** At most {@code most} values from {@code from} on. */
    abstract Chunk read(int from, int most);

    /** All values. */
    Object[] all() {
        return read(0, Integer.MAX_VALUE).values();
    }

    final int changes() {
        return modCount;
    }

    final int writes() {
        return writes;
    }

    final void written() {
        writes++;
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
    public void forEach(Consumer<? super Object> action) {
        Objects.requireNonNull(action, "action");
        Bulk.forEach(all(), action);
    }

    /** Ordered and sized; reads all values in one go when it is first used. */
    @Override
    public Spliterator<Object> spliterator() {
        return Bulk.spliterator(this::all, Spliterator.ORDERED);
    }

    @Override
    public boolean containsAll(Collection<?> items) {
        return items.isEmpty() || Arrays.asList(all()).containsAll(items);
    }

    @Override
    public Iterator<Object> iterator() {
        return new SequenceIterator(this, 0);
    }

    @Override
    public ListIterator<Object> listIterator() {
        return new SequenceIterator(this, 0);
    }

    @Override
    public ListIterator<Object> listIterator(int index) {
        if (index != 0) {
            Objects.checkIndex(index, size() + 1);
        }
        return new SequenceIterator(this, index);
    }

    @Override
    public List<Object> subList(int from, int to) {
        Objects.checkFromToIndex(from, to, size());
        return new Range(this, from, to - from);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof List && Nesting.deeper(() -> super.equals(other));
    }

    @Override
    public int hashCode() {
        return Nesting.deeper(super::hashCode);
    }

    // ---- in bulk

    @Override
    public void sort(Comparator<? super Object> order) {
        sortPart(0, END, order);
    }

    @Override
    public void replaceAll(UnaryOperator<Object> operator) {
        Objects.requireNonNull(operator, "operator");
        replacePart(0, END, operator);
    }

    @Override
    public boolean removeIf(Predicate<? super Object> filter) {
        Objects.requireNonNull(filter, "filter");
        return removePart(0, END, filter) > 0;
    }

    @Override
    public boolean removeAll(Collection<?> items) {
        Objects.requireNonNull(items, "items");
        return removeIf(items::contains);
    }

    @Override
    public boolean retainAll(Collection<?> items) {
        Objects.requireNonNull(items, "items");
        return removeIf(item -> !items.contains(item));
    }

    // ---- the same of a part, which ends at an index or at END

    void sortPart(int from, int to, Comparator<? super Object> order) {
        throw new UnsupportedOperationException();
    }

    void replacePart(int from, int to, UnaryOperator<Object> operator) {
        throw new UnsupportedOperationException();
    }

    /** Returns how many were removed. */
    int removePart(int from, int to, Predicate<? super Object> filter) {
        throw new UnsupportedOperationException();
    }

    void deletePart(int from, int to) {
        throw new UnsupportedOperationException();
    }
}
