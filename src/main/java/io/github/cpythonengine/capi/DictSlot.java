package io.github.cpythonengine.capi;

import static io.github.cpythonengine.capi.Api.C;

/**
 * Where dicts have the value of one key, a {@code str}: found again without a call while the dict keeps its table and has
 * the very same key in the same place. A table moves when it grows.
 *
 * <p>Guarded by the GIL.
 */
public final class DictSlot {

    private final long key;

    /** Where the key was last found: in this table, which is the dict's, with this shape. */
    private long table;

    private int shape;
    private long place;

    /** A table in which it was not found, and how often. */
    private long searched;

    private int searches;

    /**
     * Remembers nothing yet.
     *
     * @param key borrowed; must live as long as this
     */
    public DictSlot(long key) {
        this.key = key;
    }

    /** The key, borrowed. */
    public long key() {
        return key;
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
        if (value != 0 && DictLayout.isKnown()) {
            search(dict);
        }
        return value;
    }

    /** The dict may have another, equal key: then this is in vain, and done ever more seldom. */
    private void search(long dict) {
        long current = DictLayout.table(dict);
        if (current == 0 || current == searched && (++searches & searches - 1) != 0) {
            return;
        }
        long found = DictLayout.place(current, key);
        if (found != 0) {
            table = current;
            shape = DictLayout.shape(current);
            place = found;
            return;
        }
        if (current != searched) {
            searched = current;
            searches = 0;
        }
    }
}
