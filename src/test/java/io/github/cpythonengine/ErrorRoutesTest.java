package io.github.cpythonengine;

import static io.github.cpythonengine.TestEngines.afterGc;
import static io.github.cpythonengine.TestEngines.eval;
import static io.github.cpythonengine.TestEngines.raises;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.cpythonengine.python.PyException;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import javax.script.ScriptEngine;
import javax.script.ScriptException;
import org.junit.jupiter.api.Test;

/** Exceptions on their way through both languages, several times. */
class ErrorRoutesTest {

    private final ScriptEngine engine = TestEngines.engine();

    /** Called by Python, calls Python, and sees what passes. */
    public static final class Host {
        final List<Throwable> seen = new ArrayList<>();
        RuntimeException kept;

        public Object first(Callable<?> callable) throws Exception {
            return through(callable);
        }

        public Object second(Callable<?> callable) throws Exception {
            return through(callable);
        }

        private Object through(Callable<?> callable) throws Exception {
            try {
                return callable.call();
            } catch (Exception e) {
                seen.add(e);
                throw e;
            }
        }

        public void keep(Callable<?> callable) throws Exception {
            try {
                callable.call();
            } catch (RuntimeException e) {
                kept = e;
            }
        }

        public void again() {
            throw kept;
        }
    }

    /** The frames of the script and of the host, innermost first. */
    private static List<String> frames(Throwable error) {
        return Arrays.stream(error.getStackTrace())
                .filter(frame -> frame.getClassName().equals("python")
                        || frame.getClassName().equals(Host.class.getName())
                        || frame.getClassName().equals(ErrorRoutesTest.class.getName()))
                .map(StackTraceElement::getMethodName)
                .filter(name -> !name.startsWith("lambda$"))
                .toList();
    }

    private Host host() {
        Host host = new Host();
        engine.put("host", host);
        return host;
    }

    @Test
    void framesOfBothLanguagesStandWhereTheCallsHappened() throws Exception {
        Host host = host();
        PyException error = raises(
                engine,
                "def innermost(): raise KeyError('k')",
                "def inner(): host.second(innermost)",
                "def outer(): host.first(inner)",
                "outer()");
        assertThat(
                frames(error).subList(0, 8),
                contains("innermost", "through", "second", "inner", "through", "first", "outer", "<module>"));
        assertThat(frames(error).get(8), is("framesOfBothLanguagesStandWhereTheCallsHappened"));
        assertThat(host.seen, everyItem(is(sameInstance(error))));
    }

    @Test
    void atEachPlaceTheyStandSoFar() throws Exception {
        List<List<String>> seen = new ArrayList<>();
        Host host = host();
        engine.put("note", (Runnable)
                () -> seen.add(frames(host.seen.get(host.seen.size() - 1)).subList(0, 4)));
        raises(
                engine,
                "def innermost(): raise KeyError('k')",
                "def inner():",
                "    try: host.second(innermost)",
                "    finally: note()",
                "host.first(inner)");
        assertThat(seen, contains(List.of("innermost", "through", "second", "through")));
    }

    @Test
    void fiveCrossingsKeepTheObjectInBothLanguages() throws Exception {
        Host host = host();
        PyException error = raises(
                engine,
                "seen = []",
                "error = KeyError('k')",
                "def call(): raise error",
                "def seeing(f):",
                "    def inner():",
                "        try: return f()",
                "        except KeyError as e:",
                "            seen.append(e)",
                "            raise",
                "    return inner",
                "for i in range(5): call = seeing(lambda f=call: host.first(f))",
                "call()");
        assertThat(host.seen, hasSize(5));
        assertThat(host.seen, everyItem(is(sameInstance(error))));
        assertThat(engine.eval("len(seen) == 5 and all(e is error for e in seen)"), is(true));
        engine.put("again", error);
        assertThat(error.getValue(), is(engine.get("error")));
    }

