package io.github.cpythonengine;

import static io.github.cpythonengine.TestEngines.eval;
import static io.github.cpythonengine.TestEngines.fails;
import static io.github.cpythonengine.TestEngines.raises;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.script.Bindings;
import javax.script.ScriptContext;
import javax.script.ScriptEngine;
import javax.script.ScriptException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ScriptEngine.eval}: arguments, the value of a script, what a failure leaves behind. */
class EvalTest {

    private final ScriptEngine engine = TestEngines.engine();

    // ---- nulls and readers

    @Test
    void nullsAreRefused() {
        Bindings bindings = engine.createBindings();
        ScriptContext context = engine.getContext();
        assertThrows(NullPointerException.class, () -> engine.eval((String) null));
        assertThrows(NullPointerException.class, () -> engine.eval((Reader) null));
        assertThrows(NullPointerException.class, () -> engine.eval((String) null, bindings));
        assertThrows(NullPointerException.class, () -> engine.eval((Reader) null, bindings));
        assertThrows(NullPointerException.class, () -> engine.eval((String) null, context));
        assertThrows(NullPointerException.class, () -> engine.eval((Reader) null, context));
        assertThrows(NullPointerException.class, () -> engine.eval("ran = 1", (Bindings) null));
        assertThrows(NullPointerException.class, () -> engine.eval("ran = 1", (ScriptContext) null));
        assertThrows(NullPointerException.class, () -> engine.eval(new StringReader("ran = 1"), (Bindings) null));
        assertThrows(NullPointerException.class, () -> engine.eval(new StringReader("ran = 1"), (ScriptContext) null));
        assertThat(engine.get("ran"), nullValue());
    }

    @Test
    void aNullContextIsRefusedBeforeTheReaderIsRead() {
        Reader untouched = new FilterReader(new StringReader("1")) {
            @Override
            public int read(char[] buffer, int offset, int length) {
                throw new AssertionError("read");
            }
        };
        assertThrows(NullPointerException.class, () -> engine.eval(untouched, (ScriptContext) null));
        assertThrows(NullPointerException.class, () -> engine.eval(untouched, (Bindings) null));
    }

    @Test
    void aReaderIsReadToItsEnd() throws Exception {
        Reader slow = new FilterReader(new StringReader("x = 1\n".repeat(5_000) + "x + 41")) {
            @Override
            public int read(char[] buffer, int offset, int length) throws IOException {
                return super.read(buffer, offset, Math.min(length, 7));
            }
        };
        assertThat(engine.eval(slow), is(42));
    }

    @Test
    void aFailingReaderIsAScriptException() throws Exception {
        IOException failure = new IOException("disk on fire");
        Reader broken = new FilterReader(new StringReader("ran = 1\n")) {
            private boolean once;

            @Override
            public int read(char[] buffer, int offset, int length) throws IOException {
                if (once) {
                    throw failure;
                }
                once = true;
                return super.read(buffer, offset, length);
            }
        };
        ScriptException e = assertThrows(ScriptException.class, () -> engine.eval(broken));
        assertThat(e.getCause(), sameInstance(failure));
        assertThat("half a script did not run", engine.get("ran"), nullValue());
    }

    // ---- the value

