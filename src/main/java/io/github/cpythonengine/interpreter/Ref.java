package io.github.cpythonengine.interpreter;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.RefCounts;
import java.lang.ref.PhantomReference;

/**
 * One strong reference to a Python object, owned by one Java object (its referent). Released by
 * {@link #release}, or, when the referent was forgotten, by the {@link ReleaseQueue}; never twice.
 *
 * <p>Guarded by the GIL. While a {@link Gil} scope uses the object a release is put off to the end
 * of that scope, so that a close by another thread cannot pull it away in mid-call.
 */
public final class Ref extends PhantomReference<Object> {

    private long pointer;
    private int uses;
    private boolean doomed;

    /** Where {@link HeldRefs} has it. */
    int place;

    /** What Python's garbage collector does not look after meanwhile; null for nothing. */
    private long[] untracked;

    /** What else is to do, before the reference is given up; or null. */
    private final LastWork lastWork;

    /** GIL held. Must not refer to the referent. */
    @FunctionalInterface
    public interface LastWork {
        void run(Gil gil, long pointer);
    }

    Ref(Object referent, long pointer, LastWork lastWork) {
        super(referent, ReleaseQueue.FORGOTTEN);
        this.pointer = pointer;
        this.lastWork = lastWork;
        HeldRefs.add(this);
    }

    /**
     * Tells what is taken from Python's garbage collector: it gets it back before anybody uses or releases this
     * reference, which alone may lead to it.
     *
     * @param objects may still be filled in; 0 is none
     */
    public void untracked(long[] objects) {
        track();
        untracked = objects;
    }

    /** One by one: should the stack end here, the rest is still known. */
    private void track() {
        long[] objects = untracked;
        if (objects == null) {
            return;
        }
        for (int i = 0; i < objects.length; i++) {
            if (objects[i] != 0) {
                C.PyObject_GC_Track(objects[i]);
                objects[i] = 0;
            }
        }
        untracked = null;
    }

    /** The pointer for the length of a scope; see {@link Gil#use}. */
    long enter() {
        if (pointer == 0 || doomed) {
            throw new IllegalStateException("This Python object has been closed");
        }
        track();
        uses++;
        return pointer;
    }

    /** Borrowed, or 0. GIL held. */
    long pointer() {
        track();
        return pointer;
    }

    void leave() {
        if (--uses == 0 && doomed) {
            drop();
        }
    }

    /** Gives the reference up. GIL held; runs Python code. */
    void release() {
        if (uses > 0) {
            doomed = true;
        } else {
            drop();
        }
    }

    /** GIL held. */
    public boolean isReleased() {
        return pointer == 0 || doomed;
    }

    private void drop() {
        long last = pointer;
        track();
        if (last == 0) {
            return;
        }
        HeldRefs.remove(this);
        pointer = 0;
        if (lastWork != null) {
            try (Gil gil = Gil.acquire()) {
                lastWork.run(gil, last);
            } catch (RuntimeException e) {
                Interpreter.log().log(System.Logger.Level.WARNING, "releasing a Python object failed", e);
            }
        }
        RefCounts.decrement(last);
    }
}
