package io.github.cpythonengine.host;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;

/** A Python value as a value of a declared Java type: checked by range, TypeError otherwise. */
final class Scalars {

    private Scalars() {}

    static Object convert(Gil gil, long object, Class<?> wanted) {
        return convert(gil, object, wanted, wanted);
    }

    static Object convert(Gil gil, long object, Class<?> wanted, Type generic) {
        if (!wanted.isPrimitive()) {
            return reference(gil, object, wanted, generic);
        }
        Object value = gil.toJava(object);
        if (wanted == boolean.class) {
            if (value instanceof Boolean) {
                return value;
            }
        } else if (wanted == char.class) {
            if (value instanceof String text && text.length() == 1) {
                return text.charAt(0);
            }
        } else if (wanted == double.class || wanted == float.class) {
            if (value instanceof Number number && !(value instanceof BigDecimal)) {
                double wide = floating(gil, number);
                return wanted == double.class ? (Object) wide : (Object) narrow(gil, wide);
            }
        } else if (value instanceof Integer || value instanceof Long || value instanceof BigInteger) {
            return integral(gil, (Number) value, wanted);
        }
        throw refused(gil, object, wanted);
    }

    private static Object reference(Gil gil, long object, Class<?> wanted, Type generic) {
        Object java = object == Py.NONE ? null : Handles.object(object);
        if (wanted.isInstance(java)) {
            return java;
        }
        try {
            return gil.toJava(object, generic);
        } catch (ClassCastException e) {
            throw refused(gil, object, wanted);
        }
    }

    private static double floating(Gil gil, Number number) {
        double wide = number.doubleValue();
        if (Double.isInfinite(wide) && number instanceof BigInteger) {
            throw Errors.python(gil, "OverflowError", "int too large to convert to double");
        }
        return wide;
    }

    private static float narrow(Gil gil, double wide) {
        float narrow = (float) wide;
        if (Float.isInfinite(narrow) && !Double.isInfinite(wide)) {
            throw Errors.python(gil, "OverflowError", wide + " is out of the range of float");
        }
        return narrow;
    }

    private static Object integral(Gil gil, Number number, Class<?> wanted) {
        long value = number.longValue();
        if (!(number instanceof BigInteger)) {
            if (wanted == long.class) {
                return value;
            }
            if (wanted == int.class && (int) value == value) {
                return (int) value;
            }
            if (wanted == short.class && (short) value == value) {
                return (short) value;
            }
            if (wanted == byte.class && (byte) value == value) {
                return (byte) value;
            }
        }
        throw Errors.python(gil, "OverflowError", number + " is out of the range of " + wanted);
    }

    private static RuntimeException refused(Gil gil, long object, Class<?> wanted) {
        return Errors.type(gil, Names.full(wanted) + " wanted, found " + typeName(gil, object));
    }

    /** The name of an object's type, for a message. */
    static String typeName(Gil gil, long object) {
        return object == Py.NONE ? "None" : gil.text(gil.attr(Layout.typeOf(object), "__qualname__"));
    }
}
