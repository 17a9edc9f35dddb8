package io.github.cpythonengine.python;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A context manager that was entered: {@code try (PyContext lock = object.enter()) { ... }}.
 *
 * <p>{@link #close} calls {@code __exit__(None, None, None)}, whatever happened: Java's try-with-resources tells no
 * resource which exception is on its way, and lets none suppress it. Where {@code __exit__} must see it (a transaction
 * that rolls back, say) there is {@link PyObject#with}, or {@link #exit} in a {@code catch}.
 *
 * <p>Ended once; what comes after does nothing. Any thread may end it, if the context manager itself does not mind: an
 * {@code RLock} is let go of by the thread that took it. (A virtual thread runs Python on changing platform threads.)
 * One that is forgotten is never ended.
 */
public final class PyContext implements AutoCloseable {

    /**
     * What is done in a context.
     *
     * @param <T> the result
     * @param <E> what may be thrown
     */
    @FunctionalInterface
    public interface Body<T, E extends Exception> {

        /** @param value what {@code __enter__} gave */
        T run(PyObject value) throws E;
    }

    /** {@code __exit__}, bound. */
    private final PyObject exit;

    private final PyObject value;
    private final AtomicBoolean ended = new AtomicBoolean();

    private PyContext(PyObject exit, PyObject value) {
        this.exit = exit;
        this.value = value;
    }

    static PyContext enter(PyObject manager) {
        return Gil.with(gil -> {
            long[] parts = new long[2];
            Layout.tupleItems(Half.call(gil, "enter", gil.use(manager.ref())), 0, parts);
            return new PyContext((PyObject) gil.objectOf(parts[0]), (PyObject) gil.objectOf(parts[1]));
        });
    }

    /** What {@code __enter__} gave: what comes after {@code as} in Python. */
    public PyObject value() {
        return value;
    }

    /**
     * Calls {@code __exit__} with an exception: a {@link PyException} is the Python exception itself, any other one that
     * of its Java class.
     *
     * @param error null for none
     * @return whether {@code __exit__} wants it suppressed; false once the context has ended
     * @throws PyException what {@code __exit__} raises
     * @throws IllegalStateException while the JVM is stopping, or if the value of a PyException has been closed; the
     *     context has not ended then
     */
    public boolean exit(Throwable error) {
        if (ended.get()) {
            return false;
        }
        return Gil.with(gil -> {
            long exception = error == null ? Py.NONE : PyErrors.exception(gil, error);
            if (!ended.compareAndSet(false, true)) { // not before: what fails up to here can be tried again
                return false;
            }
            try {
                return Half.call(gil, "leave", gil.use(exit.ref()), exception) == Py.TRUE;
            } finally {
                exit.close();
            }
        });
    }

    /** {@code exit(null)}. */
    @Override
    public void close() {
        exit(null);
    }
}
