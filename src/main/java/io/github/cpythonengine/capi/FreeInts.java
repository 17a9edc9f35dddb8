package io.github.cpythonengine.capi;

import static io.github.cpythonengine.capi.Api.C;

/**
 * Python {@code int} objects whose last reference was Java's, kept to be the next numbers: as CPython keeps dead objects
 * of other types. An argument of a call mostly comes back this way.
 *
 * <p>Guarded by the GIL.
 */
public final class FreeInts {

    /** What fits one digit of an {@code int} in every build: those with digits of 15 bits are refused by {@link Layout}. */
    private static final int MOST_VALUE = (1 << 30) - 1;

    private static final long[] FREE = new long[64];

    private static int count;

    private FreeInts() {}

    /** Keeps an {@code int} of which the caller has the only reference, unless it is of no use or there are enough. */
    static boolean keep(long dying) {
        if (count == FREE.length || !Layout.isOneDigit(dying)) {
            return false;
        }
        FREE[count++] = dying;
        return true;
    }

    /** A new reference to an {@code int} of a value that Python has no object of its own for; 0 when there is none left. */
    public static long take(long value) {
        if (count == 0 || value <= 0 || value > MOST_VALUE) {
            return 0;
        }
        long free = FREE[--count];
        C.putInt(free + Layout.DIGITS, (int) value);
        return free;
    }
}
