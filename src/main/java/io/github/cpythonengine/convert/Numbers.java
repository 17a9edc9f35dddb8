package io.github.cpythonengine.convert;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import java.math.BigInteger;

/** bool, int, float and complex. */
final class Numbers {

    private Numbers() {}

    /** Integer, else Long, else BigInteger, by size. */
    static Object fromInt(Gil gil, long integer) {
        long value = Layout.intValue(integer);
        if (value == Layout.UNKNOWN_INT) {
            return fromLargeInt(gil, integer);
        }
        return (int) value == value ? (Object) (int) value : (Object) value;
    }

    private static Object fromLargeInt(Gil gil, long integer) {
        BigInteger value = bigInteger(gil, integer);
        if (value.bitLength() < Integer.SIZE) {
            return value.intValue();
        }
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
    }

    /** Any int, exactly: by its bytes, which have no limit as decimal digits have. */
    static BigInteger bigInteger(Gil gil, long integer) {
        long bytes = gil.call(Half.member(gil, "int_to_bytes"), integer);
        return new BigInteger(Texts.bytes(bytes));
    }

    static long toInt(Gil gil, Number value) {
        return gil.integer(value.longValue());
    }

    static long toInt(Gil gil, BigInteger value) {
        if (value.bitLength() < Long.SIZE) {
            return gil.integer(value.longValue());
        }
        byte[] bytes = value.toByteArray();
        long object = gil.own(C.PyBytes_FromStringAndSize(bytes, bytes.length));
        return gil.callRaw(Half.member(gil, "int_from_bytes"), 1, new long[] {object});
    }

    static Object fromBool(Gil gil, long bool) {
        return bool == Py.TRUE;
    }

    static long toBool(Gil gil, Boolean value) {
        return gil.newRef(value ? Py.TRUE : Py.FALSE);
    }

    static Object fromFloat(Gil gil, long number) {
        return Layout.floatValue(number);
    }

    static long toFloat(Gil gil, Number value) {
        return C.PyFloat_FromDouble(value.doubleValue());
    }

    static Object fromComplex(Gil gil, long complex) {
        return new Complex(C.PyComplex_RealAsDouble(complex), C.PyComplex_ImagAsDouble(complex));
    }

    static long toComplex(Gil gil, Complex value) {
        return C.PyComplex_FromDoubles(value.real(), value.imaginary());
    }
}
