package io.github.cpythonengine.wrap;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.RefCounts;
import io.github.cpythonengine.convert.Complex;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.wrap.DType.Field;
import io.github.cpythonengine.wrap.DType.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One item of an array's memory, by address, as a Java value and the reverse. */
final class Item {

    private static final int MOST_CODE_POINT = Character.MAX_CODE_POINT;

    private Item() {}

    /** Its natural value; see {@link Kind}. The GIL must be held for an {@code OBJECT}. */
    static Object get(long address, DType type) {
        return switch (type.kind()) {
            case BOOL -> C.getByte(address) != 0;
            case INT, UINT -> integer(address, type);
            case FLOAT -> floating(address, type);
            case COMPLEX -> complex(address, type);
            case BYTES -> bytes(address, length(address, type));
            case TEXT -> text(address, type);
            case DATETIME, TIMEDELTA ->
                NumpyTimes.value(type.kind() == Kind.TIMEDELTA, Numbers.integer(address, type), type.unit());
            case RECORD -> record(address, type);
            case OBJECT -> object(address);
            case OPAQUE -> bytes(address, type.itemSize());
        };
    }

    private static Object integer(long address, DType type) {
        long bits = Numbers.integer(address, type);
        int wide = type.itemSize() * (type.kind() == Kind.UINT ? 2 : 1);
        return switch (wide) {
            case 1 -> (Object) (byte) bits;
            case 2 -> (Object) (short) bits;
            case 4 -> (Object) (int) bits;
            default -> Numbers.isBeyondLong(type, bits) ? Numbers.unsigned(bits) : (Object) bits;
        };
    }

    private static Object floating(long address, DType type) {
        double value = Numbers.floating(address, type, type.itemSize());
        return type.itemSize() < Double.BYTES ? (Object) (float) value : (Object) value;
    }

    private static Complex complex(long address, DType type) {
        int half = type.itemSize() / 2;
        return new Complex(Numbers.floating(address, type, half), Numbers.floating(address + half, type, half));
    }

    private static byte[] bytes(long address, int length) {
        byte[] bytes = new byte[length];
        C.read(address, bytes, length);
        return bytes;
    }

    private static int length(long address, DType type) {
        int length = type.itemSize();
        while (length > 0 && C.getByte(address + length - 1) == 0) {
            length--;
        }
        return length;
    }

    private static String text(long address, DType type) {
        int[] points = new int[type.itemSize() / Integer.BYTES];
        C.read(address, points, points.length);
        int length = 0;
        for (int i = 0; i < points.length; i++) {
            points[i] = type.isSwapped() ? Integer.reverseBytes(points[i]) : points[i];
            length = points[i] == 0 ? length : i + 1;
            if (points[i] < 0 || points[i] > MOST_CODE_POINT) {
                throw new ArithmeticException("the memory of a text has no character of number " + points[i]);
            }
        }
        return new String(points, 0, length);
    }

