package io.github.cpythonengine.host;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import io.github.cpythonengine.python.PyObject;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.BaseStream;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The arguments of a call from Python, each with its kind. What is not a number, a text or the like
 * has the number of its Java class as its kind, so that calls of one shape are known again.
 */
final class Given {

    static final long NONE = 1;
    static final long BOOL = 2;
    static final long INT8 = 3;
    static final long INT16 = 4;
    static final long INT32 = 5;
    static final long INT64 = 6;
    static final long BIG = 7;
    static final long FLOAT = 8;
    static final long CHAR = 9;
    static final long TEXT = 10;

    /** From here on a kind is this plus {@link #PER_CLASS} times a class number, plus the arity of a callable. */
    private static final long CLASSES = 1_000;

    private static final long PER_CLASS = 100;

    final long[] pointers;
    final long[] kinds;
    final Object[] naturals;

    /** Conversions that were tried to see whether they work; they are costly for large values. */
    private Map<List<Object>, Object> tried;

    Given(Gil gil, long[] pointers) {
        this.pointers = pointers;
        this.kinds = new long[pointers.length];
        this.naturals = new Object[pointers.length];
        for (int i = 0; i < pointers.length; i++) {
            kinds[i] = kind(gil, i);
        }
    }

    int count() {
        return pointers.length;
    }

    private long kind(Gil gil, int i) {
        long pointer = pointers[i];
        if (pointer == Py.NONE) {
            return NONE;
        }
        long type = Layout.typeOf(pointer);
        if (type == Py.STR) {
            String text = Layout.text(pointer);
            naturals[i] = text;
            return text.length() == 1 ? CHAR : TEXT;
        }
        if (type == Py.INT) {
            long value = Layout.intValue(pointer);
            if (value != Layout.UNKNOWN_INT) {
                return size(value);
            }
        } else if (type == Py.FLOAT) {
            return FLOAT;
        } else if (type == Py.BOOL) {
            return BOOL;
        }
        Object natural = Handles.object(pointer);
        if (natural == null) {
            natural = gil.toJava(pointer);
        }
        naturals[i] = natural;
        return natural == null ? NONE : kindOf(gil, pointer, natural);
    }

    private static long kindOf(Gil gil, long pointer, Object natural) {
        if (natural instanceof Integer
                || natural instanceof Long
                || natural instanceof Short
                || natural instanceof Byte) {
            return size(((Number) natural).longValue());
        }
        if (natural instanceof java.math.BigInteger) {
            return BIG;
        }
        if (natural instanceof Double || natural instanceof Float) {
            return FLOAT;
        }
        if (natural instanceof Boolean) {
            return BOOL;
        }
        if (natural instanceof String text) {
            return text.length() == 1 ? CHAR : TEXT;
        }
        long kind = kindOfClass(natural.getClass());
        return natural instanceof PyObject ? kind + arity(gil, pointer) : kind;
    }

    /** The kind of any other object of Java's. */
    static long kindOfClass(Class<?> type) {
        return CLASSES + PER_CLASS * JavaType.of(type).number();
    }

    static long size(long value) {
        if ((byte) value == value) {
            return INT8;
        }
        if ((short) value == value) {
            return INT16;
        }
        return (int) value == value ? INT32 : INT64;
    }

    /** 0 for what cannot be called, 1 when it is not known, else 2 + 8 * least + most (7 for any number). */
    private static long arity(Gil gil, long pointer) {
        if (C.PyCallable_Check(pointer) == 0) {
            return 0;
        }
        return Layout.intValue(gil.call(Half.member(gil, "arity"), pointer));
    }

    boolean isPython(int i) {
        return naturals[i] instanceof PyObject;
    }

    /** Whether it can stand for any functional interface. */
    boolean isCallable(int i) {
        return isPython(i) && kinds[i] % PER_CLASS != 0;
    }

    /** Whether a callable can take so many arguments, as far as it tells. */
    boolean takes(int i, int count) {
        long arity = kinds[i] % PER_CLASS;
        if (arity == 1) {
            return true;
        }
        long most = (arity - 2) % 8;
        return count >= (arity - 2) / 8 && (most == 7 || count <= most);
    }

    /** The argument as a value of this type; ClassCastException or ArithmeticException when it has none. */
    Object as(Gil gil, int i, Class<?> raw, Type type) {
        long kind = kinds[i];
        if (kind == NONE && !raw.isPrimitive()) {
            return raw == Optional.class ? Optional.empty() : null;
        }
        if (kind >= INT8 && kind <= INT64 && naturals[i] == null) {
            Object number = number(Layout.intValue(pointers[i]), raw);
            if (number != null) {
                return number;
            }
        }
        Object natural = naturals[i];
        if (raw.isInstance(natural) && (type == raw || isJava(i) || natural instanceof String)) {
            return natural;
        }
        if (type == raw && tried != null && tried.containsKey(List.of(i, raw))) {
            return tried.get(List.of(i, raw));
        }
        if (isOneShot(i) && takesAll(raw) && Layout.typeOf(pointers[i]) != Py.LIST) {
            takeItems(gil, i);
        }
        return gil.toJava(pointers[i], type);
    }

    /** The commonest numbers; null for others. */
    static Object number(long value, Class<?> raw) {
        if (raw == int.class || raw == Integer.class || raw == Object.class) {
            if ((int) value == value) {
                return (int) value;
            }
            return raw == Object.class ? value : null;
        }
        if (raw == long.class || raw == Long.class) {
            return value;
        }
        return raw == double.class && (long) (double) value == value ? (Object) (double) value : null;
    }

    /** Whether the argument is an object of Java's and no view of one of Python's. */
    private boolean isJava(int i) {
        return Handles.object(pointers[i]) != null;
    }

    /** Whether it is an iterator of Python's, which gives its items once. */
    boolean isOneShot(int i) {
        return naturals[i] instanceof Iterator && !isJava(i);
    }

    /** Whether an iterator may stand for such a value. */
    static boolean takesItems(Class<?> wanted) {
        return takesAll(wanted) || wanted == Iterable.class || wanted == Stream.class;
    }

    private static boolean takesAll(Class<?> wanted) {
        return wanted.isArray()
                || wanted == Collection.class
                || wanted == List.class
                || BaseStream.class.isAssignableFrom(wanted) && wanted != Stream.class;
    }

    /** Takes an iterator's items out of it, so that a second try still has them. */
    private void takeItems(Gil gil, int i) {
        pointers[i] = gil.own(C.PySequence_List(pointers[i]));
    }

    /** Whether a conversion that only a try can tell works. */
    boolean canBe(Gil gil, int i, Class<?> wanted) {
        if (tried == null) {
            tried = new HashMap<>();
        }
        List<Object> key = List.of(i, wanted);
        if (tried.containsKey(key)) {
            return true;
        }
        try {
            tried.put(key, gil.toJava(pointers[i], wanted));
            return true;
        } catch (ClassCastException | ArithmeticException e) {
            return false;
        }
    }

    /** For messages: {@code (int, str, java.util.ArrayList)}. */
    String types(Gil gil) {
        return IntStream.range(0, pointers.length)
                .mapToObj(i -> typeName(gil, i))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private String typeName(Gil gil, int i) {
        if (kinds[i] >= INT8 && kinds[i] <= BIG && Handles.object(pointers[i]) == null) {
            return "int " + gil.text(gil.own(C.PyObject_Repr(pointers[i])));
        }
        Object java = Handles.object(pointers[i]);
        return java != null ? Names.full(java.getClass()) : Scalars.typeName(gil, pointers[i]);
    }
}
