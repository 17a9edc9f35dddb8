package io.github.cpythonengine.wrap;

import io.github.cpythonengine.interpreter.Arguments;
import io.github.cpythonengine.interpreter.Bridge;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Interpreter;
import io.github.cpythonengine.interpreter.Py;
import io.github.cpythonengine.interpreter.PythonHalf;
import io.github.cpythonengine.interpreter.RunContext;
import java.lang.System.Logger.Level;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The event loop of asyncio's that runs coroutines for Java: on one daemon thread for the process, from the first use
 * to the JVM's end. {@code event_loop.py} is the Python side. Python keeps the tasks, Java their futures, and both tell
 * them by number, so that neither keeps the other's alive for longer than they run.
 */
final class EventLoop {

    /** As for Python's main thread. */
    private static final int STACK = 16 << 20;

    private static final int VALUE = 0;
    private static final int CANCELLED = 2;

    private static final Map<Long, PyFuture> PENDING = new ConcurrentHashMap<>();
    private static final AtomicLong NUMBERS = new AtomicLong();

    private static volatile Thread thread;

    private EventLoop() {}

    /** Whether this thread is the one that has to run the awaitable, so that waiting here would never end. */
    static boolean runsHere(LoopFuture.Source source) {
        Thread current = Thread.currentThread();
        return current == thread || current == source.loopThread && stillRunsHere(source.number);
    }

    private static boolean stillRunsHere(long number) {
        try {
            return Gil.with(gil -> gil.call(member(gil, "runs_here"), gil.python(number)) == Py.TRUE);
        } catch (IllegalStateException e) {
            return false; // the JVM is stopping
        }
    }

    static boolean isAwaitable(Gil gil, long object) {
        return gil.call(member(gil, "is_awaitable"), object) == Py.TRUE;
    }

    /** The outcome of an awaitable, which is started, with a value of this type. GIL held. */
    static CompletableFuture<Object> future(Gil gil, long awaitable, Type type) {
        long start = member(gil, "start");
        startThread(gil);
        long number = NUMBERS.incrementAndGet();
        PyFuture future = new PyFuture(type, number);
        PENDING.put(number, future);
        try {
            if (gil.call(start, awaitable, gil.python(number), RunContext.reference(gil)) == Py.TRUE) {
                future.source.loopThread = Thread.currentThread();
            }
        } catch (RuntimeException | Error e) {
            PENDING.remove(number);
            throw e;
        }
        future.watch();
        return future;
    }

    private static void startThread(Gil gil) {
        long run = member(gil, "run");
        synchronized (EventLoop.class) { // nobody waits for the GIL while holding this
            if (thread == null) {
                Thread made = new Thread(null, () -> run(run), "cpython-asyncio", STACK);
                made.setDaemon(true);
                made.setContextClassLoader(EventLoop.class.getClassLoader());
                thread = made;
                try {
                    made.start();
                } catch (Throwable e) { // no more threads
                    thread = null;
                    throw e;
                }
            }
        }
    }

    private static void run(long run) {
        try (Gil gil = Gil.acquire()) {
            Gil.followContext();
            gil.call(run);
        } catch (IllegalStateException e) {
            // the JVM is stopping
        } catch (RuntimeException | Error e) {
            System.getLogger("io.github.cpythonengine").log(Level.WARNING, "the event loop of coroutines ended", e);
        } finally {
            thread = null; // the next one who needs it starts another
        }
    }

    /** Asks for the end of a task. Any thread. */
    static void cancel(long number) {
        PENDING.remove(number);
        if (!Interpreter.isClosing()) {
            try {
                Gil.run(gil -> gil.call(member(gil, "cancel"), gil.python(number)));
            } catch (IllegalStateException e) {
                // the JVM is stopping: so are the tasks
            }
        }
    }

    /** {@code ended(number, kind, value)}: what became of a task; on its loop's thread. */
    private static long ended(Gil gil, Arguments arguments) throws Exception {
        PyFuture future = PENDING.remove(arguments.integer(0));
        if (future != null) {
            end(gil, future, arguments);
        }
        return gil.newRef(Py.NONE);
    }

    private static void end(Gil gil, PyFuture future, Arguments arguments) throws Exception {
        long kind = arguments.integer(1);
        Object value = null;
        Throwable error = null;
        try {
            if (kind == CANCELLED) {
                error = new CancellationException();
            } else if (kind != VALUE) {
                error = Bridge.errors().of(gil, arguments.get(2));
            } else if (future.type() != Void.class) { // "nothing" says as much as a method without a result
                value = gil.toJava(arguments.get(2), future.type());
            }
        } catch (Throwable e) { // not of the wanted type, or what a user's converter threw
            error = e;
        }
        Object result = value;
        Throwable failure = error;
        Callable<Object> end = () -> {
            future.end(result, failure);
            return null;
        };
        try {
            gil.released(end);
        } finally {
            if (!future.isDone()) { // what was printed could not be written
                Gil.waiting(end);
            }
        }
    }

    /** A function of the Python half, borrowed. */
    private static long member(Gil gil, String name) {
        PythonHalf half = PythonHalf.load(gil, "event_loop", Map.of("ended", EventLoop::ended));
        if (!begun) {
            gil.call(half.member(gil, "begin"), RunContext.variable());
            begun = true;
        }
        return half.member(gil, name);
    }

    private static volatile boolean begun;
}
