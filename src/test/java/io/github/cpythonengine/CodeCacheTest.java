package io.github.cpythonengine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import io.github.cpythonengine.interpreter.Interpreter;
import java.util.concurrent.Callable;
import javax.script.Compilable;
import javax.script.CompiledScript;
import javax.script.ScriptEngine;
import javax.script.ScriptException;
import org.junit.jupiter.api.Test;

/** Code that makes way for that of later texts is given up, and only when nobody needs it. */
class CodeCacheTest {

    /** More than are kept. */
    private static final int MANY = 600;

    private static int number;

    private final ScriptEngine engine = TestEngines.engine();

    private void evaluateOthers() throws ScriptException {
        for (int i = 0; i < MANY; i++) {
            int next = ++number;
            assertThat(engine.eval("x = " + next + "\n[x][0] + 1"), is(next + 1));
        }
    }

    @Test
    void aTextWhoseCodeWasGivenUpIsCompiledAgain() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(engine.eval("y = 5\ny * 2"), is(10));
            evaluateOthers();
        }
    }

    @Test
    void codeStaysForARunInProgress() throws Exception {
        engine.put("others", (Callable<Object>) () -> {
            evaluateOthers();
            return 3;
        });
        for (int i = 0; i < 2; i++) {
            assertThat(engine.eval("z = others()\nz + others()"), is(6));
        }
    }

    @Test
    void codeStaysForCompiledScripts() throws Exception {
        CompiledScript script = ((Compilable) engine).compile("z = 4\nz + 1");
        for (int i = 0; i < 2; i++) {
            evaluateOthers();
            assertThat(script.eval(), is(5));
        }
    }

    @Test
    void nothingWaitsForTheGarbageCollector() throws Exception {
        evaluateOthers();
        int before = Interpreter.heldObjects();
        for (int i = 0; i < 5; i++) {
            evaluateOthers();
        }
        assertThat(Interpreter.heldObjects() - before, is(lessThan(MANY / 2)));
    }
}
