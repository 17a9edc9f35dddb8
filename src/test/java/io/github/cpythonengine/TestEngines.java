package io.github.cpythonengine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.cpythonengine.python.PyException;
import java.io.StringWriter;
import java.io.Writer;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import javax.script.ScriptContext;
import javax.script.ScriptEngine;
import javax.script.ScriptEngineManager;
import javax.script.ScriptException;

/** What the tests of the whole engine share: it knows the engine by its name alone, as a host does. */
final class TestEngines {

    private TestEngines() {}

    /** An engine of its own, as a host gets one. */
    static ScriptEngine engine() {
        ScriptEngine engine = new ScriptEngineManager().getEngineByName("cpython");
        assertThat("an engine named cpython", engine, notNullValue());
        return engine;
    }

    /** The value of the script made of these lines. */
    static Object eval(ScriptEngine engine, String... lines) throws ScriptException {
        return engine.eval(String.join("\n", lines));
    }

    /** The exception that these lines end with. */
    static ScriptException fails(ScriptEngine engine, String... lines) {
        return assertThrows(ScriptException.class, () -> eval(engine, lines));
    }

    /** The Python exception that these lines end with. */
    static PyException raises(ScriptEngine engine, String... lines) {
        return (PyException) fails(engine, lines).getCause();
    }

    /** What these lines print; the context's writer is as before afterwards. */
    static String printed(ScriptEngine engine, String... lines) throws ScriptException {
        ScriptContext context = engine.getContext();
        Writer before = context.getWriter();
        StringWriter out = new StringWriter();
        context.setWriter(out);
        try {
            eval(engine, lines);
        } finally {
            context.setWriter(before);
        }
        return out.toString();
    }

    static void close(ScriptEngine engine) throws Exception {
        ((AutoCloseable) engine).close();
    }

    /**
     * A way from Python into Java that needs no more than live lists: {@code callback[7]} runs the body with 7. What
     * the body throws goes on unchanged, checked or not.
     */
    static List<Object> callback(Body body) {
        return new CallbackList(body);
    }

    /** The same for a body that needs no number: {@code callback[0]}. */
    static List<Object> callback(Callable<?> body) {
        return new CallbackList(index -> body.call());
    }

    interface Body {
        Object call(int index) throws Throwable;
    }

    private static final class CallbackList extends AbstractList<Object> implements RandomAccess {
        private final Body body;

        CallbackList(Body body) {
            this.body = body;
        }

        @Override
        public Object get(int index) {
            try {
                return body.call(index);
            } catch (Throwable e) {
                throw TestEngines.<RuntimeException>sneaky(e);
            }
        }

        @Override
        public int size() {
            return 1_000_000;
        }
    }

    /** Throws a checked exception where none is declared. */
    @SuppressWarnings("unchecked")
    static <E extends Throwable> E sneaky(Throwable e) throws E {
        throw (E) e;
    }

    /** A number of repetitions, multiplied by {@code -Dtest.scale} (1 by default). */
    static int scaled(int count) {
        return Math.max(1, (int) (count * Double.parseDouble(System.getProperty("test.scale", "1"))));
    }

    /** Collects garbage until the condition holds, for at most some seconds; tells whether it holds. */
    static boolean afterGc(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            if (condition.getAsBoolean()) {
                return true;
            }
            System.gc();
            Thread.sleep(i < 10 ? 10 : 50);
        }
        return condition.getAsBoolean();
    }
}
