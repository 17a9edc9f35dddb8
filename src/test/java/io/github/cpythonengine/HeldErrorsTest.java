package io.github.cpythonengine;

import static io.github.cpythonengine.TestEngines.eval;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.cpythonengine.python.PyException;
import io.github.cpythonengine.python.PyObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import javax.script.ScriptEngine;
import javax.script.ScriptException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Exceptions that only Java holds: Python's garbage collector does not look after them until somebody uses them. */
class HeldErrorsTest {

    private static final int UNTIL_READ = 20;

    private final ScriptEngine engine = TestEngines.engine();

    @BeforeEach
    void raiseSome() throws Exception {
        eval(engine, """
            import gc, sys, weakref
            class Marker: pass
            class Held(ValueError): pass
            def inner(marker):
                raise Held('inner')
            def outer():
                global seen
                marker = Marker()
                marker.itself = marker
                seen = weakref.ref(marker)
                inner(marker)
            def tracked(error):
                trace = error.__traceback__
                while trace is not None:
                    if not (gc.is_tracked(trace) and gc.is_tracked(trace.tb_frame)):
                        return False
                    trace = trace.tb_next
                return gc.is_tracked(error)
            def looked_after():
                return sum(1 for each in gc.get_objects() if type(each) is Held)
            """);
        for (int i = 0; i < UNTIL_READ; i++) {
            raised("1 / 0").getValue().close();
        }
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        eval(engine, "gc.collect()");
    }

    private PyException raised(String source) {
        return (PyException)
                assertThrows(ScriptException.class, () -> engine.eval(source)).getCause();
    }

    @Test
    void theCollectorLooksAfterThoseThatAreUsed() throws Exception {
        eval(engine, "gc.collect()");
        Object before = eval(engine, "looked_after()");
        PyException error = raised("outer()");
        assertThat(eval(engine, "looked_after()"), is(before));
        assertThat(error.getText(), is("inner"));
        assertThat(error.getStackTrace()[0].getMethodName(), is("inner"));
        engine.put("error", error.getValue());
        assertThat(eval(engine, "tracked(error)"), is(true));
        assertThat(eval(engine, "looked_after()"), is((int) before + 1));
        assertThat(
                eval(engine, "[f.tb_frame.f_code.co_name for f in [error.__traceback__.tb_next]]"),
                is(List.of("outer")));
    }

    @Test
    void thoseOfACallToo() throws Exception {
        eval(engine, "gc.collect()");
        Object before = eval(engine, "looked_after()");
        PyObject outer = (PyObject) engine.get("outer");
        PyException error = assertThrows(PyException.class, outer::call);
        assertThat(eval(engine, "looked_after()"), is(before));
        engine.put("error", error.getValue());
        assertThat(eval(engine, "tracked(error)"), is(true));
        eval(engine, "del error");
        error.getValue().close();
        assertThat(eval(engine, "gc.collect() > 0 and seen() is None"), is(true));
    }

    @Test
    void whatTheyHeldIsFreedWithThem() throws Exception {
        PyException error = raised("outer()");
        eval(engine, "gc.collect()");
        assertThat(eval(engine, "seen() is not None"), is(true));
        error.getValue().close();
        eval(engine, "gc.collect()");
        assertThat(eval(engine, "seen() is None"), is(true));
    }

    @Test
    void soAreCyclesThroughThem() throws Exception {
        eval(engine, """
            def cyclic():
                global seen
                marker = Marker()
                seen = weakref.ref(marker)
                error = Held('cyclic')
                raise error
            """);
        PyException error = raised("cyclic()");
        engine.put("error", error.getValue());
        assertThat(eval(engine, "tracked(error)"), is(true));
        eval(engine, "del error");
        error.getValue().close();
        assertThat(eval(engine, "gc.collect() > 0 and seen() is None"), is(true));
    }

    @Test
    void aCycleMadeLaterToo() throws Exception {
        PyException error = raised("outer()");
        engine.put("error", error.getValue());
        eval(engine, "error.__traceback__.tb_next.tb_frame.f_locals['marker'].error = error\ndel error");
        error.getValue().close();
        assertThat(eval(engine, "gc.collect() > 0 and seen() is None"), is(true));
    }

