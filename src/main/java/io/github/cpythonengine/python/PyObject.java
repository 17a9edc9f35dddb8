package io.github.cpythonengine.python;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Interpreter;
import io.github.cpythonengine.interpreter.Py;
import io.github.cpythonengine.interpreter.Ref;
import io.github.cpythonengine.interpreter.Run;
import java.lang.ref.Reference;
import java.lang.reflect.Type;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Any Python object: what has no Java kind of its own arrives as one, and every live view ({@link
 * PyView}) has one behind it.
 *
 * <p>Holds one strong reference. {@link #close} gives it up at once; a forgotten object is given up
 * after it was garbage collected. Usable from any thread. Arguments are converted by the conversion table, null is
 * {@code None}. What {@code getAttr}, {@code getItem}, {@code call} and iteration give is converted too, a scalar to a
 * plain Java value, or to the type that is asked for ({@code callAs}); operators give a {@code PyObject}, to go on with.
 * A Python exception is thrown as {@link PyException}. Every method but {@link #close} throws {@link
 * IllegalStateException} after a close, and while the JVM is stopping.
 *
 * <p>What Python code prints meanwhile goes where the run in progress on this thread says: a script's that called Java, or
 * that of the engine's {@code withGil}. Without one it goes to the process's own streams, and no engine's {@code
 * ClassAccess} counts.
 *
 * <p>{@code equals}, {@code hashCode} and {@code toString} are Python's {@code ==}, {@code hash} and
 * {@code str}.
 */
public final class PyObject extends Parts implements AutoCloseable, Iterable<Object> {

    private final Ref ref;

    /** Of a coroutine the run that made it, where its code belongs; else null. */
    private final Run madeIn;

    PyObject(Gil gil, long newRef) {
        ref = gil.ref(this, newRef);
        madeIn = Layout.typeOf(newRef) == Py.COROUTINE ? Gil.currentRun() : null;
    }

    @Override
    Ref ref() {
        return ref;
    }

    // ---- made of Java values, once Python runs: after the first use of an engine

    /** The Python object that a Java value is by the conversion table. */
    public static PyObject of(Object value) {
        return Gil.with(gil -> (PyObject) gil.object(gil.toPython(value)));
    }

    /** A {@code tuple} of these: {@code (*items,)}. A key of several parts, as for arrays, is one. */
    public static PyObject tuple(Object... items) {
        return Gil.with(gil -> {
            long tuple = gil.own(C.PyTuple_New(items.length));
            for (int i = 0; i < items.length; i++) {
                gil.check(C.PyTuple_SetItem(tuple, i, gil.toPython(items[i])));
            }
            return (PyObject) gil.objectOf(tuple);
        });
    }

    /** {@code slice(start, stop, step)}, a key: each may be null for "as far as it goes". */
    public static PyObject slice(Object start, Object stop, Object step) {
        return Gil.with(gil -> (PyObject) gil.objectOf(slice(gil, start, stop, step)));
    }

    // ---- context managers

    /**
     * {@code __enter__}, for a {@code try} with resources: see {@link PyContext} for what that can't do.
     *
     * @throws PyException {@code TypeError} when this is no context manager, or what {@code __enter__} raises
     */
    public PyContext enter() {
        return PyContext.enter(this);
    }

    /**
     * {@code with this as value: body}. An exception of the body goes to {@code __exit__}, which may suppress it, unless
     * it is an {@code Error}: then the result is null. What {@code __exit__} itself raises is thrown instead of it, with
     * it as the cause.
     *
     * @param body takes what {@code __enter__} gave
     */
    public <T, E extends Exception> T with(PyContext.Body<T, E> body) throws E {
        Objects.requireNonNull(body, "body");
        PyContext context = enter();
        T result;
        try {
            result = body.run(context.value());
        } catch (Throwable error) {
            if (context.exit(error) && error instanceof Exception) {
                return null;
            }
            throw error;
        }
        context.close();
        return result;
    }

    // ---- calls

    /**
     * {@code this(*arguments)}; a last argument of type {@link Kwargs} gives keyword arguments.
     *
     * @param arguments null for none
     */
    public Object call(Object... arguments) {
        return call(Object.class, arguments);
    }

    /** {@link #call} with a result of the wanted type, as {@link #as(Class)} makes it. */
    public <T> T callAs(Class<T> wanted, Object... arguments) {
        return call(type(wanted), arguments);
    }

    /** {@link #call} with a result of the wanted type, as {@link #as(TypeRef)} makes it. */
    public <T> T callAs(TypeRef<T> wanted, Object... arguments) {
        return call(wanted.type(), arguments);
    }

    private <T> T call(Type wanted, Object[] arguments) {
        return converted(wanted, gil -> gil.call(in(gil), arguments));
    }

    /** {@code this.name(*arguments)}, with keyword arguments as for {@link #call}. */
    public Object callMethod(String name, Object... arguments) {
        return callMethod(Object.class, name, arguments);
    }

    /** {@link #callMethod} with a result of the wanted type, as {@link #as(Class)} makes it. */
    public <T> T callMethodAs(Class<T> wanted, String name, Object... arguments) {
        return callMethod(type(wanted), name, arguments);
    }

