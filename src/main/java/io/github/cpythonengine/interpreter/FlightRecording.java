package io.github.cpythonengine.interpreter;

/**
 * Whether JDK Flight Recorder was ever started in this JVM, and so {@link FlightEvents} are made. Touches no class of the
 * module {@code jdk.jfr}, which may be missing, before one was.
 */
public final class FlightRecording {

    /** Set by Flight Recorder when it starts, for tools of other processes. */
    private static final String STARTED = "jdk.jfr.repository";

    private static volatile boolean on;
    private static boolean impossible;

    static {
        look();
    }

    private FlightRecording() {}

    /** Whether to make events; each has settings of its own, too. */
    public static boolean isOn() {
        return on;
    }

    /** Looks again; the reaper does so all the time. Any thread. */
    public static synchronized void look() {
        if (!on && !impossible && System.getProperty(STARTED) != null) {
            try {
                on = FlightEvents.isPossible();
            } catch (LinkageError e) { // this module does not see jdk.jfr
                impossible = true;
            }
        }
    }
}