    private static Map<String, Object> record(long address, DType type) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Field field : type.fields()) {
            values.put(field.name(), part(address + field.offset(), field.type(), field.shape()));
        }
        return Collections.unmodifiableMap(values);
    }

    /** A list of lists where a field is an array. */
    private static Object part(long address, DType type, List<Integer> shape) {
        if (shape.isEmpty()) {
            return get(address, type);
        }
        List<Integer> inner = shape.subList(1, shape.size());
        long size = inner.stream().mapToLong(it -> it).reduce(type.itemSize(), Math::multiplyExact);
        List<Object> parts = new ArrayList<>();
        for (int i = 0; i < shape.get(0); i++) {
            parts.add(part(address + i * size, type, inner));
        }
        return Collections.unmodifiableList(parts);
    }

    /** A NULL stands for None, in an array that numpy.empty made. */
    private static Object object(long address) {
        try (Gil gil = Gil.acquire()) {
            long object = C.getLong(address);
            return object == 0 ? null : gil.toJava(gil.strong(object));
        }
    }

    // ---- writing

    /** What does not fit is refused: by its type with a ClassCastException, by its value with an ArithmeticException. */
    static void put(long address, DType type, Object value) {
        switch (type.kind()) {
            case BOOL -> C.putByte(address, (byte) (cast(value, Boolean.class, type) ? 1 : 0));
            case INT, UINT -> putWhole(address, type, whole(value, type));
            case FLOAT -> putDouble(address, type, value);
            case COMPLEX -> putComplex(address, type, value);
            case BYTES -> putBytes(address, type, cast(value, byte[].class, type));
            case TEXT ->
                putText(address, type, cast(value, CharSequence.class, type).toString());
            case DATETIME, TIMEDELTA ->
                Numbers.putInteger(address, type, NumpyTimes.count(type.kind() == Kind.TIMEDELTA, value, type.unit()));
            case OBJECT -> putObject(address, value);
            default -> throw refused(value, type, type.kind() == Kind.RECORD ? "set its fields: field(name)" : "");
        }
    }

    static void putLong(long address, DType type, long value) {
        if (type.kind() == Kind.INT || type.kind() == Kind.UINT) {
            putWhole(address, type, value);
        } else {
            put(address, type, value);
        }
    }

    static void putDouble(long address, DType type, double value) {
        if (type.kind() != Kind.FLOAT) {
            put(address, type, value);
            return;
        }
        try {
            Numbers.putFloating(address, type, type.itemSize(), value);
        } catch (ArithmeticException e) {
            throw outside(value, type, e.getMessage());
        }
    }

    private static <T> T cast(Object value, Class<T> wanted, DType type) {
        if (!wanted.isInstance(value)) {
            throw refused(value, type, "");
        }
        return wanted.cast(value);
    }

    private static ClassCastException refused(Object value, DType type, String hint) {
        String what = value == null ? "null" : value.getClass().getTypeName();
        return new ClassCastException("cannot convert " + what + " to " + type + (hint.isEmpty() ? "" : ": " + hint));
    }

    private static ArithmeticException outside(Object value, DType type, String reason) {
        return new ArithmeticException("cannot convert " + value + " to " + type + ": " + reason);
    }

    private static BigInteger whole(Object value, DType type) {
        if (value instanceof BigInteger big) {
            return big;
        }
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return BigInteger.valueOf(((Number) value).longValue());
        }
        throw refused(value, type, "");
    }

    private static void putWhole(long address, DType type, BigInteger value) {
        boolean signed = type.kind() == Kind.INT;
        int bits = type.itemSize() * Byte.SIZE;
        boolean fits = signed ? value.bitLength() < bits : value.signum() >= 0 && value.bitLength() <= bits;
        if (!fits) {
            throw outside(value, type, "it does not fit");
        }
        Numbers.putInteger(address, type, value.longValue());
    }

    private static void putWhole(long address, DType type, long value) {
        int unused = Long.SIZE - type.itemSize() * Byte.SIZE;
        boolean fits = type.kind() == Kind.INT
                ? value << unused >> unused == value
                : value >= 0 && value << unused >>> unused == value;
        if (!fits) {
            throw outside(value, type, "it does not fit");
        }
        Numbers.putInteger(address, type, value);
    }

    private static void putDouble(long address, DType type, Object value) {
        double number = number(value, type);
        boolean whole = !(value instanceof Double || value instanceof Float);
        if (whole && type.itemSize() < Double.BYTES) {
            double kept = type.itemSize() == Float.BYTES ? (float) number : Numbers.half(half(number, type));
            if (kept != number) {
                throw outside(value, type, "it has not exactly this value");
            }
        }
        putDouble(address, type, number);
    }

    private static short half(double value, DType type) {
        try {
            return Numbers.toHalf(value);
        } catch (ArithmeticException e) {
            throw outside(value, type, e.getMessage());
        }
    }

    /** A float as it is, a whole number if a double has exactly it. */
    private static double number(Object value, DType type) {
        if (value instanceof Double || value instanceof Float) {
            return ((Number) value).doubleValue();
        }
        BigInteger whole = whole(value, type);
        double nearest = whole.doubleValue();
        if (Double.isInfinite(nearest)
                || !new BigDecimal(nearest).toBigInteger().equals(whole)) {
            throw outside(value, type, "it has not exactly this value");
        }
        return nearest;
    }

    private static void putComplex(long address, DType type, Object value) {
        int half = type.itemSize() / 2;
        Complex number = value instanceof Complex complex ? complex : new Complex(number(value, type), 0);
        double[] parts = {number.real(), number.imaginary()};
        for (double part : parts) {
            if (half == Float.BYTES) {
                Numbers.toFloat(part); // both are checked before one is written
            }
        }
        Numbers.putFloating(address, type, half, parts[0]);
        Numbers.putFloating(address + half, type, half, parts[1]);
    }

    private static void putBytes(long address, DType type, byte[] value) {
        if (value.length > type.itemSize() || value.length > 0 && type.itemSize() > 1 && value[value.length - 1] == 0) {
            throw outside(
                    value.length + " bytes", type, "they are too many, or end with a zero, which would not come back");
        }
        C.write(address, Arrays.copyOf(value, type.itemSize()), type.itemSize());
    }

    private static void putText(long address, DType type, String value) {
        int[] points = value.codePoints().toArray();
        int most = type.itemSize() / Integer.BYTES;
        if (points.length > most || points.length > 0 && points[points.length - 1] == 0) {
            throw outside("'" + value + "'", type, "it is too long, or ends with a NUL, which would not come back");
        }
        for (int i = 0; i < most; i++) {
            int point = i < points.length ? points[i] : 0;
            C.putInt(address + (long) i * Integer.BYTES, type.isSwapped() ? Integer.reverseBytes(point) : point);
        }
    }

    private static void putObject(long address, Object value) {
        try (Gil gil = Gil.acquire()) {
            long made = gil.toPython(value);
            long before = C.getLong(address);
            C.putLong(address, made);
            if (before != 0) {
                RefCounts.decrement(before);
            }
        }
    }
}
