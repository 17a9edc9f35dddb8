package io.github.cpythonengine.python;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Interpreter;
import io.github.cpythonengine.interpreter.Py;
import io.github.cpythonengine.interpreter.Ref;
import io.github.cpythonengine.interpreter.Run;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;

/**
 * Any Python object: what has no Java kind of its own arrives as one, and every live view ({@link
 * PyView}) has one behind it.
 *
 * <p>Holds one strong reference. {@link #close} gives it up at once; a forgotten object is given up
 * after it was garbage collected. Usable from any thread. Arguments and results are converted by
 * the conversion table; a Python exception is thrown as {@link PyException}. Every method but
 * {@link #close} throws {@link IllegalStateException} after a close, and while the JVM is stopping.
 *
 * <p>{@code equals}, {@code hashCode} and {@code toString} are Python's {@code ==}, {@code hash} and
 * {@code str}.
 */
public final class PyObject implements AutoCloseable, Iterable<Object> {

    private final Ref ref;

    /** Of a coroutine the run that made it, where its code belongs; else null. */
    private final Run madeIn;

    PyObject(Gil gil, long newRef) {
        ref = gil.ref(this, newRef);
        madeIn = Layout.typeOf(newRef) == Py.COROUTINE ? Gil.currentRun() : null;
    }

    Ref ref() {
        return ref;
    }

    /** The pointer, good in the scope of {@code gil}. */
    private long in(Gil gil) {
        return gil.use(ref);
    }

    // ---- attributes

