package io.github.cpythonengine.host;

import static java.util.Map.entry;

import io.github.cpythonengine.interpreter.Arguments;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import io.github.cpythonengine.interpreter.PythonFunction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** What a {@code java.util.List} does as a Python sequence. */
final class Lists {

    private Lists() {}

    static Map<String, PythonFunction> functions() {
        return Map.ofEntries(
                entry("is_list", Lists::isList),
                entry("list_items", Lists::items),
                entry("fetch_list", Fetched.by(Lists::items)),
                entry("list_get", Lists::get),
                entry("list_set", Lists::set),
                entry("list_set_each", Lists::setEach),
                entry("list_replace", Lists::replace),
                entry("list_insert", Lists::insert),
                entry("list_remove_at", Lists::removeAt),
                entry("list_pop", Lists::pop),
                entry("list_delete", Lists::delete),
                entry("list_remove", Lists::remove),
                entry("list_index", Lists::index),
                entry("list_reverse", Lists::reverse),
                entry("list_permute", Lists::permute));
    }

    @SuppressWarnings("unchecked") // Python may put anything into a list, as raw Java code may
    private static List<Object> self(Gil gil, Arguments arguments) {
        return Receivers.get(gil, arguments, List.class);
    }

    /** The third argument as an item of the list, the first one. */
    private static Object item(Gil gil, Arguments arguments) {
        return Typed.value(gil, arguments.get(2), Typed.itemsOf(arguments.get(0)), arguments.get(0));
    }

    private static long isList(Gil gil, Arguments arguments) {
        return gil.toPython(JavaObjects.isJava(gil, arguments.get(0)) && arguments.value(0) instanceof List);
    }

    /** (list, from, count): as many as there are. */
    private static long items(Gil gil, Arguments arguments) throws Exception {
        List<Object> self = self(gil, arguments);
        int from = Places.toInt(arguments.integer(1));
        int most = Places.toInt(arguments.integer(2));
        Object[] items = gil.released(() -> {
            int count = Math.max(0, Math.min(most, self.size() - from));
            Object[] got = new Object[count];
            for (int i = 0; i < count; i++) {
                got[i] = self.get(from + i);
            }
            return got;
        });
        return Bulk.toPython(gil, items, items.length, TypeArguments.items(arguments.get(0)));
    }

    private static long get(Gil gil, Arguments arguments) throws Exception {
        List<Object> self = self(gil, arguments);
        long position = arguments.integer(1);
        Object item = gil.released(() -> self.get(Places.in(position, self.size(), "list")));
        return Values.item(gil, item, TypeArguments.items(arguments.get(0)));
    }

    private static long set(Gil gil, Arguments arguments) throws Exception {
        List<Object> self = self(gil, arguments);
        long position = arguments.integer(1);
        Object value = item(gil, arguments);
        gil.released(() -> self.set(Places.in(position, self.size(), "list"), value));
        return gil.newRef(Py.NONE);
    }

    /** (list, start, step, values) */
    private static long setEach(Gil gil, Arguments arguments) throws Exception {
        List<Object> self = self(gil, arguments);
        int start = Places.toInt(arguments.integer(1));
        int step = Places.toInt(arguments.integer(2));
        List<Object> values = Typed.values(gil, arguments.get(3), Typed.itemsOf(arguments.get(0)), arguments.get(0));
        gil.released(() -> {
            for (int i = 0; i < values.size(); i++) {
                self.set(start + i * step, values.get(i));
            }
            return null;
        });
        return gil.newRef(Py.NONE);
    }

    /** (list, start, stop, values): as many as are on both sides are set, which lists of fixed size can do. */
    private static long replace(Gil gil, Arguments arguments) throws Exception {
        List<Object> self = self(gil, arguments);
        int start = Places.toInt(arguments.integer(1));
        int stop = Places.toInt(arguments.integer(2));
        List<Object> values = Typed.values(gil, arguments.get(3), Typed.itemsOf(arguments.get(0)), arguments.get(0));
        gil.released(() -> {
            int common = Math.min(values.size(), stop - start);
            for (int i = 0; i < common; i++) {
                self.set(start + i, values.get(i));
            }
            if (values.size() > common) {
                self.addAll(start + common, values.subList(common, values.size()));
            } else if (stop - start > common) {
                self.subList(start + common, stop).clear();
            }
            return null;
        });
        return gil.newRef(Py.NONE);
    }

