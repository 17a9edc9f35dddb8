package io.github.cpythonengine.host;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.PyBuffer;
import io.github.cpythonengine.capi.SharedMemory;
import io.github.cpythonengine.interpreter.Gil;
import java.lang.reflect.Array;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;

/**
 * What Java has on its heap, in one block of memory: a Python {@code bytes} object that nobody has seen yet, with the
 * numbers of items by axis and the distances between them behind the items.
 */
final class HeapBlock {

    /**
     * A multiple of every item's size. The JVM writes more than some 2 MiB at once past the processor's caches, from where
     * Python would have to fetch them: to copy and sum 8 MB took twice as long.
     */
    private static final int PIECE = 1 << 20;

    /** The {@code bytes}, owned by the scope. */
    final long owner;

    private final long address;
    private final ItemFormat format;
    final long[] shape;

    private long end;

    private HeapBlock(Gil gil, ItemFormat format, long[] shape) {
        this(gil, format, shape, true);
    }

    private HeapBlock(Gil gil, ItemFormat format, long[] shape, boolean withShape) {
        this.format = format;
        this.shape = shape;
        long size = bytes();
        if (!withShape) {
            owner = gil.own(C.PyBytes_FromStringAndSize(0, size));
            address = C.PyBytes_AsString(owner);
            end = address;
            return;
        }
        long padded = size + 7 & ~7L;
        owner = gil.own(C.PyBytes_FromStringAndSize(0, padded + 2L * Long.BYTES * shape.length));
        address = C.PyBytes_AsString(owner);
        if (padded > size) {
            C.putLong(address + padded - Long.BYTES, 0); // what Python can see has no leftovers of other memory
        }
        long at = address + padded;
        long stride = size;
        for (int i = 0; i < shape.length; i++) {
            stride = i == shape.length - 1 ? format.size() : shape[i] == 0 ? 0 : stride / shape[i];
            C.putLong(at + (long) i * Long.BYTES, shape[i]);
            C.putLong(at + (long) (shape.length + i) * Long.BYTES, stride);
        }
        end = address;
    }

    PyBuffer.Items items() {
        long end = address + (bytes() + 7 & ~7L);
        return new PyBuffer.Items(
                address,
                bytes(),
                format.size(),
                format.format(ByteOrder.nativeOrder()),
                shape.length,
                end,
                end + (long) shape.length * Long.BYTES,
                true);
    }

    /** Of all items together. */
    private long bytes() {
        long size = format.size();
        for (long length : shape) {
            size = Math.multiplyExact(size, length);
        }
        return size;
    }

    /**
     * An array of a primitive type or of such arrays.
     *
     * @return null when inner arrays differ in length, or are null
     */
    static HeapBlock ofArray(Gil gil, Object array) {
        return ofArray(gil, array, true);
    }

    /** The {@code bytes} of the items and nothing more, owned by the scope; 0 for the same reasons. */
    static long bytesOf(Gil gil, Object array) {
        HeapBlock block = ofArray(gil, array, false);
        return block == null ? 0 : block.owner;
    }

    private static HeapBlock ofArray(Gil gil, Object array, boolean withShape) {
        int rank = 0;
        Class<?> item = array.getClass();
        while (item.isArray()) {
            item = item.getComponentType();
            rank++;
        }
        long[] shape = new long[rank];
        Object first = array;
        for (int i = 0; i < rank; i++) {
            shape[i] = first == null ? 0 : Array.getLength(first);
            first = i == rank - 1 || shape[i] == 0 ? null : Array.get(first, 0);
        }
        HeapBlock block = new HeapBlock(gil, ItemFormat.of(item), shape, withShape);
        return block.addAll(array, 0) ? block : null;
    }

