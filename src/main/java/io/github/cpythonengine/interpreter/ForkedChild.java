package io.github.cpythonengine.interpreter;

import static io.github.cpythonengine.capi.Api.C;

import java.util.Map;

/**
 * The child of {@code os.fork()}: a copy of the process with one thread, the script's. The JVM's own threads are not
 * there, so Java must not go on in it: calls into Java are refused, and where the script ends the child ends, as it would
 * without a JVM around it.
 */
public final class ForkedChild {

    private static boolean here;

    // ready before a fork: the child does as little in Java as it can
    private static long end;
    private static long pending;

    private static final byte[] REFUSAL =
            Py.cString("Java cannot be called in a forked child process: only the thread that forked goes on in it");

    private ForkedChild() {}

    static void install(Gil gil) {
        PythonHalf half = PythonHalf.load(gil, "forks", Map.of("java_is_gone", ForkedChild::begin));
        end = half.member(gil, "end");
        pending = C.allocate(3L * Long.BYTES);
        gil.call(half.member(gil, "install"));
    }

    private static long begin(Gil gil, Arguments arguments) {
        here = true;
        return gil.newRef(Py.NONE);
    }

    /** Whether this process is such a child. */
    public static boolean isHere() {
        return here;
    }

    /** Instead of a call from Python. GIL held. */
    static long refuse() {
        C.PyErr_SetString(Py.exception("RuntimeError"), REFUSAL);
        return 0;
    }

    /** Ends the process as the end of a Python script does, with the pending error if there is one. GIL held. */
    static void end(Gil gil) {
        C.PyErr_Fetch(pending, pending + Long.BYTES, pending + 2L * Long.BYTES);
        long error = Py.NONE;
        if (C.getLong(pending) != 0) {
            C.PyErr_NormalizeException(pending, pending + Long.BYTES, pending + 2L * Long.BYTES);
            error = C.getLong(pending + Long.BYTES);
        }
        gil.callRaw(end, 1, new long[] {error});
    }

    /**
     * The same.
     *
     * @param error the Python exception, or a text, that the script ended with, or null
     */
    public static void end(Gil gil, Object error) {
        gil.callRaw(end, 1, new long[] {gil.python(error)});
    }
}
