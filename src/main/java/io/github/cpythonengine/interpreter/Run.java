package io.github.cpythonengine.interpreter;

import java.io.Reader;
import java.io.Writer;
import java.lang.ref.Reference;

/**
 * One evaluation or call in progress on a thread: which module is {@code __main__} and where the streams go. Threads
 * that a script starts take over the run that started them, so a run may be asked after its evaluation ended.
 */
public interface Run {

    /** Always the same weak reference to this: what a thread keeps, also for a while after the run. */
    Reference<Run> reference();

    /** The module that is {@code __main__}. */
    Namespace namespace();

    Writer out();

    Writer err();

    Reader in();

    /** Whether names must be looked up again when Java code that Python called returns. */
    boolean isWatching();

    /** Looks the names up. Without the GIL: asks the host's own objects. */
    Object fetch();

    /** Brings in what {@link #fetch} found. */
    void apply(Gil gil, Object fetched);

    /** What limits the Java classes that its scripts reach, a {@code ClassAccess} of {@code host}; null for no limit. */
    default Object classAccess() {
        return null;
    }
}
