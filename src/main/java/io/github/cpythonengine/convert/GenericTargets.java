package io.github.cpythonengine.convert;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.interpreter.Bridge;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import io.github.cpythonengine.python.PyObject;
import io.github.cpythonengine.python.TypeRef;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Types with arguments. Where an argument says more than {@code Object}, all items are checked and a list
 * or dict stays a live view, whose items are converted when they are read if they are not of the wanted
 * type by nature, as far as that is known: of an empty one it is not. A set stays one if they are, and otherwise is a copy
 * that cannot be changed, as any other iterable is. An Iterator or Stream converts its items one by one, and so does an
 * Iterable of an iterator; a Java object that went in is itself, and
 * other types are taken without their arguments.
 */
final class GenericTargets {

    private GenericTargets() {}

    static Target of(ParameterizedType type) {
        Class<?> raw = Targets.rawClass(type);
        Type[] arguments = type.getActualTypeArguments();
        if (FutureTargets.isOne(raw)) {
            return FutureTargets.of(raw, type, arguments[0]);
        }
        boolean plain = Arrays.stream(arguments).allMatch(it -> Targets.rawClass(it) == Object.class);
        if (plain) {
            return raw.isInterface() && raw != Stream.class
                    ? (gil, object) -> instance(gil, object, raw, type)
                    : Targets.of(raw);
        }
        if (raw == List.class || raw == Collection.class || raw == Iterable.class) {
            return (gil, object) -> list(gil, object, raw, arguments[0]);
        }
        if (raw == Set.class) {
            return (gil, object) -> set(gil, object, arguments[0]);
        }
        if (raw == Map.class) {
            return (gil, object) -> map(gil, object, arguments[0], arguments[1]);
        }
        if (raw == Optional.class) {
            return (gil, object) -> Optional.ofNullable(Targets.to(gil, object, arguments[0]));
        }
        if (raw == Iterator.class) {
            return (gil, object) -> iterator(gil, object, arguments[0]);
        }
        if (raw == Stream.class) {
            return (gil, object) -> stream(gil, object, arguments[0]);
        }
        return raw.isInterface() ? (gil, object) -> instance(gil, object, raw, type) : Targets.of(raw);
    }

    private static Object instance(Gil gil, long object, Class<?> raw, Type type) {
        return raw == CharSequence.class || raw == Comparable.class
                ? Targets.of(raw).convert(gil, object)
                : Targets.instance(gil, object, raw, type);
    }

    /** The Java object that a Python object stands for, if it is an instance; else null. */
    private static Object java(Gil gil, long object, Class<?> raw) {
        boolean isPythons = Targets.isA(object, Py.LIST)
                || Targets.isA(object, Py.TUPLE)
                || Targets.isA(object, Py.DICT)
                || Targets.isA(object, Py.SET)
                || Targets.isA(object, Py.FROZENSET);
        if (isPythons || !isJava(gil, object)) {
            return null;
        }
        Object value = Values.builtIn(gil, object);
        return raw.isInstance(value) ? value : null;
    }

    private static boolean isJava(Gil gil, long object) {
        return Bridge.javaObjects().isJavaType(gil, Layout.typeOf(object));
    }

    private static Object list(Gil gil, long object, Class<?> raw, Type argument) {
        Object java = java(gil, object, raw);
        if (java != null) {
            return java;
        }
        boolean isList = Targets.isA(object, Py.LIST) || Targets.isA(object, Py.TUPLE);
        boolean isIterator = raw == Iterable.class && Values.builtIn(gil, object) instanceof Iterator;
        if (isIterator) {
            return Iterables.once(items(gil, object, raw, argument).iterator());
        }
        long[] items = Elements.of(gil, object, raw);
        List<Object> copy = new ArrayList<>(items.length);
        Elements.convert(gil, items, argument, (index, value) -> copy.add(value));
        boolean isSet = raw != List.class && (Targets.isA(object, Py.SET) || Targets.isA(object, Py.FROZENSET));
        if (isSet && areNatural(gil, items, copy)) {
            return Values.builtIn(gil, object);
        }
        if (!isList) {
            return Collections.unmodifiableList(copy);
        }
        Object view = Values.builtIn(gil, object);
        return items.length > 0 && areNatural(gil, items, copy) ? view : new TypedList(view, argument);
    }

