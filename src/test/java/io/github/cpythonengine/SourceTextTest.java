package io.github.cpythonengine;

import static io.github.cpythonengine.TestEngines.eval;
import static io.github.cpythonengine.TestEngines.fails;
import static io.github.cpythonengine.TestEngines.raises;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.cpythonengine.python.PyException;
import java.util.List;
import javax.script.ScriptContext;
import javax.script.ScriptEngine;
import javax.script.ScriptException;
import javax.script.SimpleScriptContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Source is text: which texts run, what they are called, what is kept of them. */
class SourceTextTest {

    private final ScriptEngine engine = TestEngines.engine();

    @ParameterizedTest
    @ValueSource(
            strings = {"ran = 1\0garbage(", "\0", "'\0'", "ran = 1\n\0", "# comment \0\nran = 1", "\0ran = 1", "1\0"})
    void aNulIsAnErrorAndNotACut(String script) {
        fails(engine, script);
        assertThat(engine.get("ran"), nullValue());
    }

    @Test
    void anyLineEndWorks() throws Exception {
        assertThat(engine.eval("x = 1\r\nif x:\r\n    x = 41\r\nx + 1\r\n"), is(42));
        assertThat(engine.eval("x = 1\rif x:\r    x = 41\rx + 1\r"), is(42));
        assertThat(engine.eval("x = 1\nif x:\r\n    x = 41\rx + 1"), is(42));
        assertThat(engine.eval("'''a\r\nb'''"), is("a\nb"));
    }

    @Test
    void aByteOrderMarkIsSkipped() throws Exception {
        assertThat(engine.eval("\ufeff42"), is(42));
        assertThat(engine.eval("\ufeffx = 41\nx + 1"), is(42));
        assertThat(engine.eval("\ufeff"), nullValue());
    }

    @Test
    void tabsAndFormFeedsAreSpace() throws Exception {
        assertThat(engine.eval("if True:\n\tx = 41\n\tx += 1\nx"), is(42));
        assertThat(engine.eval("\fx = 42\n\fx"), is(42));
    }

    @ParameterizedTest
    @ValueSource(strings = {"latin-1", "utf-8", "cp1252", "ascii", "utf-16", "no-such-codec"})
    void aCodingHeaderChangesNothing(String codec) throws Exception {
        assertThat(engine.eval("# -*- coding: " + codec + " -*-\n'\u00e9\u20ac'"), is("\u00e9\u20ac"));
        assertThat(engine.eval("#!/usr/bin/python3\n# coding: " + codec + "\nx = '\u00e9'\nx"), is("\u00e9"));
    }

    @Test
    void identifiersMayBeNonAscii() throws Exception {
        assertThat(eval(engine, "gr\u00f6\u00dfe = 40", "\u5909\u6570 = 2", "gr\u00f6\u00dfe + \u5909\u6570"), is(42));
        assertThat(engine.get("gr\u00f6\u00dfe"), is(40));
        engine.put("\u03c0", 3);
        assertThat(engine.eval("\u03c0"), is(3));
    }

    @Test
    void literalsMayHoldAnyCharacter() throws Exception {
        assertThat(engine.eval("'\ud83d\ude00'"), is("\ud83d\ude00"));
        assertThat(engine.eval("len('\ud83d\ude00')"), is(1));
        assertThat(engine.eval("'a\u2028b\u0085c'"), is("a\u2028b\u0085c"));
    }

    @Test
    void aLoneSurrogateInTheSourceIsAnErrorThatLeavesTheEngineUsable() throws Exception {
        fails(engine, "x = '\ud800'");
        assertThat(engine.eval("1 + 1"), is(2));
    }

    // ---- indentation of the whole

    @ParameterizedTest
    @ValueSource(
            strings = {
                "    x = 40\n    x + 2",
                "\n    x = 40\n    x + 2\n  ",
                "\n\tx = 40\n\tif x:\n\t\tx += 2\n\tx\n",
                "\n      if True:\n          x = 42\n      x\n    ",
                "    # first a comment\n    x = 42\n\n    x",
                "\r\n    x = 40\r\n    x + 2\r\n",
                "   42",
                "\n\n    def f():\n        return 42\n\n    f()",
                "    x = 42\n# a comment at the margin\n    x"
            })
    void sourceIndentedAsAWholeRuns(String script) throws Exception {
        assertThat(engine.eval(script), is(42));
    }

    @Test
    void linesOfAnIndentedSourceKeepTheirNumbers() {
        ScriptException e = fails(engine, "", "    x = 1", "    raise ValueError(x)");
        assertThat(e.getLineNumber(), is(3));
    }

    @Test
    void wrongIndentationStaysAnError() {
        assertThat(raises(engine, "x = 1", "  y = 2").getTypeName(), is("IndentationError"));
        assertThat(raises(engine, "    x = 1", "  y = 2").getTypeName(), is("IndentationError"));
        assertThat(raises(engine, "if True:", "x = 1").getTypeName(), is("IndentationError"));
    }

    // ---- names of files, arguments

    private ScriptContext named(String file) {
        ScriptContext context = new SimpleScriptContext();
        context.setBindings(engine.createBindings(), ScriptContext.ENGINE_SCOPE);
        context.setAttribute(ScriptEngine.FILENAME, file, ScriptContext.ENGINE_SCOPE);
        return context;
    }

