package io.github.cpythonengine.host;

import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import java.util.Collection;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.Set;
import java.util.stream.BaseStream;

/** What Python adds to some Java classes, so that they behave as its own kinds do. */
final class Mixins {

    private static final Map<Class<?>, String> CLASSES = Map.of(
            Object.class, "Object",
            Throwable.class, "Throwable",
            Comparable.class, "Comparable",
            AutoCloseable.class, "AutoCloseable");

    private static final Map<Class<?>, String> COLLECTIONS = Map.of(
            Iterable.class, "Iterable",
            Iterator.class, "Iterator",
            Enumeration.class, "Enumeration",
            BaseStream.class, "BaseStream",
            Collection.class, "Collection",
            List.class, "List",
            RandomAccess.class, "RandomAccess",
            Set.class, "Set",
            Map.class, "Map",
            Map.Entry.class, "Entry");

    private Mixins() {}

    /** The Python class to take the members from, or None. Borrowed. */
    static long of(Gil gil, Class<?> type) {
        if (type.isArray()) {
            return Half.collection(gil, "Array");
        }
        String name = CLASSES.get(type);
        if (name != null) {
            return Half.member(gil, name);
        }
        String collection = COLLECTIONS.get(type);
        return collection != null ? Half.collection(gil, collection) : Py.NONE;
    }
}
