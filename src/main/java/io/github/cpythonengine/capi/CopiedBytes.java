package io.github.cpythonengine.capi;

import static io.github.cpythonengine.capi.Api.C;

/**
 * Bytes of Java where C can read them, until {@link #done}. Short ones share a block that the GIL
 * guards: they are for functions that have read them before they run Python code or let go of it.
 */
final class CopiedBytes {

    private static final int SHORT = 16 << 10;
    private static final long BLOCK = C.allocate(SHORT);

    private CopiedBytes() {}

    /** The first {@code length} bytes. GIL held, and no other copy in use. */
    static long of(byte[] bytes, int length) {
        if (length > SHORT) {
            return ownOf(bytes, length);
        }
        C.write(BLOCK, bytes, length);
        return BLOCK;
    }

    /** The same in memory of its own. */
    static long ownOf(byte[] bytes, int length) {
        long copy = C.allocate(length);
        C.write(copy, bytes, length);
        return copy;
    }

    static void done(long copy) {
        if (copy != BLOCK) {
            C.free(copy);
        }
    }
}
