package io.github.cpythonengine.host;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.lang3.reflect.TypeUtils;

/** Values of Python's on their way into Java's containers, as what the containers are declared to hold. */
final class Typed {

    private Typed() {}

    /** What a container, a Python object, takes as its items; null for anything. */
    static Type itemsOf(long container) {
        return of(container, Collection.class, 0);
    }

    static Type keysOf(long map) {
        return of(map, Map.class, 0);
    }

    static Type valuesOf(long map) {
        return of(map, Map.class, 1);
    }

    private static Type of(long container, Class<?> kind, int index) {
        TypeArguments arguments = Handles.typeArguments(container);
        return arguments == null ? null : arguments.of(kind, index);
    }

    /**
     * The value to store: of this type, or the natural one for null.
     *
     * @throws RuntimeException a Python TypeError or OverflowError when it does not fit
     */
    static Object value(Gil gil, long object, Type type, long container) {
        if (type == null) {
            return gil.toJava(object);
        }
        try {
            return convert(gil, object, type);
        } catch (ClassCastException e) {
            throw Errors.type(gil, refused(container, type, e));
        } catch (ArithmeticException e) {
            String exception = Layout.typeOf(object) == Py.STR ? "TypeError" : "OverflowError";
            throw Errors.python(gil, exception, refused(container, type, e));
        }
    }

    private static String refused(long container, Type type, RuntimeException error) {
        Object java = Handles.object(container);
        String holder = java == null ? "container" : Names.full(java.getClass());
        return "this " + holder + " holds " + type.getTypeName() + ", as Java declares it: " + error.getMessage();
    }

    private static Object convert(Gil gil, long object, Type type) {
        Class<?> raw = type instanceof Class<?> known ? known : TypeUtils.getRawType(type, null);
        long integer = Layout.typeOf(object) == Py.INT ? Layout.intValue(object) : Layout.UNKNOWN_INT;
        Object number = integer == Layout.UNKNOWN_INT ? null : Given.number(integer, raw);
        if (number != null) {
            return number;
        }
        if (object == Py.NONE && raw != Optional.class) {
            return null;
        }
        Object java = Handles.object(object);
        if (raw.isInstance(java)) {
            return java;
        }
        if (raw == Number.class || raw == CharSequence.class || raw == Comparable.class) {
            Object natural = gil.toJava(object);
            if (raw.isInstance(natural)) {
                return natural;
            }
        }
        return gil.toJava(object, type);
    }

    /** The items of a list that nobody else sees. */
    static List<Object> values(Gil gil, long list, Type type, long container) {
        return type == null
                ? Bulk.toJava(gil, list)
                : Bulk.toJava(gil, list, item -> value(gil, item, type, container));
    }

    /**
     * What Java takes the items of, for {@code Collection<? extends Long>} and the like: the collection or map itself
     * when all of them fit, else a copy of what they are as that type.
     *
     * @throws ClassCastException when one does not fit
     * @throws ArithmeticException when the type fits and the value does not
     */
    static Object source(Gil gil, Object given, Type type) throws Exception {
        if (given instanceof Collection<?> items && isSource(type, Collection.class)) {
            Type item = bound(type, 0);
            List<Object> values = gil.released(() -> new ArrayList<>(items));
            return convertAll(gil, values, item) ? values : given;
        }
        if (given instanceof Map<?, ?> map && isSource(type, Map.class)) {
            List<Object> keys = new ArrayList<>();
            List<Object> values = new ArrayList<>();
            gil.released(() -> {
                map.forEach((key, value) -> {
                    keys.add(key);
                    values.add(value);
                });
                return null;
            });
            boolean changed = convertAll(gil, keys, bound(type, 0)) | convertAll(gil, values, bound(type, 1));
            if (!changed) {
                return given;
            }
            Map<Object, Object> copy = new LinkedHashMap<>();
            for (int i = 0; i < keys.size(); i++) {
                copy.put(keys.get(i), values.get(i));
            }
            return copy;
        }
        return given;
    }

    /** Whether it is {@code Collection<? extends E>}: what is only read from. */
    private static boolean isSource(Type type, Class<?> raw) {
        return type instanceof ParameterizedType generic
                && generic.getRawType() == raw
                && generic.getActualTypeArguments()[0] instanceof WildcardType;
    }

    private static Type bound(Type type, int index) {
        Type argument = ((ParameterizedType) type).getActualTypeArguments()[index];
        return argument instanceof WildcardType wildcard ? wildcard.getUpperBounds()[0] : argument;
    }

    /** Whether there was something to convert. */
    private static boolean convertAll(Gil gil, List<Object> values, Type type) {
        if (!TypeArguments.isKnown(type)) {
            return false;
        }
        Class<?> raw = TypeUtils.getRawType(type, null);
        boolean changed = false;
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            if (value != null && !raw.isInstance(value)) {
                values.set(i, convert(gil, gil.own(gil.toPython(value)), type));
                changed = true;
            }
        }
        return changed;
    }
}
