package io.github.cpythonengine.interpreter;

import java.lang.ref.WeakReference;

/** A weak reference that is told, by the reaper, when its referent was garbage collected. */
public abstract class Forgotten<T> extends WeakReference<T> {

    protected Forgotten(T referent) {
        super(referent, ReleaseQueue.FORGOTTEN);
    }

    /** The referent is gone. On the reaper's thread, without the GIL. */
    protected abstract void gone();
}