    @Test
    void theFileNameIsTheCodes() throws Exception {
        ScriptContext context = named("dir/my script.py");
        assertThat(engine.eval("(lambda: 0).__code__.co_filename", context), is("dir/my script.py"));
        assertThat(engine.eval("x = 1\n(lambda: 0).__code__.co_filename", context), is("dir/my script.py"));
        assertThat(engine.eval("def f(): pass\nf.__code__.co_filename", context), is("dir/my script.py"));
        assertThat(engine.eval("__file__", context), is("dir/my script.py"));
    }

    @Test
    void theFileNameIsInPositions() {
        ScriptContext context = named("r\u00e9sum\u00e9.py");
        ScriptException syntax = assertThrowsScript("x = = 1", context);
        assertThat(syntax.getFileName(), is("r\u00e9sum\u00e9.py"));
        ScriptException runtime = assertThrowsScript("\n1 / 0", context);
        assertThat(runtime.getFileName(), is("r\u00e9sum\u00e9.py"));
        assertThat(runtime.getLineNumber(), is(2));
    }

    @Test
    void theSameTextUnderAnotherNameHasThatName() throws Exception {
        String script = "(lambda: 0).__code__.co_filename";
        assertThat(engine.eval(script, named("one.py")), is("one.py"));
        assertThat(engine.eval(script, named("two.py")), is("two.py"));
        assertThat(engine.eval(script, named("one.py")), is("one.py"));
    }

    @Test
    void theFileNameOfTheEngineScopeHoldsUntilChanged() throws Exception {
        engine.put(ScriptEngine.FILENAME, "first.py");
        assertThat(engine.eval("__file__"), is("first.py"));
        engine.put(ScriptEngine.FILENAME, "second.py");
        assertThat(engine.eval("__file__"), is("second.py"));
        assertThat(fails(engine, "nope").getFileName(), is("second.py"));
    }

    @Test
    void withoutAFileNameAPositionStillHasOne() {
        ScriptException e = fails(engine, "nope");
        assertThat(e.getFileName(), not(nullValue()));
        assertThat(e.getLineNumber(), is(1));
    }

    @Test
    void argumentsArriveInSysArgv() throws Exception {
        engine.put(ScriptEngine.ARGV, new String[] {"-v", "\u00e9"});
        assertThat(engine.eval("import sys; sys.argv[-2:] == ['-v', '\u00e9']"), is(true));
        assertThat(engine.eval("isinstance(sys.argv, list)"), is(true));
        engine.put(ScriptEngine.ARGV, List.of("a", "b", "c"));
        assertThat(engine.eval("sys.argv[-3:] == ['a', 'b', 'c'] and '-v' not in sys.argv"), is(true));
        assertThat(
                eval(
                        engine,
                        "import argparse",
                        "p = argparse.ArgumentParser(); p.add_argument('rest', nargs='*')",
                        "p.parse_args().rest[-2:] == ['b', 'c']"),
                is(true));
    }

    @Test
    void argumentsOfOneEngineAreNotTheOthers() throws Exception {
        engine.put(ScriptEngine.ARGV, new String[] {"secret"});
        engine.eval("import sys; sys.argv");
        assertThat(TestEngines.engine().eval("import sys; 'secret' in sys.argv"), is(false));
    }

    // ---- source lines and kept code

    @Test
    void tracebacksShowSourceLines() throws Exception {
        String text = (String) eval(
                engine,
                "import traceback",
                "def inner():",
                "    raise KeyError('gone')  # look at this line",
                "try:",
                "    inner()",
                "except KeyError:",
                "    text = traceback.format_exc()",
                "text");
        assertThat(text, containsString("raise KeyError('gone')  # look at this line"));
        assertThat(text, containsString("line 3, in inner"));
    }

    @Test
    void tracebacksOfAnOlderScriptShowItsOwnLines() throws Exception {
        eval(engine, "def old():", "    raise KeyError('the old line')");
        eval(engine, "def young():", "    return 'the young line'");
        PyException e = raises(engine, "old()");
        assertThat(e.getTraceback(), containsString("raise KeyError('the old line')"));
        assertThat(e.getTraceback(), not(containsString("the young line")));
        assertThat(e.getTraceback(), startsWith("Traceback (most recent call last):"));
    }

    @Test
    void inspectFindsTheSourceOfAFunction() throws Exception {
        assertThat(
                eval(engine, "import inspect", "def f():", "    return 'here'", "inspect.getsource(f)"),
                is("def f():\n    return 'here'\n"));
    }

    @Test
    void theSameTextIsCompiledOnce() throws Exception {
        String script = "kept.append((lambda: 0).__code__)";
        engine.eval("kept = []");
        engine.eval(script);
        engine.eval(script);
        assertThat(engine.eval("kept[0] is kept[1]"), is(true));
    }

    @Test
    void codeThatIsNotUsedAnyMoreIsLetGo() throws Exception {
        engine.eval("import weakref, gc");
        engine.eval("first = weakref.ref((lambda: 'only here').__code__)");
        for (int i = 0; i < 6_000; i++) {
            engine.eval("n = " + i);
        }
        assertThat(TestEngines.afterGc(() -> isTrue("gc.collect(); first() is None")), is(true));
        assertThat((Integer) engine.eval("import linecache; len(linecache.cache)"), lessThan(5_000));
    }

    private boolean isTrue(String script) {
        try {
            return (Boolean) engine.eval(script);
        } catch (ScriptException e) {
            throw new IllegalStateException(e);
        }
    }

    private ScriptException assertThrowsScript(String script, ScriptContext context) {
        return assertThrows(ScriptException.class, () -> engine.eval(script, context));
    }
}
