package io.github.cpythonengine.host;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.capi.PyBuffer;
import io.github.cpythonengine.capi.SharedMemory;
import io.github.cpythonengine.interpreter.Builtins;
import io.github.cpythonengine.interpreter.ForkedChild;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import java.nio.Buffer;
import java.nio.ByteOrder;

/**
 * The <a href="https://docs.python.org/3/c-api/buffer.html">buffer protocol</a> of Java objects. Direct buffers and
 * segments give their own memory, and a view of it keeps the Java object. What Java has on its heap, where it moves,
 * and what Java can free at any time (a segment whose arena can be closed) gives a copy that cannot be written.
 */
final class Exports {

    private static long type;
    private static long getBuffer;

    /** Where a {@code PyWrapperDescrObject} has the function of the slot. */
    private static final int WRAPPED = Layout.headSize() + 4 * Long.BYTES;

    /** Raises TypeError and returns -1 for what is no str. */
    private static final String REFUSAL = "PyUnicode_GetLength";

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
            shareMethod(gil);
        }
        return type;
    }

    /** Sees to it that no child of {@code os.fork} calls Java by the slot that a new class has inherited. */
    static void share(Gil gil, long subtype) {
        long procs = type == 0 ? 0 : Layout.bufferProcs(subtype);
        if (procs != 0 && C.getLong(procs) == getBuffer) {
            ForkedChild.watchSlot(gil, procs, 0);
        }
    }

    /** The same for the method {@code __buffer__} that Python 3.12 and later make of the slot. */
    private static void shareMethod(Gil gil) {
        long method = gil.call(Half.member(gil, "buffer_method"), type);
        if (method != Py.NONE && C.getLong(method + WRAPPED) == getBuffer) {
            C.Py_IncRef(method); // for ever, whatever scripts do to the type
            ForkedChild.watchSlot(gil, method + WRAPPED, C.address(REFUSAL));
        }
    }

    private static void fill(Gil gil, long self, long view, int flags) {
        Object object = Handles.object(self);
        if (object == null) {
            throw Errors.python(gil, "BufferError", "this object has lost its Java object, and so its memory");
        }
        if (object instanceof Buffer buffer) {
            fill(gil, self, view, flags, buffer);
        } else if (object.getClass().isArray()) {
            HeapBlock block = HeapBlock.ofArray(gil, object);
            if (block == null) {
                throw noBlock(gil, object);
            }
            fillCopy(gil, view, flags, block);
        } else {
            long address = SharedMemory.segmentAddress(object);
            if (address == 0) {
                fillCopy(gil, view, flags, HeapBlock.ofSegment(gil, object));
            } else {
                boolean readOnly = SharedMemory.isReadOnly(object);
                check(gil, flags, readOnly, "a read-only MemorySegment");
                long size = SharedMemory.segmentSize(object);
                long format = ItemFormat.RAW.format(ByteOrder.nativeOrder());
                PyBuffer.fill(view, flags, PyBuffer.row(view, address, size, 1, format, readOnly), gil.newRef(self));
            }
        }
    }

    private static void fill(Gil gil, long self, long view, int flags, Buffer shared) {
        Buffer buffer = shared.duplicate(); // whose position and limit nobody moves
        ItemFormat item = ItemFormat.of(buffer);
        long address = buffer.isDirect() ? SharedMemory.address(buffer, item.size()) : 0;
        if (address == 0) {
            fillCopy(gil, view, flags, HeapBlock.ofBuffer(gil, buffer));
            return;
        }
        boolean readOnly = buffer.isReadOnly();
        check(gil, flags, readOnly, "a read-only buffer");
        long format = item.format(ItemFormat.order(buffer));
        PyBuffer.fill(
                view,
                flags,
                PyBuffer.row(view, address, buffer.remaining(), item.size(), format, readOnly),
                gil.newRef(self));
    }

    private static void fillCopy(Gil gil, long view, int flags, HeapBlock block) {
        check(
                gil,
                flags,
                true,
                "memory of Java's heap, or of an arena that can be closed, which Python gets a copy of");
        if ((flags & PyBuffer.F_CONTIGUOUS) != 0 && block.shape.length > 1) {
            throw Errors.python(gil, "BufferError", "Java's arrays of arrays are in C order");
        }
        PyBuffer.fill(view, flags, block.items(), gil.newRef(block.owner));
    }

    /** To be thrown. */
    private static RuntimeException noBlock(Gil gil, Object array) {
        String name = Names.full(array.getClass());
        return Errors.python(
                gil, "BufferError", name + " is no block of memory: its rows differ in length, or are null");
    }

    /** The memory of an array of primitives as {@code bytes}, owned by the scope. */
    static long bytes(Gil gil, Object array) {
        long bytes = HeapBlock.bytesOf(gil, array);
        if (bytes == 0) {
            throw noBlock(gil, array);
        }
        return bytes;
    }

    private static void check(Gil gil, int flags, boolean readOnly, String what) {
        if (readOnly && (flags & PyBuffer.WRITABLE) != 0) {
            throw Errors.python(gil, "BufferError", "Python cannot write " + what);
        }
    }
}
