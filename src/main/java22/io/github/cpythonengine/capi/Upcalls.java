package io.github.cpythonengine.capi;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Makes C functions of {@link Upcall}s. */
final class Upcalls {

    private static final FunctionDescriptor SHAPE =
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

    private Upcalls() {}

    /** Its address, for ever. A thread that Java does not know is attached as a daemon until it ends. */
    static long stub(Upcall target, long failed) {
        MethodType type = MethodType.methodType(
                long.class, Upcall.class, long.class, long.class, long.class, long.class, long.class);
        try {
            MethodHandle enter = MethodHandles.lookup().findStatic(FirstFrame.class, "call", type);
            MethodHandle bound = MethodHandles.insertArguments(enter, 0, target, failed);
            return Linker.nativeLinker()
                    .upcallStub(bound, SHAPE, Arena.global())
                    .address();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no upcall", e);
        }
    }
}
