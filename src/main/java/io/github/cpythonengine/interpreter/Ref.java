package io.github.cpythonengine.interpreter;

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

    /** The pointer for the length of a scope; see {@link Gil#use}. */
    long enter() {
        if (pointer == 0 || doomed) {
            throw new IllegalStateException("This Python object has been closed");
        }
        uses++;
        return pointer;
    }

    /** Borrowed, or 0. GIL held. */
    long pointer() {
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
