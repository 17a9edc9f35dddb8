package io.github.cpythonengine.interpreter;

import java.io.Reader;
import java.io.Writer;

/**
 * One evaluation or call in progress on a thread: which module is {@code __main__} and where the
 * streams go. Threads that a script starts take over the run that started them, so a run may be
 * asked after its evaluation ended.
 */
public interface Run {

    /** Borrowed pointer to the dict of the module that is {@code __main__}. */
    long mainDict();

    Writer out();

    Writer err();

    Reader in();
}
