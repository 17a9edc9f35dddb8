package io.github.cpythonengine.wrap;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.python.PyObject;
import io.github.cpythonengine.python.PyView;
import java.io.Serializable;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Objects;
import java.util.Set;
import java.util.Spliterator;
import java.util.function.Consumer;

/**
 * A Python {@code set}, or an object of a subclass, as a live {@code java.util.Set}; a {@code
 * frozenset} as an unmodifiable one.
 *
 * <p>Items are converted each time they are read and when they are written. Python's equality decides
 * what is in it: {@code contains} of an {@code Integer 1}, a {@code Long 1}, a {@code Double 1.0} and
 * {@code true} finds the same item; what Python cannot hash is not in it. {@code equals} and {@code
 * hashCode} are those of {@code java.util.Set} over the converted items. Whole-set operations cross
 * into Python once, iterators read in chunks. Usable from any thread; iterators notice a size changed
 * by others on best effort.
 */
public final class PySet extends AbstractSet<Object> implements PyView, Serializable {

    private static final long serialVersionUID = 1;

    private final transient PyObject object;
    private final boolean exact;
    private final boolean frozen;

    /** Counts items added or removed through this view. */
    private int changes;

    PySet(PyObject object, boolean exact, boolean frozen) {
        this.object = object;
        this.exact = exact;
        this.frozen = frozen;
    }

    @Override
    public PyObject pyObject() {
        return object;
    }

    /** Serialized it is a copy, a set of Java's. */
    private Object writeReplace() {
        return frozen ? Collections.unmodifiableSet(new HashSet<>(this)) : new HashSet<>(this);
    }

    // ---- one item

    @Override
    public int size() {
        return Gil.with(gil -> size(gil, gil.use(object)));
    }

    private int size(Gil gil, long set) {
        long size = gil.checkSize(exact ? C.PySet_Size(set) : C.PyObject_Size(set));
        return (int) Math.min(Integer.MAX_VALUE, size);
    }

    private boolean contains(Gil gil, long set, long item) {
        return item != 0 && Lookup.found(gil, exact ? C.PySet_Contains(set, item) : C.PySequence_Contains(set, item));
    }

    @Override
    public boolean contains(Object item) {
        return Gil.with(gil -> contains(gil, gil.use(object), Lookup.key(gil, item)));
    }

    @Override
    public boolean add(Object item) {
        checkModifiable();
        return Gil.with(gil -> {
            long set = gil.use(object);
            long added = gil.python(item);
            if (contains(gil, set, added)) {
                return false;
            }
            if (exact) {
                gil.check(C.PySet_Add(set, added));
            } else {
                gil.call(gil.attr(set, "add"), added);
            }
            changes++;
            return true;
        });
    }

    @Override
    public boolean remove(Object item) {
        checkModifiable();
        return Gil.with(gil -> {
            long set = gil.use(object);
            long removed = Lookup.key(gil, item);
            boolean there = contains(gil, set, removed);
            if (there) {
                discard(gil, set, removed);
            }
            return there;
        });
    }

    private void discard(Gil gil, long set, long item) {
        if (exact) {
            gil.check(C.PySet_Discard(set, item));
        } else {
            gil.call(gil.attr(set, "discard"), item);
        }
        changes++;
    }

    private void checkModifiable() {
        if (frozen) {
            throw new UnsupportedOperationException("a frozenset cannot be changed");
        }
    }

    // ---- all items

    private long list(Gil gil) {
        return gil.own(C.PySequence_List(gil.use(object)));
    }

    private Object[] all() {
        return Gil.with(gil -> Items.values(gil, Layout.listItems(list(gil))));
    }

    @Override
    public boolean containsAll(Collection<?> items) {
        Object[] wanted = items.toArray();
        return Gil.with(gil -> {
            long set = gil.use(object);
            for (Object item : wanted) {
                try (Gil one = Gil.acquire()) {
                    if (!contains(one, set, Lookup.key(one, item))) {
                        return false;
                    }
                }
            }
            return true;
        });
    }

    @Override
    public boolean addAll(Collection<?> items) {
        checkModifiable();
        Object[] values = Items.toArray(items);
        return Gil.with(gil -> {
            long set = gil.use(object);
            int before = size(gil, set);
            gil.call(gil.attr(set, "update"), Items.iterable(gil, items, values));
            boolean changed = size(gil, set) != before;
            if (changed) {
                changes++;
            }
            return changed;
        });
    }

    @Override
    public void clear() {
        checkModifiable();
        Gil.run(gil -> {
            long set = gil.use(object);
            if (exact) {
                gil.check(C.PySet_Clear(set));
            } else {
                gil.call(gil.attr(set, "clear"));
            }
        });
        changes++;
    }

    @Override
    public Iterator<Object> iterator() {
        return new Steps();
    }

    private final class Steps extends SnapshotIterator<Object> {

        Steps() {
            super(changes);
        }

        @Override
        long[] lists(Gil gil) {
            return new long[] {list(gil)};
        }

        @Override
        int currentSize(Gil gil) {
            return size(gil, gil.use(object));
        }

        @Override
        int currentChanges() {
            return changes;
        }

        @Override
        void remove(Gil gil, long item) {
            checkModifiable();
            discard(gil, gil.use(object), item);
        }

        @Override
        Object result(Object[][] chunk, int index) {
            return chunk[0][index];
        }
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

    @Override
    public Spliterator<Object> spliterator() {
        return Bulk.spliterator(this::all, Spliterator.DISTINCT);
    }

    // ---- as a Set of converted items

    /** As the other set sees it, so that both agree: {@code 1} and {@code 1.0} differ in Java. */
    @Override
    public boolean equals(Object other) {
        if (this == other || Nesting.isSame(object, other)) {
            return true;
        }
        if (!(other instanceof Set<?> set)) {
            return false;
        }
        return Nesting.deeper(() -> {
            Object[] items = all();
            Set<?> java = set instanceof PySet python ? new HashSet<>(Arrays.asList(python.all())) : set;
            return java.size() == items.length && java.containsAll(Arrays.asList(items));
        });
    }

    @Override
    public int hashCode() {
        return Nesting.deeper(super::hashCode);
    }

    @Override
    public String toString() {
        return Nesting.print(object, "(this Collection)", super::toString);
    }
}
