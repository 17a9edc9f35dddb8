package io.github.cpythonengine.capi;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/**
 * Calls C functions, one method handle for each shape of call and not for each function: linking is
 * what costs at start-up. The handles are constants and the functions are, so that the JIT makes a
 * direct call of each. Each shape is linked when it is first called.
 *
 * <p>An {@code int} counts as a {@code long} here, as argument and as result, and {@code void} as a
 * result that nobody reads: with all C calling conventions that a JVM of 64 bits uses an {@code int}
 * travels in a register of its own, sign-extended by {@code invoke}'s caller, and of a result the
 * caller takes the lower half.
 *
 * <p>{@code leaf} is for functions that run no Python code, never wait and never call back: it
 * leaves out the thread's change of state, and until it returns no garbage collection can start.
 */
final class Downcalls {

    private static final Linker LINKER = Linker.nativeLinker();

    private Downcalls() {}

    static long invoke(MemorySegment function) {
        try {
            return (long) Call0.HANDLE.invokeExact(function);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static final class Call0 {
        static final MethodHandle HANDLE = LINKER.downcallHandle(FunctionDescriptor.of(JAVA_LONG));
    }

    static long invoke(MemorySegment function, long a) {
        try {
            return (long) Call1.HANDLE.invokeExact(function, a);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static final class Call1 {
        static final MethodHandle HANDLE = LINKER.downcallHandle(FunctionDescriptor.of(JAVA_LONG, JAVA_LONG));
    }

    static long invoke(MemorySegment function, long a, long b) {
        try {
            return (long) Call2.HANDLE.invokeExact(function, a, b);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static final class Call2 {
        static final MethodHandle HANDLE =
                LINKER.downcallHandle(FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG));
    }

    static long invoke(MemorySegment function, long a, long b, long c) {
        try {
            return (long) Call3.HANDLE.invokeExact(function, a, b, c);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static final class Call3 {
        static final MethodHandle HANDLE =
                LINKER.downcallHandle(FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));
    }

    static long invoke(MemorySegment function, long a, long b, long c, long d) {
        try {
            return (long) Call4.HANDLE.invokeExact(function, a, b, c, d);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static final class Call4 {
        static final MethodHandle HANDLE =
                LINKER.downcallHandle(FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));
    }

    static long leaf(MemorySegment function) {
        try {
            return (long) Leaf0.HANDLE.invokeExact(function);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static final class Leaf0 {
        static final MethodHandle HANDLE =
                LINKER.downcallHandle(FunctionDescriptor.of(JAVA_LONG), Linker.Option.critical(false));
    }

    static long leaf(MemorySegment function, long a) {
        try {
            return (long) Leaf1.HANDLE.invokeExact(function, a);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static final class Leaf1 {
        static final MethodHandle HANDLE =
                LINKER.downcallHandle(FunctionDescriptor.of(JAVA_LONG, JAVA_LONG), Linker.Option.critical(false));
    }

    static long leaf(MemorySegment function, long a, long b) {
        try {
            return (long) Leaf2.HANDLE.invokeExact(function, a, b);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static final class Leaf2 {
        static final MethodHandle HANDLE = LINKER.downcallHandle(
                FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG), Linker.Option.critical(false));
    }

    static long leafFromDouble(MemorySegment function, double a) {
        try {
            return (long) LeafFromDouble.HANDLE.invokeExact(function, a);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static final class LeafFromDouble {
        static final MethodHandle HANDLE =
                LINKER.downcallHandle(FunctionDescriptor.of(JAVA_LONG, JAVA_DOUBLE), Linker.Option.critical(false));
    }

    static long invokeFromDoubles(MemorySegment function, double a, double b) {
        try {
            return (long) FromDoubles.HANDLE.invokeExact(function, a, b);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static final class FromDoubles {
        static final MethodHandle HANDLE =
                LINKER.downcallHandle(FunctionDescriptor.of(JAVA_LONG, JAVA_DOUBLE, JAVA_DOUBLE));
    }

    static double invokeToDouble(MemorySegment function, long a) {
        try {
            return (double) ToDouble.HANDLE.invokeExact(function, a);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static final class ToDouble {
        static final MethodHandle HANDLE = LINKER.downcallHandle(FunctionDescriptor.of(JAVA_DOUBLE, JAVA_LONG));
    }

    /** Any number of arguments, by a handle made for the call. */
    static long invokeMany(MemorySegment function, long[] args) {
        MemoryLayout[] layouts = new MemoryLayout[args.length];
        Arrays.fill(layouts, JAVA_LONG);
        MethodHandle handle = LINKER.downcallHandle(FunctionDescriptor.of(JAVA_LONG, layouts));
        try {
            return (long) handle.asSpreader(long[].class, args.length).invokeExact(function, args);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** A downcall throws nothing of its own: this is an Error of the JVM, a StackOverflowError say. */
    static RuntimeException unexpected(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(thrown);
    }
}
