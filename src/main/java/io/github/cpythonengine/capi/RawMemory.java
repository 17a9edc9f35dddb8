package io.github.cpythonengine.capi;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;

/**
 * Single values in memory by {@code sun.misc.Unsafe}, which the JIT makes one instruction of, where a buffer takes several
 * checks: a list of texts is read in two thirds of the time. Only where the JDK has it and does not warn of its use, which
 * JDK 24 began with; it has {@code java.lang.foreign}.
 */
final class RawMemory {

    private static final int FIRST_THAT_WARNS = 24;

    private static final Object UNSAFE = find();

    static final boolean USABLE = UNSAFE != null;

    private static final MethodHandle GET_BYTE = method("getByte", byte.class, long.class);
    private static final MethodHandle GET_INT = method("getInt", int.class, long.class);
    private static final MethodHandle GET_LONG = method("getLong", long.class, long.class);
    private static final MethodHandle GET_DOUBLE = method("getDouble", double.class, long.class);
    private static final MethodHandle PUT_INT = method("putInt", void.class, long.class, int.class);
    private static final MethodHandle PUT_LONG = method("putLong", void.class, long.class, long.class);

    private RawMemory() {}

    private static Object find() {
        if (Runtime.version().feature() >= FIRST_THAT_WARNS) {
            return null;
        }
        try {
            Field field = Class.forName("sun.misc.Unsafe").getDeclaredField("theUnsafe");
            field.setAccessible(true);
            return field.get(null);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null; // the module jdk.unsupported is missing
        }
    }

    private static MethodHandle method(String name, Class<?> result, Class<?>... parameters) {
        if (!USABLE) {
            return null;
        }
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(UNSAFE.getClass(), name, MethodType.methodType(result, parameters))
                    .bindTo(UNSAFE);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte getByte(long address) {
        try {
            return (byte) GET_BYTE.invokeExact(address);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int getInt(long address) {
        try {
            return (int) GET_INT.invokeExact(address);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static long getLong(long address) {
        try {
            return (long) GET_LONG.invokeExact(address);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static double getDouble(long address) {
        try {
            return (double) GET_DOUBLE.invokeExact(address);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static void putInt(long address, int value) {
        try {
            PUT_INT.invokeExact(address, value);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static void putLong(long address, long value) {
        try {
            PUT_LONG.invokeExact(address, value);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** These throw nothing of their own: this is an Error of the JVM, a StackOverflowError say. */
    private static RuntimeException unexpected(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return new IllegalStateException(thrown);
    }
}
