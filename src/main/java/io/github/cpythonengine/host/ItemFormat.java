package io.github.cpythonengine.host;

import static io.github.cpythonengine.capi.Api.C;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.Locale;

/**
 * Java's primitive types as <a href="https://docs.python.org/3/library/struct.html#format-characters">struct</a>
 * writes them. A {@code char} is an unsigned number of 16 bits.
 */
enum ItemFormat {
    BOOLEAN('?', 1),
    BYTE('b', 1),
    /** The bytes of a {@code ByteBuffer} or a {@code MemorySegment}, which may be part of anything. */
    RAW('B', 1),
    SHORT('h', 2),
    CHAR('H', 2),
    INT('i', 4),
    LONG(longIsC() ? 'l' : 'q', 8),
    FLOAT('f', 4),
    DOUBLE('d', 8);

    private final char letter;
    private final int size;

    /** C strings, for ever. */
    private final long[] formats = new long[2];

    ItemFormat(char letter, int size) {
        this.letter = letter;
        this.size = size;
    }

    /** A {@code long} of C has 64 bits except on Windows; numpy's {@code int64} is that one where it has. */
    private static boolean longIsC() {
        return !System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
    }

    char letter() {
        return letter;
    }

    /** Bytes of an item. */
    int size() {
        return size;
    }

    /** A C string: with a mark for numbers that are not in the machine's byte order. GIL held. */
    long format(ByteOrder order) {
        boolean swapped = size > 1 && order != ByteOrder.nativeOrder();
        int index = swapped ? 1 : 0;
        if (formats[index] == 0) {
            String mark = !swapped ? "" : order == ByteOrder.BIG_ENDIAN ? ">" : "<";
            String text = mark + (swapped && this == LONG ? 'q' : letter); // with a mark, l is one of 32 bits
            long address = C.allocate(text.length() + 1L);
            for (int i = 0; i < text.length(); i++) {
                C.putByte(address + i, (byte) text.charAt(i));
            }
            formats[index] = address;
        }
        return formats[index];
    }

    /** Of an array's items of a primitive type. */
    static ItemFormat of(Class<?> primitive) {
        return valueOf(primitive.getName().toUpperCase(Locale.ROOT));
    }

    static ItemFormat of(Buffer buffer) {
        if (buffer instanceof ByteBuffer) {
            return RAW;
        } else if (buffer instanceof DoubleBuffer) {
            return DOUBLE;
        } else if (buffer instanceof FloatBuffer) {
            return FLOAT;
        } else if (buffer instanceof LongBuffer) {
            return LONG;
        } else if (buffer instanceof IntBuffer) {
            return INT;
        } else if (buffer instanceof ShortBuffer) {
            return SHORT;
        } else {
            return CHAR;
        }
    }

    static ByteOrder order(Buffer buffer) {
        if (buffer instanceof DoubleBuffer doubles) {
            return doubles.order();
        } else if (buffer instanceof FloatBuffer floats) {
            return floats.order();
        } else if (buffer instanceof LongBuffer longs) {
            return longs.order();
        } else if (buffer instanceof IntBuffer ints) {
            return ints.order();
        } else if (buffer instanceof ShortBuffer shorts) {
            return shorts.order();
        } else if (buffer instanceof CharBuffer chars) {
            return chars.order();
        } else {
            return ByteOrder.nativeOrder();
        }
    }
}
