package io.github.cpythonengine.wrap;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.wrap.DType.Kind;
import java.math.BigInteger;

/** The numbers in an array's memory, by address. What does not fit is an ArithmeticException. */
final class Numbers {

    private static final int DOUBLE_BITS = 53;
    private static final int FLOAT_BITS = 24;

    private Numbers() {}

    /** The 64 bits or fewer of an INT, UINT, DATETIME or TIMEDELTA, extended as its kind wants. */
    static long integer(long address, DType type) {
        boolean swapped = type.isSwapped();
        boolean unsigned = type.kind() == Kind.UINT;
        switch (type.itemSize()) {
            case 1:
                byte single = C.getByte(address);
                return unsigned ? single & 0xff : single;
            case 2:
                short two = C.getShort(address);
                two = swapped ? Short.reverseBytes(two) : two;
                return unsigned ? two & 0xffff : two;
            case 4:
                int four = C.getInt(address);
                four = swapped ? Integer.reverseBytes(four) : four;
                return unsigned ? four & 0xffffffffL : four;
            default:
                long eight = C.getLong(address);
                return swapped ? Long.reverseBytes(eight) : eight;
        }
    }

    static void putInteger(long address, DType type, long value) {
        boolean swapped = type.isSwapped();
        switch (type.itemSize()) {
            case 1 -> C.putByte(address, (byte) value);
            case 2 -> C.putShort(address, swapped ? Short.reverseBytes((short) value) : (short) value);
            case 4 -> C.putInt(address, swapped ? Integer.reverseBytes((int) value) : (int) value);
            default -> C.putLong(address, swapped ? Long.reverseBytes(value) : value);
        }
    }

    /** Whether the 64 bits that {@link #integer} gave are a number beyond the largest {@code long}. */
    static boolean isBeyondLong(DType type, long bits) {
        return bits < 0 && type.kind() == Kind.UINT;
    }

    static BigInteger unsigned(long bits) {
        return new BigInteger(Long.toUnsignedString(bits));
    }

    static String text(DType type, long bits) {
        return type.kind() == Kind.UINT ? Long.toUnsignedString(bits) : Long.toString(bits);
    }

    /** The number of an integer's bits, if a {@code double} has exactly it. */
    static double exactDouble(DType type, long bits) {
        if (!isExact(type, bits, DOUBLE_BITS)) {
            throw new ArithmeticException("no double has exactly this value");
        }
        return isBeyondLong(type, bits) ? (bits >>> 11) * 0x1p11 : bits;
    }

    /** The number of an integer's bits, if a {@code float} has exactly it. */
    static float exactFloat(DType type, long bits) {
        if (!isExact(type, bits, FLOAT_BITS)) {
            throw new ArithmeticException("no float has exactly this value");
        }
        return isBeyondLong(type, bits) ? (bits >>> 11) * 0x1p11f : bits;
    }

    private static boolean isExact(DType type, long bits, int most) {
        long size = isBeyondLong(type, bits) ? bits : Math.abs(bits);
        int significant =
                size == 0 ? 0 : Long.SIZE - Long.numberOfLeadingZeros(size) - Long.numberOfTrailingZeros(size);
        return significant <= most;
    }

    /** A float of 16, 32 or 64 bits. */
    static double floating(long address, DType type, int size) {
        boolean swapped = type.isSwapped();
        switch (size) {
            case 2:
                short half = C.getShort(address);
                return half(swapped ? Short.reverseBytes(half) : half);
            case 4:
                int bits = C.getInt(address);
                return Float.intBitsToFloat(swapped ? Integer.reverseBytes(bits) : bits);
            case 8:
                long wide = C.getLong(address);
                return Double.longBitsToDouble(swapped ? Long.reverseBytes(wide) : wide);
            default:
                throw new ClassCastException(
                        "a " + type + " has more digits than any number of Java: use x.astype('float64')");
        }
    }

    /** Rounded to the nearest; what is beyond the largest one is refused. */
    static void putFloating(long address, DType type, int size, double value) {
        boolean swapped = type.isSwapped();
        switch (size) {
            case 2 -> {
                short half = toHalf(value);
                C.putShort(address, swapped ? Short.reverseBytes(half) : half);
            }
            case 4 -> {
                int bits = Float.floatToRawIntBits(toFloat(value));
                C.putInt(address, swapped ? Integer.reverseBytes(bits) : bits);
            }
            case 8 -> {
                long bits = Double.doubleToRawLongBits(value);
                C.putLong(address, swapped ? Long.reverseBytes(bits) : bits);
            }
            default -> throw new ClassCastException("a " + type + " is not written by Java");
        }
    }

    /** Rounded to the nearest; what is beyond the largest one is refused. */
    static float toFloat(double value) {
        float nearest = (float) value;
        if (Float.isInfinite(nearest) && !Double.isInfinite(value)) {
            throw new ArithmeticException("it is beyond the largest float");
        }
        return nearest;
    }

    // ---- half floats: a sign, 5 bits of an exponent, 10 of a fraction

    static float half(short half) {
        int sign = (half & 0x8000) << 16;
        int exponent = half >> 10 & 0x1f;
        int fraction = half & 0x3ff;
        if (exponent == 0) {
            float small = fraction * 0x1p-24f;
            return sign == 0 ? small : -small;
        }
        int wide = exponent == 0x1f ? 0xff : exponent - 15 + 127;
        return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
    }

    /** Rounds half to even. */
    static short toHalf(double value) {
        int sign = Double.doubleToRawLongBits(value) < 0 ? 0x8000 : 0;
        double size = Math.abs(value);
        if (Double.isNaN(value)) {
            return (short) (sign | 0x7e00);
        }
        if (Double.isInfinite(value)) {
            return (short) (sign | 0x7c00);
        }
        int exponent = Math.max(-14, Math.getExponent(size));
        long units = (long) Math.rint(Math.scalb(size, 10 - exponent)); // exactly representable before rounding
        long bits = units + ((long) (exponent + 14) << 10); // a carry goes into the exponent
        if (bits >= 0x7c00) {
            throw new ArithmeticException("it is beyond the largest float16");
        }
        return (short) (sign | (int) bits);
    }
}
