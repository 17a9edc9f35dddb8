package io.github.cpythonengine.convert;

import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.python.PyObject;
import io.github.cpythonengine.python.PyView;
import java.io.Serializable;
import java.lang.reflect.Type;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.RandomAccess;

/**
 * A live view of a Python list whose items Java declared to be of a type that they are not by nature: a
 * {@code List<Long>} of ints. Each item is converted when it is read.
 */
final class TypedList extends AbstractList<Object> implements RandomAccess, PyView, Serializable {

    private static final long serialVersionUID = 1L;

    private final transient List<Object> items;
    private final transient Type type;

    /** @param items the live view */
    @SuppressWarnings("unchecked") // Python takes any value
    TypedList(Object items, Type type) {
        this.items = (List<Object>) items;
        this.type = type;
    }

    /** Serialized it is a copy, a list of Java's. */
    private Object writeReplace() {
        return new ArrayList<>(this);
    }

    /** A value out of Python as one of the type. */
    static Object typed(Object value, Type type) {
        return value == null ? null : Gil.with(gil -> gil.toJava(gil.python(value), type));
    }

    @Override
    public PyObject pyObject() {
        return ((PyView) items).pyObject();
    }

    @Override
    public int size() {
        return items.size();
    }

    @Override
    public Object get(int index) {
        return typed(items.get(index), type);
    }

    @Override
    public Object set(int index, Object value) {
        return Gil.with(gil -> {
            Object before = get(index); // may be of another type by now: first, while nothing is changed
            items.set(index, value);
            return before;
        });
    }

    @Override
    public void add(int index, Object value) {
        modCount++;
        items.add(index, value);
    }

    @Override
    public Object remove(int index) {
        return Gil.with(gil -> {
            Object before = get(index);
            modCount++;
            items.remove(index);
            return before;
        });
    }

    @Override
    public void clear() {
        modCount++;
        items.clear();
    }

    @Override
    public Object[] toArray() {
        Object[] values = items.toArray();
        Gil.run(gil -> {
            for (int i = 0; i < values.length; i++) {
                values[i] = typed(values[i], type);
            }
        });
        return values;
    }
}
