package io.github.cpythonengine.capi;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;

/** All memory of the process, by address. */
final class Memory {

    /** From address 0 on: one object for every read and write. */
    static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private static final SymbolLookup STANDARD = Linker.nativeLinker().defaultLookup();
    private static final MemorySegment CALLOC = STANDARD.find("calloc").orElseThrow();
    private static final MemorySegment FREE = STANDARD.find("free").orElseThrow();

    private static final int BLOCK_SIZE = 16 << 10;

    /** For short arguments of functions that have read them before they can let go of the GIL. */
    private static final long BLOCK = allocate(BLOCK_SIZE);

    private Memory() {}

    /** Zeroed. */
    static long allocate(long size) {
        long address = Downcalls.invoke(CALLOC, 1, Math.max(1, size));
        if (address == 0) {
            throw new OutOfMemoryError("no " + size + " bytes of native memory");
        }
        return address;
    }

    static void free(long address) {
        Downcalls.invoke(FREE, address);
    }

    /** A copy for C, until {@link #done}. GIL held, and until then no other copy is made. */
    static long copied(byte[] bytes) {
        long copy = bytes.length <= BLOCK_SIZE ? BLOCK : allocate(bytes.length);
        MemorySegment.copy(bytes, 0, ALL, JAVA_BYTE, copy, bytes.length);
        return copy;
    }

    static void done(long copy) {
        if (copy != BLOCK) {
            free(copy);
        }
    }
}
