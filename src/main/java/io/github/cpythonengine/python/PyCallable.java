package io.github.cpythonengine.python;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.VirtualThreads;
import java.lang.reflect.Type;
import java.util.Objects;

/**
 * A Python function, or anything else that can be called, found once to be called often, with results of one Java type.
 * Made by {@link PyObject#callable(Class)}:
 *
 * <pre>{@code
 * PyCallable<Double> mean = engine.resolve("statistics.mean").callable(Double.class);
 * double average = mean.call(List.of(1, 2, 6));
 * }</pre>
 *
 * <p>No name is looked up in a call: what a script puts under the function's name later does not count. Arguments are
 * converted by the conversion table, a last one of type {@link Kwargs} gives keyword arguments, and an exception that the
 * call raises is thrown as {@link PyException}. What is printed goes where it goes for {@link PyObject#call}.
 *
 * <p>A view of its object, which it keeps alive; closing the object ends it. Usable from any thread, several at once.
 *
 * @param <T> the type of results
 */
public final class PyCallable<T> implements PyView {

    private final PyObject target;

    /** {@code Object} for the natural value. */
    private final Type result;

    private PyCallable(PyObject target, Type result) {
        this.target = target;
        this.result = result;
    }

    static <T> PyCallable<T> of(PyObject target, Type result) {
        if (!target.isCallable()) {
            throw new ClassCastException("a Python object of type " + target.typeName() + " cannot be called");
        }
        return new PyCallable<>(target, result);
    }

    @Override
    public PyObject pyObject() {
        return target;
    }

    /**
     * {@code function()}.
     *
     * @throws ClassCastException when the result's Python type has no such Java form
     * @throws ArithmeticException when the result does not fit
     */
    public T call() {
        return VirtualThreads.current() ? VirtualThreads.hopUnchecked(this::callHere) : callHere();
    }

    private T callHere() {
        try (Gil gil = Gil.acquire()) {
            return convert(gil, gil.own(C.PyObject_CallNoArgs(gil.use(target.ref()))));
        }
    }

    /** {@code function(argument)}; null is {@code None}. Throws as {@link #call()}. */
    public T call(Object argument) {
        if (argument instanceof Kwargs) {
            return callAll(argument);
        }
        return VirtualThreads.current() ? VirtualThreads.hopUnchecked(() -> callHere(argument)) : callHere(argument);
    }

    private T callHere(Object argument) {
        try (Gil gil = Gil.acquire()) {
            return convert(gil, gil.call(gil.use(target.ref()), gil.python(argument)));
        }
    }

    /** {@code function(first, second)}. Throws as {@link #call()}. */
    public T call(Object first, Object second) {
        if (second instanceof Kwargs) {
            return callAll(first, second);
        }
        return VirtualThreads.current()
                ? VirtualThreads.hopUnchecked(() -> callHere(first, second))
                : callHere(first, second);
    }

    private T callHere(Object first, Object second) {
        try (Gil gil = Gil.acquire()) {
            return convert(gil, gil.call(gil.use(target.ref()), gil.python(first), gil.python(second)));
        }
    }

    /**
     * {@code function(*arguments)}. An {@code Object[]} gives its elements, any other array is one argument. Throws as
     * {@link #call()}.
     *
     * @throws NullPointerException for a null array: {@code None} as the only argument is {@code call((Object) null)}
     */
    public T call(Object... arguments) {
        Objects.requireNonNull(arguments, "arguments; None as the only argument is call((Object) null)");
        return callAll(arguments);
    }

    private T callAll(Object... arguments) {
        return Gil.with(gil -> convert(gil, gil.call(gil.use(target.ref()), arguments)));
    }

    @SuppressWarnings("unchecked") // converted to this type
    private T convert(Gil gil, long value) {
        if (result == void.class) {
            return null;
        }
        return (T) (result == Object.class ? gil.toJava(value) : gil.toJava(value, result));
    }

    /** Python's {@code str} of the function, with the type of its results. */
    @Override
    public String toString() {
        return target + " -> " + result.getTypeName();
    }
}
