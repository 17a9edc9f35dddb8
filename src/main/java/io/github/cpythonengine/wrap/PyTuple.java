package io.github.cpythonengine.wrap;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.python.PyObject;
import io.github.cpythonengine.python.PyView;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Objects;

/**
 * A Python {@code tuple}, or an object of a subclass such as a named tuple, as an unmodifiable list.
 *
 * <p>Values are converted each time they are read. Equality and hash are those of {@code
 * java.util.List} over the converted values. Usable from any thread.
 */
public final class PyTuple extends Sequence implements PyView, Serializable {

    private static final long serialVersionUID = 1;

    private final transient PyObject object;
    private final boolean exact;

    PyTuple(PyObject object, boolean exact) {
        this.object = object;
        this.exact = exact;
    }

    @Override
    public PyObject pyObject() {
        return object;
    }

    /** Serialized it is a copy, an unmodifiable list of Java's. */
    private Object writeReplace() {
        return Collections.unmodifiableList(new ArrayList<>(this));
    }

    @Override
    Chunk read(int from, int most) {
        return Gil.with(gil -> {
            long tuple = gil.use(object);
            long all = exact ? tuple : gil.own(C.PySequence_Tuple(tuple));
            int size = Layout.arrayLength(Layout.tupleSize(all));
            long[] pointers = new long[Math.max(0, Math.min(most, size - from))];
            Layout.tupleItems(all, from, pointers);
            return new Chunk(Items.values(gil, pointers), size);
        });
    }

    @Override
    public int size() {
        return Gil.with(gil -> size(gil, gil.use(object)));
    }

    private int size(Gil gil, long tuple) {
        long size = exact ? Layout.tupleSize(tuple) : gil.checkSize(C.PyObject_Size(tuple));
        return (int) Math.min(Integer.MAX_VALUE, size);
    }

    @Override
    public Object get(int index) {
        return Gil.with(gil -> {
            long tuple = gil.use(object);
            Objects.checkIndex(index, size(gil, tuple));
            if (exact) {
                long[] item = new long[1];
                Layout.tupleItems(tuple, index, item);
                return gil.toJava(item[0]);
            }
            return gil.toJava(gil.own(C.PyObject_GetItem(tuple, gil.python(index))));
        });
    }

    @Override
    public boolean equals(Object other) {
        return Nesting.isSame(object, other) || super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }

    @Override
    public String toString() {
        return Nesting.print(object, "(this Collection)", super::toString);
    }
}
