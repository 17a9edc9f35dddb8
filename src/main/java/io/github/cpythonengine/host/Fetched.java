package io.github.cpythonengine.host;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.interpreter.Arguments;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import io.github.cpythonengine.interpreter.PythonFunction;
import java.util.Arrays;

/**
 * What iterations over Java's collections have fetched and not yet passed on: lists that Python iterates over at its own
 * speed. As soon as Java is called they end where the iteration stands, so that it asks again: what is there now, or
 * whether it may go on with the rest.
 *
 * <p>Each is a Python list {@code [items, iterator over them, the rest or None, values, how many items were
 * fetched]}, the values for pairs only.
 * Guarded by the GIL; where a list is cut no Python code runs before that is done.
 */
final class Fetched {

    private static final int ITEMS = 0;
    private static final int ITERATOR = 1;
    private static final int REST = 2;

    /** Strong references to those that may have items left: one, unless threads fetch at the same time. */
    private static long[] open = new long[4];

    private static int count;

    private Fetched() {}

    /** Fetches values and a list of their keys: two new references, the keys' first. */
    @FunctionalInterface
    interface Pairs {
        long[] fetch(Gil gil, Arguments arguments) throws Exception;
    }

    /** The function that fetches this way; what {@code fetch} makes is a list that nobody else sees. */
    static PythonFunction by(PythonFunction fetch) {
        return (gil, arguments) -> opened(gil, fetch.call(gil, arguments), gil.newRef(Py.NONE));
    }

    static PythonFunction pairs(Pairs fetch) {
        return (gil, arguments) -> {
            long[] both = fetch.fetch(gil, arguments);
            return opened(gil, both[0], both[1]);
        };
    }

    private static long opened(Gil gil, long newItems, long newValues) {
        long items = gil.own(gil.check(newItems));
        long values = gil.own(gil.check(newValues));
        long iterator = gil.own(C.PyObject_GetIter(items));
        long size = Layout.listSize(items);
        long number = gil.own(gil.integer(size));
        long made = gil.check(C.PyList_New(5));
        Layout.fillList(made, new long[] {
            gil.newRef(items), gil.newRef(iterator), gil.newRef(Py.NONE), gil.newRef(values), gil.newRef(number)
        });
        if (size > 1) {
            if (count == open.length) {
                open = Arrays.copyOf(open, 2 * count);
            }
            open[count++] = gil.newRef(made);
        }
        return made;
    }

    /** Ends what was fetched so far. GIL held; may run Python code. */
    static void drop() {
        if (count > 0) {
            dropAll();
        }
    }

    private static void dropAll() {
        while (count > 0) {
            long last = open[--count];
            cut(last);
            C.Py_DecRef(last);
        }
    }

    private static void cut(long fetched) {
        long[] parts = new long[REST];
        Layout.listItems(fetched, 0, parts);
        long left = C.PyObject_LengthHint(parts[ITERATOR], 0);
        if (left > 0) {
            long size = Layout.listSize(parts[ITEMS]);
            long rest = C.PyList_GetSlice(parts[ITEMS], size - left, size);
            long now = C.PyObject_LengthHint(parts[ITERATOR], 0);
            if (rest != 0 && now >= 0 && now < left) { // up to 3.11 making a list may run finalizers, and other threads
                C.PyList_SetSlice(rest, 0, left - now, 0);
                left = now;
            }
            if (rest != 0) {
                C.PyList_SetItem(fetched, REST, rest);
                C.PyList_SetSlice(parts[ITEMS], size - left, size, 0);
            }
        }
        if (C.PyErr_Occurred() != 0) {
            C.PyErr_Clear();
        }
    }
}
