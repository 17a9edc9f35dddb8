package io.github.cpythonengine.capi;

/** The first Java frame of an upcall. Nothing may leave it: on one backend the JVM would end. */
final class FirstFrame {

    private FirstFrame() {}

    /** What the target returns, or 0 when it throws; without an error set Python raises SystemError then. */
    static long call(Upcall target, long self, long args, long nargs, long kwnames) {
        try {
            return target.call(self, args, nargs, kwnames);
        } catch (Throwable lost) {
            return 0; // and no more: there may be no stack left
        }
    }
}
