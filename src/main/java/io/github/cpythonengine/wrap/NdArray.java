package io.github.cpythonengine.wrap;

import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.python.PyObject;
import io.github.cpythonengine.python.PyView;
import io.github.cpythonengine.wrap.DType.Field;
import io.github.cpythonengine.wrap.DType.Kind;
import java.nio.Buffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * The memory of a numpy array, or of any other Python object that shows its memory ({@code array.array}, {@code
 * memoryview}, {@code bytearray}, {@code mmap}, arrays of ctypes), seen as an array of any number of dimensions. Nothing
 * is copied: both languages see each change. {@code object.as(NdArray.class)} makes one.
 *
 * <pre>{@code
 * try (NdArray image = object.as(NdArray.class)) { // uint8, shape [480, 640, 3]
 *   NdArray red = image.slice("::-1, :, 0");
 *   double[][] copy = red.as(double[][].class);
 *   image.set(255, 0, 0, 2);
 * }
 * }</pre>
 *
 * <p>Python cannot free or move the memory (a {@code bytearray} refuses to be resized) until the array is closed, or
 * it and all made of it were garbage collected. {@link #close} ends it and the parts made of it ({@link #slice},
 * {@link #transpose} and so on), which then throw {@link IllegalStateException}. Buffers and segments made by {@link
 * #as} stay good: they keep the memory by themselves.
 *
 * <p>Usable from any thread; items are read and written without the GIL, so what several threads do to one item at a
 * time is in no order, as in C. Passed to Python, it is the identical object again; a part is numpy's view of that part.
 */
public final class NdArray implements PyView, AutoCloseable {

    private static final int MOST_SHOWN = 100;

    private final Exported memory;
    private final DType type;
    private final Strided place;

    /** What this is a part of, and how Python makes that part; null for the whole. */
    private final NdArray parent;

    private final Function<NdArray, PyObject> derive;

    /** No lock guards it: who makes it waits for the GIL, and who holds the GIL asks for it. */
    private final AtomicReference<PyObject> object;

    private volatile boolean closed;

    NdArray(PyObject object, Exported memory) {
        this.object = new AtomicReference<>(object);
        this.memory = memory;
        this.type = memory.type;
        this.place = memory.whole;
        this.parent = null;
        this.derive = null;
    }

    private NdArray(NdArray parent, DType type, Strided place, Function<NdArray, PyObject> derive) {
        this.memory = parent.memory;
        this.type = type;
        this.place = place;
        this.object = new AtomicReference<>();
        this.parent = parent;
        this.derive = derive;
    }

    // ---- new ones

    /**
     * New memory for both languages, all zero: in Python a numpy array, or a memoryview where there is no numpy. {@code
     * zeros(double.class, 480, 640)}; for the order of Fortran {@code zeros(double.class, 640, 480).transpose()}.
     *
     * @param item a primitive type; {@code char} is an unsigned number of 16 bits
     * @param shape number of items by axis
     * @throws IllegalArgumentException for another type, or a negative number
     * @throws IllegalStateException when Python was not yet started, by a first use of an engine
     */
    public static NdArray zeros(Class<?> item, long... shape) {
        return SharedArrays.zeros(Objects.requireNonNull(item, "item"), shape);
    }

    /**
     * A direct buffer's items between position and limit, as an array of this shape on the same memory, which the array
     * keeps. As {@link #zeros} in Python; of a read-only buffer read-only. A heap buffer is copied, to a read-only array.
     *
     * @param shape number of items by axis, in C order; none for a single axis
     * @throws IllegalArgumentException when the buffer has another number of items
     * @throws IllegalStateException when Python was not yet started, by a first use of an engine
     */
    public static NdArray of(Buffer buffer, long... shape) {
        return SharedArrays.of(Objects.requireNonNull(buffer, "buffer"), shape);
    }

    // ---- what it is

    /** What the items are. */
    public DType dtype() {
        return type;
    }

    /** Number of items by axis; empty for a single item. A copy. */
    public long[] shape() {
        return place.shape().clone();
    }

    /** Bytes from one item to the next by axis, negative ones backwards. A copy. */
    public long[] strides() {
        return place.strides().clone();
    }

    /** Number of axes. */
    public int ndim() {
        return place.ndim();
    }

    /** Number of items. */
    public long size() {
        return place.size();
    }

    /** Bytes of an item. */
    public int itemSize() {
        return type.itemSize();
    }

    /** Whether the items lie one after the other as in C and Java: the last index changes first. */
    public boolean isCContiguous() {
        return place.isC(type.itemSize());
    }

    /** Whether the items lie one after the other as in Fortran: the first index changes first. */
    public boolean isFContiguous() {
        return place.isF(type.itemSize());
    }

    /** Whether it must not be written: {@code set} then throws {@link UnsupportedOperationException}. */
    public boolean isReadOnly() {
        return memory.readOnly;
    }

    // ---- items

    /** Work with the address of an item. */
    @FunctionalInterface
    private interface Use<T> {
        T at(long address, DType type);
    }

    private <T> T use(long[] index, Use<T> work) {
        long offset = place.at(index);
        long base = enter();
        try {
            return work.at(base + offset, type);
        } finally {
            memory.leave();
        }
    }

    private long enter() {
        checkOpen();
        return memory.enter();
    }

    private boolean isClosed() {
        return closed || parent != null && parent.isClosed();
    }

    /**
     * The natural Java value of an item: see {@link Kind}.
     *
     * @param index from 0, one for each axis
     * @throws IndexOutOfBoundsException when it is outside the shape
     * @throws ArithmeticException for a time that java.time does not have
     */
    public Object get(long... index) {
        return type.hasObjects() ? Gil.with(gil -> use(index, Item::get)) : use(index, Item::get);
    }

    /**
     * A number as a {@code double}.
     *
     * @throws ArithmeticException for an integer that no double is exactly
     * @throws ClassCastException for items that are no real numbers
     */
    public double getDouble(long... index) {
        if (type.kind() != Kind.FLOAT) {
            checkKind(double.class, Kind.INT, Kind.UINT);
        }
        long offset = place.at(index);
        long base = enter();
        try {
            return type.kind() == Kind.FLOAT
                    ? Numbers.floating(base + offset, type, type.itemSize())
                    : Numbers.exactDouble(type, Numbers.integer(base + offset, type));
        } finally {
            memory.leave();
        }
    }

    /**
     * A whole number, or the count of a {@code datetime64} or {@code timedelta64} in its unit.
     *
     * @throws ArithmeticException for an unsigned one beyond the largest {@code long}
     * @throws ClassCastException for items that are no such numbers
     */
    public long getLong(long... index) {
        checkKind(long.class, Kind.INT, Kind.UINT, Kind.DATETIME, Kind.TIMEDELTA);
        long offset = place.at(index);
        long base = enter();
        try {
            long bits = Numbers.integer(base + offset, type);
            if (Numbers.isBeyondLong(type, bits)) {
                throw new ArithmeticException(
                        "cannot convert " + type + " " + Long.toUnsignedString(bits) + " to long: it is too large");
            }
            return bits;
        } finally {
            memory.leave();
        }
    }

    /**
     * Whether an item is true.
     *
     * @throws ClassCastException for items that are no bools
     */
    public boolean getBoolean(long... index) {
        checkKind(boolean.class, Kind.BOOL);
        return (Boolean) get(index);
    }

    private void checkKind(Class<?> wanted, Kind... kinds) {
        if (!Arrays.asList(kinds).contains(type.kind())) {
            throw new ClassCastException("cannot convert an item of " + type + " to " + wanted);
        }
    }

    /**
     * Sets an item to a value such as {@link #get} gives: any whole number that fits, and for a float also a whole
     * number that it is exactly. A {@code float} is rounded from a {@code double}.
     *
     * @throws UnsupportedOperationException when it is read-only
     * @throws ClassCastException when the value has not the kind of the items
     * @throws ArithmeticException when it does not fit
     */
    public void set(Object value, long... index) {
        checkWritable();
        if (type.kind() == Kind.OBJECT) {
            Gil.run(gil -> put(index, (address, type) -> Item.put(address, type, value)));
        } else {
            put(index, (address, type) -> Item.put(address, type, value));
        }
    }

    /** {@link #set} without a box. */
    public void setDouble(double value, long... index) {
        checkWritable();
        put(index, (address, type) -> Item.putDouble(address, type, value));
    }

    /** {@link #set} without a box. */
    public void setLong(long value, long... index) {
        checkWritable();
        put(index, (address, type) -> Item.putLong(address, type, value));
    }

    /** Writing of an item. */
    @FunctionalInterface
    private interface Put {
        void at(long address, DType type);
    }

    private void put(long[] index, Put work) {
        use(index, (address, type) -> {
            work.at(address, type);
            return null;
        });
    }

    private void checkWritable() {
        if (memory.readOnly) {
            throw new UnsupportedOperationException("This array is read-only in Python");
        }
    }

    // ---- parts, on the same memory

    /**
     * A part, in Python's notation: {@code "1:3"}, {@code "::-1, 0"}, {@code "..., 2"}. An index drops its axis.
     *
     * @throws IllegalArgumentException when it is not written so
     * @throws IndexOutOfBoundsException when an index is outside
     */
    public NdArray slice(String indices) {
        SliceText.Part part = SliceText.apply(Objects.requireNonNull(indices, "indices"), place);
        return part(type, part.place(), from -> from.derived("subscript", part.text()));
    }

    /**
     * {@code count} items of an axis, from {@code start} on in steps of {@code step}, which may be negative.
     *
     * @throws IndexOutOfBoundsException when one of them is outside
     */
    public NdArray slice(int axis, long start, long count, long step) {
        Strided part = place.slice(axis, start, count, step);
        long stop = count == 0 ? start : start + count * step;
        String range = start + ":" + (stop < 0 ? "" : stop) + ":" + step;
        return part(type, part, from -> from.derived("subscript", ":, ".repeat(axis) + range));
    }

    /**
     * The part at some first indices: {@code a.at(2)} of shape [5, 3] is row 2, of shape [3].
     *
     * @throws IndexOutOfBoundsException when one is outside
     */
    public NdArray at(long... first) {
        String indices = first.length == 0 ? "..." : join(LongStream.of(first));
        return part(type, place.part(first), from -> from.derived("subscript", indices));
    }

    /** With the axes in another order, {@code axes[i]} becoming axis i; in reverse order when none are given. */
    public NdArray transpose(int... axes) {
        Strided turned = axes.length == 0 ? place.transposed() : place.transposed(axes);
        String text = join(Arrays.stream(axes).asLongStream());
        return part(type, turned, from -> from.derived("transposed", text));
    }

    /**
     * The same items in the same order with another shape; one count may be -1, which is then found.
     *
     * @throws IllegalArgumentException when the sizes differ, or it cannot be without a copy
     */
    public NdArray reshape(long... shape) {
        Strided reshaped = place.reshaped(shape, type.itemSize());
        if (reshaped == null) {
            throw new IllegalArgumentException("an array of shape " + Arrays.toString(place.shape()) + " and strides "
                    + Arrays.toString(place.strides()) + " has not the shape " + Arrays.toString(shape)
                    + " without a copy");
        }
        String text = join(LongStream.of(reshaped.shape()));
        return part(type, reshaped, from -> from.derived("reshaped", text));
    }

    /**
     * The field of this name of all records.
     *
     * @throws IllegalArgumentException when they have none
     */
    public NdArray field(String name) {
        for (Field field : type.fields()) {
            if (field.name().equals(name)) {
                List<Integer> inner = field.shape();
                long[] shape = inner.stream().mapToLong(it -> it).toArray();
                long[] strides = Strided.contiguous(shape, field.type().itemSize());
                Strided part = place.inItems(field.offset(), shape, strides);
                return part(field.type(), part, from -> from.derived("field", name));
            }
        }
        throw new IllegalArgumentException("no field " + name + " in " + type);
    }

    private NdArray part(DType partType, Strided part, Function<NdArray, PyObject> derive) {
        checkOpen();
        return new NdArray(this, partType, part, derive);
    }

    private static String join(LongStream numbers) {
        return numbers.mapToObj(Long::toString).collect(Collectors.joining(", "));
    }

    private PyObject derived(String function, String text) {
        return Half.derive(pyObject(), function, text);
    }

    // ---- as other types

    /**
     * As a value of another type: a copy as an array of primitives of as many dimensions ({@code double[][].class}); a
     * {@code ByteBuffer} or a typed one, or on Java 22 and newer a {@code MemorySegment}, on the same memory, when the
     * items lie one after the other; else what {@link PyObject#as} makes of {@link #pyObject}.
     *
     * @throws ClassCastException when the type of items, the number of axes or their order does not fit
     * @throws ArithmeticException when a value does not fit, naming it and its index
     */
    public <T> T as(Class<T> wanted) {
        Objects.requireNonNull(wanted, "wanted");
        if (wanted.isInstance(this)) {
            return wanted.cast(this);
        }
        if (NioBuffers.isOne(wanted)) {
            checkOpen();
            return wanted.cast(NioBuffers.on(memory, type, place, wanted));
        }
        if (wanted.isArray()) {
            checkOpen();
            Object copy = Buffers.copy(memory, type, place, wanted);
            if (copy != null) {
                return wanted.cast(copy);
            }
        }
        return pyObject().as(wanted);
    }

    private void checkOpen() {
        if (isClosed()) {
            throw new IllegalStateException("This array has been closed");
        }
    }

    /** The Python object; of a part, numpy's view of it, made at the first use. */
    @Override
    public PyObject pyObject() {
        PyObject known = object.get();
        if (known != null) {
            return known;
        }
        PyObject made = derive.apply(parent);
        if (object.compareAndSet(null, made)) {
            return made;
        }
        made.close(); // another thread was quicker
        return object.get();
    }

    /** Ends this and the parts made of it, and gives the memory up. Once is enough, any thread. */
    @Override
    public void close() {
        closed = true;
        if (parent == null) {
            memory.close();
        }
        PyObject ended = object.get();
        if (ended != null) {
            ended.close();
        }
    }

    /** The type, the shape and the first items. */
    @Override
    public String toString() {
        String head = "NdArray(" + type + ", " + Arrays.toString(place.shape());
        if (isClosed()) {
            return head + ", closed)";
        }
        return size() > MOST_SHOWN ? head + ")" : head + ", " + items() + ")";
    }

    private String items() {
        if (ndim() == 0) {
            Object item = get();
            return item instanceof byte[] bytes ? Arrays.toString(bytes) : String.valueOf(item);
        }
        StringJoiner all = new StringJoiner(", ", "[", "]");
        for (long i = 0; i < place.shape()[0]; i++) {
            all.add(at(i).items());
        }
        return all.toString();
    }
}