    @Test
    void framesThatOthersHaveComeBack() throws Exception {
        eval(engine, """
            frames = []
            def keeping():
                frames.append(sys._getframe())
                raise Held('keeping')
            """);
        PyException error = raised("keeping()");
        error.getValue().close();
        assertThat(eval(engine, "gc.is_tracked(frames[0])"), is(true));
        assertThat(eval(engine, "frames[0].f_code.co_name"), is("keeping"));
    }

    @Test
    void aFrameThatIsThereTwice() throws Exception {
        eval(engine, """
            def again(times):
                error = None
                try:
                    outer()
                except ValueError as e:
                    error = e
                for i in range(times):
                    try:
                        raise error
                    except ValueError:
                        pass
                try:
                    raise error
                finally:
                    del error
            """);
        for (int times = 0; times < 3; times++) {
            PyException error = raised("again(" + times + ")");
            engine.put("error", error.getValue());
            assertThat(eval(engine, "tracked(error)"), is(true));
            eval(engine, "del error");
            error.getValue().close();
        }
    }

    @Test
    void framesThatStillRun() throws Exception {
        PyException[] inside = new PyException[1];
        Callable<Object> nested = () -> {
            inside[0] = raised("raise kept.pop()");
            return null;
        };
        engine.put("nested", nested);
        eval(engine, """
            kept = []
            def running():
                try:
                    outer()
                except ValueError as e:
                    kept.append(e)
                nested.call()
                return sys._getframe()
            frame = running()
            """);
        assertThat(inside[0].getText(), is("inner"));
        engine.put("error", inside[0].getValue());
        eval(engine, "del frame");
        assertThat(eval(engine, "tracked(error)"), is(true));
        eval(engine, "del error");
        inside[0].getValue().close();
    }

    @Test
    void generatorsThatFailed() throws Exception {
        eval(engine, """
            def generator():
                yield 1
                outer()
            """);
        PyException error = raised("for each in generator(): pass");
        engine.put("error", error.getValue());
        assertThat(eval(engine, "tracked(error)"), is(true));
    }

    @Test
    void thrownBackTheyAreLookedAfter() throws Exception {
        PyException error = raised("outer()");
        Callable<Object> thrower = () -> {
            throw error;
        };
        engine.put("thrower", thrower);
        eval(engine, """
            try:
                thrower.call()
            except ValueError as e:
                caught = e
                was = gc.is_tracked(e) and gc.is_tracked(e.__traceback__)
            """);
        assertThat(eval(engine, "was and tracked(caught) and str(caught) == 'inner'"), is(true));
        PyException again = raised("raise caught");
        assertThat(again, is(sameInstance(error)));
    }

    @Test
    void theReferencesOfPythonAreComplete() throws Exception {
        PyException error = raised("outer()");
        assertThat(error.getTraceback().contains("in outer"), is(true));
        engine.put("error", error.getValue());
        assertThat(eval(engine, "any(each is error for each in gc.get_objects())"), is(true));
    }

    @Test
    void thousandsWhileTheCollectorWorks() throws Exception {
        eval(engine, "threshold = gc.get_threshold()\ngc.set_threshold(5, 2, 2)");
        try {
            List<PyException> errors = new ArrayList<>();
            for (int i = 0; i < 3_000; i++) {
                PyException error =
                        raised(i % 3 == 0 ? "inner(1)" : i % 3 == 1 ? "outer()" : "[inner(x) for x in [1]]");
                errors.add(error);
                if (i % 5 == 0) {
                    PyObject value = errors.get(i - i / 2).getValue();
                    assertThat(value.getAttr("args"), is(List.of("inner")));
                }
                if (i % 7 == 0) {
                    errors.get(i / 7).getValue().close();
                }
                if (i % 500 == 0) {
                    eval(engine, "gc.collect()");
                }
            }
        } finally {
            eval(engine, "gc.set_threshold(*threshold)");
        }
    }
}
