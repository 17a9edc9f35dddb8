package io.github.cpythonengine.host;

import io.github.cpythonengine.interpreter.Arguments;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import io.github.cpythonengine.interpreter.PythonFunction;
import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** What any {@code java.util.Collection} does in Python. */
final class Collections {

    private Collections() {}

    static Map<String, PythonFunction> functions() {
        return Map.of(
                "size", Collections::size,
                "contains", Collections::contains,
                "hash_code", Collections::hash,
                "list_extend", Collections::extend,
                "collection_remove", Collections::remove,
                "collection_remove_all", Collections::removeAll,
                "collection_pop", Collections::pop);
    }

    @SuppressWarnings("unchecked") // Python may put anything into a collection, as raw Java code may
    private static Collection<Object> self(Gil gil, Arguments arguments) {
        return Receivers.get(gil, arguments, Collection.class);
    }

    private static long hash(Gil gil, Arguments arguments) throws Exception {
        Object self = Receivers.any(gil, arguments);
        return gil.toPython(gil.released(self::hashCode));
    }

    /** Also of an array. */
    private static long size(Gil gil, Arguments arguments) throws Exception {
        Object self = Handles.object(arguments.get(0));
        if (self != null && self.getClass().isArray()) {
            return gil.toPython(Array.getLength(self));
        }
        Collection<Object> collection = self(gil, arguments);
        return gil.toPython(gil.released(collection::size));
    }

    private static long contains(Gil gil, Arguments arguments) throws Exception {
        Collection<Object> self = self(gil, arguments);
        Object item = arguments.value(1);
        return gil.toPython(gil.released(() -> Similar.contains(self, item)));
    }

    private static long extend(Gil gil, Arguments arguments) throws Exception {
        Collection<Object> self = self(gil, arguments);
        long to = arguments.get(0);
        List<Object> items = Typed.values(gil, arguments.get(1), Typed.itemsOf(to), to);
        gil.released(() -> self.addAll(items));
        return gil.newRef(Py.NONE);
    }

    /** Whether it was there. */
    private static long remove(Gil gil, Arguments arguments) throws Exception {
        Collection<Object> self = self(gil, arguments);
        Object item = arguments.value(1);
        return gil.toPython(gil.released(() -> removeAny(self, item)));
    }

    private static boolean removeAny(Collection<Object> self, Object item) {
        Object form = Similar.find(self::contains, item);
        return form != null && self.remove(item == null ? null : form);
    }

    private static long removeAll(Gil gil, Arguments arguments) throws Exception {
        Collection<Object> self = self(gil, arguments);
        List<Object> items = Bulk.toJava(gil, arguments.get(1));
        gil.released(() -> {
            items.forEach(item -> removeAny(self, item));
            return null;
        });
        return gil.newRef(Py.NONE);
    }

    private static long pop(Gil gil, Arguments arguments) throws Exception {
        Collection<Object> self = self(gil, arguments);
        Object[] popped = gil.released(() -> {
            Iterator<Object> items = self.iterator();
            if (!items.hasNext()) {
                return null;
            }
            Object item = items.next();
            items.remove();
            return new Object[] {item};
        });
        return popped == null
                ? gil.newRef(Half.end(gil))
                : Values.item(gil, popped[0], TypeArguments.items(arguments.get(0)));
    }
}
