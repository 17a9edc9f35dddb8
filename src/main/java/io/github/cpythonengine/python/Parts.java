package io.github.cpythonengine.python;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** What a Python object is made of: the attributes, items and iteration of {@link PyObject}. */
abstract sealed class Parts extends Operators permits PyObject {

    /** The pointer, good in the scope of {@code gil}. */
    final long in(Gil gil) {
        return gil.use(ref());
    }

    // ---- attributes

    /**
     * {@code getattr(this, name)}.
     *
     * @throws PyException {@code AttributeError} when there is none
     */
    public Object getAttr(String name) {
        return getAttr(name, Object.class);
    }

    /** {@link #getAttr(String)} as a value of the wanted type, as {@link PyObject#as(Class)} makes it. */
    public <T> T getAttr(String name, Class<T> wanted) {
        return getAttr(name, type(wanted));
    }

    /** {@link #getAttr(String)} as a value of the wanted type, as {@link PyObject#as(TypeRef)} makes it. */
    public <T> T getAttr(String name, TypeRef<T> wanted) {
        return getAttr(name, wanted.type());
    }

    private <T> T getAttr(String name, Type wanted) {
        Objects.requireNonNull(name, "name");
        return converted(wanted, gil -> gil.own(C.PyObject_GetAttr(in(gil), gil.name(name))));
    }

    /** {@code hasattr(this, name)}: false when getting it raises {@code AttributeError}. */
    public boolean hasAttr(String name) {
        Objects.requireNonNull(name, "name");
        return Gil.with(gil -> {
            long found = C.PyObject_GetAttr(in(gil), gil.name(name));
            if (found == 0) {
                clearIf(gil, "AttributeError");
                return false;
            }
            gil.own(found);
            return true;
        });
    }

    /** {@code setattr(this, name, value)}. */
    public void setAttr(String name, Object value) {
        Objects.requireNonNull(name, "name");
        Gil.run(gil -> gil.check(C.PyObject_SetAttr(in(gil), gil.name(name), gil.python(value))));
    }

    /** {@code delattr(this, name)}. */
    public void delAttr(String name) {
        Objects.requireNonNull(name, "name");
        Gil.run(gil -> gil.check(C.PyObject_SetAttr(in(gil), gil.name(name), 0)));
    }

    /** {@code dir(this)}. */
    public List<String> dir() {
        return Gil.with(gil -> {
            long names = gil.own(C.PyObject_Dir(in(gil)));
            long[] items = Layout.listItems(names);
            List<String> all = new ArrayList<>(items.length);
            for (long item : items) {
                all.add(gil.text(gil.own(C.PyObject_Str(item)))); // __dir__ may give anything
            }
            return all;
        });
    }

    // ---- items

    /** {@code this[key]}; several keys, {@code this[1, 2]}, are a {@link PyObject#tuple}. */
    public Object getItem(Object key) {
        return getItem(key, Object.class);
    }

    /** {@link #getItem(Object)} as a value of the wanted type, as {@link PyObject#as(Class)} makes it. */
    public <T> T getItem(Object key, Class<T> wanted) {
        return getItem(key, type(wanted));
    }

    /** {@link #getItem(Object)} as a value of the wanted type, as {@link PyObject#as(TypeRef)} makes it. */
    public <T> T getItem(Object key, TypeRef<T> wanted) {
        return getItem(key, wanted.type());
    }

    private <T> T getItem(Object key, Type wanted) {
        return converted(wanted, gil -> gil.own(C.PyObject_GetItem(in(gil), gil.python(key))));
    }

    /** {@code this[key] = value}. */
    public void setItem(Object key, Object value) {
        Gil.run(gil -> gil.check(C.PyObject_SetItem(in(gil), gil.python(key), gil.python(value))));
    }

    /** {@code del this[key]}. */
    public void delItem(Object key) {
        Gil.run(gil -> gil.check(C.PyObject_DelItem(in(gil), gil.python(key))));
    }

    /** {@code this[start:stop]}; null for an end that is not given. With a step: {@code getItem(slice(...))}. */
    public PyObject getSlice(Object start, Object stop) {
        return Gil.with(gil -> (PyObject) gil.object(C.PyObject_GetItem(in(gil), slice(gil, start, stop, null))));
    }

    /** {@code this[start:stop] = values}; null for an end that is not given. */
    public void setSlice(Object start, Object stop, Object values) {
        Gil.run(gil -> gil.check(C.PyObject_SetItem(in(gil), slice(gil, start, stop, null), gil.python(values))));
    }

    /** {@code del this[start:stop]}; null for an end that is not given. */
    public void delSlice(Object start, Object stop) {
        Gil.run(gil -> gil.check(C.PyObject_DelItem(in(gil), slice(gil, start, stop, null))));
    }

    /** {@code len(this)}. */
    public long len() {
        return Gil.with(gil -> gil.checkSize(C.PyObject_Size(in(gil))));
    }

    /** {@code item in this}. */
    public boolean contains(Object item) {
        return Gil.with(gil -> gil.check(C.PySequence_Contains(in(gil), gil.python(item))) != 0);
    }

    // ---- iteration

    /** {@code iter(this)}; each item is taken when it is asked for, and converted. */
    public Iterator<Object> iterator() {
        return Items.iterator(ref());
    }

    /**
     * The items of {@code iter(this)}, taken from it one by one as the stream asks for them, so that a generator may be
     * endless. Closing the stream closes a generator, whose {@code finally} blocks then run: it belongs in a {@code try}.
     * May be read and closed by any thread; an exception that Python raises on the way comes out of the stream's
     * operation.
     */
    public Stream<Object> stream() {
        return Items.stream(ref(), Object.class);
    }

    /** {@link #stream()} of items converted as {@link PyObject#as(Class)} does it. */
    public <T> Stream<T> stream(Class<T> wanted) {
        return Items.stream(ref(), type(wanted));
    }

    /** {@link #stream()} of items converted as {@link PyObject#as(TypeRef)} does it. */
    public <T> Stream<T> stream(TypeRef<T> wanted) {
        return Items.stream(ref(), wanted.type());
    }

    static long slice(Gil gil, Object start, Object stop, Object step) {
        return Half.call(gil, "make_slice", gil.python(start), gil.python(stop), gil.python(step));
    }

    private static void clearIf(Gil gil, String exception) {
        if (C.PyErr_GivenExceptionMatches(C.PyErr_Occurred(), Py.exception(exception)) == 0) {
            throw gil.error();
        }
        C.PyErr_Clear();
    }

    // ---- results of the wanted type

    static Type type(Class<?> wanted) {
        return Objects.requireNonNull(wanted, "wanted");
    }

    /** The Java value, of the wanted type, of what the work gives: used or owned by the scope. */
    @SuppressWarnings("unchecked") // converted to this type; a primitive class has the type of its box
    static <T> T converted(Type wanted, ToLongFunction<Gil> work) {
        return (T) Gil.with(gil -> {
            long object = work.applyAsLong(gil);
            return wanted == Object.class ? gil.toJava(object) : gil.toJava(object, wanted);
        });
    }
}
