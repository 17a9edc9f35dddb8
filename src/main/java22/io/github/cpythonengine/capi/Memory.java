package io.github.cpythonengine.capi;

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
}
