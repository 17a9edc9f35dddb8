package io.github.cpythonengine.capi;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;

/** <a href="https://docs.python.org/3/c-api/init_config.html#pystatus">PyStatus</a>, returned by value. */
final class PyStatus {

    private static final StructLayout LAYOUT = MemoryLayout.structLayout(
            JAVA_INT, MemoryLayout.paddingLayout(4), ADDRESS, ADDRESS, JAVA_INT, MemoryLayout.paddingLayout(4));

    private static final int FUNCTION = 8;
    private static final int ERROR = 16;
    private static final int EXIT_CODE = 24;

    private static final MethodHandle CALL =
            Linker.nativeLinker().downcallHandle(FunctionDescriptor.of(LAYOUT, JAVA_LONG));

    private PyStatus() {}

    /** The error text of a function that takes one pointer, or null when it says success. */
    static String call(MemorySegment function, long argument) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment status = (MemorySegment) CALL.invokeExact(function, (SegmentAllocator) arena, argument);
            if (status.get(JAVA_INT, 0) == 0) {
                return null;
            }
            String where = text(status, FUNCTION);
            String error = text(status, ERROR);
            String what = error == null ? "exit " + status.get(JAVA_INT, EXIT_CODE) : error;
            return where == null ? what : where + ": " + what;
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    private static String text(MemorySegment status, int offset) {
        long address = status.get(ADDRESS, offset).address();
        return address == 0 ? null : Memory.ALL.getString(address);
    }
}
