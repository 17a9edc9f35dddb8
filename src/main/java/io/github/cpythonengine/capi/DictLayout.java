package io.github.cpythonengine.capi;

import static io.github.cpythonengine.capi.Api.C;

/**
 * Where CPython's dicts keep their entries, as {@link Layout} knows it of other objects: a table begins with a head that
 * tells its shape; indices, by hash, follow; then the entries in the order in which they came.
 *
 * <p>Initialised at the first use, which must hold the GIL. Readers need the GIL and a live dict.
 */
final class DictLayout {

    private static final int WORD = Long.BYTES;

    // PyDictObject: number of entries, version, table, the values where the table is shared
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

    private static final boolean NEW = check(true);
    private static final boolean OLD = !NEW && check(false);

    private DictLayout() {}

    static boolean isKnown() {
        return NEW || OLD;
    }

    /** The table of a dict that shares it with no other, else 0. */
    static long table(long dict) {
        return C.getLong(dict + VALUES) == 0 ? C.getLong(dict + TABLE) : 0;
    }

    /** On which the places of a table's entries depend. */
    static int shape(long table) {
        return shape(table, NEW);
    }

    private static int shape(long table, boolean isNew) {
        int shape = C.getInt(table + SHAPE);
        return isNew ? shape & 0xffffff : shape;
    }

    /** Of the entry with this very key: the address of its key, which its value follows; or 0. */
    static long place(long table, long key) {
        return place(table, key, NEW);
    }

    private static long place(long table, long key, boolean isNew) {
        int shape = shape(table, isNew);
        long count = count(table, isNew);
        long place = firstKey(table, shape, isNew);
        int step = entrySize(shape, isNew);
        for (long i = 0; i < count; i++, place += step) {
            if (C.getLong(place) == key) {
                return place;
            }
        }
        return 0;
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

    /** With tables of both kinds, and of sizes with indices of one and two bytes. */
    private static boolean check(boolean isNew) {
        long number = C.PyLong_FromLongLong(1 << 20);
        long text = C.PyObject_Str(number);
        boolean right = true;
        for (int others : new int[] {0, 4, 60, 300}) {
            right = right && check(others, text, number, isNew) && check(others, number, text, isNew);
        }
        C.Py_DecRef(text);
        C.Py_DecRef(number);
        return right;
    }

    private static boolean check(int others, long key, long value, boolean isNew) {
        long dict = C.PyDict_New();
        for (int i = 0; i < others; i++) {
            long other = C.PyLong_FromLongLong(1000 + i);
            C.PyDict_SetItem(dict, other, other);
            C.Py_DecRef(other);
        }
        C.PyDict_SetItem(dict, key, value);
        long table = table(dict);
        boolean right = table != 0 && count(table, isNew) == others + 1L;
        if (right) {
            int shape = shape(table, isNew);
            long last = firstKey(table, shape, isNew) + (long) others * entrySize(shape, isNew);
            right = C.getLong(last) == key && C.getLong(last + WORD) == value;
        }
        C.Py_DecRef(dict);
        return right;
    }
}
