package io.github.cpythonengine.wrap;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.capi.RefCounts;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import io.github.cpythonengine.python.PyView;
import java.util.Collection;

/** Reading and writing many items under one hold of the GIL. */
final class Items {

    /** Items converted before what their conversion left behind is released. */
    private static final int BATCH = 256;

    private Items() {}

    /** The Java value of an item that another thread may take out of its container meanwhile. */
    static Object value(Gil gil, long borrowed) {
        long type = Layout.typeOf(borrowed);
        boolean runsNoPython = type == Py.STR && Layout.isPlain(borrowed)
                || type == Py.FLOAT
                || type == Py.BOOL
                || borrowed == Py.NONE;
        return gil.toJava(runsNoPython ? borrowed : gil.strong(borrowed));
    }

    /** An item of a list, borrowed. */
    static long ofList(long list, long index) {
        return ofList(list, index, 1)[0];
    }

    /** Items of a list, borrowed. */
    static long[] ofList(long list, long from, int count) {
        long[] items = new long[count];
        Layout.listItems(list, from, items);
        return items;
    }

    /** The values of borrowed items. */
    static Object[] values(Gil gil, long[] items) {
        return gil.toJava(items)[0];
    }

    /** A new list of converted values, owned by the scope. */
    static long list(Gil gil, Object[] values) {
        long[] pointers = new long[values.length];
        int made = 0;
        try {
            while (made < values.length) {
                int to = Math.min(values.length, made + BATCH);
                try (Gil batch = Gil.acquire()) {
                    for (; made < to; made++) {
                        pointers[made] = batch.toPython(values[made]);
                    }
                }
            }
            long list = gil.own(C.PyList_New(pointers.length));
            Layout.fillList(list, pointers);
            made = 0; // they are the list's now
            return list;
        } finally {
            for (int i = 0; i < made; i++) {
                RefCounts.decrement(pointers[i]);
            }
        }
    }

    /**
     * The items of a Java collection as something that Python can iterate, owned or used by the
     * scope: the Python object behind a view as it is, without a conversion there and back.
     *
     * @param values its {@code toArray()}, taken before the GIL; not looked at for a view
     */
    static long iterable(Gil gil, Collection<?> items, Object[] values) {
        return isView(items) ? gil.use(items) : list(gil, values);
    }

    static boolean isView(Collection<?> items) {
        return items instanceof PyView;
    }

    /** {@code toArray()} of what {@link #iterable} is to convert, without the GIL. */
    static Object[] toArray(Collection<?> items) {
        return isView(items) ? null : items.toArray();
    }
}
