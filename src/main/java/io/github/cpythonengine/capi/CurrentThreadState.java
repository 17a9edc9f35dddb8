package io.github.cpythonengine.capi;

import static io.github.cpythonengine.capi.Api.C;

import java.util.BitSet;

/**
 * Where CPython up to 3.11 keeps the thread state that holds the GIL: so a thread sees without a call whether it holds the
 * GIL already by ways that are not ours. If it does not, {@code PyEval_RestoreThread} and {@code PyEval_SaveThread} take the
 * GIL and let go of it for less than {@code PyGILState_Ensure} and {@code PyGILState_Release} do; if it did, the first would
 * wait for itself.
 *
 * <p>From 3.12 on it is a variable of each thread, and not known here.
 */
public final class CurrentThreadState {

    /** Words of {@code _PyRuntime} to look at; 3.9 has 82. */
    private static final int WORDS = 80;

    private static boolean looked;
    private static long address;

    private static final class Found {
        static final long ADDRESS = address;
    }

    private CurrentThreadState() {}

    /**
     * Whether it is known. Holds the GIL, with a thread state that was made for this thread; the first time lets go of it now
     * and then.
     */
    public static boolean isKnown(long state) {
        if (!looked) {
            address = find(state);
            looked = true;
        }
        return Found.ADDRESS != 0;
    }

    /** Whether the GIL is held with this thread's state. Only where it is known; no GIL needed. */
    public static boolean is(long state) {
        return C.getLong(Found.ADDRESS) == state;
    }

    /** The one word that has the state when the GIL is held with it, and at no other time. */
    private static long find(long state) {
        long runtime = C.address("_PyRuntime");
        if (runtime == 0) {
            return 0;
        }
        BitSet candidates = new BitSet();
        candidates.set(0, WORDS);
        for (int round = 0; round < 3; round++) {
            keep(candidates, runtime, state, true);
            C.PyEval_SaveThread();
            keep(candidates, runtime, state, false);
            C.PyEval_RestoreThread(state);
        }
        return candidates.cardinality() == 1 ? runtime + (long) candidates.nextSetBit(0) * Long.BYTES : 0;
    }

    private static void keep(BitSet candidates, long runtime, long state, boolean having) {
        for (int i = candidates.nextSetBit(0); i >= 0; i = candidates.nextSetBit(i + 1)) {
            if (C.getLong(runtime + (long) i * Long.BYTES) == state != having) {
                candidates.clear(i);
            }
        }
    }
}
