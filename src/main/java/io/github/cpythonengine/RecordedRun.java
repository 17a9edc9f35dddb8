package io.github.cpythonengine;

import io.github.cpythonengine.interpreter.FlightEvents;
import javax.script.ScriptException;

/** Runs that JDK Flight Recorder is told of. */
final class RecordedRun {

    @FunctionalInterface
    interface Work {
        Object run() throws ScriptException;
    }

    /** What tells the event its file. */
    @FunctionalInterface
    interface Evaluation {
        Object run(FlightEvents.Eval event) throws ScriptException;
    }

    private RecordedRun() {}

    static Object eval(Evaluation work) throws ScriptException {
        FlightEvents.Eval event = new FlightEvents.Eval();
        try {
            return work.run(event);
        } catch (ScriptException | RuntimeException e) {
            event.failed(e);
            throw e;
        } finally {
            event.commit();
        }
    }

    static Object invoke(String function, Work work) throws ScriptException {
        FlightEvents.Invoke event = new FlightEvents.Invoke(function);
        try {
            return work.run();
        } catch (ScriptException | RuntimeException e) {
            event.failed(e);
            throw e;
        } finally {
            event.commit();
        }
    }
}
