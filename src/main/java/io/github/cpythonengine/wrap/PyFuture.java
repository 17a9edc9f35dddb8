package io.github.cpythonengine.wrap;

import java.lang.reflect.Type;
import java.util.concurrent.CancellationException;

/** The outcome of a Python awaitable. Completed by anybody else, it cancels what it waited for. */
final class PyFuture extends LoopFuture<Object> {

    private final Type type;

    /** @param type of the value */
    PyFuture(Type type, long number) {
        super(new Source(number));
        this.type = type;
    }

    Type type() {
        return type;
    }

    /** After the awaitable has been started. */
    void watch() {
        whenComplete((value, error) -> {
            if (!source.ended) {
                source.ended = true;
                EventLoop.cancel(source.number);
            }
        });
    }

    /** Its task has ended with a value, or with an error that is not null. No GIL: runs dependent stages. */
    void end(Object value, Throwable error) {
        source.ended = true;
        if (error == null) {
            complete(value);
        } else if (error instanceof CancellationException) {
            super.cancel(false);
        } else {
            completeExceptionally(error);
        }
    }
}
