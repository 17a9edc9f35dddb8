package io.github.cpythonengine.host;

import io.github.cpythonengine.interpreter.Arguments;
import io.github.cpythonengine.interpreter.Bridge;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import io.github.cpythonengine.interpreter.PythonHalf;
import io.github.cpythonengine.python.PyObject;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

/** Java's CompletionStages as something that Python can await; {@code host_stages.py} is the Python side. */
final class Stages {

    private static final int VALUE = 0;
    private static final int ERROR = 1;
    private static final int CANCELLED = 2;

    private Stages() {}

    /** What Python adds to the interface. Borrowed. */
    static long mixin(Gil gil) {
        return PythonHalf.load(
                        gil, "host_stages", Map.of("when_complete", Stages::whenComplete, "cancel", Stages::cancel))
                .member(gil, "CompletionStage");
    }

    /** {@code when_complete(stage, settle)}: settle(kind, value) will be called once, on any thread. */
    private static long whenComplete(Gil gil, Arguments arguments) throws Exception {
        CompletionStage<?> stage = Receivers.get(gil, arguments, CompletionStage.class);
        PyObject settle = (PyObject) gil.objectOf(arguments.get(1));
        gil.released(() -> stage.whenComplete((value, error) -> settle(settle, value, error)));
        return gil.newRef(Py.NONE);
    }

    private static void settle(PyObject settle, Object value, Throwable error) {
        try {
            Gil.run(gil -> gil.call(gil.use(settle), outcome(gil, value, error)));
        } catch (IllegalStateException e) {
            return; // the JVM is stopping, and nobody waits any more
        }
        settle.close();
    }

    private static long[] outcome(Gil gil, Object value, Throwable error) {
        if (error == null) {
            try {
                return new long[] {gil.python(VALUE), gil.own(Values.toPython(gil, value))};
            } catch (Throwable e) { // of a user's converter
                return failure(gil, e);
            }
        }
        return failure(gil, error);
    }

    private static long[] failure(Gil gil, Throwable error) {
        Throwable reason = error;
        while (reason instanceof CompletionException && reason.getCause() != null) {
            reason = reason.getCause();
        }
        return reason instanceof CancellationException
                ? new long[] {gil.python(CANCELLED), Py.NONE}
                : new long[] {gil.python(ERROR), gil.own(Bridge.javaObjects().exception(gil, reason))};
    }

    /** {@code cancel(stage)}, when the one who awaited it was cancelled. */
    private static long cancel(Gil gil, Arguments arguments) throws Exception {
        CompletionStage<?> stage = Receivers.get(gil, arguments, CompletionStage.class);
        gil.released(() -> {
            try {
                Future<?> future = stage instanceof Future<?> itself ? itself : stage.toCompletableFuture();
                return future.cancel(true);
            } catch (UnsupportedOperationException e) {
                return false; // a stage need not have one
            }
        });
        return gil.newRef(Py.NONE);
    }
}