    private static long insert(Gil gil, Arguments arguments) throws Exception {
        List<Object> self = self(gil, arguments);
        int position = Places.toInt(arguments.integer(1));
        Object value = item(gil, arguments);
        gil.released(() -> {
            if (position == self.size()) {
                self.add(value);
            } else {
                self.add(position, value);
            }
            return null;
        });
        return gil.newRef(Py.NONE);
    }

    private static long removeAt(Gil gil, Arguments arguments) throws Exception {
        List<Object> self = self(gil, arguments);
        long position = arguments.integer(1);
        Object item = gil.released(() -> self.remove(Places.in(position, self.size(), "list")));
        return Values.item(gil, item, TypeArguments.items(arguments.get(0)));
    }

    /** A Deque's own {@code pop} is something else than Python's, and scripts know it from Java. */
    private static long pop(Gil gil, Arguments arguments) throws Exception {
        List<Object> self = self(gil, arguments);
        Object item = gil.released(() -> {
            if (self instanceof Deque<Object> deque) {
                return deque.pop();
            }
            int size = self.size();
            if (size == 0) {
                throw new IndexOutOfBoundsException("pop from empty list");
            }
            return self.remove(size - 1);
        });
        return Values.item(gil, item, TypeArguments.items(arguments.get(0)));
    }

    /** (list, start, step, count) with a positive step */
    private static long delete(Gil gil, Arguments arguments) throws Exception {
        List<Object> self = self(gil, arguments);
        int start = Places.toInt(arguments.integer(1));
        int step = Places.toInt(arguments.integer(2));
        int count = Places.toInt(arguments.integer(3));
        gil.released(() -> {
            if (step == 1) {
                self.subList(start, start + count).clear();
            } else {
                for (int i = count - 1; i >= 0; i--) {
                    self.remove(start + i * step);
                }
            }
            return null;
        });
        return gil.newRef(Py.NONE);
    }

    private static long remove(Gil gil, Arguments arguments) throws Exception {
        List<Object> self = self(gil, arguments);
        Object value = arguments.value(1);
        return gil.toPython(gil.released(() -> {
            int index = indexOf(self, value);
            if (index >= 0) {
                self.remove(index);
            }
            return index >= 0;
        }));
    }

    private static long index(Gil gil, Arguments arguments) throws Exception {
        List<Object> self = self(gil, arguments);
        Object value = arguments.value(1);
        return gil.toPython(gil.released(() -> indexOf(self, value)));
    }

    /** The first place with any form of a value, or -1. */
    private static int indexOf(List<Object> list, Object value) {
        int first = list.indexOf(value);
        for (Object form : Similar.to(value)) {
            int index = list.indexOf(form);
            if (index >= 0 && (first < 0 || index < first)) {
                first = index;
            }
        }
        return first;
    }

    private static long reverse(Gil gil, Arguments arguments) throws Exception {
        List<Object> self = self(gil, arguments);
        gil.released(() -> {
            Collections.reverse(self);
            return null;
        });
        return gil.newRef(Py.NONE);
    }

    /** (list, places): the items of these places in this order, the very same objects. */
    private static long permute(Gil gil, Arguments arguments) throws Exception {
        List<Object> self = self(gil, arguments);
        List<Object> places = Bulk.toJava(gil, arguments.get(1));
        gil.released(() -> {
            List<Object> before = new ArrayList<>(self);
            if (before.size() != places.size()) {
                throw new ConcurrentModificationException("the list was changed while it was being sorted");
            }
            for (int i = 0; i < before.size(); i++) {
                Object value = before.get((Integer) places.get(i));
                if (self.get(i) != value) {
                    self.set(i, value);
                }
            }
            return null;
        });
        return gil.newRef(Py.NONE);
    }
}
