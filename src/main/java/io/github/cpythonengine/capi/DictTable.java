package io.github.cpythonengine.capi;

/** What is in a dict, by reading its table. Needs the GIL. */
public final class DictTable {

    private DictTable() {}

    /**
     * The keys and the values in Python's order, borrowed.
     *
     * @param dict an exact {@code dict}
     * @return null when there are more than {@code most}, or the table cannot be read so that Python is to be asked
     */
    public static long[][] items(long dict, int most) {
        if (!DictLayout.isKnown()) {
            return null;
        }
        long size = DictLayout.size(dict);
        if (size == 0) {
            return new long[2][0];
        }
        long table = DictLayout.table(dict);
        return size > most || table == 0 ? null : DictLayout.items(dict, table);
    }
}