    @ParameterizedTest
    @ValueSource(
            strings = {
                "42",
                " 42",
                "42 ",
                "42\n",
                "42;",
                "42 # answer",
                "40 + 2",
                "(40 +\n 2)",
                "x = 40\nx + 2",
                "x = 40; x + 2",
                "41; 42",
                "def f():\n    return 42\nf()",
                "def f():\n    return 42\n\nf()\n\n# the end\n",
                "import math\nmath.floor(42.5)",
                "if True:\n    pass\n42",
                "(lambda: 42)()",
                "[n for n in range(50) if n == 42][0]",
                "(x := 42)",
                "42 if True else 0",
                "'a docstring'\n42",
                "x = \\\n42\nx",
                "x = '''\n'''\n42"
            })
    void theLastExpressionIsTheValue(String script) throws Exception {
        assertThat(engine.eval(script), is(42));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\n\n",
                "\t\n \n",
                "# only a comment",
                "# one\n# two\n",
                "x = 42",
                "if True:\n    42",
                "for i in range(3):\n    i",
                "def f():\n    return 42",
                "class A:\n    42",
                "import math",
                "42\nx = 1",
                "42\npass",
                "None",
                "x = 1; del x",
                "42\nwhile False: 42",
                "with open(__import__('os').devnull): 42",
                "async def f(): 42"
            })
    void noLastExpressionIsNull(String script) throws Exception {
        assertThat(engine.eval(script), nullValue());
    }

    @Test
    void aLoneStringIsItsValue() throws Exception {
        assertThat(engine.eval("'text'"), is("text"));
        assertThat(engine.eval("'text'\n"), is("text"));
        assertThat(engine.eval("\"\"\"doc\"\"\"\n'text'"), is("text"));
    }

    @Test
    void nothingRunsTwice() throws Exception {
        engine.eval("hits = []");
        engine.eval("hits.append(1)");
        engine.eval("hits.append(2); len(hits)");
        fails(engine, "hits.append(3) or int('no number')");
        fails(engine, "hits.append(4)", "raise ValueError");
        assertThat(engine.eval("str(hits)"), is("[1, 2, 3, 4]"));
    }

    @Test
    void aSyntaxErrorRaisedAtRunTimeDoesNotMakeTheScriptRunAgain() throws Exception {
        engine.eval("hits = []");
        assertThat(
                raises(engine, "hits.append(1) or compile('(', 'inner', 'exec')")
                        .getTypeName(),
                is("SyntaxError"));
        assertThat(raises(engine, "hits.append(2) or exec('x = = 1')").getTypeName(), is("SyntaxError"));
        assertThat(
                raises(engine, "hits.append(3) or (_ for _ in ()).throw(SyntaxError())")
                        .getTypeName(),
                is("SyntaxError"));
        assertThat(raises(engine, "hits.append(4)", "exec('x = = 1')").getTypeName(), is("SyntaxError"));
        assertThat(engine.eval("str(hits)"), is("[1, 2, 3, 4]"));
    }

    @Test
    void aSyntaxErrorRunsNothing() {
        fails(engine, "ran = 1", "x = = 2");
        fails(engine, "ran = 1", "return 5");
        fails(engine, "ran = 1", "yield 5");
        fails(engine, "ran = 1", "break");
        fails(engine, "ran = 1", "(");
        fails(engine, "ran = 1", "await x");
        fails(engine, "ran = 1", "  indented = 1");
        assertThat(engine.get("ran"), nullValue());
    }

    @Test
    void futureImportsHoldForTheWholeScript() throws Exception {
        assertThat(
                eval(
                        engine,
                        "from __future__ import annotations",
                        "def f(x: no_such_name): pass",
                        "f.__annotations__['x']"),
                is("no_such_name"));
        assertThat(
                eval(
                        engine,
                        "from __future__ import annotations",
                        "import __future__",
                        "bool((lambda: 0).__code__.co_flags & __future__.annotations.compiler_flag)"),
                is(true));
    }

    @Test
    void futureImportsEndWithTheirScript() throws Exception {
        eval(engine, "from __future__ import annotations", "import __future__");
        assertThat(
                engine.eval("bool((lambda: 0).__code__.co_flags & __future__.annotations.compiler_flag)"), is(false));
        assertThat(
                eval(engine, "f = lambda: 0", "bool(f.__code__.co_flags & __future__.annotations.compiler_flag)"),
                is(false));
    }

    // ---- state

    @Test
    void stateSurvivesAFailedScript() throws Exception {
        engine.eval("x = 1");
        fails(engine, "x = 2", "y = 3", "raise RuntimeError('boom')", "x = 4");
        assertThat(engine.eval("x"), is(2));
        assertThat(engine.eval("y"), is(3));
        fails(engine, "x = (");
        assertThat(engine.eval("x"), is(2));
    }

    @Test
    void topLevelIsAModuleLevel() throws Exception {
        assertThat(engine.eval("globals() is locals()"), is(true));
        assertThat(eval(engine, "def f():", "    global seen", "    seen = 7", "f()", "seen"), is(7));
        assertThat(eval(engine, "n = 10", "[n * i for i in range(3)][2]"), is(20));
        assertThat(eval(engine, "class A:", "    b = n", "A.b"), is(10));
        assertThat(eval(engine, "def fact(n): return 1 if n < 2 else n * fact(n - 1)", "fact(10)"), is(3628800));
        assertThat(eval(engine, "exec('made = 5')", "made"), is(5));
        assertThat(eval(engine, "eval('made + 1')"), is(6));
        assertThat(eval(engine, "ann: int = 3", "ann"), is(3));
    }

    @Test
    void aLongScriptRuns() throws Exception {
        StringBuilder script = new StringBuilder("total = 0\n");
        for (int i = 0; i < 20_000; i++) {
            script.append("total += ").append(i).append('\n');
        }
        assertThat(engine.eval(script.append("total").toString()), is(199_990_000));
    }

    @Test
    void evalWithinEvalKeepsItsOwnNames() throws Exception {
        ScriptEngine inner = TestEngines.engine();
        engine.put("inner", TestEngines.callback(() -> inner.eval("x = 'inner'; x")));
        engine.put("again", TestEngines.callback(() -> engine.eval("x + '!'")));
        assertThat(
                eval(engine, "x = 'outer'", "(x, inner[0], x, again[0]) == ('outer', 'inner', 'outer', 'outer!')"),
                is(true));
    }

    @Test
    void argumentsOfOverlappingRunsDoNotStay() throws Exception {
        engine.eval("import sys; sys.argv = ['first']");
        ScriptEngine other = TestEngines.engine();
        engine.put(ScriptEngine.ARGV, List.of("a"));
        other.put(ScriptEngine.ARGV, List.of("b"));
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        other.put("pause", TestEngines.callback(() -> {
            began.countDown();
            return ended.await(10, TimeUnit.SECONDS);
        }));
        Thread later = new Thread(() -> {
            try {
                other.eval("pause[0]");
            } catch (ScriptException e) {
                throw new IllegalStateException(e);
            }
        });
        engine.put("begin", TestEngines.callback(() -> {
            later.start();
            return began.await(10, TimeUnit.SECONDS);
        }));
        assertThat(engine.eval("begin[0]"), is(true));
        ended.countDown();
        later.join();
        engine.getBindings(ScriptContext.ENGINE_SCOPE).remove(ScriptEngine.ARGV);
        assertThat(engine.eval("sys.argv"), is(List.of("first")));
        engine.eval("sys.argv = ['']");
    }

    @Test
    void sourcesOfLargeScriptsAreNotKeptForEver() throws Exception {
        for (int i = 0; i < 20; i++) {
            engine.eval("x = '" + i + "a".repeat(2 << 20) + "'");
        }
        engine.eval("import linecache");
        Object kept = engine.eval("sum(entry[0] for entry in linecache.cache.values() if len(entry) > 1)");
        assertThat(((Number) kept).longValue(), lessThan(20L << 20));
    }
}
