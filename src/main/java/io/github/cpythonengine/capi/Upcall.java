package io.github.cpythonengine.capi;

/**
 * What C calls when Python calls a built-in function of ours: the signature of {@code
 * METH_FASTCALL | METH_KEYWORDS} (<a
 * href="https://docs.python.org/3/c-api/structures.html#c.PyCFunctionFastWithKeywords">C API</a>).
 *
 * <p>Called with the GIL held, on any thread, also on one that Python started. Should not throw:
 * what it throws is lost, and Python raises {@code SystemError} unless it finds an error set.
 */
@FunctionalInterface
public interface Upcall {

    /**
     * @param self borrowed
     * @param args address of {@code nargs} borrowed references, followed by the keyword values
     * @param nargs number of positional arguments
     * @param kwnames borrowed tuple of keyword names, or 0
     * @return a new reference, or 0 with a Python error set (of a slot: what that slot returns)
     */
    long call(long self, long args, long nargs, long kwnames);
}
