package io.github.cpythonengine.interpreter;

import io.github.cpythonengine.capi.Backend;
import io.github.cpythonengine.locate.PythonHome;
import io.github.cpythonengine.locate.PythonSettings;
import java.util.function.Supplier;

/**
 * The CPython of this process: started once, at the first use, and never finalized.
 *
 * <p>A start that failed is remembered and fails again with the same words, since CPython cannot be
 * started twice.
 */
public final class Interpreter {

    private enum State {
        NEW,
        OPEN,
        CLOSING
    }

    private static volatile State state = State.NEW;
    private static volatile Interpreter running;
    private static RuntimeException failure;
    private static int minorVersion;

    private final PythonHome home;
    private final String version;
    private final boolean joined;

    Interpreter(PythonHome home, String version, boolean joined) {
        this.home = home;
        this.version = version;
        this.joined = joined;
    }

    /** The running interpreter, or null when none was started by this class loader yet. */
    public static Interpreter running() {
        return running;
    }

    /**
     * The running interpreter, started if need be.
     *
     * @throws io.github.cpythonengine.locate.PythonNotFoundException if no Python is found
     * @throws IllegalStateException if it does not start, or the JVM is stopping
     */
    public static Interpreter start(Supplier<PythonSettings> settings) {
        Interpreter interpreter = running;
        if (interpreter != null) {
            return interpreter;
        }
        return VirtualThreads.current() ? VirtualThreads.hopUnchecked(() -> startOnce(settings)) : startOnce(settings);
    }

    private static synchronized Interpreter startOnce(Supplier<PythonSettings> settings) {
        if (running != null) {
            return running;
        }
        if (failure != null) {
            throw failure;
        }
        try {
            running = new Startup(settings.get()).run();
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        } catch (LinkageError e) {
            Throwable reason = e; // a class that could not be initialised says why in its cause
            while (reason.getCause() != null) {
                reason = reason.getCause();
            }
            failure = new IllegalStateException(String.valueOf(reason.getMessage()), e);
            throw failure;
        }
        return running;
    }

    /** Got when there is something to say: getting it takes a good part of a cold start. */
    static System.Logger log() {
        return System.getLogger("io.github.cpythonengine");
    }

    /** Called by the starter as soon as threads may enter. */
    static void opened(int minor) {
        minorVersion = minor;
        state = State.OPEN;
    }

    /** From now on nobody but the main thread enters, and nothing is released any more. */
    static void closing() {
        state = State.CLOSING;
    }

    static boolean isOpen() {
        return state == State.OPEN;
    }

    /** Whether the JVM is stopping, so that nothing need be released any more. */
    public static boolean isClosing() {
        return state == State.CLOSING;
    }

    static void checkOpen() {
        State now = state;
        if (now != State.OPEN) {
            if (now == State.CLOSING && MainThread.isCurrent()) {
                return;
            }
            throw new IllegalStateException(
                    now == State.NEW
                            ? "Python has not been started"
                            : "The JVM is stopping: Python cannot be used any more");
        }
    }

    public static int minorVersion() {
        return minorVersion;
    }

    /** {@code sys.getrecursionlimit()} as new thread states have it. */
    static int recursionLimit() {
        return Startup.DEFAULT_RECURSION_LIMIT;
    }

    /** Where it was found. */
    public PythonHome home() {
        return home;
    }

    /** For example {@code "3.12.1"}. */
    public String version() {
        return version;
    }

    /** Whether it was already running in the process, started by somebody else. */
    public boolean isJoined() {
        return joined;
    }

    /** {@code "jna"} or {@code "ffm"}. */
    public String backend() {
        return Backend.name();
    }

    /** Number of Python objects that Java holds. */
    public static int heldObjects() {
        return HeldRefs.count();
    }

    /** Number of Python thread states kept for Java threads. */
    public static int threadStates() {
        return ThreadStates.count();
    }
}
