package io.github.cpythonengine.convert;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import java.lang.reflect.Type;

/** The items of any Python iterable, for a converted copy. */
final class Elements {

    /** Items converted before what their conversion left behind is released. */
    private static final int BATCH = 256;

    /** What takes a converted item. */
    @FunctionalInterface
    interface Sink {
        void accept(int index, Object value);
    }

    private Elements() {}

    /**
     * The items, good until the scope ends.
     *
     * @throws Refused when it is not iterable, and for text, bytes and dicts, whose items are seldom meant
     */
    static long[] of(Gil gil, long object, Type wanted) {
        refuseOthers(gil, object, wanted);
        if (Layout.typeOf(object) == Py.TUPLE) {
            long[] items = Layout.tupleItems(object);
            return items;
        }
        long list = gil.own(C.PySequence_List(quickIterator(gil, object, wanted)));
        long[] items = Layout.listItems(list);
        return items;
    }

    /**
     * {@code iter(object)}, owned by the scope.
     *
     * @throws Refused as {@link #of} does
     */
    static long iterator(Gil gil, long object, Type wanted) {
        refuseOthers(gil, object, wanted);
        return iter(gil, object, wanted);
    }

    private static void refuseOthers(Gil gil, long object, Type wanted) {
        boolean otherwise =
                Targets.isA(object, Py.STR) || Targets.isA(object, Py.BYTES) || Targets.isA(object, Py.DICT);
        if (otherwise) {
            throw Refused.type(gil, object, wanted, "use list(x) for its items");
        }
    }

    /** The object itself where it is a list, whose own iteration is quicker than by an iterator. */
    private static long quickIterator(Gil gil, long object, Type wanted) {
        return Layout.typeOf(object) == Py.LIST ? object : iter(gil, object, wanted);
    }

    private static long iter(Gil gil, long object, Type wanted) {
        long iterator = C.PyObject_GetIter(object);
        if (iterator != 0) {
            return gil.own(iterator);
        }
        if (C.PyErr_GivenExceptionMatches(C.PyErr_Occurred(), Py.exception("TypeError")) == 0) {
            throw gil.error();
        }
        C.PyErr_Clear();
        throw Refused.type(gil, object, wanted, "");
    }

    /** Converts the items one by one. */
    static void convert(Gil gil, long[] items, Type wanted, Sink sink) {
        Target target = Targets.of(wanted);
        for (int from = 0; from < items.length; from += BATCH) {
            try (Gil batch = Gil.acquire()) {
                for (int i = from; i < Math.min(items.length, from + BATCH); i++) {
                    sink.accept(i, convert(batch, items[i], i, wanted, target));
                }
            }
        }
    }

    private static Object convert(Gil gil, long item, int index, Type wanted, Target target) {
        try {
            return item == Py.NONE ? Targets.to(gil, item, wanted) : target.convert(gil, item);
        } catch (Refused e) {
            throw e.at(index);
        }
    }
}
