package io.github.cpythonengine.capi;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.Set;

/**
 * Memory outside of the heap that Java objects stand for: direct buffers and, on Java 22 and newer, {@code
 * MemorySegment}s. Python may keep an address for as long as it keeps the Java object, so memory that Java can free
 * before (of an arena that can be closed) has none here.
 */
public final class SharedMemory {

    /** {@code java.lang.foreign.MemorySegment}; null where it is not yet final. */
    private static final Class<?> SEGMENT = find();

    private SharedMemory() {}

    private static Class<?> find() {
        try {
            return Runtime.version().feature() < 22 ? null : Class.forName("java.lang.foreign.MemorySegment");
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    /** Whether it is {@code MemorySegment} or one of its classes. */
    public static boolean isSegment(Class<?> type) {
        return SEGMENT != null && SEGMENT.isAssignableFrom(type);
    }

    /**
     * The address of a direct buffer's item at its position.
     *
     * @param itemSize in bytes
     * @return 0 when the memory may go before the buffer does
     */
    public static long address(Buffer direct, int itemSize) {
        if (SEGMENT != null) {
            return segmentAddress(Segments.of(direct));
        }
        return Jna.address(direct) + (long) direct.position() * itemSize;
    }

    /** The address of a segment; 0 when the memory may go before the segment does, or is part of Java's heap. */
    public static long segmentAddress(Object segment) {
        return Segments.stays(segment) ? Segments.address(segment) : 0;
    }

    /** In bytes. */
    public static long segmentSize(Object segment) {
        return Segments.size(segment);
    }

    public static boolean isReadOnly(Object segment) {
        return Segments.isReadOnly(segment);
    }

    /** Copies part of a segment; throws what the segment throws when it is closed, or this thread may not read it. */
    public static void copy(Object segment, long offset, ByteBuffer to) {
        Segments.copy(segment, offset, to);
    }

    /** Not touched where there are segments. */
    private static final class Jna {
        static long address(Buffer direct) {
            return Pointer.nativeValue(Native.getDirectBufferPointer(direct));
        }
    }

    /** Calls of a class that Java 17 has not. */
    private static final class Segments {

        /** Scopes that end with the last object in them; those of other arenas end when somebody closes them. */
        private static final Set<String> STAYING = Set.of("GlobalSession", "HeapSession", "ImplicitSession");

        private static final MethodHandle OF_BUFFER = ofBuffer();
        private static final MethodHandle IS_NATIVE = method(boolean.class, "isNative");
        private static final MethodHandle ADDRESS = method(long.class, "address");
        private static final MethodHandle SIZE = method(long.class, "byteSize");
        private static final MethodHandle IS_READ_ONLY = method(boolean.class, "isReadOnly");
        private static final MethodHandle SLICE = method(Object.class, "asSlice", long.class, long.class);
        private static final MethodHandle COPY_FROM = copyFrom();
        private static final MethodHandle SCOPE = method(Object.class, "scope");

        private static final ClassValue<Boolean> STAYS = new ClassValue<>() {
            @Override
            protected Boolean computeValue(Class<?> scope) {
                return STAYING.contains(scope.getSimpleName());
            }
        };

        private static MethodHandle ofBuffer() {
            try {
                MethodType type = MethodType.methodType(SEGMENT, Buffer.class);
                return MethodHandles.publicLookup()
                        .findStatic(SEGMENT, "ofBuffer", type)
                        .asType(type.changeReturnType(Object.class));
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("MemorySegment.ofBuffer", e);
            }
        }

        private static MethodHandle copyFrom() {
            try {
                return MethodHandles.publicLookup()
                        .findVirtual(SEGMENT, "copyFrom", MethodType.methodType(SEGMENT, SEGMENT))
                        .asType(MethodType.genericMethodType(2));
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("MemorySegment.copyFrom", e);
            }
        }

        private static MethodHandle method(Class<?> result, String name, Class<?>... parameters) {
            try {
                return MethodHandles.publicLookup()
                        .unreflect(SEGMENT.getMethod(name, parameters))
                        .asType(MethodType.methodType(result, parameters).insertParameterTypes(0, Object.class));
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("MemorySegment." + name, e);
            }
        }

        static Object of(Buffer direct) {
            try {
                return (Object) OF_BUFFER.invokeExact(direct);
            } catch (Throwable e) {
                throw unchecked(e);
            }
        }

        static boolean stays(Object segment) {
            try {
                Object scope = (Object) SCOPE.invokeExact(segment);
                return (boolean) IS_NATIVE.invokeExact(segment) && STAYS.get(scope.getClass());
            } catch (Throwable e) {
                throw unchecked(e);
            }
        }

        static long address(Object segment) {
            try {
                return (long) ADDRESS.invokeExact(segment);
            } catch (Throwable e) {
                throw unchecked(e);
            }
        }

        static long size(Object segment) {
            try {
                return (long) SIZE.invokeExact(segment);
            } catch (Throwable e) {
                throw unchecked(e);
            }
        }

        static boolean isReadOnly(Object segment) {
            try {
                return (boolean) IS_READ_ONLY.invokeExact(segment);
            } catch (Throwable e) {
                throw unchecked(e);
            }
        }

        static void copy(Object segment, long offset, ByteBuffer to) {
            try {
                Object slice = (Object) SLICE.invokeExact(segment, offset, (long) to.remaining());
                Object copied = (Object) COPY_FROM.invokeExact((Object) OF_BUFFER.invokeExact((Buffer) to), slice);
            } catch (Throwable e) {
                throw unchecked(e);
            }
        }

        private static RuntimeException unchecked(Throwable e) {
            if (e instanceof RuntimeException runtime) {
                return runtime;
            }
            if (e instanceof Error error) {
                throw error;
            }
            return new IllegalStateException(e);
        }
    }
}
