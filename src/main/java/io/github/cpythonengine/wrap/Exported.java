package io.github.cpythonengine.wrap;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.PyBuffer;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Ref;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Memory that a Python object exports, which stays where it is until it is released here: by {@link #close}, or when
 * nothing in Java refers to this any more.
 *
 * <p>Whoever uses an address does so between {@link #enter} and {@link #leave}, on any thread, without the GIL. A
 * release waits for the last one to leave; {@link #lend} counts as one what lies on the memory without asking, buffers
 * of {@code java.nio} and segments.
 */
final class Exported {

    private static final int CLOSED = Integer.MIN_VALUE;
    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Exported.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** How many use the memory at the moment, with {@link #CLOSED} added after a close. */
    private volatile int state;

    private final Ref ref;
    private final long address;

    final boolean readOnly;
    final DType type;
    final Strided whole;

    private Exported(Gil gil, long object, long view, String format) {
        address = PyBuffer.address(view);
        readOnly = PyBuffer.isReadOnly(view);
        type = Format.parse(format == null ? PyBuffer.format(view) : format, PyBuffer.itemSize(view));
        whole = new Strided(0, PyBuffer.shape(view), PyBuffer.strides(view));
        ref = gil.ref(this, gil.newRef(object), release(view, Waiting.add(address, PyBuffer.length(view))));
    }

    /** Refers to nothing but the address. */
    private static Ref.LastWork release(long view, long waiting) {
        return (gil, pointer) -> {
            free(view);
            Waiting.remove(waiting);
        };
    }

    private static void free(long view) {
        C.PyBuffer_Release(view);
        C.free(view);
    }

    /**
     * The memory of a borrowed object, or null with a Python error set when it gives none.
     *
     * @param format what its items are, or null when the object itself says so
     */
    static Exported of(Gil gil, long object, String format) {
        long view = C.allocate(PyBuffer.SIZE);
        if (C.PyObject_GetBuffer(object, view, PyBuffer.RECORDS_RO) != 0) {
            C.free(view);
            return null;
        }
        try {
            return new Exported(gil, object, view, format);
        } catch (Throwable t) {
            free(view);
            throw t;
        }
    }

    /** The memory's address, good until {@link #leave}. */
    long enter() {
        if ((int) STATE.getAndAdd(this, 1) < 0) {
            leave();
            throw new IllegalStateException("This array has been closed");
        }
        return address;
    }

    void leave() {
        int before = (int) STATE.getAndAdd(this, -1);
        if (before == CLOSED + 1) {
            ref.enqueue(); // this thread need not hold the GIL, and may hold anything else
        }
    }

    /** Counts a user that is to call the result when it is gone, once. Between enter and leave. */
    Runnable lend() {
        STATE.getAndAdd(this, 1);
        return this::leave;
    }

    /** Releases the memory as soon as nobody uses it. Any thread; once is enough. */
    void close() {
        int before = (int) STATE.getAndBitwiseOr(this, CLOSED);
        if (before != 0) {
            return; // closed before, or in use
        }
        try {
            Gil.run(gil -> gil.release(ref));
        } catch (IllegalStateException e) {
            // the JVM is stopping: nothing is released any more
        }
    }
}
