package io.github.cpythonengine.wrap;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.python.PyObject;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Goes through a dict or a set as it was at the first step, in chunks. A small one is converted at
 * once; of a large one a Python list of the items is kept until the end. A size changed by others is
 * noticed with the next chunk and when removing.
 */
abstract class SnapshotIterator<T> implements Iterator<T> {

    private static final int FIRST_CHUNK = 64;
    private static final int LARGEST_CHUNK = 1_024;

    /** The collection's count of changes by Java. */
    private int changes;

    private int size = -1;
    private int cursor;
    private int removed;
    private boolean removable;

    /** Lists of what a large collection held, null for a small one. */
    private PyObject[] kept;

    private Object[][] chunk;
    private int chunkFrom;

    SnapshotIterator(int changes) {
        this.changes = changes;
    }

    // ---- the collection

    /** New lists of its items, owned by the scope: one, or keys and values. */
    abstract long[] lists(Gil gil);

    /** The same as borrowed items, where they can be had without lists and are at most so many; else null. */
    long[][] few(Gil gil, int most) {
        return null;
    }

    abstract int currentSize(Gil gil);

    /** The count of changes by Java. */
    abstract int currentChanges();

    /** Removes an item of Python's own, the one in the first list. */
    abstract void remove(Gil gil, long item);

    /** What {@link #next} returns, by an item of each list. */
    abstract T result(Object[][] chunk, int index);

    // ---- Iterator

    @Override
    public final boolean hasNext() {
        if (size < 0) {
            Gil.run(this::begin);
        }
        if (cursor >= size && kept != null) {
            close();
        }
        return cursor < size;
    }

    @Override
    public final T next() {
        checkChanges();
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        if (cursor >= chunkFrom + chunk[0].length) {
            Gil.run(this::readMore);
        }
        removable = true;
        return result(chunk, cursor++ - chunkFrom);
    }

    @Override
    public final void remove() {
        if (!removable) {
            throw new IllegalStateException("next comes first");
        }
        checkChanges();
        Gil.run(gil -> {
            checkSize(gil);
            long list = kept != null ? gil.use(kept[0]) : lists(gil)[0];
            int index = kept != null ? cursor - 1 : cursor - 1 - removed;
            if (index >= Layout.listSize(list)) {
                throw new ConcurrentModificationException();
            }
            remove(gil, gil.strong(Items.ofList(list, index)));
        });
        removable = false;
        removed++;
        changes = currentChanges();
    }

    private void begin(Gil gil) {
        long[][] few = few(gil, LARGEST_CHUNK);
        if (few != null) {
            chunk = gil.toJava(few);
            size = few[0].length;
            return;
        }
        long[] lists = lists(gil);
        int all = Layout.arrayLength(Layout.listSize(lists[0]));
        boolean large = all > LARGEST_CHUNK;
        chunk = read(gil, lists, 0, large ? FIRST_CHUNK : all);
        if (large) {
            kept = new PyObject[lists.length];
            for (int i = 0; i < lists.length; i++) {
                kept[i] = (PyObject) gil.objectOf(lists[i]);
            }
        }
        size = all;
    }

    private void readMore(Gil gil) {
        checkSize(gil);
        long[] lists = new long[kept.length];
        for (int i = 0; i < lists.length; i++) {
            lists[i] = gil.use(kept[i]);
        }
        int most = Math.min(LARGEST_CHUNK, 2 * chunk[0].length);
        chunk = read(gil, lists, cursor, Math.min(most, size - cursor));
        chunkFrom = cursor;
    }

    private static Object[][] read(Gil gil, long[] lists, int from, int count) {
        long[][] items = new long[lists.length][];
        for (int i = 0; i < lists.length; i++) {
            items[i] = Items.ofList(lists[i], from, count);
        }
        return gil.toJava(items);
    }

    private void checkSize(Gil gil) {
        int now = currentSize(gil);
        if (now != size - removed) {
            throw new ConcurrentModificationException(
                    "The size of the Python collection went from " + (size - removed) + " to " + now);
        }
    }

    private void checkChanges() {
        if (changes != currentChanges()) {
            throw new ConcurrentModificationException();
        }
    }

    private void close() {
        for (PyObject list : kept) {
            list.close();
        }
        kept = null;
    }
}