    /**
     * {@code getattr(this, name)}.
     *
     * @throws PyException {@code AttributeError} when there is none
     */
    public Object getAttr(String name) {
        Objects.requireNonNull(name, "name");
        return Gil.with(gil -> gil.toJava(gil.own(C.PyObject_GetAttr(in(gil), gil.name(name)))));
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
            long[] items = new long[Layout.arrayLength(Layout.listSize(names))];
            Layout.listItems(names, 0, items);
            List<String> all = new ArrayList<>(items.length);
            for (long item : items) {
                all.add(gil.text(gil.own(C.PyObject_Str(item)))); // __dir__ may give anything
            }
            return all;
        });
    }

    // ---- items

    /** {@code this[key]}. */
    public Object getItem(Object key) {
        return Gil.with(gil -> gil.toJava(gil.own(C.PyObject_GetItem(in(gil), gil.python(key)))));
    }

    /** {@code this[key] = value}. */
    public void setItem(Object key, Object value) {
        Gil.run(gil -> gil.check(C.PyObject_SetItem(in(gil), gil.python(key), gil.python(value))));
    }

    /** {@code del this[key]}. */
    public void delItem(Object key) {
        Gil.run(gil -> gil.check(C.PyObject_DelItem(in(gil), gil.python(key))));
    }

    /** {@code len(this)}. */
    public long len() {
        return Gil.with(gil -> gil.checkSize(C.PyObject_Size(in(gil))));
    }

    /** {@code item in this}. */
    public boolean contains(Object item) {
        return Gil.with(gil -> gil.check(C.PySequence_Contains(in(gil), gil.python(item))) != 0);
    }

    /** {@code iter(this)}; each item is converted when it is asked for. */
    @Override
    public Iterator<Object> iterator() {
        return new Items(Gil.with(gil -> (PyObject) gil.object(C.PyObject_GetIter(in(gil)))));
    }

    /** Java's protocol over Python's: looks one item ahead. */
    private static final class Items implements Iterator<Object> {
        private final PyObject iterator;
        private boolean looked;
        private boolean more;
        private Object next;

        Items(PyObject iterator) {
            this.iterator = iterator;
        }

        @Override
        public boolean hasNext() {
            if (!looked) {
                Gil.run(gil -> {
                    long item = C.PyIter_Next(iterator.in(gil));
                    if (item == 0) {
                        gil.checkError();
                    }
                    more = item != 0;
                    next = more ? gil.toJava(gil.own(item)) : null;
                });
                looked = true;
            }
            return more;
        }

        @Override
        public Object next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            looked = false;
            return next;
        }
    }

    // ---- calls

    /**
     * {@code this(*arguments)}; a last argument of type {@link Kwargs} gives keyword arguments.
     *
     * @param arguments null for none
     */
    public Object call(Object... arguments) {
        return Gil.with(gil -> gil.toJava(gil.call(in(gil), arguments)));
    }

    /** {@code this.name(*arguments)}, with keyword arguments as for {@link #call}. */
    public Object callMethod(String name, Object... arguments) {
        Objects.requireNonNull(name, "name");
        return Gil.with(gil -> {
            long method = gil.own(C.PyObject_GetAttr(in(gil), gil.name(name)));
            return gil.toJava(gil.call(method, arguments));
        });
    }

    /** {@code callable(this)}. */
    public boolean isCallable() {
        return Gil.with(gil -> C.PyCallable_Check(in(gil)) != 0);
    }

    // ---- what it is

    /**
     * This object as a Java value of the wanted type; {@code None} is null.
     *
     * <p>Whole numbers and {@code char} are checked for their range and never come of a float or a bool; a {@code
     * double} of an int has exactly its value. Arrays are copies of any iterable. {@code List}, {@code Map}, {@code Set}
     * and {@code Iterator} are live views where the object is of that kind. An enum constant comes by its name. Any
     * other interface is implemented by the object: by a callable if it has one method, else by the object's methods
     * (see {@code wrap.PyProxies}). {@code Object} is the natural value, {@code PyObject} this object.
     *
     * <p>{@code CompletionStage}, {@code CompletableFuture} and {@code Future} are the outcome of a coroutine, or of
     * anything else that Python can await. The coroutine runs on an event loop of asyncio's on a thread of its own, one
     * for the process, in the context ({@code contextvars}) of the caller; it prints where the run that made it does.
     * What it raises is the cause of the failure, a Java exception as itself. Who cancels or completes the future
     * cancels the coroutine. Dependent stages run on the loop's thread, which must not wait, unless they were added by
     * a method whose name ends in {@code Async}.
     *
     * @throws ClassCastException when its Python type has no such Java form
     * @throws ArithmeticException when the value does not fit
     */
    public <T> T as(Class<T> wanted) {
        Objects.requireNonNull(wanted, "wanted");
        Object value = Gil.with(gil -> converted(gil, wanted));
        @SuppressWarnings("unchecked") // a primitive class has the type of its box
        T cast = (T) value;
        return cast;
    }

    private Object converted(Gil gil, Class<?> wanted) {
        if (madeIn == null) {
            return gil.toJava(in(gil), wanted);
        }
        Run before = Gil.beginRun(madeIn);
        try {
            return gil.toJava(in(gil), wanted);
        } finally {
            Gil.endRun(before);
        }
    }

    /** {@code bool(this)}. */
    public boolean isTrue() {
        return Gil.with(gil -> gil.check(C.PyObject_IsTrue(in(gil))) != 0);
    }

    /** {@code type(this)}. */
    public PyObject type() {
        return Gil.with(gil -> (PyObject) gil.objectOf(Layout.typeOf(in(gil))));
    }

    /** The name of its class with the module, except for built-ins: {@code "decimal.Decimal"}. */
    public String typeName() {
        return Gil.with(gil -> TypeNames.of(gil, in(gil)));
    }

    /** {@code isinstance(this, type)}; a tuple of types works as in Python. */
    public boolean isInstance(PyObject type) {
        Objects.requireNonNull(type, "type");
        return Gil.with(gil -> gil.check(C.PyObject_IsInstance(in(gil), type.in(gil))) != 0);
    }

    /** {@code repr(this)}. */
    public String repr() {
        return Gil.with(gil -> gil.text(gil.own(C.PyObject_Repr(in(gil)))));
    }

    /** {@code str(this)}; or says that this is closed, or that {@code str} failed. */
    @Override
    public String toString() {
        try {
            return Gil.with(gil -> gil.text(gil.own(C.PyObject_Str(in(gil)))));
        } catch (IllegalStateException e) {
            return "<Python object: " + e.getMessage() + ">";
        } catch (PyException e) {
            return "<Python " + typeName() + " object whose str() raises " + e.getTypeName() + ">";
        }
    }

    /** Python's {@code ==}; false where that raises. */
    @Override
    public boolean equals(Object other) {
        if (this == other) {
            return true;
        }
        Ref that = PyObjects.refOf(other);
        if (that == null || Interpreter.running() == null) {
            return false;
        }
        return Gil.with(gil -> {
            int same = C.PyObject_RichCompareBool(in(gil), gil.use(that), Py.EQ);
            if (same < 0) {
                C.PyErr_Clear();
            }
            return same > 0;
        });
    }

    /** Python's {@code hash}, folded; the identity's for an unhashable object. */
    @Override
    public int hashCode() {
        return Gil.with(gil -> {
            long object = in(gil);
            long hash = C.PyObject_Hash(object);
            if (hash == -1) {
                C.PyErr_Clear();
                hash = object >> 4;
            }
            return Long.hashCode(hash);
        });
    }

    /** Gives the reference up. Once is enough, any thread; later uses of this object fail. */
    @Override
    public void close() {
        try {
            Gil.run(gil -> gil.release(ref));
        } catch (IllegalStateException e) {
            // the JVM is stopping: nothing is released any more
        }
    }

    private static void clearIf(Gil gil, String exception) {
        if (C.PyErr_GivenExceptionMatches(C.PyErr_Occurred(), Py.exception(exception)) == 0) {
            throw gil.error();
        }
        C.PyErr_Clear();
    }
}
