package io.github.cpythonengine.wrap;

import java.util.Arrays;

/**
 * Where the items of an array are: an offset and, by axis, how many there are and how many bytes from one to the next.
 * Immutable; the arrays are not to be changed.
 */
record Strided(long offset, long[] shape, long[] strides) {

    int ndim() {
        return shape.length;
    }

    /** Number of items. */
    long size() {
        long size = 1;
        for (long count : shape) {
            size *= count;
        }
        return size;
    }

    /** Whether the items lie one after the other, the last index changing first. */
    boolean isC(int itemSize) {
        long expected = itemSize;
        for (int i = shape.length - 1; i >= 0; i--) {
            if (shape[i] > 1 && strides[i] != expected) {
                return size() == 0;
            }
            expected *= shape[i];
        }
        return true;
    }

    /** Whether the items lie one after the other, the first index changing first. */
    boolean isF(int itemSize) {
        return transposed().isC(itemSize);
    }

    /**
     * The offset of an item.
     *
     * @throws IndexOutOfBoundsException naming the index and the shape
     */
    long at(long[] index) {
        if (index.length != shape.length) {
            throw outside(index);
        }
        long at = offset;
        for (int i = 0; i < index.length; i++) {
            if (index[i] < 0 || index[i] >= shape[i]) {
                throw outside(index);
            }
            at += index[i] * strides[i];
        }
        return at;
    }

    private IndexOutOfBoundsException outside(long[] index) {
        return new IndexOutOfBoundsException(
                "index " + Arrays.toString(index) + " of an array of shape " + Arrays.toString(shape));
    }

    /** The part at the first indices. */
    Strided part(long[] index) {
        if (index.length > shape.length) {
            throw outside(index);
        }
        Strided first = new Strided(offset, Arrays.copyOf(shape, index.length), Arrays.copyOf(strides, index.length));
        long[] rest = Arrays.copyOfRange(shape, index.length, shape.length);
        try {
            return new Strided(first.at(index), rest, Arrays.copyOfRange(strides, index.length, strides.length));
        } catch (IndexOutOfBoundsException e) {
            throw outside(index);
        }
    }

    /** Each {@code step}-th item of an axis from one on. */
    Strided slice(int axis, long start, long count, long step) {
        checkAxis(axis);
        boolean inside = count >= 0
                && step != 0
                && (count == 0 || isInside(axis, start) && isInside(axis, last(start, count, step)));
        if (!inside) {
            throw new IndexOutOfBoundsException(count + " items from " + start + " in steps of " + step + " of axis "
                    + axis + " of an array of shape " + Arrays.toString(shape));
        }
        long[] counts = shape.clone();
        long[] bytes = strides.clone();
        counts[axis] = count;
        bytes[axis] = count <= 1 ? bytes[axis] : Math.multiplyExact(bytes[axis], step);
        return new Strided(count == 0 ? offset : offset + start * strides[axis], counts, bytes);
    }

    private static long last(long start, long count, long step) {
        try {
            return Math.addExact(start, Math.multiplyExact(count - 1, step));
        } catch (ArithmeticException e) {
            return -1;
        }
    }

    private boolean isInside(int axis, long index) {
        return index >= 0 && index < shape[axis];
    }

    private void checkAxis(int axis) {
        if (axis < 0 || axis >= shape.length) {
            throw new IndexOutOfBoundsException("axis " + axis + " of an array of shape " + Arrays.toString(shape));
        }
    }

    /** With the axes in reverse order. */
    Strided transposed() {
        int[] axes = new int[shape.length];
        for (int i = 0; i < axes.length; i++) {
            axes[i] = axes.length - 1 - i;
        }
        return transposed(axes);
    }