    /** {@link #callMethod} with a result of the wanted type, as {@link #as(TypeRef)} makes it. */
    public <T> T callMethodAs(TypeRef<T> wanted, String name, Object... arguments) {
        return callMethod(wanted.type(), name, arguments);
    }

    private <T> T callMethod(Type wanted, String name, Object[] arguments) {
        Objects.requireNonNull(name, "name");
        return converted(wanted, gil -> gil.call(gil.own(C.PyObject_GetAttr(in(gil), gil.name(name))), arguments));
    }

    /**
     * A handle to call this often, with results as {@link #call} gives them.
     *
     * @throws ClassCastException when it cannot be called
     */
    public PyCallable<Object> callable() {
        return PyCallable.of(this, Object.class);
    }

    /**
     * {@link #callable()} with results of the wanted type, as {@link #as(Class)} makes them; {@code void.class} for results
     * that nobody looks at.
     */
    public <T> PyCallable<T> callable(Class<T> result) {
        return PyCallable.of(this, type(result));
    }

    /** {@link #callable()} with results of the wanted type, as {@link #as(TypeRef)} makes them. */
    public <T> PyCallable<T> callable(TypeRef<T> result) {
        return PyCallable.of(this, result.type());
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
     * double} of an int has exactly its value. Arrays are copies of any iterable, those of
     * primitives with any number of axes in a block of what shows its memory; {@code java.nio} buffers, {@code
     * MemorySegment} and {@code wrap.NdArray} lie on that memory. {@code List}, {@code Map}, {@code Set}
     * and {@code Iterator} are live views where the object is of that kind; a {@code Stream} is that of {@link #stream()}. An enum constant comes by its name. Any
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
        return inItsRun(() -> converted(type(wanted), this::in));
    }

    /**
     * This object as a Java value of a type with arguments, whose parts are converted as {@link #as(Class)} does it: a
     * {@code new TypeRef<Map<String, List<Long>>>() {}} makes a map of lists of nothing but {@code Long}s, from any
     * dict of iterables. All items are checked; lists and dicts stay live, their items are converted as they are read,
     * and copies of anything else cannot be changed. {@code Iterator<Long>} and {@code Stream<Long>} convert each item when it is asked for; other
     * generic interfaces are implemented by the object, with results of the types that the arguments say.
     *
     * @throws ClassCastException when a Python type has no such Java form; the message has the path to the value
     * @throws ArithmeticException when a value does not fit
     */
    public <T> T as(TypeRef<T> wanted) {
        return inItsRun(() -> converted(wanted.type(), this::in));
    }

    private <T> T inItsRun(Supplier<T> work) {
        if (madeIn == null) {
            return work.get();
        }
        return Gil.with(gil -> {
            Reference<? extends Run> before = gil.beginRun(madeIn.reference());
            try {
                return work.get();
            } finally {
                gil.endRun(before);
                Reference.reachabilityFence(madeIn);
            }
        });
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

    /** Its documentation, a class's inherited one too, with its indentation mended; or null. {@code inspect.getdoc(this)}. */
    public String doc() {
        return Gil.with(gil -> {
            long text = Half.call(gil, "doc", in(gil));
            return text == Py.NONE ? null : gil.text(text);
        });
    }

    /** {@code str(this)}, with the exception that it raises; {@link #toString} never throws. */
    public String str() {
        return Gil.with(gil -> gil.text(gil.own(C.PyObject_Str(in(gil)))));
    }

    /** {@code repr(this)}. */
    public String repr() {
        return Gil.with(gil -> gil.text(gil.own(C.PyObject_Repr(in(gil)))));
    }

    /** {@code str(this)}; or says that this is closed, or that {@code str} failed. */
    @Override
    public String toString() {
        try {
            return str();
        } catch (IllegalStateException e) {
            return "<Python object: " + e.getMessage() + ">";
        } catch (PyException e) {
            return "<Python " + typeName() + " object whose str() raises " + e.getTypeName() + ">";
        }
    }

    /** {@code this is other}: whether it is the identical object. */
    public boolean is(Object other) {
        return Gil.with(gil -> in(gil) == gil.python(other));
    }

    /**
     * The order of two objects as Java wants it, by Python's {@code <}, {@code ==} and {@code >}: {@code
     * list.sort(PyObject::compare)}.
     *
     * @return negative, 0 or positive
     * @throws PyException {@code TypeError} when the two cannot be ordered, or what a comparison raises
     * @throws ArithmeticException when none of the three holds: a NaN, say, or sets of which none contains the other
     */
    public int compare(Object other) {
        return Gil.with(gil -> {
            long left = in(gil);
            long right = gil.python(other);
            if (holds(gil, left, right, Py.LT)) {
                return -1;
            }
            if (holds(gil, left, right, Py.EQ)) {
                return 0;
            }
            if (holds(gil, left, right, Py.GT)) {
                return 1;
            }
            throw new ArithmeticException("no order: objects of type " + TypeNames.of(gil, left) + " and "
                    + TypeNames.of(gil, right) + " of which none is less, equal or greater");
        });
    }

    private static boolean holds(Gil gil, long left, long right, int operator) {
        return gil.check(C.PyObject_RichCompareBool(left, right, operator)) != 0;
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
}
