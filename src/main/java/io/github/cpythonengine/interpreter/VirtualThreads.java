package io.github.cpythonengine.interpreter;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Work for which the calling thread is not fit hops to a platform thread with a large stack, and the caller waits.
 *
 * <p>Virtual threads may be moved to another carrier at any lock, while CPython's thread state belongs
 * to one thread of the operating system: all their work with the GIL hops.
 */
public final class VirtualThreads {

    private static final MethodHandle IS_VIRTUAL = find();

    /** Enough for the deepest recursion that any CPython allows itself. */
    private static final int LARGE_STACK = 16 << 20;

    /**
     * As many threads as there are waiting callers: a callback may wait for another one's work. Made when the first one
     * hops.
     */
    private static final class Platform {
        static final ThreadPoolExecutor THREADS =
                new ThreadPoolExecutor(0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                    Thread thread = new Thread(null, work, "cpython-carrier", LARGE_STACK);
                    thread.setDaemon(true);
                    return thread;
                });
    }

    private VirtualThreads() {}

    private static MethodHandle find() {
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class));
        } catch (ReflectiveOperationException e) {
            return null; // before JDK 21
        }
    }

    /** Whether the calling thread is virtual, so that it has to {@link #hop}. */
    public static boolean current() {
        if (IS_VIRTUAL == null) {
            return false;
        }
        try {
            return (boolean) IS_VIRTUAL.invokeExact(Thread.currentThread());
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    static void refuse() {
        if (current()) {
            throw new IllegalStateException("a virtual thread cannot hold the GIL; hop first");
        }
    }

    /** Runs the work on a platform thread and waits, not giving up when interrupted. */
    public static <T> T hop(Callable<T> work) throws Exception {
        return onPlatform(work);
    }

    /** {@link #hop} for work that throws nothing checked. */
    public static <T> T hopUnchecked(Supplier<T> work) {
        return onPlatform(work::get);
    }

    /** Throws what the work throws, as it is. */
    private static <T> T onPlatform(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(inContext(work));
        Platform.THREADS.execute(task);
        return Waiting.resultOf(task);
    }

    /** With the caller's context class loader, which scripts find classes by; the thread keeps none. */
    private static <T> Callable<T> inContext(Callable<T> work) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return () -> {
            Thread thread = Thread.currentThread();
            thread.setContextClassLoader(context);
            try {
                return work.call();
            } finally {
                thread.setContextClassLoader(VirtualThreads.class.getClassLoader());
            }
        };
    }
}
