package io.github.cpythonengine.wrap;

import java.util.ConcurrentModificationException;
import java.util.ListIterator;
import java.util.NoSuchElementException;

/**
 * Goes through a sequence in growing chunks, so that a whole iteration crosses into Python a few
 * times. Changes of the size, by Java or by Python, are noticed at the latest with the next chunk;
 * an item that Python code replaces meanwhile may show as it was.
 */
final class SequenceIterator implements ListIterator<Object> {

    private static final int FIRST_CHUNK = 64;
    private static final int LARGEST_CHUNK = 1_024;
    private static final Object[] NOTHING = {};

    private final Sequence sequence;
    private int changes;
    private int writes;

    /** The size at the first read, -1 before. */
    private int size = -1;

    private int cursor;
    private int last = -1;
    private Object[] chunk = NOTHING;
    private int chunkFrom;
    private int end;

    /** Items of the chunk before this index are no longer valid. */
    private int lowest;

    private int chunkLength = FIRST_CHUNK;

    SequenceIterator(Sequence sequence, int cursor) {
        this.sequence = sequence;
        this.cursor = cursor;
        changes = sequence.changes();
        writes = sequence.writes();
    }

    @Override
    public boolean hasNext() {
        if (size < 0) {
            read(cursor);
        }
        return cursor < size;
    }

    @Override
    public Object next() {
        int index = cursor;
        if (index < lowest || index >= end || changes != sequence.changes() || writes != sequence.writes()) {
            fetchNext();
        }
        cursor = index + 1;
        last = index;
        return chunk[index - chunkFrom];
    }

    private void fetchNext() {
        checkChanges();
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        if (!isInChunk(cursor)) {
            read(cursor);
        }
    }

    @Override
    public boolean hasPrevious() {
        return cursor > 0;
    }

    @Override
    public Object previous() {
        checkChanges();
        if (cursor == 0) {
            throw new NoSuchElementException();
        }
        if (!isInChunk(cursor - 1)) {
            read(Math.max(0, cursor - chunkLength));
            if (cursor > end) {
                throw new ConcurrentModificationException();
            }
        }
        last = --cursor;
        return chunk[last - chunkFrom];
    }

    @Override
    public int nextIndex() {
        return cursor;
    }

    @Override
    public int previousIndex() {
        return cursor - 1;
    }

    @Override
    public void remove() {
        checkLast();
        dropStale();
        sequence.remove(last);
        if (last < cursor) {
            cursor--;
        }
        if (cursor == last && isInChunk(last)) {
            // what follows in the chunk moved down by one, what was before it is not looked at again
            chunkFrom--;
            end--;
            lowest = cursor;
        } else {
            dropChunk();
        }
        resized(-1);
    }

    @Override
    public void set(Object value) {
        checkLast();
        dropStale();
        sequence.set(last, value);
        writes = sequence.writes();
        if (last < cursor) {
            lowest = cursor;
        } else {
            dropChunk();
        }
    }

    @Override
    public void add(Object value) {
        checkChanges();
        sequence.add(cursor++, value);
        dropChunk();
        resized(1);
    }

    private void resized(int by) {
        if (size >= 0) {
            size += by;
        }
        last = -1;
        changes = sequence.changes();
        writes = sequence.writes();
    }

    /** Another way replaced items. */
    private void dropStale() {
        if (writes != sequence.writes()) {
            writes = sequence.writes();
            dropChunk();
            chunkLength = FIRST_CHUNK;
        }
    }

    private boolean isInChunk(int index) {
        dropStale();
        return index >= lowest && index < end;
    }

    private void dropChunk() {
        chunk = NOTHING;
        end = 0;
    }

    private void read(int from) {
        Sequence.Chunk read = sequence.read(from, chunkLength);
        if (size >= 0 && read.size() != size) {
            throw new ConcurrentModificationException(
                    "The size of the Python sequence went from " + size + " to " + read.size());
        }
        size = read.size();
        chunk = read.values();
        chunkFrom = from;
        end = from + chunk.length;
        lowest = from;
        chunkLength = Math.min(LARGEST_CHUNK, chunkLength * 4);
    }

    private void checkChanges() {
        if (changes != sequence.changes()) {
            throw new ConcurrentModificationException();
        }
    }

    private void checkLast() {
        if (last < 0) {
            throw new IllegalStateException("next or previous comes first");
        }
        checkChanges();
    }
}