    /** Whether all lengths are as the shape says; other threads may be changing inner arrays. */
    private boolean addAll(Object array, int axis) {
        if (array == null || Array.getLength(array) != shape[axis]) {
            return false;
        }
        if (axis == shape.length - 1) {
            add(array);
            return true;
        }
        for (Object inner : (Object[]) array) {
            if (!addAll(inner, axis + 1)) {
                return false;
            }
        }
        return true;
    }

    /** The next items, of an array. */
    private void add(Object array) {
        pieces(0, Array.getLength(array), format.size(), (at, count) -> {
            long size = (long) count * format.size();
            put(array, at, count, size);
            end += size;
        });
    }

    /** Some of the items. */
    @FunctionalInterface
    interface Piece {
        void copy(int from, int count);
    }

    /** All items in pieces. */
    static void pieces(int from, int to, int itemSize, Piece piece) {
        int most = PIECE / itemSize;
        for (int at = from; at < to; ) {
            int count = Math.min(most, to - at);
            piece.copy(at, count);
            at += count;
        }
    }

    private void put(Object array, int from, int count, long size) {
        if (array instanceof byte[] bytes && from == 0) {
            C.write(end, bytes, count);
            return;
        }
        ByteBuffer to = C.buffer(end, size);
        if (array instanceof double[] doubles) {
            to.asDoubleBuffer().put(doubles, from, count);
        } else if (array instanceof float[] floats) {
            to.asFloatBuffer().put(floats, from, count);
        } else if (array instanceof long[] longs) {
            to.asLongBuffer().put(longs, from, count);
        } else if (array instanceof int[] ints) {
            to.asIntBuffer().put(ints, from, count);
        } else if (array instanceof short[] shorts) {
            to.asShortBuffer().put(shorts, from, count);
        } else if (array instanceof char[] chars) {
            to.asCharBuffer().put(chars, from, count);
        } else if (array instanceof byte[] bytes) {
            to.put(bytes, from, count);
        } else {
            boolean[] flags = (boolean[]) array;
            byte[] bytes = new byte[count];
            for (int i = 0; i < count; i++) {
                bytes[i] = (byte) (flags[from + i] ? 1 : 0);
            }
            to.put(bytes);
        }
    }

    /** The items between a buffer's position and limit, in the machine's byte order. */
    static HeapBlock ofBuffer(Gil gil, Buffer shared) {
        Buffer buffer = shared.duplicate(); // whose position and limit nobody moves
        ItemFormat format = ItemFormat.of(buffer);
        HeapBlock block = new HeapBlock(gil, format, new long[] {buffer.remaining()});
        pieces(buffer.position(), buffer.limit(), format.size(), (at, count) -> {
            long size = (long) count * format.size();
            Buffer from = buffer.duplicate().position(at).limit(at + count);
            copy(from, C.buffer(block.end, size));
            block.end += size;
        });
        return block;
    }

    private static void copy(Buffer from, ByteBuffer to) {
        if (from instanceof ByteBuffer bytes) {
            to.put(bytes);
        } else if (from instanceof DoubleBuffer doubles) {
            to.asDoubleBuffer().put(doubles);
        } else if (from instanceof FloatBuffer floats) {
            to.asFloatBuffer().put(floats);
        } else if (from instanceof LongBuffer longs) {
            to.asLongBuffer().put(longs);
        } else if (from instanceof IntBuffer ints) {
            to.asIntBuffer().put(ints);
        } else if (from instanceof ShortBuffer shorts) {
            to.asShortBuffer().put(shorts);
        } else {
            to.asCharBuffer().put((CharBuffer) from);
        }
    }

    /** The bytes of a {@code MemorySegment}. */
    static HeapBlock ofSegment(Gil gil, Object segment) {
        long size = SharedMemory.segmentSize(segment);
        HeapBlock block = new HeapBlock(gil, ItemFormat.RAW, new long[] {size});
        for (long at = 0; at < size; at += PIECE) {
            int count = (int) Math.min(PIECE, size - at);
            SharedMemory.copy(segment, at, C.buffer(block.end, count));
            block.end += count;
        }
        return block;
    }
}