    private static boolean areNatural(Gil gil, long[] items, Collection<Object> converted) {
        int i = 0;
        for (Object value : converted) {
            try (Gil one = Gil.acquire()) {
                if (!Iterables.isNatural(one, items[i++], value)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static Object iterator(Gil gil, long object, Type argument) {
        Object java = java(gil, object, Iterator.class);
        return java != null
                ? java
                : items(gil, object, Iterator.class, argument).iterator();
    }

    static Object stream(Gil gil, long object, Type argument) {
        Object java = java(gil, object, Stream.class);
        return java != null ? java : items(gil, object, Stream.class, argument);
    }

    private static Stream<?> items(Gil gil, long object, Class<?> raw, Type argument) {
        PyObject iterator = (PyObject) gil.objectOf(Elements.iterator(gil, object, raw));
        return iterator.stream(TypeRef.of(argument));
    }

    private static Object set(Gil gil, long object, Type argument) {
        Object java = java(gil, object, Set.class);
        if (java != null) {
            return java;
        }
        boolean isSet = Targets.isA(object, Py.SET) || Targets.isA(object, Py.FROZENSET);
        if (!isSet && !Iterables.isKind(gil, object, "set")) {
            throw Refused.type(gil, object, Set.class, "use set(x)");
        }
        long[] items = Elements.of(gil, object, Set.class);
        List<Object> copy = new ArrayList<>(items.length);
        Elements.convert(gil, items, argument, (index, value) -> copy.add(value));
        return isSet && areNatural(gil, items, copy)
                ? Values.builtIn(gil, object)
                : Collections.unmodifiableSet(new LinkedHashSet<>(copy));
    }

    private static Object map(Gil gil, long object, Type keyType, Type valueType) {
        Object java = java(gil, object, Map.class);
        if (java != null) {
            return java;
        }
        boolean isDict = Targets.isA(object, Py.DICT);
        if (!isDict && !Iterables.isKind(gil, object, "mapping")) {
            throw Refused.type(gil, object, Map.class, "use dict(x)");
        }
        long items = Layout.typeOf(object) == Py.DICT
                ? gil.own(C.PyDict_Items(object))
                : gil.call(Half.member(gil, "pairs"), object);
        long[] pairs = Layout.listItems(items);
        Map<Object, Object> copy = new LinkedHashMap<>();
        long[] pair = new long[2];
        boolean natural = true;
        boolean naturalKeys = true;
        for (long each : pairs) {
            try (Gil one = Gil.acquire()) {
                Layout.tupleItems(each, 0, pair);
                Map.Entry<Object, Object> entry = entry(one, pair[0], pair[1], keyType, valueType);
                copy.put(entry.getKey(), entry.getValue());
                naturalKeys = naturalKeys && Iterables.isNatural(one, pair[0], entry.getKey());
                natural = natural && Iterables.isNatural(one, pair[1], entry.getValue());
            }
        }
        if (!isDict || !naturalKeys) {
            return Collections.unmodifiableMap(copy);
        }
        Object view = Values.builtIn(gil, object);
        boolean saysNothing = Targets.rawClass(valueType) == Object.class;
        return natural && (saysNothing || pairs.length > 0) ? view : new TypedMap(view, valueType);
    }

    private static Map.Entry<Object, Object> entry(Gil gil, long key, long value, Type keyType, Type valueType) {
        try {
            return new SimpleEntry<>(Targets.to(gil, key, keyType), Targets.to(gil, value, valueType));
        } catch (Refused e) {
            throw e.at(gil, key);
        }
    }
}
