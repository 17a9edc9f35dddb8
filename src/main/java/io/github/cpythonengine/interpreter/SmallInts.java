package io.github.cpythonengine.interpreter;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.FreeInts;
import io.github.cpythonengine.capi.RefCounts;

/** Python's {@code int} objects for the commonest numbers, kept, so that they cost no call. Guarded by the GIL. */
final class SmallInts {

    private static final int LEAST = -5;
    private static final int MOST = 256;

    private static final long[] KNOWN = new long[MOST - LEAST + 1];

    private SmallInts() {}

    /** A new reference, or 0 with a Python error set. */
    static long toPython(long value) {
        if (value < LEAST || value > MOST) {
            long free = FreeInts.take(value);
            return free != 0 ? free : C.PyLong_FromLongLong(value);
        }
        int index = (int) value - LEAST;
        long known = KNOWN[index];
        if (known == 0) {
            known = C.PyLong_FromLongLong(value);
            if (known == 0) {
                return 0;
            }
            KNOWN[index] = known;
        }
        RefCounts.increment(known);
        return known;
    }
}
