package io.github.cpythonengine.interpreter;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Waits for another thread's work to its end, also when interrupted: the work uses what the caller gave it. */
final class Waiting {

    private Waiting() {}

    /** The result of the work, or what it threw, as it is. */
    static <T> T resultOf(Future<T> work) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return work.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw Waiting.<RuntimeException>asItIs(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @SuppressWarnings("unchecked") // a checked exception passes as if it were unchecked
    private static <E extends Throwable> E asItIs(Throwable error) throws E {
        throw (E) error;
    }
}
