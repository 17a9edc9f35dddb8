package io.github.cpythonengine.host;

import java.util.Arrays;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.Map;

/**
 * An iteration of Python over a collection or over a map's entries, several items at a time. What
 * happens while items are fetched ahead is seen when Python comes to it: an exception after the
 * items before it, and a collection that changed meanwhile as Java's own iterators tell it.
 */
final class Cursor implements Handles.Internal {

    private final Collection<?> collection;
    private final boolean pairs;

    /** The values of the pairs whose keys were the last items. */
    private Object[] values = {};

    private final boolean mayChange;
    private final Iterator<?> items;
    private int size;
    private RuntimeException failure;

    private DeclaredType itemType;
    private DeclaredType valueType;

    /** No GIL: runs the collection's code. */
    Cursor(Collection<?> collection, Object owner, boolean pairs) {
        this.collection = collection;
        this.pairs = pairs;
        this.mayChange = owner.getClass().getName().startsWith("java.util.concurrent.");
        this.items = collection.iterator();
        this.size = mayChange ? 0 : collection.size();
    }

    /** What Java declares the items or keys to be, and the values; null where that says nothing. */
    void declare(DeclaredType items, DeclaredType forValues) {
        itemType = items;
        valueType = forValues;
    }

    DeclaredType itemType() {
        return itemType;
    }

    DeclaredType valueType() {
        return valueType;
    }

    /** Up to so many items, or keys of pairs; none at the end. */
    Object[] next(int most) {
        if (failure != null) {
            RuntimeException thrown = failure;
            failure = null;
            throw thrown;
        }
        Object[] got = new Object[most];
        values = new Object[pairs ? most : 0];
        int count = 0;
        try {
            while (count < got.length && items.hasNext()) {
                Object item = items.next();
                if (pairs) {
                    Map.Entry<?, ?> entry = (Map.Entry<?, ?>) item;
                    Object key = entry.getKey();
                    values[count] = entry.getValue();
                    got[count++] = key;
                } else {
                    got[count++] = item;
                }
            }
        } catch (RuntimeException e) {
            if (count == 0) {
                throw e;
            }
            failure = e;
        }
        return count == got.length ? got : Arrays.copyOf(got, count);
    }

    /** The values that belong to the keys that came last, and maybe more room. */
    Object[] values() {
        return values;
    }

    /** Called with items still to come, when Java code has run since they were fetched. */
    void check() {
        if (!mayChange && collection.size() != size) {
            throw new ConcurrentModificationException("the collection was changed during an iteration over it");
        }
    }
}
