package io.github.cpythonengine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.cpythonengine.interpreter.FlightRecording;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.script.Compilable;
import javax.script.CompiledScript;
import javax.script.Invocable;
import javax.script.ScriptEngine;
import javax.script.ScriptEngineManager;
import javax.script.ScriptException;
import jdk.jfr.EventType;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What JDK Flight Recorder is told. */
class FlightRecordingTest {

    @TempDir
    Path folder;

    private final ScriptEngine engine = TestEngines.engine();

    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    /** The events of one kind that some work makes on this thread, in order. */
    private List<RecordedEvent> recorded(String name, Work work) throws Exception {
        Path file = folder.resolve(name + ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable(name).withThreshold(Duration.ZERO);
            recording.start();
            FlightRecording.look();
            assertThat(FlightRecording.isOn(), is(true));
            work.run();
            recording.stop();
            recording.dump(file);
        }
        long here = Thread.currentThread().getId();
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals(name))
                .filter(event -> event.getThread().getJavaThreadId() == here)
                .toList();
    }

    @Test
    void anEvaluationIsAnEventWithItsFile() throws Exception {
        engine.getContext().setAttribute(ScriptEngine.FILENAME, "prices.py", 100);
        CompiledScript compiled = ((Compilable) engine).compile("1 + 1");
        List<RecordedEvent> events = recorded("cpython.Eval", () -> {
            engine.eval("import time; time.sleep(0.01)");
            compiled.eval();
        });
        assertThat(events, hasSize(2));
        assertThat(events.get(0).getString("file"), is("prices.py"));
        assertThat(events.get(0).getString("error"), nullValue());
        assertThat(events.get(0).getDuration().toMillis() >= 10, is(true));
        assertThat(events.get(1).getString("file"), is("prices.py"));
        EventType type = events.get(0).getEventType();
        assertThat(type.getLabel(), is("Python Eval"));
        assertThat(type.getCategoryNames(), is(List.of("CPython")));
    }

    @Test
    void aFailedEvaluationTellsTheError() throws Exception {
        List<RecordedEvent> events =
                recorded("cpython.Eval", () -> assertThrows(ScriptException.class, () -> engine.eval("len(5)")));
        assertThat(events, hasSize(1));
        assertThat(events.get(0).getString("error"), containsString("TypeError"));
    }

    @Test
    void recordingAsksTheBindingsNoMoreAndFailsNoOtherWay() throws Exception {
        IllegalStateException failure = new IllegalStateException("database down");
        WatchedBindings named = new WatchedBindings();
        named.values.put(ScriptEngine.FILENAME, "named.py");
        WatchedBindings broken = new WatchedBindings() {
            @Override
            public boolean containsKey(Object key) {
                if (key.equals(ScriptEngine.FILENAME)) {
                    throw failure;
                }
                return super.containsKey(key);
            }
        };
        List<RecordedEvent> events = recorded("cpython.Eval", () -> {
            engine.eval("1", named);
            ScriptException e = assertThrows(ScriptException.class, () -> engine.eval("1", broken));
            assertThat(e.getCause(), is((Throwable) failure));
        });
        assertThat(named.names("get"), is(List.of(ScriptEngine.FILENAME)));
        assertThat(events, hasSize(2));
        assertThat(events.get(0).getString("file"), is("named.py"));
        assertThat(events.get(1).getString("file"), is("<script>"));
        assertThat(events.get(1).getString("error"), containsString("database down"));
    }

    @Test
    void aCallIsAnEventWithTheFunction() throws Exception {
        engine.eval("def foo(): return str(1)\ntext = 'a'");
        List<RecordedEvent> events = recorded("cpython.Invoke", () -> {
            ((Invocable) engine).invokeFunction("foo");
            Object list = engine.eval("[1, 2]");
            ((Invocable) engine).invokeMethod(list, "pop");
        });
        assertThat(events, hasSize(2));
        assertThat(events.get(0).getString("function"), is("foo"));
        assertThat(events.get(1).getString("function"), is("pop"));
    }

    @Test
    void waitingForTheGilIsAnEvent() throws Exception {
        CountDownLatch inPython = new CountDownLatch(1);
        engine.put("ready", (Runnable) inPython::countDown);
        engine.eval("""
            class Flag: stop = False
            flag = Flag()
            def spin():
                ready.run()
                while not flag.stop: pass
            def end(): flag.stop = True
            """);
        Thread spinning = new Thread(() -> assertThat(invoke("spin"), nullValue()));
        spinning.start();
        inPython.await();
        try {
            List<RecordedEvent> events = recorded("cpython.GilWait", () -> engine.eval("1"));
            assertThat(events.isEmpty(), is(false));
            assertThat(events.get(0).getBoolean("back"), is(false));
        } finally {
            invoke("end");
            spinning.join();
        }
    }

    private Object invoke(String function) {
        try {
            return ((Invocable) engine).invokeFunction(function);
        } catch (ScriptException | NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shortRunsAreLeftOutUnlessWanted() throws Exception {
        try (Recording recording = new Recording()) {
            recording.enable("cpython.Eval");
            recording.start();
            FlightRecording.look();
            engine.eval("1");
            EventType type = jdk.jfr.FlightRecorder.getFlightRecorder().getEventTypes().stream()
                    .filter(each -> each.getName().equals("cpython.Eval"))
                    .findFirst()
                    .orElseThrow();
            String threshold = type.getSettingDescriptors().stream()
                    .filter(setting -> setting.getName().equals("threshold"))
                    .findFirst()
                    .orElseThrow()
                    .getDefaultValue();
            assertThat(threshold, equalTo("1 ms"));
        }
    }

    @Test
    @Tag("process")
    void theStartAndTheFirstEvaluationAreEventsWhenRecordingBeganBefore() throws Exception {
        new ChildJvm(Start.class)
                .args(folder.resolve("start.jfr").toString())
                .run()
                .exitsWith(0)
                .prints("started true true")
                .prints("evaluated <script>");
    }

    static final class Start {
        public static void main(String[] files) throws Exception {
            Path file = Path.of(files[0]);
            try (Recording recording = new Recording()) {
                recording.enable("cpython.Eval").withThreshold(Duration.ZERO);
                recording.start();
                new ScriptEngineManager().getEngineByName("cpython").eval("1");
                recording.dump(file);
            }
            for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
                if (event.getEventType().getName().equals("cpython.Start")) {
                    System.out.println("started " + event.getString("version").startsWith("3.") + " "
                            + !event.getDuration().isZero());
                } else if (event.getEventType().getName().equals("cpython.Eval")) {
                    System.out.println("evaluated " + event.getString("file"));
                }
            }
        }
    }

    @Test
    @Tag("process")
    void nothingOfFlightRecorderIsLoadedWithoutARecording() throws Exception {
        String output = new ChildJvm(Evaluating.class)
                .jvm("-Xlog:class+load")
                .run()
                .exitsWith(0)
                .prints("io.github.cpythonengine.interpreter.FlightRecording ")
                .output();
        assertThat(output, not(containsString(" jdk.jfr.")));
        assertThat(output, not(containsString("FlightEvents")));
    }

    @Test
    @Tag("process")
    void jvmsWithoutFlightRecorderWork() throws Exception {
        new ChildJvm(Evaluating.class)
                .jvm("--limit-modules", "java.scripting,java.logging,java.management,jdk.unsupported")
                .jvm("-Djdk.jfr.repository=made-up")
                .run()
                .exitsWith(0)
                .prints("value 42");
    }

    static final class Evaluating {
        public static void main(String[] none) throws Exception {
            System.out.println("value "
                    + new ScriptEngineManager().getEngineByName("cpython").eval("6 * 7"));
        }
    }
}
