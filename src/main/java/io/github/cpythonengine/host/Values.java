package io.github.cpythonengine.host;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import io.github.cpythonengine.interpreter.PythonHalf;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.Temporal;
import java.util.Map;
import java.util.UUID;

/**
 * What a script gets that calls Java: as anywhere, but values that Python has types of its own for
 * keep their Java object and its methods, see {@code host_values.py}; one that Python's type cannot
 * hold is the Java object alone, and so is a text that is no String.
 */
final class Values {

    private static final ClassValue<Boolean> BOTH = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return Temporal.class.isAssignableFrom(type)
                    || type == Duration.class
                    || type == UUID.class
                    || BigDecimal.class.isAssignableFrom(type)
                    || Path.class.isAssignableFrom(type);
        }
    };

    private static PythonHalf half;

    private Values() {}

    /** A new reference. */
    static long toPython(Gil gil, Object value) {
        if (value == null) {
            return gil.newRef(Py.NONE);
        }
        if (value instanceof String
                || value instanceof Integer
                || value instanceof Boolean
                || value instanceof Double) {
            return gil.toPython(value);
        }
        if (BOTH.get(value.getClass())) {
            return both(gil, value);
        }
        if (value instanceof CharSequence && !(value instanceof String)) {
            return JavaObjects.wrapAsIs(gil, value); // a StringBuilder is there to be changed
        }
        return gil.toPython(value);
    }

    /** With what Java declares it to be, if that says something: a new reference. */
    static long toPython(Gil gil, Object value, DeclaredType type) {
        long made = toPython(gil, value);
        if (type != null) {
            type.note(made, value);
        }
        return made;
    }

    static long item(Gil gil, Object value, DeclaredType type) {
        long made = item(gil, value);
        if (type != null) {
            type.note(made, value);
        }
        return made;
    }

    /** Of a value among others, an item or an argument, where a text is its str: a new reference. */
    static long item(Gil gil, Object value) {
        return isBoth(value) ? both(gil, value) : gil.toPython(value);
    }

    /** Whether Python has a type of its own for it, besides which it keeps its Java object. */
    static boolean isBoth(Object value) {
        return value != null && BOTH.get(value.getClass());
    }

    private static long both(Gil gil, Object value) {
        long plain;
        try {
            plain = gil.own(gil.toPython(value));
        } catch (ArithmeticException e) {
            return JavaObjects.wrapAsIs(gil, value);
        }
        long kind = JavaType.of(value.getClass()).withBase(gil, Layout.typeOf(plain));
        if (kind == Py.NONE) {
            return gil.newRef(plain);
        }
        long reference = gil.own(Handles.bodyOf(gil, value, Body.type(gil)));
        return gil.newRef(gil.call(half(gil).member(gil, "value"), kind, plain, reference));
    }

    static PythonHalf half(Gil gil) {
        if (half == null) {
            PythonHalf loaded = PythonHalf.load(gil, "host_values", Map.of());
            gil.call(loaded.member(gil, "setup"), Half.metaclass(gil), Half.member(gil, "install"));
            half = loaded;
        }
        return half;
    }

    /** The value of Python's type alone, for an object of a class that has both; 0 for any other. */
    static long plain(Gil gil, long object) {
        long plain = C.PyObject_GetAttr(object, gil.name("__plain__"));
        if (plain == 0) {
            C.PyErr_Clear();
            return 0;
        }
        return gil.call(gil.own(plain));
    }
}
