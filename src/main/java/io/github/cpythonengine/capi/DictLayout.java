package io.github.cpythonengine.capi;

import static io.github.cpythonengine.capi.Api.C;

/**
 * Where CPython's dicts keep their entries, as {@link Layout} knows it of other objects: a table begins with a head that
 * tells its shape; indices, by hash, follow; then the entries in the order in which they came.
 *
 * <p>Needs the GIL and a live dict.
 */
final class DictLayout {

    private static final int WORD = Long.BYTES;

    // PyDictObject: number of entries, version, table, the values where the table is shared
    private static final int SIZE = Layout.headSize();
    private static final int TABLE = Layout.headSize() + 2 * WORD;
    private static final int VALUES = Layout.headSize() + 3 * WORD;

    // PyDictKeysObject: number of references, then the shape
    private static final int SHAPE = WORD;

    // up to 3.10: the number of indices; a function; room left, number of entries
    private static final int OLD_COUNT = 4 * WORD;
    private static final int OLD_INDICES = 5 * WORD;

    // from 3.11 on: three bytes, the logarithms of the number of indices and of their size, and the kind; room left,
    // number of entries
    private static final int NEW_COUNT = 3 * WORD;
    private static final int NEW_INDICES = 4 * WORD;

    /** Entries read at a time: after many were deleted a table is much larger than what it has. */
    private static final int PART = 256;

    /** Where they pass through, guarded by the GIL: a new array would first be cleared. An entry has at most three words. */
    private static final long[] ENTRIES = new long[3 * PART];

    /**
     * Whether someone has looked, and what was found. No constants of this class: making the dicts to look at may run
     * Python code, by garbage collection, and so another thread, which must not wait for this one to initialise a class.
     */
    private static boolean looked;

    private static boolean newFits;
    private static boolean oldFits;

    private static final class Found {
        static final boolean NEW = newFits;
        static final boolean OLD = oldFits;
    }

    private DictLayout() {}

    /** To be asked before anything else. */
    static boolean isKnown() {
        if (!looked) {
            newFits = check(true);
            oldFits = !newFits && check(false);
            looked = true;
        }
        return Found.NEW || Found.OLD;
    }

    /** The table of a dict that shares it with no other, else 0. */
    static long table(long dict) {
        return C.getLong(dict + VALUES) == 0 ? C.getLong(dict + TABLE) : 0;
    }

    /** On which the places of a table's entries depend. */
    static int shape(long table) {
        return shape(table, Found.NEW);
    }

    private static int shape(long table, boolean isNew) {
        int shape = C.getInt(table + SHAPE);
        return isNew ? shape & 0xffffff : shape;
    }

    /** Of the entry with this very key: the address of its key, which its value follows; or 0. */
    static long place(long table, long key) {
        int shape = shape(table);
        if (Found.OLD && shape < 0) {
            return 0; // so many indices that their number takes more than an int
        }
        long count = count(table, Found.NEW);
        long place = firstKey(table, shape, Found.NEW);
        int step = entrySize(shape, Found.NEW);
        for (long i = 0; i < count; i++, place += step) {
            if (C.getLong(place) == key) {
                return place;
            }
        }
        return 0;
    }

    /** Number of keys in a dict. */
    static long size(long dict) {
        return C.getLong(dict + SIZE);
    }

    /** The keys and the values of a dict with any, in its own table; null when it does not have what the dict should. */
    static long[][] items(long dict, long table) {
        int shape = shape(table);
        int size = Layout.arrayLength(size(dict));
        if (Found.OLD && shape < 0) {
            return null;
        }
        long count = count(table, Found.NEW);
        long place = firstKey(table, shape, Found.NEW);
        int step = entrySize(shape, Found.NEW) / WORD;
        long[] keys = new long[size];
        long[] values = new long[size];
        int found = 0;
        for (long from = 0; from < count && found < size; from += PART) {
            int end = (int) Math.min(count - from, PART) * step;
            C.read(place + from * step * WORD, ENTRIES, end - step + 2);
            for (int i = 0; i < end && found < size; i += step) {
                long value = ENTRIES[i + 1];
                if (value != 0) {
                    keys[found] = ENTRIES[i];
                    values[found++] = value;
                }
            }
        }
        return found == size ? new long[][] {keys, values} : null;
    }

    /** Number of entries, some of which may be empty. */
    private static long count(long table, boolean isNew) {
        return C.getLong(table + (isNew ? NEW_COUNT : OLD_COUNT));
    }

    private static long firstKey(long table, int shape, boolean isNew) {
        if (isNew) {
            long indices = 1L << (shape >>> 8 & 0xff);
            return table + NEW_INDICES + indices + (hasHashes(shape) ? WORD : 0);
        }
        long each = shape <= 0xff ? 1 : shape <= 0xffff ? 2 : 4;
        return table + OLD_INDICES + each * shape + WORD;
    }

    private static int entrySize(int shape, boolean isNew) {
        return !isNew || hasHashes(shape) ? 3 * WORD : 2 * WORD;
    }

    private static boolean hasHashes(int newShape) {
        return newShape >>> 16 == 0;
    }

    // ---- the check

    /**
     * With tables of both kinds, as they grow until an index takes two bytes. By nothing that counts recursion, which would
     * fail where the stack is nearly used up.
     */
    private static boolean check(boolean isNew) {
        return check(isNew, true) && check(isNew, false);
    }

    private static boolean check(boolean isNew, boolean texts) {
        long dict = C.PyDict_New();
        boolean right = true;
        for (int i = 0; right && i < 100; i++) {
            long value = C.PyLong_FromLongLong((1 << 20) + i);
            byte[] text = {(byte) i, '+'};
            long key =
                    texts ? C.PyUnicode_FromKindAndData(1, text, text.length) : C.PyLong_FromLongLong(-(1 << 20) - i);
            C.PyDict_SetItem(dict, key, value);
            right = isEntry(dict, i, key, value, isNew);
            C.Py_DecRef(key);
            C.Py_DecRef(value);
        }
        C.Py_DecRef(dict);
        return right;
    }

    private static boolean isEntry(long dict, int index, long key, long value, boolean isNew) {
        long table = table(dict);
        if (table == 0 || count(table, isNew) != index + 1L || size(dict) != index + 1L) {
            return false;
        }
        int shape = shape(table, isNew);
        long place = firstKey(table, shape, isNew) + (long) index * entrySize(shape, isNew);
        return C.getLong(place) == key && C.getLong(place + WORD) == value;
    }
}
