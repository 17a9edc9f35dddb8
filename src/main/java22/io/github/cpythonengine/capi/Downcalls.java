package io.github.cpythonengine.capi;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.Objects;

/**
 * Calls C functions. Linking is what costs at start-up, so there is not a method handle for each
 * function but one for each shape of call, linked when it is first used. The handles are constants
 * and the functions are, so the JIT still makes a direct call of each.
 *
 * <p>All functions of up to four integers and pointers have one shape, four {@code long} and a
 * {@code long} back. C calling conventions of 64 bits pass so many in registers of their own: a
 * function does not look at registers that it has no parameter for, nor at the upper half where it
 * has an {@code int}; of a result the caller takes the half it wants, and of {@code void} nothing.
 *
 * <p>{@code leaf} is for functions that run no Python code, never call back and never wait for a
 * Java thread to get on in Java: it leaves out the thread's change of state, and until it returns no
 * garbage collection can start. Letting go of the GIL may wait until a thread that has asked for it
 * wakes up and takes it, which that does in C.
 */
final class Downcalls {

    private static final Linker LINKER = Linker.nativeLinker();

    private static final MethodHandle CALL =
            LINKER.downcallHandle(FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));

    private Downcalls() {}

    /** Links what every start needs. */
    static void prepare() {
        Objects.requireNonNull(Leaf.HANDLE);
    }

    static long invoke(MemorySegment function) {
        return invoke(function, 0, 0, 0, 0);
    }

    static long invoke(MemorySegment function, long a) {
        return invoke(function, a, 0, 0, 0);
    }

    static long invoke(MemorySegment function, long a, long b) {
        return invoke(function, a, b, 0, 0);
    }

    static long invoke(MemorySegment function, long a, long b, long c) {
        return invoke(function, a, b, c, 0);
    }

    static long invoke(MemorySegment function, long a, long b, long c, long d) {
        try {
            return (long) CALL.invokeExact(function, a, b, c, d);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static long leaf(MemorySegment function) {
        return leaf(function, 0, 0, 0);
    }

    static long leaf(MemorySegment function, long a) {
        return leaf(function, a, 0, 0);
    }

    static long leaf(MemorySegment function, long a, long b) {
        return leaf(function, a, b, 0);
    }

    static long leaf(MemorySegment function, long a, long b, long c) {
        try {
            return (long) Leaf.HANDLE.invokeExact(function, a, b, c);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static final class Leaf {
        static final MethodHandle HANDLE = LINKER.downcallHandle(
                FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG), Linker.Option.critical(false));
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
