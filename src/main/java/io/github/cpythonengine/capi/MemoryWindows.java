package io.github.cpythonengine.capi;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;

/**
 * All memory of the process as direct buffers of 1 GiB each, made when one of their addresses is
 * first used: reading a buffer costs the JIT's code two nanoseconds, a call of JNI several times as
 * much.
 */
final class MemoryWindows {

    private static final int SHIFT = 30;

    /** A value that begins in a window may end a little beyond it. */
    private static final int OVERLAP = 64;

    private static final int SLOTS = 64;

    /** Makes the buffer that lies on this memory, whether it is there or not. */
    @FunctionalInterface
    interface Maker {
        ByteBuffer buffer(long address, long size);
    }

    /** Part of the memory; of one that is not there only those parts may be used that are. */
    record Window(long start, ByteBuffer buffer, CharBuffer characters) {
        int index(long address) {
            return (int) (address - start);
        }

        boolean holds(long address, long size) {
            return size <= buffer.capacity() - index(address);
        }
    }

    private final Window[] windows = new Window[SLOTS];
    private final Maker maker;

    MemoryWindows(Maker maker) {
        this.maker = maker;
    }

    /** The window with this address. */
    Window of(long address) {
        Window window = windows[(int) (address >>> SHIFT) & (SLOTS - 1)];
        return window != null && window.start == (address & -1L << SHIFT) ? window : make(address);
    }

    /** Not synchronized: windows are immutable, and two of the same memory do no harm. */
    private Window make(long address) {
        long start = address & -1L << SHIFT;
        ByteBuffer buffer = maker.buffer(start, (1L << SHIFT) + OVERLAP);
        Window window = new Window(start, buffer, buffer.asCharBuffer());
        windows[(int) (address >>> SHIFT) & (SLOTS - 1)] = window;
        return window;
    }
}
