package io.github.cpythonengine.convert;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.interpreter.Bridge;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import io.github.cpythonengine.python.PyObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * Numbers. Whole ones come of int and what has {@code __index__}, never of a float or a bool; floating
 * ones of a float, and of an int or a Decimal that has exactly this value. To the 32-bit {@code float} a
 * Python float is rounded; beyond its range is an error.
 */
final class NumberTargets {

    private static final String NOT_BOOL = "a bool is not taken for a number, use int(x)";

    private NumberTargets() {}

    static void addTo(Map<Class<?>, Target> targets) {
        both(targets, byte.class, Byte.class, whole(byte.class, Byte.MIN_VALUE, Byte.MAX_VALUE, v -> (byte) v));
        both(targets, short.class, Short.class, whole(short.class, Short.MIN_VALUE, Short.MAX_VALUE, v -> (short) v));
        both(targets, int.class, Integer.class, whole(int.class, Integer.MIN_VALUE, Integer.MAX_VALUE, v -> (int) v));
        both(targets, long.class, Long.class, whole(long.class, Long.MIN_VALUE, Long.MAX_VALUE, v -> v));
        both(targets, double.class, Double.class, NumberTargets::toDouble);
        both(targets, float.class, Float.class, NumberTargets::toFloat);
        targets.put(BigInteger.class, NumberTargets::toBigInteger);
        targets.put(BigDecimal.class, NumberTargets::toBigDecimal);
        targets.put(Number.class, (gil, object) -> number(gil, object, Number.class));
    }

    static void both(Map<Class<?>, Target> targets, Class<?> primitive, Class<?> box, Target target) {
        targets.put(primitive, target);
        targets.put(box, target);
    }

    private static Target whole(Class<?> type, long least, long most, LongFunction<Object> box) {
        return (gil, object) -> {
            if (Layout.typeOf(object) == Py.INT) {
                long quick = Layout.intValue(object);
                if (quick >= least && quick <= most && quick != Layout.UNKNOWN_INT) {
                    return box.apply(quick);
                }
            }
            BigInteger value = wholeNumber(gil, object, type);
            if (value.bitLength() >= Long.SIZE || value.longValue() < least || value.longValue() > most) {
                throw Refused.value(gil, object, type, "it is outside " + least + " to " + most);
            }
            return box.apply(value.longValue());
        };
    }

    private static BigInteger toBigInteger(Gil gil, long object) {
        return wholeNumber(gil, object, BigInteger.class);
    }

    private static BigInteger wholeNumber(Gil gil, long object, Class<?> type) {
        Object value = natural(gil, object, type);
        if (isWhole(value)) {
            return big((Number) value);
        }
        if (value instanceof Number) {
            throw Refused.type(gil, object, type, "use int(x), which drops the fraction");
        }
        long index = gil.call(Half.member(gil, "index"), object);
        if (index == Py.NONE) {
            throw Refused.type(gil, object, type, "");
        }
        return big((Number) Numbers.fromInt(gil, index));
    }

    private static Object toDouble(Gil gil, long object) {
        Number value = number(gil, object, double.class);
        if (value instanceof Double || value instanceof Float) {
            return value.doubleValue();
        }
        double nearest = value.doubleValue();
        checkExact(gil, object, nearest, value, double.class);
        return nearest;
    }

    private static Object toFloat(Gil gil, long object) {
        Number value = number(gil, object, float.class);
        float nearest = value.floatValue();
        if (value instanceof Float) {
            return value;
        }
        if (!(value instanceof Double)) {
            checkExact(gil, object, nearest, value, float.class);
        } else if (Float.isInfinite(nearest) && !Double.isInfinite(value.doubleValue())) {
            throw Refused.value(gil, object, float.class, "it is beyond the largest float");
        }
        return nearest;
    }

    private static void checkExact(Gil gil, long object, double nearest, Number value, Class<?> type) {
        boolean exact = !Double.isInfinite(nearest) && new BigDecimal(nearest).compareTo(decimal(value)) == 0;
        if (!exact) {
            throw Refused.value(gil, object, type, "no " + type + " has exactly this value, use float(x)");
        }
    }

    private static Object toBigDecimal(Gil gil, long object) {
        Number value = number(gil, object, BigDecimal.class);
        boolean finite = !(value instanceof Double || value instanceof Float) || Double.isFinite(value.doubleValue());
        if (!finite) {
            throw Refused.value(gil, object, BigDecimal.class, "it has no infinity and no NaN");
        }
        return decimal(value);
    }

    /** Any number but a bool. */
    private static Number number(Gil gil, long object, Class<?> type) {
        Object value = natural(gil, object, type);
        boolean known =
                isWhole(value) || value instanceof Double || value instanceof Float || value instanceof BigDecimal;
        if (!known) {
            throw Refused.type(gil, object, type, "");
        }
        return (Number) value;
    }

    /** The value of a number and of one of a subclass of int and float, such as an IntEnum's member. */
    private static Object natural(Gil gil, long object, Class<?> type) {
        Object value = Values.builtIn(gil, object);
        if (value instanceof Boolean) {
            throw Refused.type(gil, object, type, NOT_BOOL);
        }
        if (value instanceof Number) {
            return value;
        }
        if (Targets.isA(object, Py.INT)) {
            return Numbers.fromInt(gil, object);
        }
        if (Targets.isA(object, Py.FLOAT)) {
            return Layout.floatValue(object);
        }
        Object single = value instanceof PyObject ? Bridge.buffers().single(gil, object) : null;
        if (single instanceof Boolean) {
            throw Refused.type(gil, object, type, NOT_BOOL);
        }
        return single == null ? value : single;
    }

    private static boolean isWhole(Object value) {
        return value instanceof Integer
                || value instanceof Long
                || value instanceof Short
                || value instanceof Byte
                || value instanceof BigInteger;
    }

    private static BigInteger big(Number whole) {
        return whole instanceof BigInteger big ? big : BigInteger.valueOf(whole.longValue());
    }

    /** Exactly; a double as Python's {@code Decimal(x)} does. */
    private static BigDecimal decimal(Number value) {
        if (value instanceof BigDecimal decimal) {
            return decimal;
        }
        return isWhole(value) ? new BigDecimal(big(value)) : new BigDecimal(value.doubleValue());
    }
}
