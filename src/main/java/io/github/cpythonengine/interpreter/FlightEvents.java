package io.github.cpythonengine.interpreter;

import static io.github.cpythonengine.capi.Api.C;

import java.util.function.Supplier;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/**
 * What JDK Flight Recorder is told, under "CPython" in JDK Mission Control. Not to be touched unless {@link
 * FlightRecording#isOn}.
 */
public final class FlightEvents {

    private FlightEvents() {}

    static boolean isPossible() {
        return FlightRecorder.isAvailable();
    }

    /** The start of Python. */
    @Name("cpython.Start")
    @Label("Python Start")
    @Category("CPython")
    @Description("Python was found, loaded and started")
    @StackTrace(false)
    static final class Start extends Event {
        @Label("Version")
        String version;

        @Label("Library")
        String library;

        @Label("Origin")
        @Description("How it was found")
        String origin;

        @Label("Backend")
        @Description("jna or ffm")
        String backend;
    }

    static Interpreter start(Supplier<Interpreter> work) {
        Start event = new Start();
        event.begin();
        Interpreter started = work.get();
        event.version = started.version();
        event.library = started.home().library().toString();
        event.origin = started.home().origin();
        event.backend = started.backend();
        event.commit();
        return started;
    }

    /** What runs of scripts have in common. */
    private abstract static class Run extends Event {
        @Label("Error")
        @Description("The message of the exception that ended it")
        String error;

        /** It ended with an exception. */
        public final void failed(Throwable exception) {
            error = String.valueOf(exception.getMessage());
        }
    }

    /** An evaluation. */
    @Name("cpython.Eval")
    @Label("Python Eval")
    @Category("CPython")
    @Description("A script, compiled before or not, was evaluated")
    @Threshold("1 ms")
    public static final class Eval extends Run {
        @Label("File")
        @Description("The script's file name, given or made up")
        String file = "<script>";

        /** Begins now. */
        public Eval() {
            begin();
        }

        /** Tells the script's file, null for none. */
        public void file(String name) {
            if (name != null) {
                file = name;
            }
        }
    }

    /** A call from Java. */
    @Name("cpython.Invoke")
    @Label("Python Invoke")
    @Category("CPython")
    @Description("A function or method of a script was called")
    @Threshold("1 ms")
    public static final class Invoke extends Run {
        @Label("Function")
        String function;

        /** Begins now. */
        public Invoke(String function) {
            this.function = function;
            begin();
        }
    }

    /** A wait for the GIL. */
    @Name("cpython.GilWait")
    @Label("Python GIL Wait")
    @Category("CPython")
    @Description("A Java thread waited for Python's global interpreter lock")
    @Threshold("1 ms")
    static final class GilWait extends Event {
        @Label("Back from Java")
        @Description("Whether it waited to go on in Python after Java code that Python called, or to enter Python")
        boolean back;

        private GilWait(boolean back) {
            this.back = back;
            begin();
        }
    }

    /** {@code PyGILState_Ensure} as an event. */
    static int ensure() {
        GilWait wait = new GilWait(false);
        int ensured = C.PyGILState_Ensure();
        wait.commit();
        return ensured;
    }

    /** {@code PyEval_RestoreThread} as an event. */
    static void restore(long state, boolean back) {
        GilWait wait = new GilWait(back);
        C.PyEval_RestoreThread(state);
        wait.commit();
    }
}
