package io.github.cpythonengine.interpreter;

import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A daemon thread that releases forgotten references when nobody enters Python, and sweeps the
 * states of dead threads. Keeps no thread state of its own.
 */
public final class Reaper {

    private static final long SWEEP_EVERY_MILLIS = 30_000;
    private static final long POLL_MILLIS = 100;

    /** The first use of a logger takes long, and should not compete with the first script. */
    private static final long LOG_AFTER_MILLIS = 1_000;

    private static final AtomicBoolean SWEEP = new AtomicBoolean();

    /** Looks now and then for what can be released and tells nobody of itself. */
    public interface Sweep {

        /** Whether it is time again; any thread, no GIL. */
        boolean isDue();

        /** GIL held. */
        void run(Gil gil);
    }

    private static volatile Sweep sweep;

    private Reaper() {}

    /** Adds work for the reaper. */
    public static void add(Sweep work) {
        sweep = work;
    }

    /** @param started what to log, when the process has run for a while */
    static void start(String started) {
        Thread thread = new Thread(null, () -> work(started), "cpython-reaper", 8 << 20);
        thread.setDaemon(true);
        thread.start();
    }

    /** Asks for a sweep soon. */
    static void wake() {
        SWEEP.set(true);
    }

    private static void sweep() {
        Sweep work = sweep;
        if (work != null && work.isDue() && Interpreter.isOpen()) {
            try (Gil gil = Gil.acquireBriefly()) {
                work.run(gil);
            }
        }
    }

    private static void work(String started) {
        long swept = System.nanoTime();
        boolean logged = false;
        while (Interpreter.isOpen()) {
            try {
                ReleaseQueue.reap(POLL_MILLIS);
                ReleaseQueue.collectIfCrowded();
                FlightRecording.look();
                sweep();
                long age = (System.nanoTime() - swept) / 1_000_000;
                if (!logged && age > LOG_AFTER_MILLIS) {
                    Interpreter.log().log(Level.DEBUG, started);
                    logged = true;
                }
                if (Interpreter.isOpen() && (SWEEP.getAndSet(false) || age > SWEEP_EVERY_MILLIS)) {
                    ThreadStates.sweep();
                    swept = System.nanoTime();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | Error e) { // it must go on whatever a destructor did
                Interpreter.log().log(Level.WARNING, "releasing Python objects failed", e);
            }
        }
    }
}
