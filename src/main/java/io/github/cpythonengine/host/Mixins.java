package io.github.cpythonengine.host;

import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAmount;
import java.util.Collection;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.RandomAccess;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.BaseStream;

/** What Python adds to some Java classes, so that they behave as its own kinds do. */
final class Mixins {

    private static final Map<Class<?>, String> CLASSES = Map.of(
            Object.class, "Object",
            CharSequence.class, "CharSequence",
            Class.class, "Class",
            Throwable.class, "Throwable",
            Comparable.class, "Comparable",
            AutoCloseable.class, "AutoCloseable",
            Temporal.class, "Temporal",
            TemporalAmount.class, "TemporalAmount");

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

    private static final Set<Class<?>> OPTIONALS =
            Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);

    private Mixins() {}

    /** The Python class to take the members from, or None. Borrowed. */
    static long of(Gil gil, Class<?> type) {
        if (type.isArray()) {
            return Half.collection(gil, "Array");
        }
        if (type == CompletionStage.class) {
            return Stages.mixin(gil);
        }
        String name = CLASSES.get(type);
        if (name != null) {
            return Half.member(gil, name);
        }
        if (OPTIONALS.contains(type)) {
            return Half.collection(gil, "Optional");
        }
        String collection = COLLECTIONS.get(type);
        return collection != null ? Half.collection(gil, collection) : Py.NONE;
    }

    /** Python's methods of lists, sets and maps, where Java has one of that name that does another thing. */
    private static final Set<String> NAMES = Set.of(
            "append",
            "copy",
            "count",
            "difference",
            "discard",
            "extend",
            "index",
            "insert",
            "intersection",
            "items",
            "keys",
            "popitem",
            "reverse",
            "setdefault",
            "symmetric_difference",
            "union",
            "update");

    /** Names that a class has from Python, and that its own Java methods are to hide. */
    static Set<String> hidden(Class<?> type) {
        boolean isKind = Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type);
        return isKind ? NAMES : Set.of();
    }
}
