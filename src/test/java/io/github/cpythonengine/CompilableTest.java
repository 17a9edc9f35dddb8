package io.github.cpythonengine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.cpythonengine.python.PyException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import javax.script.Bindings;
import javax.script.Compilable;
import javax.script.CompiledScript;
import javax.script.ScriptContext;
import javax.script.ScriptEngine;
import javax.script.ScriptException;
import javax.script.SimpleBindings;
import javax.script.SimpleScriptContext;
import org.junit.jupiter.api.Test;

/** {@code javax.script.Compilable} and {@code CompiledScript}. */
class CompilableTest {

    private final ScriptEngine engine = TestEngines.engine();
    private final Compilable compilable = (Compilable) engine;

    @Test
    void nullsAreRefused() throws Exception {
        assertThrows(NullPointerException.class, () -> compilable.compile((String) null));
        assertThrows(NullPointerException.class, () -> compilable.compile((Reader) null));
        CompiledScript script = compilable.compile("1");
        assertThrows(NullPointerException.class, () -> script.eval((ScriptContext) null));
    }

    @Test
    void nullBindingsMeanTheEnginesOwn() throws Exception {
        // CompiledScript.eval(Bindings): "or null to use the engine's"
        engine.put("x", 1);
        assertThat(compilable.compile("x").eval((Bindings) null), is(1));
    }

    @Test
    void compilingRunsNothing() throws Exception {
        CompiledScript script = compilable.compile("ran = True\n1 / 0");
        assertThat(engine.get("ran"), nullValue());
        assertThrows(ScriptException.class, script::eval);
        assertThat(engine.get("ran"), is(true));
    }

    @Test
    void itRunsAgainAndAgain() throws Exception {
        engine.put("x", 0);
        CompiledScript script = compilable.compile("x = x + 1\nx");
        for (int i = 1; i <= 1_000; i++) {
            assertThat(script.eval(), is(i));
        }
        assertThat(engine.get("x"), is(1_000));
    }

    @Test
    void theValueIsTheLastExpression() throws Exception {
        assertThat(compilable.compile("6 * 7").eval(), is(42));
        assertThat(compilable.compile("x = 6\nx * 7").eval(), is(42));
        assertThat(compilable.compile("x = 6").eval(), nullValue());
        assertThat(compilable.compile("").eval(), nullValue());
        assertThat(compilable.compile(new StringReader("1\n2\n# three")).eval(), is(2));
    }

    @Test
    void itRunsUnderAnyBindingsAndContext() throws Exception {
        CompiledScript script = compilable.compile("y = x * 2\ny");
        Bindings own = engine.createBindings();
        own.put("x", 1);
        assertThat(script.eval(own), is(2));
        Bindings simple = new SimpleBindings();
        simple.put("x", 2);
        assertThat(script.eval(simple), is(4));
        assertThat(simple.get("y"), is(4));
        ScriptContext context = new SimpleScriptContext();
        context.setAttribute("x", 3, ScriptContext.ENGINE_SCOPE);
        assertThat(script.eval(context), is(6));
        assertThat(context.getAttribute("y"), is(6));
        assertThat(engine.get("y"), nullValue());
    }

    @Test
    void evalUsesTheEnginesCurrentContext() throws Exception {
        CompiledScript script = compilable.compile("print(x); x");
        ScriptContext context = new SimpleScriptContext();
        StringWriter out = new StringWriter();
        context.setWriter(out);
        context.setAttribute("x", "new", ScriptContext.ENGINE_SCOPE);
        engine.setContext(context);
        assertThat(script.eval(), is("new"));
        assertThat(out.toString(), is("new\n"));
        Bindings replaced = new SimpleBindings();
        replaced.put("x", "newer");
        engine.setBindings(replaced, ScriptContext.ENGINE_SCOPE);
        assertThat(script.eval(), is("newer"));
    }

    @Test
    void evalWithBindingsKeepsTheGlobalScopeAndWriters() throws Exception {
        engine.getBindings(ScriptContext.GLOBAL_SCOPE).put("g", 5);
        StringWriter out = new StringWriter();
        engine.getContext().setWriter(out);
        compilable.compile("print(g)").eval(new SimpleBindings());
        assertThat(out.toString(), is("5\n"));
    }

    @Test
    void itKnowsItsEngine() throws Exception {
        assertThat(compilable.compile("1").getEngine(), sameInstance(engine));
    }

    @Test
    void aSyntaxErrorHasItsPlace() {
        engine.put(ScriptEngine.FILENAME, "bad.py");
        ScriptException e = assertThrows(ScriptException.class, () -> compilable.compile("x = 1\ny = = 2"));
        assertThat(e.getFileName(), is("bad.py"));
        assertThat(e.getLineNumber(), is(2));
        assertThat(e.getColumnNumber(), is(5));
        assertThat(e.getMessage(), containsString("SyntaxError: invalid syntax"));
        assertThat(e.getCause(), instanceOf(PyException.class));
    }

    @Test
    void aFailingReaderIsAScriptException() {
        IOException failure = new IOException("unplugged");
        Reader broken = new Reader() {
            @Override
            public int read(char[] buffer, int offset, int length) throws IOException {
                throw failure;
            }

            @Override
            public void close() {}
        };
        ScriptException e = assertThrows(ScriptException.class, () -> compilable.compile(broken));
        assertThat(e.getCause(), sameInstance(failure));
    }

    @Test
    void errorsCarryTheFileOfCompileTime() throws Exception {
        engine.put(ScriptEngine.FILENAME, "compiled.py");
        CompiledScript script = compilable.compile("\n\n1 / 0");
        engine.put(ScriptEngine.FILENAME, "other.py");
        ScriptException e = assertThrows(ScriptException.class, script::eval);
        assertThat(e.getFileName(), is("compiled.py"));
        assertThat(e.getLineNumber(), is(3));
    }

    @Test
    void evalIsNotDisturbedByMeantimeCompiling() throws Exception {
        CompiledScript one = compilable.compile("def f(): return 1\nf()");
        CompiledScript two = compilable.compile("def f(): return 2\nf()");
        assertThat(one.eval(), is(1));
        assertThat(two.eval(), is(2));
        assertThat(one.eval(), is(1));
    }

    @Test
    void itOutlivesAGarbageCollectionOfTheEnginesLastUse() throws Exception {
        CompiledScript script = ((Compilable) TestEngines.engine()).compile("x = 41\nx + 1");
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(20);
        }
        assertThat(script.eval(), is(42));
    }
}