    @Test
    void aJavaExceptionToo() throws Exception {
        Host host = host();
        IOException disk = new IOException("disk");
        engine.put("disk", disk);
        ScriptException thrown = assertThrows(
                ScriptException.class,
                () -> eval(
                        engine,
                        "seen = []",
                        "def call(): raise disk",
                        "def seeing(f):",
                        "    def inner():",
                        "        try: return f()",
                        "        except OSError as e:",
                        "            seen.append(e)",
                        "            raise",
                        "    return inner",
                        "for i in range(5): call = seeing(lambda f=call: host.first(f))",
                        "call()"));
        assertThat(thrown.getCause(), is(sameInstance(disk)));
        assertThat(host.seen, hasSize(5));
        assertThat(host.seen, everyItem(is(sameInstance(disk))));
        assertThat(engine.eval("len(seen) == 5 and all(e is disk for e in seen)"), is(true));
    }

    @Test
    void whatJavaAddsOnTheWayStays() throws Exception {
        engine.put("host", (Callable<Object>) () -> {
            try {
                return engine.eval("raise ValueError('inner')");
            } catch (ScriptException e) {
                PyException cause = (PyException) e.getCause();
                cause.addSuppressed(new IllegalStateException("while closing"));
                throw cause;
            }
        });
        PyException error = raises(engine, "host()");
        assertThat(error.getSuppressed()[0].getMessage(), is("while closing"));
    }

    @Test
    void whatPythonChangesOnTheWayIsSeen() throws Exception {
        host();
        PyException error = raises(
                engine,
                "def fail(): raise KeyError('k')",
                "try: host.first(fail)",
                "except KeyError as e:",
                "    e.__notes__ = ['noted']",
                "    raise e from ValueError('why')");
        assertThat(error.getMessage(), is("KeyError: 'k'\nnoted"));
        assertThat(error.getCause().getMessage(), is("ValueError: why"));
    }

    @Test
    void thrownAgainAndAgainItDoesNotGrow() throws Exception {
        Host host = host();
        eval(
                engine,
                "import traceback",
                "def fail(): raise ValueError('kept')",
                "host.keep(fail)",
                "lengths = []",
                "def again():",
                "    try: host.again()",
                "    except ValueError as e:",
                "        lengths.append(len(traceback.extract_tb(e.__traceback__)))",
                "        raise",
                "for i in range(50):",
                "    try: again()",
                "    except ValueError: pass");
        assertThat(engine.eval("max(lengths) == min(lengths) == 2"), is(true));
        PyException error = raises(engine, "again()");
        assertThat(error, is(sameInstance(host.kept)));
        int length = error.getStackTrace().length;
        for (int i = 0; i < 20; i++) {
            raises(engine, "again()");
        }
        assertThat(error.getStackTrace().length, is(length));
        assertThat(frames(error).subList(0, 4), contains("fail", "keep", "thrownAgainAndAgainItDoesNotGrow", "again"));
    }

    @Test
    void anotherExceptionAtTheSameAddressIsAnother() throws Exception {
        Host host = host();
        eval(engine, "def fail(n): raise ValueError(n)");
        for (int i = 0; i < 200; i++) {
            PyException error = raises(engine, "host.first(lambda: fail(" + i + "))");
            assertThat(error.getText(), is(String.valueOf(i)));
            assertThat(host.seen.get(i), is(sameInstance(error)));
            error.getValue().close();
        }
    }

    @Test
    void anUncaughtJavaExceptionIsFreed() throws Exception {
        List<WeakReference<Throwable>> all = new ArrayList<>();
        engine.put("thrower", (Callable<Object>) () -> {
            Exception e = new IOException("x");
            all.add(new WeakReference<>(e));
            throw e;
        });
        for (int i = 0; i < 20; i++) {
            ScriptException thrown = assertThrows(ScriptException.class, () -> engine.eval("thrower()"));
            assertThat(thrown.getCause().getSuppressed()[0].getStackTrace()[0].getClassName(), is("python"));
        }
        assertThat(afterGc(() -> all.stream().filter(it -> it.get() != null).count() < 3), is(true));
        assertThat(all.size(), is(lessThan(21)));
    }
}
