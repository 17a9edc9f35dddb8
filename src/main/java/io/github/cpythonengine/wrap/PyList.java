package io.github.cpythonengine.wrap;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.python.PyObject;
import io.github.cpythonengine.python.PyView;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.ConcurrentModificationException;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A Python {@code list}, or an object of a subclass, as a live {@code java.util.List}: changes on
 * either side are seen on the other.
 *
 * <p>Values are converted each time they are read and when they are written; {@code null} is {@code
 * None}. What searches ({@code contains}, {@code indexOf}, {@code remove(Object)}) and equality
 * compare converted values with {@code equals}. Whole-list operations ({@code toArray}, {@code
 * forEach}, {@code stream}, {@code addAll}, {@code sort}, {@code removeIf} ...) cross into Python once
 * and move items without converting them back; iterators read in chunks. The methods that an object
 * of a subclass overrides are used.
 *
 * <p>Each single operation is atomic and may be used from any thread. Iterators and sublists notice a
 * size changed by others on best effort ({@link ConcurrentModificationException}).
 */
public final class PyList extends Sequence implements PyView, Serializable {

    private static final long serialVersionUID = 1;

    private final transient PyObject object;
    private final boolean exact;

    PyList(PyObject object, boolean exact) {
        this.object = object;
        this.exact = exact;
    }

    @Override
    public PyObject pyObject() {
        return object;
    }

    /** Serialized it is a copy, a list of Java's. */
    private Object writeReplace() {
        return new ArrayList<>(this);
    }

    // ---- reading

    @Override
    Chunk read(int from, int most) {
        return Gil.with(gil -> {
            long list = gil.use(object);
            if (exact) {
                int size = size(gil, list);
                int count = Math.max(0, Math.min(most, size - from));
                return new Chunk(Items.values(gil, Items.ofList(list, from, count)), size);
            }
            long all = gil.own(C.PySequence_List(list));
            int size = Layout.arrayLength(Layout.listSize(all));
            int count = Math.max(0, Math.min(most, size - from));
            return new Chunk(Items.values(gil, Items.ofList(all, from, count)), size);
        });
    }

    @Override
    public int size() {
        return Gil.with(gil -> size(gil, gil.use(object)));
    }

    private int size(Gil gil, long list) {
        long size = exact ? Layout.listSize(list) : gil.checkSize(C.PyObject_Size(list));
        return (int) Math.min(Integer.MAX_VALUE, size);
    }

    @Override
    public Object get(int index) {
        return Gil.with(gil -> {
            long list = gil.use(object);
            Objects.checkIndex(index, size(gil, list));
            return get(gil, list, index);
        });
    }

    private Object get(Gil gil, long list, int index) {
        return exact
                ? Items.value(gil, Items.ofList(list, index))
                : gil.toJava(gil.own(C.PyObject_GetItem(list, gil.python(index))));
    }

    // ---- writing

    @Override
    public Object set(int index, Object value) {
        written();
        return Gil.with(gil -> {
            long list = gil.use(object);
            long item = gil.python(value);
            Objects.checkIndex(index, size(gil, list));
            Object before = get(gil, list, index);
            gil.check(
                    exact
                            ? C.PyList_SetItem(list, index, gil.newRef(item))
                            : C.PyObject_SetItem(list, gil.python(index), item));
            return before;
        });
    }

    @Override
    public boolean add(Object value) {
        modCount++;
        Gil.run(gil -> {
            long list = gil.use(object);
            long item = gil.python(value);
            if (exact) {
                gil.check(C.PyList_Append(list, item));
            } else {
                gil.call(gil.attr(list, "append"), item);
            }
        });
        return true;
    }

    @Override
    public void add(int index, Object value) {
        Gil.run(gil -> {
            long list = gil.use(object);
            long item = gil.python(value);
            Objects.checkIndex(index, size(gil, list) + 1);
            if (exact) {
                gil.check(C.PyList_Insert(list, index, item));
            } else {
                gil.call(gil.attr(list, "insert"), gil.python(index), item);
            }
        });
        modCount++;
    }

