package io.github.cpythonengine.wrap;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.wrap.DType.Kind;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.Map;
import java.util.function.Function;

/**
 * Buffers of {@code java.nio} and memory segments on the memory of an array whose items lie one after the other. They
 * keep the memory where it is as long as they, or what is derived from them, are reachable, whatever else is closed.
 */
final class NioBuffers {

    /** How a typed buffer is made, and the kind and size of its items. */
    private record Maker(Function<ByteBuffer, Buffer> make, Kind kind, int itemSize) {

        boolean takes(DType type) {
            boolean time = type.kind() == Kind.DATETIME || type.kind() == Kind.TIMEDELTA;
            boolean same = type.kind() == kind || time && kind == Kind.INT;
            return kind == null || same && type.itemSize() == itemSize;
        }
    }

    private static final Map<Class<?>, Maker> MAKERS = Map.of(
            ByteBuffer.class, new Maker(bytes -> bytes, null, 1),
            CharBuffer.class, new Maker(ByteBuffer::asCharBuffer, Kind.UINT, Character.BYTES),
            ShortBuffer.class, new Maker(ByteBuffer::asShortBuffer, Kind.INT, Short.BYTES),
            IntBuffer.class, new Maker(ByteBuffer::asIntBuffer, Kind.INT, Integer.BYTES),
            LongBuffer.class, new Maker(ByteBuffer::asLongBuffer, Kind.INT, Long.BYTES),
            FloatBuffer.class, new Maker(ByteBuffer::asFloatBuffer, Kind.FLOAT, Float.BYTES),
            DoubleBuffer.class, new Maker(ByteBuffer::asDoubleBuffer, Kind.FLOAT, Double.BYTES));

    /** A class that Java 17 does not have. */
    private static final String SEGMENT = "java.lang." + "foreign.MemorySegment";

    private NioBuffers() {}

    static boolean isOne(Class<?> type) {
        return MAKERS.containsKey(type) || type.getName().equals(SEGMENT);
    }

    /**
     * A buffer or segment of this class.
     *
     * @throws ClassCastException when the items do not lie one after the other or are none of such a buffer
     */
    static Object on(Exported memory, DType type, Strided place, Class<?> wanted) {
        if (type.hasObjects()) {
            throw ArrayCopy.refused(type, place, wanted, "Python objects are not for Java to overwrite");
        }
        if (!place.isC(type.itemSize())) {
            String hint = "its items do not lie one after the other in the order of their indices: use NdArray,"
                    + " an array, or numpy.ascontiguousarray(x)";
            throw ArrayCopy.refused(type, place, wanted, hint);
        }
        Maker maker = MAKERS.get(wanted);
        if (maker != null && !maker.takes(type)) {
            throw ArrayCopy.refused(type, place, wanted, "use a ByteBuffer, and its asXBuffer() to see the bits so");
        }
        long size = Math.multiplyExact(place.size(), type.itemSize());
        if (maker != null && size > Integer.MAX_VALUE) {
            throw ArrayCopy.refused(type, place, wanted, size + " bytes do not fit a buffer: use NdArray");
        }
        long base = memory.enter();
        try {
            long address = base + place.offset();
            return maker == null
                    ? segment(memory, type, place, wanted, address, size)
                    : buffer(memory, type, maker, address, size);
        } finally {
            memory.leave();
        }
    }

    private static Buffer buffer(Exported memory, DType type, Maker maker, long address, long size) {
        Runnable gone = memory.lend();
        ByteBuffer bytes;
        try {
            bytes = C.buffer(address, size, gone);
        } catch (Throwable t) {
            gone.run();
            throw t;
        }
        ByteBuffer allowed = memory.readOnly ? bytes.asReadOnlyBuffer() : bytes;
        return maker.make.apply(allowed.order(type.byteOrder()));
    }

    private static Object segment(
            Exported memory, DType type, Strided place, Class<?> wanted, long address, long size) {
        Runnable gone = memory.lend();
        Object segment;
        try {
            segment = C.segment(address, size, memory.readOnly, gone);
        } catch (Throwable t) {
            gone.run();
            throw t;
        }
        if (segment == null) {
            gone.run();
            throw ArrayCopy.refused(type, place, wanted, "the backend jna has none: use a ByteBuffer or NdArray");
        }
        return segment;
    }
}
