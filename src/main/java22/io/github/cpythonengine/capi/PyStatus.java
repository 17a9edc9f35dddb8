package io.github.cpythonengine.capi;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;

/** <a href="https://docs.python.org/3/c-api/init_config.html#pystatus">PyStatus</a>, returned by value. */
final class PyStatus {

    private static final int SIZE = 32;
    private static final int FUNCTION = 8;
    private static final int ERROR = 16;
    private static final int EXIT_CODE = 24;

    /** Both conventions of this processor return a large structure where a hidden first argument points. */
    private static final boolean HIDDEN_ARGUMENT = isX64(System.getProperty("os.arch"));

    private PyStatus() {}

    private static boolean isX64(String architecture) {
        return architecture.equals("amd64") || architecture.equals("x86_64");
    }

    /** The error text of a function that takes one pointer, or null when it says success. */
    static String call(MemorySegment function, long argument) {
        MemorySegment memory = MemorySegment.ofAddress(Memory.allocate(SIZE)).reinterpret(SIZE);
        try {
            if (HIDDEN_ARGUMENT) {
                Downcalls.invoke(function, memory.address(), argument);
            } else {
                Linked.call(function, memory, argument);
            }
            return errorText(memory);
        } finally {
            Memory.free(memory.address());
        }
    }

    private static String errorText(MemorySegment status) {
        if (status.get(JAVA_INT, 0) == 0) {
            return null;
        }
        String where = text(status, FUNCTION);
        String error = text(status, ERROR);
        String what = error == null ? "exit " + status.get(JAVA_INT, EXIT_CODE) : error;
        return where == null ? what : where + ": " + what;
    }

    private static String text(MemorySegment status, int offset) {
        long address = status.get(ADDRESS, offset).address();
        return address == 0 ? null : Memory.ALL.getString(address);
    }

    /** As the JDK knows how, at the price of a shape of its own. */
    private static final class Linked {

        private static final StructLayout LAYOUT = MemoryLayout.structLayout(
                JAVA_INT.withName("type"),
                MemoryLayout.paddingLayout(4),
                ADDRESS.withName("function"),
                ADDRESS.withName("error"),
                JAVA_INT.withName("exitCode"),
                MemoryLayout.paddingLayout(4));

        private static final MethodHandle CALL =
                Linker.nativeLinker().downcallHandle(FunctionDescriptor.of(LAYOUT, JAVA_LONG));

        static void call(MemorySegment function, MemorySegment result, long argument) {
            SegmentAllocator allocator = (size, alignment) -> result;
            try {
                MemorySegment filled = (MemorySegment) CALL.invokeExact(function, allocator, argument);
                result.copyFrom(filled); // onto itself, where the allocator was asked for the result
            } catch (Throwable e) {
                throw Downcalls.unexpected(e);
            }
        }
    }
}