    @Override
    public boolean addAll(Collection<?> items) {
        return insert(-1, items);
    }

    @Override
    public boolean addAll(int index, Collection<?> items) {
        Objects.checkIndex(index, size() + 1);
        return insert(index, items);
    }

    /** At the end for -1. */
    private boolean insert(int index, Collection<?> items) {
        Object[] values = Items.toArray(items);
        boolean changed = Gil.with(gil -> {
            long list = gil.use(object);
            long added = gil.own(C.PySequence_List(Items.iterable(gil, items, values)));
            int before = size(gil, list);
            int at = index < 0 ? before : index;
            setSlice(gil, list, at, at, added);
            return Layout.listSize(added) > 0;
        });
        modCount++;
        return changed;
    }

    @Override
    public Object remove(int index) {
        Object removed = Gil.with(gil -> {
            long list = gil.use(object);
            Objects.checkIndex(index, size(gil, list));
            Object before = get(gil, list, index);
            gil.check(
                    exact
                            ? C.PyList_SetSlice(list, index, index + 1L, 0)
                            : C.PyObject_DelItem(list, gil.python(index)));
            return before;
        });
        modCount++;
        return removed;
    }

    @Override
    public void clear() {
        deletePart(0, Integer.MAX_VALUE);
    }

    @Override
    protected void removeRange(int from, int to) {
        deletePart(from, to);
    }

    @Override
    void deletePart(int from, int to) {
        Gil.run(gil -> setSlice(gil, gil.use(object), from, to, 0));
        modCount++;
    }

    /** {@code list[from:to] = items}, or {@code del list[from:to]} for 0. */
    private void setSlice(Gil gil, long list, int from, int to, long items) {
        if (exact) {
            gil.check(C.PyList_SetSlice(list, from, to, items));
        } else if (items != 0) {
            Half.call(gil, "set_slice", list, gil.python(from), gil.python(to), items);
        } else {
            Half.call(gil, "del_slice", list, gil.python(from), gil.python(to));
        }
    }

    // ---- writing in bulk: Java decides over converted values, Python's own items are moved

    @Override
    void sortPart(int from, int to, Comparator<? super Object> order) {
        try (Rewrite rewrite = begin(from, to)) {
            rewrite.sort(order);
            end(rewrite);
        }
        modCount++;
    }

    @Override
    void replacePart(int from, int to, UnaryOperator<Object> operator) {
        try (Rewrite rewrite = begin(from, to)) {
            rewrite.replace(operator);
            end(rewrite);
        }
        written();
    }

    @Override
    int removePart(int from, int to, Predicate<? super Object> filter) {
        try (Rewrite rewrite = begin(from, to)) {
            int removed = rewrite.remove(filter);
            if (removed > 0) {
                end(rewrite);
                modCount++;
            }
            return removed;
        }
    }

    private Rewrite begin(int from, int to) {
        int changes = changes();
        return Gil.with(gil -> {
            long list = gil.use(object);
            long all = exact ? list : gil.own(C.PySequence_List(list));
            int size = size(gil, all);
            int end = to == END ? size : to;
            PyObject part = (PyObject) gil.object(C.PyList_GetSlice(all, from, end));
            return new Rewrite(part, Items.values(gil, Layout.listItems(gil.use(part))), from, end, size, changes);
        });
    }

    private void end(Rewrite rewrite) {
        if (changes() != rewrite.changes) {
            throw new ConcurrentModificationException();
        }
        Gil.run(gil -> {
            long list = gil.use(object);
            if (size(gil, list) != rewrite.size) {
                throw new ConcurrentModificationException();
            }
            setSlice(gil, list, rewrite.from, rewrite.to, rewrite.items(gil));
        });
    }

    @Override
    public boolean equals(Object other) {
        return Nesting.isSame(object, other) || super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }

    @Override
    public String toString() {
        return Nesting.print(object, "(this Collection)", super::toString);
    }
}
