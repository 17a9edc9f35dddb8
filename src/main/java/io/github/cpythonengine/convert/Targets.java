package io.github.cpythonengine.convert;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.interpreter.Bridge;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import io.github.cpythonengine.python.PyException;
import io.github.cpythonengine.python.PyObject;
import io.github.cpythonengine.python.PyView;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Conversion to a wanted Java type: range-checked, never silently lossy.
 *
 * <p>Scalars by the targets of their families; {@code Object} and types that the natural value is an
 * instance of as that value, live views included; type arguments ({@code List<Long>}) by checking all items; enums by name; interfaces by a proxy of the Python object.
 */
final class Targets {

    /** Targets of single classes. A class of its own: a program that needs none of them starts sooner. */
    private static final class Scalars {
        static final Map<Class<?>, Target> TARGETS = new HashMap<>();

        static {
            NumberTargets.addTo(TARGETS);
            TextTargets.addTo(TARGETS);
            TimeTargets.addTo(TARGETS);
            FutureTargets.addTo(TARGETS);
            TARGETS.put(Object.class, Gil::toJava);
            TARGETS.put(PyObject.class, Gil::objectOf);
            TARGETS.put(Stream.class, (gil, object) -> GenericTargets.stream(gil, object, Object.class));
            TARGETS.put(Optional.class, (gil, object) -> Optional.ofNullable(gil.toJava(object)));
        }
    }

    private static final ClassValue<Target> BY_CLASS = new ClassValue<>() {
        @Override
        protected Target computeValue(Class<?> type) {
            return find(type);
        }
    };

    private static volatile ProxyMaker proxies = (target, type, missing) -> Optional.empty();

    private Targets() {}

    static void use(ProxyMaker maker) {
        proxies = maker;
    }

    /**
     * The value of the wanted type.
     *
     * @throws ClassCastException when the types do not fit, naming both and the path to the value
     * @throws ArithmeticException when the value does not fit
     */
    static Object convert(Gil gil, long object, Type wanted) {
        try {
            return to(gil, object, wanted);
        } catch (Refused e) {
            throw e.forCaller();
        }
    }

    /** The same for a part of a value. */
    static Object to(Gil gil, long object, Type wanted) {
        if (object == Py.NONE) {
            return none(gil, object, wanted);
        }
        return of(wanted).convert(gil, object);
    }

    private static Object none(Gil gil, long object, Type wanted) {
        Class<?> type = rawClass(wanted);
        if (type == Optional.class) {
            return Optional.empty();
        }
        if (type.isPrimitive() && type != void.class) {
            throw Refused.type(gil, object, type, "a primitive has no null");
        }
        return null;
    }

    static Target of(Type wanted) {
        if (wanted instanceof Class<?> type) {
            return BY_CLASS.get(type);
        }
        if (wanted instanceof ParameterizedType type) {
            return GenericTargets.of(type);
        }
        if (wanted instanceof GenericArrayType type) {
            return ArrayTargets.of(type.getGenericComponentType(), rawClass(type));
        }
        if (wanted instanceof WildcardType type) {
            return of(type.getUpperBounds()[0]);
        }
        return of(rawClass(wanted));
    }

    /** The class of a type without its arguments; of a variable its bound. */
    static Class<?> rawClass(Type type) {
        if (type instanceof Class<?> raw) {
            return raw;
        }
        if (type instanceof ParameterizedType parameterized) {
            return (Class<?>) parameterized.getRawType();
        }
        if (type instanceof GenericArrayType array) {
            return rawClass(array.getGenericComponentType()).arrayType();
        }
        if (type instanceof WildcardType wildcard) {
            return rawClass(wildcard.getUpperBounds()[0]);
        }
        return rawClass(((TypeVariable<?>) type).getBounds()[0]);
    }

    private static Target find(Class<?> type) {
        Target scalar = Scalars.TARGETS.get(type);
        if (scalar != null) {
            return scalar;
        }
        if (type.isArray()) {
            return ArrayTargets.of(type.getComponentType(), type);
        }
        if (type.isEnum()) {
            return (gil, object) -> TextTargets.toEnum(gil, object, type);
        }
        if (Bridge.buffers().isView(type)) {
            return (gil, object) -> onMemory(gil, object, type);
        }
        return (gil, object) -> instance(gil, object, type, type);
    }

    /** On the memory of a Python object; a Java object that went in is itself. */
    private static Object onMemory(Gil gil, long object, Class<?> type) {
        if (Bridge.javaObjects().isJavaType(gil, Layout.typeOf(object))) {
            Object java = Values.builtIn(gil, object);
            if (type.isInstance(java)) {
                return java;
            }
        }
        Object users = TypeRules.isReplaced(gil, Layout.typeOf(object)) ? gil.toJava(object) : null;
        if (type.isInstance(users)) {
            return users;
        }
        Object view = Bridge.buffers().view(gil, object, type);
        if (view == null) {
            throw Refused.type(gil, object, type, "it does not show its memory");
        }
        return view;
    }

    /**
     * The natural value when it is an instance, else a user's conversion, else a proxy for an interface, else its items.
     *
     * @param generic the same type with its arguments
     */
    static Object instance(Gil gil, long object, Class<?> type, Type generic) {
        Object natural = Values.builtIn(gil, object);
        // a PyObject can be closed, which is not Python's close(): so its AutoCloseable does not count
        boolean isOpaque = natural instanceof PyObject && type == AutoCloseable.class;
        if (type.isInstance(natural) && !isOpaque) {
            return natural;
        }
        Object users = gil.toJava(object);
        if (type.isInstance(users) && !(users instanceof PyObject)) {
            return users;
        }
        String hint = "";
        if (type.isAssignableFrom(PyException.class) && isA(object, Py.exception("BaseException"))) {
            return exception(gil, object);
        }
        if (natural instanceof Class && type.isInterface() && type.isAnnotationPresent(FunctionalInterface.class)) {
            natural = gil.objectOf(object); // a Java class in Python can be called, as X::new in Java
        }
        if (type.isInterface() && (natural instanceof PyObject || natural instanceof PyView)) {
            StringBuilder missing = new StringBuilder();
            PyObject target = natural instanceof PyView view ? view.pyObject() : (PyObject) natural;
            Optional<Object> proxy = proxies.make(target, generic, missing);
            if (proxy.isPresent()) {
                return proxy.get();
            }
            hint = missing.isEmpty() ? "" : "it lacks " + missing;
        }
        if (natural instanceof PyObject || natural instanceof PyView) {
            Object items = Iterables.of(gil, object, type, natural);
            if (items != null) {
                return items;
            }
        }
        throw Refused.type(gil, object, type, hint);
    }

    /** A Python exception as one to throw in Java. */
    private static RuntimeException exception(Gil gil, long exception) {
        C.PyErr_SetObject(Layout.typeOf(exception), exception);
        return gil.error();
    }

    /** Whether an object is of a type or of a subclass. Runs no Python code. */
    static boolean isA(long object, long type) {
        return C.PyType_IsSubtype(Layout.typeOf(object), type) != 0;
    }
}
