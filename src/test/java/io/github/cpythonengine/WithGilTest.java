package io.github.cpythonengine;

import static io.github.cpythonengine.TestEngines.callback;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.sameInstance;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Interpreter;
import io.github.cpythonengine.python.PyObject;
import io.github.cpythonengine.wrap.Session;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.script.Bindings;
import javax.script.ScriptContext;
import javax.script.ScriptException;
import javax.script.SimpleBindings;
import javax.script.SimpleScriptContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Holding the GIL over many operations, and letting go of it in between. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WithGilTest {

    private final CPythonScriptEngine engine = (CPythonScriptEngine) TestEngines.engine();
    private final CPythonScriptEngine other = (CPythonScriptEngine) TestEngines.engine();
    private final ExecutorService elsewhere = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() {
        elsewhere.shutdownNow();
    }

    /** Needs the GIL on another thread, and waits for it. */
    private Object evalElsewhere(String script) throws Exception {
        return elsewhere.submit(() -> other.eval(script)).get(60, TimeUnit.SECONDS);
    }

    @Test
    void theGilIsHeldAllTheTime() throws Exception {
        PyObject list = engine.resolve("list").callAs(PyObject.class);
        boolean held = engine.withGil(() -> {
            for (int i = 0; i < 100; i++) {
                list.callMethod("append", i);
            }
            engine.put("size", list.len());
            return Gil.isHeld();
        });
        assertThat(held, is(true));
        assertThat(Gil.isHeld(), is(false));
        assertThat(engine.get("size"), is(100));
    }

    @Test
    void allowThreadsLetsGoOfItAndTakesItBack() throws Exception {
        List<Object> seen = new ArrayList<>();
        engine.withGil(() -> {
            seen.add(engine.allowThreads(() -> evalElsewhere("1 + 1")));
            seen.add(Gil.isHeld());
            engine.withGil(() -> {
                engine.allowThreads(() -> {
                    seen.add(evalElsewhere("2 + 2"));
                    seen.add(engine.eval("3 + 3"));
                    engine.withGil(() -> engine.allowThreads(() -> seen.add(evalElsewhere("4 + 4"))));
                });
                seen.add(Gil.isHeld());
            });
        });
        assertThat(seen, contains(2, true, 4, 6, 8, true));
        assertThat("where it is not held", engine.allowThreads(() -> evalElsewhere("5")), is(5));
    }

    @Test
    void javaCodeThatPythonCallsDoesNotHoldIt() throws Exception {
        engine.put("host", callback(() -> Gil.isHeld() + " " + evalElsewhere("6")));
        PyObject call = (PyObject) engine.eval("lambda: host[0]");
        Object seen = engine.withGil(() -> call.call());
        assertThat(seen, is("false 6"));
    }

    @Test
    void resultsAndExceptionsComeOutAsTheyAre() {
        assertThat(engine.withGil(() -> (Object) null) == null, is(true));
        IOException checked = new IOException("checked");
        Throwable thrown = assertThrows(
                IOException.class,
                () -> engine.withGil(() -> {
                    throw checked;
                }));
        assertThat(thrown, sameInstance((Throwable) checked));
        AssertionError error = new AssertionError("error");
        thrown = assertThrows(
                AssertionError.class,
                () -> engine.withGil(() -> engine.allowThreads(() -> {
                    throw error;
                })));
        assertThat(thrown, sameInstance((Throwable) error));
        ScriptException script = assertThrows(ScriptException.class, () -> engine.withGil(() -> engine.eval("1 / 0")));
        assertThat(script.getMessage(), startsWith("ZeroDivisionError: division by zero"));
        assertThat(Gil.isHeld(), is(false));
        assertThrows(
                NullPointerException.class, () -> engine.withGil((CPythonScriptEngine.Work<Object, Exception>) null));
        assertThrows(NullPointerException.class, () -> engine.withGil((CPythonScriptEngine.Action<Exception>) null));
        assertThrows(
                NullPointerException.class, () -> engine.allowThreads((CPythonScriptEngine.Action<Exception>) null));
    }

    @Test
    void aClosedEngineRefuses() {
        other.close();
        assertThrows(IllegalStateException.class, () -> other.withGil(() -> 1));
    }

    @Test
    void whatIsPrintedGoesWhereTheContextSays() throws Exception {
        StringWriter out = new StringWriter();
        engine.getContext().setWriter(out);
        PyObject print = engine.resolve("print");
        engine.withGil(() -> {
            print.call("in the block");
            engine.eval("print('in a script', end='')");
            engine.allowThreads(() -> assertThat(out.toString(), is("in the block\nin a script")));
        });
        assertThat(out.toString(), is("in the block\nin a script"));
    }

    @Test
    void hostsWritersAndBindingsAreAskedWithoutIt() throws Exception {
        List<Boolean> held = new ArrayList<>();
        engine.getContext().setWriter(new FilterWriter(new StringWriter()) {
            @Override
            public void write(String text, int offset, int length) {
                held.add(Gil.isHeld());
            }

            @Override
            public void flush() {
                held.add(Gil.isHeld());
            }
        });
        engine.setBindings(
                new SimpleBindings() {
                    @Override
                    public Object get(Object name) {
                        held.add(Gil.isHeld());
                        return super.get(name);
                    }

                    @Override
                    public Object put(String name, Object value) {
                        held.add(Gil.isHeld());
                        return super.put(name, value);
                    }
                },
                ScriptContext.ENGINE_SCOPE);
        engine.withGil(() -> {
            held.clear();
            engine.eval("print('x')\ny = 1");
            engine.eval("y");
        });
        assertThat(held.isEmpty(), is(false));
        assertThat(held.contains(true), is(false));
    }

    @Test
    void hostsContextsAndOuterScopesAreAskedWithoutIt() throws Exception {
        List<Boolean> held = new ArrayList<>();
        Bindings outer = new SimpleBindings() {
            @Override
            public boolean containsKey(Object name) {
                held.add(Gil.isHeld());
                return super.containsKey(name);
            }
        };
        outer.put("x", 41);
        ScriptContext context = new SimpleScriptContext() {
            @Override
            public Bindings getBindings(int scope) {
                held.add(Gil.isHeld());
                return super.getBindings(scope);
            }

            @Override
            public List<Integer> getScopes() {
                held.add(Gil.isHeld());
                return super.getScopes();
            }

            @Override
            public Object getAttribute(String name) {
                held.add(Gil.isHeld());
                return super.getAttribute(name);
            }
        };
        context.setBindings(engine.createBindings(), ScriptContext.ENGINE_SCOPE);
        context.setBindings(outer, ScriptContext.GLOBAL_SCOPE);
        engine.setContext(context);
        engine.withGil(() -> {
            held.clear();
            assertThat(engine.eval("x + 1"), is(42));
            assertThat(engine.compile("x + 1").eval(), is(42));
            engine.eval("def f(): return x");
            assertThat(engine.invokeFunction("f"), is(41));
            assertThat(Gil.isHeld(), is(true));
        });
        assertThat(held.isEmpty(), is(false));
        assertThat(held.contains(true), is(false));
    }

    @Test
    void aVirtualThreadHopsForAllOfIt() throws Exception {
        assumeTrue(Runtime.version().feature() >= 21, "virtual threads came with JDK 21");
        CompletableFuture<Object> seen = new CompletableFuture<>();
        Runnable work = () -> {
            try {
                Thread virtual = Thread.currentThread();
                seen.complete(engine.withGil(() -> {
                    Thread carrier = Thread.currentThread();
                    assertThat(carrier, not(virtual));
                    assertThat(Gil.isHeld(), is(true));
                    PyObject get = engine.resolve("threading.get_ident");
                    assertThat(get.call(), is(get.call()));
                    return engine.allowThreads(() -> evalElsewhere("7"));
                }));
            } catch (Throwable e) {
                seen.completeExceptionally(e);
            }
        };
        Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, work);
        assertThat(seen.get(60, TimeUnit.SECONDS), is(7));
    }

    /** Ends the JVM while holding the GIL, which Python's exit functions then wait for in vain. */
    static final class ExitInside {
        public static void main(String[] args) {
            try {
                PyObject.of(1);
            } catch (IllegalStateException e) {
                System.out.println(e.getMessage());
            }
            ((CPythonScriptEngine) TestEngines.engine()).withGil(() -> System.exit(3));
        }
    }

    @Test
    @Tag("process")
    void exitInsideEndsTheJvm() throws Exception {
        new ChildJvm(ExitInside.class).run().exitsWith(3).prints("Python has not been started");
    }

    @Test
    void whatIsForgottenMeanwhileIsReleasedMeanwhile() {
        engine.withGil(() -> {
            int before = Interpreter.heldObjects();
            for (int i = 0; i < 5_000; i++) {
                PyObject.of("forgotten " + i);
            }
            boolean fewer = false;
            for (int i = 0; i < 1_000 && !fewer; i++) {
                System.gc();
                for (int n = 0; n < 100; n++) {
                    PyObject.of(n).add(1).close();
                }
                fewer = Interpreter.heldObjects() < before + 2_500;
            }
            assertThat("released before the end", fewer, is(true));
        });
    }

    @Test
    void nothingIsLeftBehind() throws InterruptedException {
        Session.assertNoLeak(() -> engine.withGil(() -> {
            PyObject.of(1).add(1);
            engine.allowThreads(() -> PyObject.of(2));
        }));
    }
}
