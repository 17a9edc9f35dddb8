package io.github.cpythonengine.wrap;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.wrap.DType.Kind;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Arrays of primitives as copies of memory: rows that lie as Java has them in one block each, others item by item.
 *
 * <p>What an item may become is as for single values: whole numbers never come of floats or bools, a {@code float} is
 * rounded from a {@code double}, a float of an integer is exactly it. {@code byte[]} takes any items of one byte as
 * they are, {@code long[]} also the counts of times, {@code char[]} unsigned numbers.
 */
final class ArrayCopy {

    /** The kinds that each type of array takes. */
    private static final Map<Class<?>, Kind[]> TAKES = Map.of(
            boolean.class, new Kind[] {Kind.BOOL},
            byte.class, new Kind[] {Kind.INT, Kind.UINT},
            short.class, new Kind[] {Kind.INT, Kind.UINT},
            int.class, new Kind[] {Kind.INT, Kind.UINT},
            long.class, new Kind[] {Kind.INT, Kind.UINT, Kind.DATETIME, Kind.TIMEDELTA},
            char.class, new Kind[] {Kind.UINT},
            float.class, new Kind[] {Kind.FLOAT, Kind.INT, Kind.UINT},
            double.class, new Kind[] {Kind.FLOAT, Kind.INT, Kind.UINT});

    /** Items for which a buffer is worth making, and those that fit one. */
    private static final int MANY = 32;

    private static final int MOST = Integer.MAX_VALUE / Long.BYTES;

    private final long base;
    private final DType type;
    private final Strided place;
    private final Class<?> leaf;
    private final boolean block;
    private final boolean swappedBlock;
    private final long[] index;

    private ArrayCopy(long base, DType type, Strided place, Class<?> leaf) {
        this.base = base;
        this.type = type;
        this.place = place;
        this.leaf = leaf;
        boolean same = isSame(leaf, type);
        this.block = same && !type.isSwapped();
        this.swappedBlock = same && type.isSwapped();
        this.index = new long[place.ndim()];
    }

    /** Whether items of this type can be in arrays of this primitive type. */
    static boolean takes(Class<?> leaf, DType type) {
        return leaf == byte.class && type.itemSize() == 1 && type.kind() != Kind.BOOL
                || Arrays.asList(TAKES.get(leaf)).contains(type.kind());
    }

    /** 0 for the type that Java keeps such items in, else more for a wider one. */
    static int distance(Class<?> leaf, DType type) {
        boolean same = isSame(leaf, type);
        if (type.kind() == Kind.UINT && (leaf == byte.class || leaf == char.class)) {
            return BY_WIDTH.size() + (same ? 1 : 2); // to Java other numbers, or none
        }
        return same ? 0 : 1 + BY_WIDTH.indexOf(leaf);
    }

    private static final List<Class<?>> BY_WIDTH =
            List.of(short.class, char.class, int.class, long.class, float.class, double.class, byte.class);

    /** The innermost component of an array class; the class itself when it is none. */
    static Class<?> leaf(Class<?> array) {
        return array.isArray() ? leaf(array.getComponentType()) : array;
    }

    static int rank(Class<?> array) {
        return array.isArray() ? 1 + rank(array.getComponentType()) : 0;
    }

    /**
     * A new array of this class. {@code base} must stay good meanwhile.
     *
     * @throws ClassCastException when the rank or the type of items does not fit
     * @throws ArithmeticException when a value does not fit, naming it and its index
     */
    static Object of(long base, DType type, Strided place, Class<?> array) {
        Class<?> leaf = leaf(array);
        if (!takes(leaf, type)) {
            throw refused(type, place, array, hint(leaf, type));
        }
        if (rank(array) != place.ndim()) {
            throw refused(type, place, array, "use an array of " + place.ndim() + " dimensions, or x.reshape(-1)");
        }
        Object made = Array.newInstance(leaf, lengths(place));
        if (place.size() > 0) {
            new ArrayCopy(base, type, place, leaf).fill(made, 0, place.offset());
        }
        return made;
    }

