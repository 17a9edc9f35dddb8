package io.github.cpythonengine.wrap;

import java.util.Collection;
import java.util.Comparator;
import java.util.ConcurrentModificationException;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A part of a sequence ({@code subList}), live as the whole. */
final class Range extends Sequence {

    private final Sequence whole;
    private final int offset;
    private int size;

    Range(Sequence whole, int offset, int size) {
        this.whole = whole;
        this.offset = offset;
        this.size = size;
        modCount = whole.changes();
    }

    private void check() {
        if (modCount != whole.changes()) {
            throw new ConcurrentModificationException();
        }
    }

    private int at(int index, int limit) {
        check();
        return offset + Objects.checkIndex(index, limit);
    }

    private int end(int to) {
        return to == END ? size : to;
    }

    private void resized(int by) {
        size += by;
        modCount = whole.changes();
    }

    @Override
    Chunk read(int from, int most) {
        check();
        Chunk read = whole.read(offset + from, Math.max(0, Math.min(most, size - from)));
        if (read.size() < offset + size) {
            throw new ConcurrentModificationException(
                    "The Python sequence has " + read.size() + " items left, its part ends at " + (offset + size));
        }
        return new Chunk(read.values(), size);
    }

    @Override
    public int size() {
        check();
        return size;
    }

    @Override
    public Object get(int index) {
        return whole.get(at(index, size));
    }

    @Override
    public Object set(int index, Object value) {
        written();
        return whole.set(at(index, size), value);
    }

    @Override
    public void add(int index, Object value) {
        whole.add(at(index, size + 1), value);
        resized(1);
    }

    @Override
    public Object remove(int index) {
        Object removed = whole.remove(at(index, size));
        resized(-1);
        return removed;
    }

    @Override
    public boolean addAll(Collection<?> items) {
        return addAll(size, items);
    }

    @Override
    public boolean addAll(int index, Collection<?> items) {
        int at = at(index, size + 1);
        int before = whole.size();
        boolean changed = whole.addAll(at, items);
        resized(whole.size() - before);
        return changed;
    }

    @Override
    protected void removeRange(int from, int to) {
        deletePart(from, to);
    }

    @Override
    void deletePart(int from, int to) {
        check();
        whole.deletePart(offset + from, offset + end(to));
        resized(from - end(to));
    }

    @Override
    void sortPart(int from, int to, Comparator<? super Object> order) {
        check();
        whole.sortPart(offset + from, offset + end(to), order);
        resized(0);
    }

    @Override
    void replacePart(int from, int to, UnaryOperator<Object> operator) {
        check();
        written();
        whole.replacePart(offset + from, offset + end(to), operator);
    }

    @Override
    int removePart(int from, int to, Predicate<? super Object> filter) {
        check();
        int removed = whole.removePart(offset + from, offset + end(to), filter);
        resized(-removed);
        return removed;
    }
}
