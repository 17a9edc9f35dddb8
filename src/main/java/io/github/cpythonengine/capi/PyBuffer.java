package io.github.cpythonengine.capi;

import static io.github.cpythonengine.capi.Api.C;

/**
 * Where a <a href="https://docs.python.org/3/c-api/buffer.html#buffer-structure">Py_buffer</a> keeps its parts, on
 * platforms of 64 bits. Filled by {@link CPython#PyObject_GetBuffer}, or by us where we are the exporter.
 */
public final class PyBuffer {

    /** Flags for a request of any strides with the format, also of memory that must not be written. */
    public static final int RECORDS_RO = 0x1c;

    /** Its size in bytes. */
    public static final int SIZE = 80;

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

    /** For the exporter's own use. */
    private static final int INTERNAL = 72;

    /** In a consumer's request: it will write. */
    public static final int WRITABLE = 0x1;

    private static final int WITH_FORMAT = 0x4;
    private static final int WITH_SHAPE = 0x8;
    private static final int WITH_STRIDES = 0x10;

    /** In a consumer's request: strides as in Fortran. */
    public static final int F_CONTIGUOUS = 0x40;

    private PyBuffer() {}

    /**
     * What an exporter says of items that lie one after the other.
     *
     * @param format a C string
     * @param shape where the number of items is, by axis
     * @param strides where the number of bytes from one to the next is, by axis
     */
    public record Items(
            long address,
            long length,
            int itemSize,
            long format,
            int axes,
            long shape,
            long strides,
            boolean readOnly) {}

    /**
     * Answers a consumer's request.
     *
     * @param owner a new reference to what keeps the memory, given to the view
     */
    public static void fill(long view, int flags, Items items, @Steals long owner) {
        C.putLong(view + BUF, items.address);
        C.putLong(view + LEN, items.length);
        C.putLong(view + ITEM_SIZE, items.itemSize);
        C.putInt(view + READ_ONLY, items.readOnly ? 1 : 0);
        // a row for consumers that do not ask for the shape: they read a length by axis where there is more than one
        C.putInt(view + NDIM, (flags & WITH_SHAPE) == 0 ? 1 : items.axes);
        C.putLong(view + FORMAT, (flags & WITH_FORMAT) == 0 ? 0 : items.format);
        C.putLong(view + SHAPE, (flags & WITH_SHAPE) == 0 ? 0 : items.shape);
        C.putLong(view + STRIDES, (flags & WITH_STRIDES) == 0 ? 0 : items.strides);
        C.putLong(view + SUBOFFSETS, 0);
        C.putLong(view + OBJ, owner);
    }

    /** The items of a single axis, whose shape and stride are in the view itself. */
    public static Items row(long view, long address, long count, int itemSize, long format, boolean readOnly) {
        C.putLong(view + INTERNAL, count);
        return new Items(address, count * itemSize, itemSize, format, 1, view + INTERNAL, view + ITEM_SIZE, readOnly);
    }

    /** Where the item of all indices 0 is. */
    public static long address(long view) {
        return C.getLong(view + BUF);
    }

    /** Bytes of all items together. */
    public static long length(long view) {
        return C.getLong(view + LEN);
    }

    public static long itemSize(long view) {
        return C.getLong(view + ITEM_SIZE);
    }

    public static boolean isReadOnly(long view) {
        return C.getInt(view + READ_ONLY) != 0;
    }

    /** Items by axis. */
    public static long[] shape(long view) {
        long[] shape = sizes(view, SHAPE);
        return shape != null ? shape : new long[] {length(view) / Math.max(1, itemSize(view))};
    }

    /** Bytes from one item to the next, by axis. */
    public static long[] strides(long view) {
        long[] strides = sizes(view, STRIDES);
        return strides != null ? strides : contiguous(shape(view), itemSize(view));
    }

    private static long[] contiguous(long[] shape, long itemSize) {
        long[] strides = new long[shape.length];
        long step = itemSize;
        for (int i = shape.length - 1; i >= 0; i--) {
            strides[i] = step;
            step *= shape[i];
        }
        return strides;
    }

    /** Null where there is no list though it was asked for: ctypes tells no strides. */
    private static long[] sizes(long view, int at) {
        long[] sizes = new long[C.getInt(view + NDIM)];
        long address = C.getLong(view + at);
        if (address == 0 && sizes.length > 0) {
            return null;
        }
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = C.getLong(address + (long) i * Long.BYTES);
        }
        return sizes;
    }

    /** In PEP 3118's notation; unsigned bytes where there is none. */
    public static String format(long view) {
        long address = C.getLong(view + FORMAT);
        if (address == 0) {
            return "B";
        }
        int first = C.getByte(address);
        if (first > 0 && C.getByte(address + 1) == 0) {
            return String.valueOf((char) first);
        }
        return C.getString(address);
    }
}
