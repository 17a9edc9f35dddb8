package io.github.cpythonengine.interpreter;

import static io.github.cpythonengine.capi.Api.C;

/**
 * Which run the code belongs to that takes turns with other code on one thread, as coroutines do: a context variable
 * ({@code contextvars}) refers to it, so that all that is started in such a context, in whatever thread, inherits it.
 */
public final class RunContext {

    /** The {@code ContextVar}: borrowed, for the life of the process. */
    private static long variable;

    /** Whether any context has a run: until then nobody needs to look. */
    private static boolean used;

    private RunContext() {}

    static void use(long contextVar) {
        variable = contextVar;
    }

    /** The variable, to be set to a {@link #reference}; borrowed. */
    public static long variable() {
        return variable;
    }

    /** What a context keeps of this thread's run: None when there is none. Owned by the scope. */
    public static long reference(Gil gil) {
        Run run = Gil.currentRun();
        if (run == null) {
            return Py.NONE;
        }
        used = true;
        return gil.own(Bridge.javaObjects().reference(gil, run));
    }

    /** The run of the context that is the current one on this thread, or another one. GIL held, no error set. */
    static Run here(Gil gil, Run otherwise) {
        if (!used) {
            return otherwise;
        }
        long cell = gil.cell();
        if (C.PyContextVar_Get(variable, Py.NONE, cell) != 0) {
            C.PyErr_Clear();
            return otherwise;
        }
        long reference = gil.own(C.getLong(cell));
        return reference == Py.NONE ? otherwise : (Run) Bridge.javaObjects().referred(reference);
    }
}
