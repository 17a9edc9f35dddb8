package io.github.cpythonengine.capi;

import static io.github.cpythonengine.capi.Api.C;

/**
 * Where dicts have the value of one key, a {@code str}: found again without a call while the dict keeps its table and has
 * the very same key in the same place. A table moves when it grows.
 *
 * <p>Guarded by the GIL.
 */
public final class DictSlot {

    /** A power of two. To find out how dicts are laid out takes milliseconds, which a name used less is not worth. */
    private static final int FIRST = 16;

    private final long key;

    /** Where the key was last found: in this table, which is the dict's, with this shape. */
    private long table;

    private int shape;
    private long place;

    /** The dict's table when Python was last asked, and how often it was while the dict had this table. */
    private long asked;

    private int times;

    /**
     * Remembers nothing yet.
     *
     * @param key borrowed; must live as long as this
     */
    public DictSlot(long key) {
        this.key = key;
    }

    /** {@code PyDict_GetItemWithError}: borrowed; 0 when the dict has no such key, or with a Python error set. */
    public long value(long dict) {
        if (table != 0
                && DictLayout.table(dict) == table
                && DictLayout.shape(table) == shape
                && C.getLong(place) == key) {
            long value = C.getLong(place + Long.BYTES);
            if (value != 0) {
                return value;
            }
        }
        long value = C.PyDict_GetItemWithError(dict, key);
        if (value != 0) {
            search(dict);
        }
        return value;
    }

    /**
     * Looks for the key entry by entry. Ever more seldom in the same table: the dict may have another, equal key, or a
     * script may delete and set it all the time, and a table may be long.
     */
    private void search(long dict) {
        if (++times < FIRST || !DictLayout.isKnown()) {
            return;
        }
        long current = DictLayout.table(dict);
        if (current != asked) {
            asked = current;
            times = FIRST;
        }
        if (current == 0 || (times & times - 1) != 0) {
            return;
        }
        long found = DictLayout.place(current, key);
        if (found != 0) {
            table = current;
            shape = DictLayout.shape(current);
            place = found;
        }
    }
}
