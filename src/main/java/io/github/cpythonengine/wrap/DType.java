package io.github.cpythonengine.wrap;

import java.nio.ByteOrder;
import java.util.List;
import java.util.StringJoiner;

/**
 * What the items of an {@link NdArray} are, as numpy's {@code dtype} says it.
 *
 * @param kind the family
 * @param itemSize bytes of an item
 * @param byteOrder of the numbers in it; the platform's own for single bytes
 * @param format <a href="https://docs.python.org/3/library/struct.html#format-strings">struct's</a> notation, extended
 *     by PEP 3118, and {@code M[unit]} and {@code m[unit]} for numpy's times
 * @param unit of {@code DATETIME} and {@code TIMEDELTA}: {@code "ns"}, {@code "25s"}; else empty
 * @param fields of {@code RECORD}, in order; else empty
 */
public record DType(Kind kind, int itemSize, ByteOrder byteOrder, String format, String unit, List<Field> fields) {

    /** Families of items; what {@link NdArray#get} makes of them. */
    public enum Kind {
        /** {@code Boolean} */
        BOOL,
        /** Signed: {@code Byte}, {@code Short}, {@code Integer}, {@code Long} by size. */
        INT,
        /** Unsigned: the next wider one; of 64 bits {@code Long}, beyond it {@code BigInteger}. */
        UINT,
        /** {@code Float} of 16 and 32 bits, {@code Double} of 64; longer ones are not read. */
        FLOAT,
        /** {@link io.github.cpythonengine.convert.Complex} of two floats. */
        COMPLEX,
        /** {@code byte[]} without the zeros at its end: numpy's {@code S}. */
        BYTES,
        /** {@code String} without the NULs at its end: numpy's {@code U}. */
        TEXT,
        /** {@code LocalDate} for units from years to days, else {@code LocalDateTime}; NaT is null. */
        DATETIME,
        /** {@code Duration}; {@code Period} for years and months, {@code Long} without a unit; NaT is null. */
        TIMEDELTA,
        /** {@code Map} of names to values. */
        RECORD,
        /** Python objects: their natural Java values. */
        OBJECT,
        /** Bytes of a form not known here: {@code byte[]}. */
        OPAQUE
    }

    /**
     * A named part of a record.
     *
     * @param offset in bytes, from the record's begin
     * @param shape of an array of such parts; else empty
     */
    public record Field(String name, int offset, DType type, List<Integer> shape) {
        public Field {
            shape = List.copyOf(shape);
        }
    }

    public DType {
        fields = List.copyOf(fields);
    }

    static DType simple(Kind kind, int itemSize, ByteOrder order, String format) {
        ByteOrder known = itemSize == 1 ? ByteOrder.nativeOrder() : order;
        return new DType(kind, itemSize, known, format, "", List.of());
    }

    static DType opaque(int itemSize, String format) {
        return simple(Kind.OPAQUE, itemSize, ByteOrder.nativeOrder(), format);
    }

    boolean is(Kind wanted, int size) {
        return kind == wanted && itemSize == size;
    }

    /** Whether its numbers are not in the platform's byte order. */
    boolean isSwapped() {
        return byteOrder != ByteOrder.nativeOrder();
    }

    /** Whether it has Python objects in it, which only Python may write. */
    boolean hasObjects() {
        return kind == Kind.OBJECT || fields.stream().anyMatch(it -> it.type().hasObjects());
    }

    /** numpy's name: {@code "float64"}, {@code "uint8"}, {@code "datetime64[ns]"}; of another byte order with a mark. */
    @Override
    public String toString() {
        String mark = !isSwapped() ? "" : byteOrder == ByteOrder.BIG_ENDIAN ? ">" : "<";
        int bits = itemSize * Byte.SIZE;
        return switch (kind) {
            case BOOL -> "bool";
            case INT -> mark + "int" + bits;
            case UINT -> mark + "uint" + bits;
            case FLOAT -> mark + "float" + bits;
            case COMPLEX -> mark + "complex" + bits;
            case BYTES -> "S" + itemSize;
            case TEXT -> mark + "U" + itemSize / Integer.BYTES;
            case DATETIME -> mark + "datetime64" + (unit.isEmpty() ? "" : "[" + unit + "]");
            case TIMEDELTA -> mark + "timedelta64" + (unit.isEmpty() ? "" : "[" + unit + "]");
            case OBJECT -> "object";
            case OPAQUE -> "V" + itemSize;
            case RECORD -> {
                StringJoiner all = new StringJoiner(", ", "{", "}");
                fields.forEach(
                        it -> all.add(it.name() + ": " + it.type() + (it.shape().isEmpty() ? "" : " " + it.shape())));
                yield all.toString();
            }
        };
    }
}
