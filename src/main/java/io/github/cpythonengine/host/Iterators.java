package io.github.cpythonengine.host;

import io.github.cpythonengine.interpreter.Arguments;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import io.github.cpythonengine.interpreter.PythonFunction;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.BaseStream;
import org.apache.commons.lang3.reflect.TypeUtils;

/** Python's iterations over Java objects. */
final class Iterators {

    private static final Object NOTHING = new Object();

    private Iterators() {}

    static Map<String, PythonFunction> functions() {
        return Map.of(
                "iterator", Iterators::iterator,
                "iterator_next", Iterators::next,
                "cursor", Iterators::cursor,
                "entry_cursor", Iterators::entryCursor,
                "fetch_next", Fetched.by(Iterators::cursorNext),
                "fetch_pairs", Fetched.pairs(Iterators::cursorPairs),
                "cursor_check", Iterators::cursorCheck);
    }

    /** A Java iterator, which Python asks for each item: it may have no end, and wait for each. */
    private static long iterator(Gil gil, Arguments arguments) throws Exception {
        Object self = Handles.object(arguments.get(0));
        if (self instanceof BaseStream<?, ?> stream) {
            return gil.toPython(gil.released(stream::iterator));
        }
        Iterable<?> iterable = Receivers.get(gil, arguments, Iterable.class);
        Iterator<?> iterator = gil.released(iterable::iterator);
        if (iterator == null) {
            throw new NullPointerException("iterator() returned null");
        }
        long made = gil.toPython(iterator);
        TypeArguments known = Handles.typeArguments(arguments.get(0));
        Type item = known == null ? null : known.of(Iterable.class, 0);
        if (item != null) {
            DeclaredType.of(TypeUtils.parameterize(Iterator.class, item)).note(made, iterator);
        }
        return made;
    }

    private static long next(Gil gil, Arguments arguments) throws Exception {
        Object self = Handles.object(arguments.get(0));
        Object item;
        if (self instanceof Enumeration<?> enumeration && !(self instanceof Iterator)) {
            item = gil.released(() -> enumeration.hasMoreElements() ? enumeration.nextElement() : NOTHING);
        } else {
            Iterator<?> iterator = Receivers.get(gil, arguments, Iterator.class);
            item = gil.released(() -> iterator.hasNext() ? iterator.next() : NOTHING);
        }
        return item == NOTHING
                ? gil.newRef(Half.end(gil))
                : Values.item(gil, item, TypeArguments.items(arguments.get(0)));
    }

    private static long cursor(Gil gil, Arguments arguments) throws Exception {
        Collection<?> self = Receivers.get(gil, arguments, Collection.class);
        Cursor cursor = gil.released(() -> new Cursor(self, self, false));
        cursor.declare(TypeArguments.items(arguments.get(0)), null);
        return Handles.bodyOf(gil, cursor, Body.type(gil));
    }

    private static long entryCursor(Gil gil, Arguments arguments) throws Exception {
        Map<?, ?> self = Receivers.get(gil, arguments, Map.class);
        Cursor cursor = gil.released(() -> new Cursor(self.entrySet(), self, true));
        long map = arguments.get(0);
        cursor.declare(TypeArguments.keys(map), TypeArguments.values(map));
        return Handles.bodyOf(gil, cursor, Body.type(gil));
    }

    private static long cursorNext(Gil gil, Arguments arguments) throws Exception {
        Cursor cursor = (Cursor) Handles.object(arguments.get(0));
        int most = (int) arguments.integer(1);
        Object[] items = gil.released(() -> cursor.next(most));
        return Bulk.toPython(gil, items, items.length, cursor.itemType());
    }

    /** A list of keys, with the cursor's values to match. */
    private static long[] cursorPairs(Gil gil, Arguments arguments) throws Exception {
        Cursor cursor = (Cursor) Handles.object(arguments.get(0));
        int most = (int) arguments.integer(1);
        Object[] keys = gil.released(() -> cursor.next(most));
        long keyList = gil.own(Bulk.toPython(gil, keys, keys.length, cursor.itemType()));
        long valueList = gil.own(Bulk.toPython(gil, cursor.values(), keys.length, cursor.valueType()));
        return new long[] {gil.newRef(keyList), gil.newRef(valueList)};
    }

    private static long cursorCheck(Gil gil, Arguments arguments) throws Exception {
        Cursor cursor = (Cursor) Handles.object(arguments.get(0));
        gil.released(() -> {
            cursor.check();
            return null;
        });
        return gil.newRef(Py.NONE);
    }
}