    /** With the axes in this order. */
    Strided transposed(int[] axes) {
        long[] counts = new long[shape.length];
        long[] bytes = new long[shape.length];
        boolean[] seen = new boolean[shape.length];
        if (axes.length != shape.length) {
            throw new IllegalArgumentException("axes " + Arrays.toString(axes) + " are not " + shape.length);
        }
        for (int i = 0; i < axes.length; i++) {
            checkAxis(axes[i]);
            if (seen[axes[i]]) {
                throw new IllegalArgumentException("axes " + Arrays.toString(axes) + " name one of them twice");
            }
            seen[axes[i]] = true;
            counts[i] = shape[axes[i]];
            bytes[i] = strides[axes[i]];
        }
        return new Strided(offset, counts, bytes);
    }

    /**
     * The same items in the same order with other axes; one count may be -1, which is then found.
     *
     * @return null when that cannot be without a copy
     * @throws IllegalArgumentException when the sizes differ
     */
    Strided reshaped(long[] wanted, int itemSize) {
        long[] counts = complete(wanted);
        long[] bytes = new long[counts.length];
        if (size() == 0) {
            return new Strided(offset, counts, contiguous(counts, itemSize));
        }
        // groups of old axes that lie as one, each to be cut into new ones
        int from = 0;
        int to = 0;
        while (from < counts.length || to < shape.length) {
            int fromEnd = from;
            int toEnd = to;
            long ours = fromEnd < counts.length ? counts[fromEnd++] : 1;
            long theirs = toEnd < shape.length ? shape[toEnd++] : 1;
            while (ours != theirs) {
                if (ours < theirs) {
                    ours *= counts[fromEnd++];
                } else {
                    theirs *= shape[toEnd++];
                }
            }
            long step = step(to, toEnd);
            if (step == UNEVEN) {
                return null;
            }
            for (int i = fromEnd - 1; i >= from; i--) {
                bytes[i] = step;
                step *= counts[i];
            }
            from = fromEnd;
            to = toEnd;
        }
        return new Strided(offset, counts, bytes);
    }

    private static final long UNEVEN = Long.MIN_VALUE;

    /** The stride of the innermost of some axes that can be seen as one, else {@link #UNEVEN}. */
    private long step(int from, int to) {
        long inner = 0;
        long expected = 0;
        boolean first = true;
        for (int i = to - 1; i >= from; i--) {
            if (shape[i] == 1) {
                continue;
            }
            if (first) {
                inner = strides[i];
                first = false;
            } else if (strides[i] != expected) {
                return UNEVEN;
            }
            expected = strides[i] * shape[i];
        }
        return inner;
    }

    private long[] complete(long[] wanted) {
        long[] counts = wanted.clone();
        int open = -1;
        long known = 1;
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] == -1 && open < 0) {
                open = i;
            } else if (counts[i] < 0) {
                throw new IllegalArgumentException("no shape: " + Arrays.toString(wanted));
            } else {
                known = Math.multiplyExact(known, counts[i]);
            }
        }
        long size = size();
        if (open >= 0 && known != 0 && size % known == 0) {
            counts[open] = size / known;
            known *= counts[open];
        }
        if (known != size || open >= 0 && counts[open] < 0) {
            throw new IllegalArgumentException(size + " items do not fit the shape " + Arrays.toString(wanted));
        }
        return counts;
    }

    static long[] contiguous(long[] shape, int itemSize) {
        long[] strides = new long[shape.length];
        long step = itemSize;
        for (int i = shape.length - 1; i >= 0; i--) {
            strides[i] = step;
            step *= Math.max(1, shape[i]);
        }
        return strides;
    }

    /** Of a part at {@code more} bytes in each item, which has axes of its own. */
    Strided inItems(int more, long[] counts, long[] bytes) {
        long[] allCounts = Arrays.copyOf(shape, shape.length + counts.length);
        long[] allBytes = Arrays.copyOf(strides, strides.length + bytes.length);
        System.arraycopy(counts, 0, allCounts, shape.length, counts.length);
        System.arraycopy(bytes, 0, allBytes, strides.length, bytes.length);
        return new Strided(offset + more, allCounts, allBytes);
    }
}