    private static String hint(Class<?> leaf, DType type) {
        if (type.kind() == Kind.BOOL) {
            return "a bool is not taken for a number, use x.astype('int8')";
        }
        if (leaf == boolean.class) {
            return "use x.astype(bool)";
        }
        return type.kind() == Kind.FLOAT ? "use x.astype('int64'), which drops fractions" : "";
    }

    static ClassCastException refused(DType type, Strided place, Class<?> wanted, String hint) {
        String text = "cannot convert an array of " + type + " of shape " + Arrays.toString(place.shape()) + " to "
                + wanted.getTypeName();
        return new ClassCastException(hint.isEmpty() ? text : text + ": " + hint);
    }

    private static int[] lengths(Strided place) {
        int[] lengths = new int[place.ndim()];
        for (int i = 0; i < lengths.length; i++) {
            long length = place.shape()[i];
            if (length > Integer.MAX_VALUE - 8) {
                throw new ArithmeticException(
                        length + " items do not fit a Java array: read them in parts, or use NdArray");
            }
            lengths[i] = (int) length;
        }
        return lengths;
    }

    /** Whether Java keeps such items as the memory has them, but for the byte order. */
    private static boolean isSame(Class<?> leaf, DType type) {
        if (leaf == byte.class) {
            return type.itemSize() == 1;
        }
        if (leaf == double.class || leaf == float.class) {
            return type.is(Kind.FLOAT, leaf == double.class ? Double.BYTES : Float.BYTES);
        }
        if (leaf == char.class) {
            return type.is(Kind.UINT, Character.BYTES);
        }
        if (leaf == long.class) {
            return type.itemSize() == Long.BYTES && type.kind() != Kind.UINT;
        }
        return leaf == int.class && type.is(Kind.INT, Integer.BYTES)
                || leaf == short.class && type.is(Kind.INT, Short.BYTES);
    }

    private void fill(Object array, int axis, long offset) {
        int length = Array.getLength(array);
        long stride = place.strides()[axis];
        if (axis == place.ndim() - 1) {
            row(array, length, base + offset, stride);
            return;
        }
        Object[] rows = (Object[]) array;
        for (int i = 0; i < length; i++) {
            index[axis] = i;
            fill(rows[i], axis + 1, offset + i * stride);
        }
    }

    private void row(Object array, int length, long address, long stride) {
        boolean together = stride == type.itemSize() || length == 1;
        if (block && together) {
            readBlock(array, length, address);
        } else if (swappedBlock && together && length >= MANY && length <= MOST) {
            readSwapped(array, address, length);
        } else if (array instanceof double[] doubles) {
            doubles(doubles, address, stride);
        } else if (array instanceof float[] floats) {
            floats(floats, address, stride);
        } else if (array instanceof boolean[] booleans) {
            for (int i = 0; i < length; i++) {
                booleans[i] = C.getByte(address + i * stride) != 0;
            }
        } else {
            integers(array, length, address, stride);
        }
    }

    private static void readBlock(Object array, int length, long address) {
        if (array instanceof double[] doubles) {
            C.read(address, doubles, length);
        } else if (array instanceof long[] longs) {
            C.read(address, longs, length);
        } else if (array instanceof int[] ints) {
            C.read(address, ints, length);
        } else if (array instanceof byte[] bytes) {
            C.read(address, bytes, length);
        } else if (array instanceof float[] floats) {
            C.read(address, floats, length);
        } else if (array instanceof short[] shorts) {
            C.read(address, shorts, length);
        } else {
            C.read(address, (char[]) array, length);
        }
    }

