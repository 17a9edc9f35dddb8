package io.github.cpythonengine.host;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.capi.SharedMemory;
import io.github.cpythonengine.interpreter.Builtins;
import io.github.cpythonengine.interpreter.ForkedChild;
import io.github.cpythonengine.interpreter.Gil;
import java.nio.Buffer;
import java.nio.ByteOrder;

/**
 * The <a href="https://docs.python.org/3/c-api/buffer.html">buffer protocol</a> of Java objects. Direct buffers and
 * segments give their own memory, and a view of it keeps the Java object. What Java has on its heap, where it moves,
 * and what Java can free at any time (a segment whose arena can be closed) gives a copy that cannot be written.
 */
final class Exports {

    // parts of a Py_buffer
    private static final int BUF = 0;
    private static final int OBJ = 8;
    private static final int LEN = 16;
    private static final int ITEM_SIZE = 24;
    private static final int READ_ONLY = 32;
    private static final int NDIM = 36;
    private static final int FORMAT = 40;
    private static final int SHAPE = 48;
    private static final int STRIDES = 56;
    private static final int SUBOFFSETS = 64;

    /** Ours to use: the shape of memory with one axis. */
    private static final int INTERNAL = 72;

    // what consumers ask for
    private static final int WANT_WRITABLE = 0x1;
    private static final int WANT_FORMAT = 0x4;
    private static final int WANT_SHAPE = 0x8;
    private static final int WANT_STRIDES = 0x10;
    private static final int WANT_FORTRAN = 0x40;

    private static long type;
    private static long getBuffer;

    private Exports() {}

    /** Whether objects of a class have a buffer to give. */
    static boolean areOf(Class<?> type) {
        if (type.isArray()) {
            Class<?> item = type;
            while (item.isArray()) {
                item = item.getComponentType();
            }
            return item.isPrimitive();
        }
        return Buffer.class.isAssignableFrom(type) || SharedMemory.isSegment(type);
    }

    static boolean isMemory(Object object) {
        return areOf(object.getClass());
    }

    /** The type under the classes of such objects, borrowed, good for ever. */
    static long type(Gil gil) {
        if (type == 0) {
            getBuffer = Builtins.slot(Exports::fill);
            type = Body.makeExporter(gil, getBuffer);
            share(gil, type);
        }
        return type;
    }

    /** Sees to it that no child of {@code os.fork} calls Java by the slot that a new class has inherited. */
    static void share(Gil gil, long subtype) {
        long procs = type == 0 ? 0 : Layout.bufferProcs(subtype);
        if (procs != 0 && C.getLong(procs) == getBuffer) {
            ForkedChild.watchSlot(gil, procs);
        }
    }

    private static void fill(Gil gil, long self, long view, int flags) {
        Object object = Handles.object(self);
        if (object instanceof Buffer buffer) {
            fill(gil, self, view, flags, buffer);
        } else if (object.getClass().isArray()) {
            HeapBlock block = HeapBlock.ofArray(gil, object);
            if (block == null) {
                throw Errors.python(
                        gil,
                        "BufferError",
                        Names.full(object.getClass())
                                + " is no block of memory: its rows differ in length, or are null");
            }
            fillCopy(gil, view, flags, block);
        } else {
            long address = SharedMemory.segmentAddress(object);
            if (address == 0) {
                fillCopy(gil, view, flags, HeapBlock.ofSegment(gil, object));
            } else {
                check(gil, flags, SharedMemory.isReadOnly(object), "a read-only MemorySegment");
                long size = SharedMemory.segmentSize(object);
                fillShared(view, flags, address, size, ItemFormat.RAW, ByteOrder.nativeOrder());
                finish(view, SharedMemory.isReadOnly(object), gil.newRef(self));
            }
        }
    }

    private static void fill(Gil gil, long self, long view, int flags, Buffer shared) {
        Buffer buffer = shared.duplicate(); // whose position and limit nobody moves
        ItemFormat format = ItemFormat.of(buffer);
        long address = buffer.isDirect() ? SharedMemory.address(buffer, format.size()) : 0;
        if (address == 0) {
            fillCopy(gil, view, flags, HeapBlock.ofBuffer(gil, buffer));
            return;
        }
        check(gil, flags, buffer.isReadOnly(), "a read-only buffer");
        fillShared(view, flags, address, buffer.remaining(), format, ItemFormat.order(buffer));
        finish(view, buffer.isReadOnly(), gil.newRef(self));
    }

    private static void fillShared(long view, int flags, long address, long count, ItemFormat format, ByteOrder order) {
        C.putLong(view + BUF, address);
        C.putLong(view + LEN, count * format.size());
        C.putInt(view + NDIM, 1);
        C.putLong(view + INTERNAL, count);
        format(view, flags, format, order);
        C.putLong(view + SHAPE, (flags & WANT_SHAPE) == 0 ? 0 : view + INTERNAL);
        C.putLong(view + STRIDES, (flags & WANT_STRIDES) == 0 ? 0 : view + ITEM_SIZE);
    }

    private static void fillCopy(Gil gil, long view, int flags, HeapBlock block) {
        int axes = block.shape.length;
        check(
                gil,
                flags,
                true,
                "memory of Java's heap, or of an arena that can be closed, which Python gets a copy of");
        if ((flags & WANT_FORTRAN) != 0 && axes > 1) {
            throw Errors.python(gil, "BufferError", "Java's arrays of arrays are in C order");
        }
        C.putLong(view + BUF, block.address);
        C.putLong(view + LEN, block.bytes());
        C.putInt(view + NDIM, axes);
        C.putLong(view + INTERNAL, 0);
        format(view, flags, block.format, ByteOrder.nativeOrder());
        long shape = block.shapeAddress();
        C.putLong(view + SHAPE, (flags & WANT_SHAPE) == 0 ? 0 : shape);
        C.putLong(view + STRIDES, (flags & WANT_STRIDES) == 0 ? 0 : shape + (long) axes * Long.BYTES);
        finish(view, true, gil.newRef(block.owner));
    }

    private static void format(long view, int flags, ItemFormat format, ByteOrder order) {
        C.putLong(view + ITEM_SIZE, format.size());
        C.putLong(view + FORMAT, (flags & WANT_FORMAT) == 0 ? 0 : format.format(order));
        C.putLong(view + SUBOFFSETS, 0);
    }

    /**
     * @param owner a new reference to what keeps the memory, given to the view
     */
    private static void finish(long view, boolean readOnly, long owner) {
        C.putInt(view + READ_ONLY, readOnly ? 1 : 0);
        C.putLong(view + OBJ, owner);
    }

    private static void check(Gil gil, int flags, boolean readOnly, String what) {
        if (readOnly && (flags & WANT_WRITABLE) != 0) {
            throw Errors.python(gil, "BufferError", "Python cannot write " + what);
        }
    }
}
