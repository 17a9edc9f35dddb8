package io.github.cpythonengine.wrap;

import io.github.cpythonengine.interpreter.Gil;
import java.lang.reflect.Type;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The outcome of a Python awaitable. Completed by anybody else, it cancels what it waited for. */
final class PyFuture extends CompletableFuture<Object> {

    private final Type type;
    private final long number;
    private volatile boolean ended;

    /** @param type of the value */
    PyFuture(Type type, long number) {
        this.type = type;
        this.number = number;
    }

    Type type() {
        return type;
    }

    /** After the awaitable has been started. */
    void watch() {
        whenComplete((value, error) -> {
            if (!ended) {
                EventLoop.cancel(number);
            }
        });
    }

    /** Its task has ended with a value, or with an error that is not null. No GIL: runs dependent stages. */
    void end(Object value, Throwable error) {
        ended = true;
        if (error == null) {
            complete(value);
        } else if (error instanceof CancellationException) {
            super.cancel(false);
        } else {
            completeExceptionally(error);
        }
    }

    // ---- who waits lets go of the GIL, and never is the loop that is waited for

    @Override
    public Object get() throws InterruptedException, ExecutionException {
        try {
            return waiting(super::get);
        } catch (TimeoutException e) {
            throw new IllegalStateException(e); // get() has no time limit
        }
    }

    @Override
    public Object get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        return waiting(() -> super.get(timeout, unit));
    }

    @Override
    public Object join() {
        try {
            return waiting(super::join);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new CompletionException(e); // join() throws none
        }
    }

    private Object waiting(Callable<Object> wait) throws InterruptedException, ExecutionException, TimeoutException {
        if (!isDone() && EventLoop.isCurrent()) {
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
