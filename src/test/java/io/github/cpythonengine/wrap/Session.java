package io.github.cpythonengine.wrap;

import static io.github.cpythonengine.capi.Api.C;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Interpreter;
import io.github.cpythonengine.python.PyObject;
import javax.script.ScriptEngineManager;
import javax.script.ScriptException;

/** A Python namespace for a test, of the script engine's Python but below the engine. */
public final class Session {

    private final PyObject names;

    public Session() {
        start();
        names = Gil.with(gil -> (PyObject) gil.object(C.PyDict_New()));
    }

    private static synchronized void start() {
        if (Interpreter.running() == null) {
            try {
                new ScriptEngineManager().getEngineByName("cpython").eval("None");
            } catch (ScriptException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** The natural Java value of an expression. */
    public Object eval(String expression) {
        return Gil.with(gil -> gil.toJava(run(gil, expression, "eval")));
    }

    public PyObject object(String expression) {
        return Gil.with(gil -> (PyObject) gil.objectOf(run(gil, expression, "eval")));
    }

    public void exec(String code) {
        Gil.run(gil -> run(gil, code, "exec"));
    }

    public void put(String name, Object value) {
        Gil.run(gil -> gil.check(C.PyDict_SetItem(gil.use(names), gil.name(name), gil.python(value))));
    }

    /** {@code repr} of an expression. */
    public String repr(String expression) {
        return Gil.with(gil -> gil.text(gil.own(C.PyObject_Repr(run(gil, expression, "eval")))));
    }

    public PyList list(String expression) {
        return (PyList) eval(expression);
    }

    public PyDict dict(String expression) {
        return (PyDict) eval(expression);
    }

    public PySet set(String expression) {
        return (PySet) eval(expression);
    }

    public PyObject names() {
        return names;
    }

    private long run(Gil gil, String code, String mode) {
        long builtins = C.PyEval_GetBuiltins();
        long dict = gil.use(names);
        gil.check(C.PyDict_SetItem(dict, gil.name("__builtins__"), builtins));
        long compile = C.PyDict_GetItemWithError(builtins, gil.name("compile"));
        long compiled = gil.call(compile, gil.str(code), gil.str("<test>"), gil.str(mode));
        return gil.own(C.PyEval_EvalCode(compiled, dict, dict));
    }

    /** The work, done many times, leaves no Python object held when Java's garbage is collected. */
    public static void assertNoLeak(Runnable work) throws InterruptedException {
        work.run();
        int before = 0;
        int after = 1;
        // what other tests left may come meanwhile; what leaks does so each time
        for (int round = 0; round < 4 && after > before; round++) {
            before = settled(Integer.MIN_VALUE);
            for (int i = 0; i < 500; i++) {
                work.run();
            }
            after = settled(before);
        }
        assertThat("held Python objects", after, lessThanOrEqualTo(before));
    }

    /** The number of held objects when it is as wanted, or no longer falls. */
    private static int settled(int wanted) throws InterruptedException {
        int least = Integer.MAX_VALUE;
        int unchanged = 0;
        while (least > wanted && unchanged < 10) {
            System.gc();
            Thread.sleep(60);
            int now = Interpreter.heldObjects();
            unchanged = now < least ? 0 : unchanged + 1;
            least = Math.min(least, now);
        }
        return least;
    }
}
