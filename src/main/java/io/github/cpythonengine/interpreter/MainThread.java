package io.github.cpythonengine.interpreter;

import java.lang.System.Logger.Level;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Python's main thread: a daemon thread of ours with a large stack that starts the interpreter,
 * waits, and runs the exit functions when the JVM stops. No script runs on it, so none can install
 * a signal handler.
 */
final class MainThread {

    private static final int STACK = 16 << 20;
    private static final long EXIT_MILLIS = 3_000;

    private static volatile Thread thread;
    private static volatile FutureTask<?> exitWork;

    private MainThread() {}

    static boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    /** Runs the work that starts Python, and keeps the thread for the end. */
    static <T> T start(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        thread = new Thread(
                null,
                () -> {
                    task.run();
                    waitForExit();
                },
                "cpython-main",
                STACK);
        thread.setDaemon(true);
        thread.start();
        return Waiting.resultOf(task);
    }

    private static void waitForExit() {
        synchronized (MainThread.class) {
            while (exitWork == null) {
                try {
                    MainThread.class.wait();
                } catch (InterruptedException e) {
                    // nobody has a reason to; the thread ends with the JVM
                }
            }
        }
        exitWork.run();
    }

    /** Runs the work on the main thread and waits for it, for a bounded time. */
    static void runAtExit(Runnable work) {
        FutureTask<Void> task = new FutureTask<>(work, null);
        synchronized (MainThread.class) {
            exitWork = task;
            MainThread.class.notifyAll();
        }
        try {
            task.get(EXIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            Interpreter.log().log(Level.WARNING, "Python''s exit functions did not end within {0} ms", EXIT_MILLIS);
        } catch (ExecutionException e) {
            Interpreter.log().log(Level.WARNING, "Python's exit functions failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
