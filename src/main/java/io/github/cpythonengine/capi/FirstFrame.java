package io.github.cpythonengine.capi;

import static io.github.cpythonengine.capi.Api.C;

import java.nio.charset.StandardCharsets;

/** The first Java frame of an upcall. Nothing may leave it: on one backend the JVM would end. */
final class FirstFrame {

    private static final long SYSTEM_ERROR = C.getLong(C.address("PyExc_SystemError"));
    private static final long TEXT = text("Java code that Python called failed, for want of stack or memory perhaps");

    private FirstFrame() {}

    /** Initialises this class, which must not happen when the stack is nearly used up. GIL held. */
    static void prepare() {
        C.PyErr_Occurred();
    }

    /** What the target returns, or {@code failed} and SystemError, unless an error is set, when it throws. */
    static long call(Upcall target, long failed, long self, long args, long nargs, long kwnames) {
        try {
            return target.call(self, args, nargs, kwnames);
        } catch (Throwable lost) {
            try {
                if (C.PyErr_Occurred() == 0) {
                    C.PyErr_SetString(SYSTEM_ERROR, TEXT);
                }
            } catch (Throwable again) {
                // there is no stack left even for that; Python raises a SystemError of its own
            }
            return failed;
        }
    }

    private static long text(String text) {
        byte[] bytes = (text + "\0").getBytes(StandardCharsets.US_ASCII);
        return CopiedBytes.ownOf(bytes, bytes.length);
    }
}
