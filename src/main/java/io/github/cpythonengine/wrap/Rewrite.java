package io.github.cpythonengine.wrap;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.python.PyObject;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A part of a list while Java code decides, without the GIL, what becomes of it. Items that stay are
 * the identical Python objects.
 */
final class Rewrite implements AutoCloseable {

    final int from;
    final int to;
    final int size;
    final int changes;

    /** A list of our own with the items of the part. */
    private final PyObject part;

    private final Object[] values;

    /** Which items there will be, in which order, by their place now. */
    private int[] order;

    /** Values that replace items; an item with the same value stays. */
    private Object[] replaced;

    /**
     * @param part a list with the items, to be closed with this
     * @param size the size of the whole list
     * @param changes the list's count of changes by Java
     */
    Rewrite(PyObject part, Object[] values, int from, int to, int size, int changes) {
        this.part = part;
        this.values = values;
        this.from = from;
        this.to = to;
        this.size = size;
        this.changes = changes;
    }

    void sort(Comparator<? super Object> comparator) {
        Integer[] places = new Integer[values.length];
        Arrays.setAll(places, i -> i);
        Comparator<? super Object> by = comparator != null ? comparator : natural();
        Arrays.sort(places, (left, right) -> by.compare(values[left], values[right]));
        order = Arrays.stream(places).mapToInt(i -> i).toArray();
    }

    @SuppressWarnings("unchecked") // as List.sort says: ClassCastException where it is not Comparable
    private static Comparator<Object> natural() {
        return (Comparator<Object>) (Comparator<?>) Comparator.naturalOrder();
    }

    void replace(UnaryOperator<Object> operator) {
        replaced = new Object[values.length];
        Arrays.setAll(replaced, i -> operator.apply(values[i]));
    }

    /** Returns how many go. */
    int remove(Predicate<? super Object> filter) {
        BitSet going = new BitSet(values.length);
        for (int i = 0; i < values.length; i++) {
            going.set(i, filter.test(values[i]));
        }
        order = new int[values.length - going.cardinality()];
        int kept = 0;
        for (int i = going.nextClearBit(0); i < values.length; i = going.nextClearBit(i + 1)) {
            order[kept++] = i;
        }
        return values.length - kept;
    }

    /** The list to put in the place of the part; used by the scope. */
    long items(Gil gil) {
        long list = gil.use(part);
        if (replaced != null) {
            for (int i = 0; i < replaced.length; i++) {
                if (replaced[i] != values[i]) {
                    gil.check(C.PyList_SetItem(list, i, gil.toPython(replaced[i])));
                }
            }
        } else {
            reorder(gil, list);
        }
        return list;
    }

    private void reorder(Gil gil, long list) {
        long[] items = new long[values.length];
        Layout.listItems(list, 0, items);
        long[] ordered = new long[items.length];
        BitSet stay = new BitSet(items.length);
        int count = 0;
        for (int place : order) {
            ordered[count++] = items[place];
            stay.set(place);
        }
        int kept = count;
        for (int i = stay.nextClearBit(0); i < items.length; i = stay.nextClearBit(i + 1)) {
            ordered[count++] = items[i];
        }
        Layout.reorderList(list, ordered);
        gil.check(C.PyList_SetSlice(list, kept, items.length, 0));
    }

    @Override
    public void close() {
        part.close();
    }
}