    private void readSwapped(Object array, long address, int length) {
        ByteBuffer bytes = C.buffer(address, (long) length * type.itemSize()).order(type.byteOrder());
        if (array instanceof double[] doubles) {
            bytes.asDoubleBuffer().get(doubles);
        } else if (array instanceof long[] longs) {
            bytes.asLongBuffer().get(longs);
        } else if (array instanceof int[] ints) {
            bytes.asIntBuffer().get(ints);
        } else if (array instanceof float[] floats) {
            bytes.asFloatBuffer().get(floats);
        } else if (array instanceof short[] shorts) {
            bytes.asShortBuffer().get(shorts);
        } else {
            bytes.asCharBuffer().get((char[]) array);
        }
    }

    private void doubles(double[] array, long address, long stride) {
        if (block) {
            for (int i = 0; i < array.length; i++) {
                array[i] = C.getDouble(address + i * stride);
            }
        } else if (type.kind() == Kind.FLOAT) {
            for (int i = 0; i < array.length; i++) {
                array[i] = Numbers.floating(address + i * stride, type, type.itemSize());
            }
        } else {
            for (int i = 0; i < array.length; i++) {
                long bits = Numbers.integer(address + i * stride, type);
                int exact = (int) bits; // quick for most
                array[i] = exact == bits ? exact : wideDouble(bits, i);
            }
        }
    }

    private double wideDouble(long bits, int i) {
        try {
            return Numbers.exactDouble(type, bits);
        } catch (ArithmeticException e) {
            throw at(i, Numbers.text(type, bits), e.getMessage());
        }
    }

    private void floats(float[] array, long address, long stride) {
        boolean whole = type.kind() != Kind.FLOAT;
        for (int i = 0; i < array.length; i++) {
            long item = address + i * stride;
            try {
                array[i] = whole
                        ? Numbers.exactFloat(type, Numbers.integer(item, type))
                        : Numbers.toFloat(Numbers.floating(item, type, type.itemSize()));
            } catch (ArithmeticException e) {
                String value = whole
                        ? Numbers.text(type, Numbers.integer(item, type))
                        : String.valueOf(Numbers.floating(item, type, type.itemSize()));
                throw at(i, value, e.getMessage());
            }
        }
    }

    private void integers(Object array, int length, long address, long stride) {
        if (array instanceof long[] longs) {
            for (int i = 0; i < length; i++) {
                longs[i] = checked(address + i * stride, i, Long.MIN_VALUE, Long.MAX_VALUE);
            }
        } else if (array instanceof int[] ints) {
            for (int i = 0; i < length; i++) {
                ints[i] = (int) checked(address + i * stride, i, Integer.MIN_VALUE, Integer.MAX_VALUE);
            }
        } else if (array instanceof short[] shorts) {
            for (int i = 0; i < length; i++) {
                shorts[i] = (short) checked(address + i * stride, i, Short.MIN_VALUE, Short.MAX_VALUE);
            }
        } else if (array instanceof char[] chars) {
            for (int i = 0; i < length; i++) {
                chars[i] = (char) checked(address + i * stride, i, Character.MIN_VALUE, Character.MAX_VALUE);
            }
        } else {
            bytes((byte[]) array, address, stride);
        }
    }

    private void bytes(byte[] array, long address, long stride) {
        for (int i = 0; i < array.length; i++) {
            long item = address + i * stride;
            array[i] = block ? C.getByte(item) : (byte) checked(item, i, Byte.MIN_VALUE, Byte.MAX_VALUE);
        }
    }

    private long checked(long address, int i, long least, long most) {
        long bits = Numbers.integer(address, type);
        if (bits < least || bits > most || Numbers.isBeyondLong(type, bits)) {
            throw at(i, Numbers.text(type, bits), "it is outside " + least + " to " + most);
        }
        return bits;
    }

    private ArithmeticException at(int i, String value, String reason) {
        index[index.length - 1] = i;
        String path = LongStream.of(index).mapToObj(Long::toString).collect(Collectors.joining(", ", "[", "]"));
        return new ArithmeticException(path + ": cannot convert " + type + " " + value + " to " + leaf + ": " + reason);
    }
}
