package io.github.cpythonengine.wrap;

import io.github.cpythonengine.interpreter.Gil;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The outcome of a Python awaitable, or what depends on it. Who waits for one lets go of the GIL, and never is the loop
 * that is waited for.
 */
class LoopFuture<T> extends CompletableFuture<T> {

    /** What is known of the awaitable. It does not hold its value, which dependents may outlive. */
    static final class Source {
        final long number;
        volatile boolean ended;

        /** The one that started it, where a loop of somebody else's ran that also runs the awaitable; or null. */
        volatile Thread loopThread;

        Source(long number) {
            this.number = number;
        }
    }

    final Source source;

    LoopFuture(Source source) {
        this.source = source;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new LoopFuture<>(source);
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        try {
            return waiting(super::get);
        } catch (TimeoutException e) {
            throw new IllegalStateException(e); // get() has no time limit
        }
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        return waiting(() -> super.get(timeout, unit));
    }

    @Override
    public T join() {
        try {
            return waiting(super::join);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new CompletionException(e); // join() throws none
        }
    }

    private T waiting(Callable<T> wait) throws InterruptedException, ExecutionException, TimeoutException {
        if (!isDone() && !source.ended && EventLoop.runsHere(source)) {
            throw new IllegalStateException("waiting for a coroutine on the thread that runs it would never end: "
                    + "await it, or add dependent stages by the methods that end in Async");
        }
        try {
            return Gil.waiting(wait);
        } catch (InterruptedException | ExecutionException | TimeoutException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new CompletionException(e); // there are no others
        }
    }
}
