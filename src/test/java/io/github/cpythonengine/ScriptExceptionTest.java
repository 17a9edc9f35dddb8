package io.github.cpythonengine;

import static io.github.cpythonengine.TestEngines.callback;
import static io.github.cpythonengine.TestEngines.eval;
import static io.github.cpythonengine.TestEngines.fails;
import static io.github.cpythonengine.TestEngines.raises;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.arrayWithSize;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.sameInstance;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cpythonengine.python.PyException;
import io.github.cpythonengine.python.PyObject;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.script.Invocable;
import javax.script.ScriptEngine;
import javax.script.ScriptException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What leaves {@code eval} when a script fails. */
class ScriptExceptionTest {

    private final ScriptEngine engine = TestEngines.engine();

    // ---- text and place

    @Test
    void theMessageIsWhatPythonPrintsLast() {
        assertThat(fails(engine, "raise ValueError('bad')").getMessage(), startsWith("ValueError: bad"));
        assertThat(fails(engine, "raise ValueError").getMessage(), startsWith("ValueError"));
        assertThat(fails(engine, "{}['k']").getMessage(), startsWith("KeyError: 'k'"));
        assertThat(fails(engine, "1 / 0").getMessage(), startsWith("ZeroDivisionError: division by zero"));
        assertThat(
                fails(engine, "class Odd(Exception): pass", "raise Odd('o\u00e9')")
                        .getMessage(),
                containsString("Odd: o\u00e9"));
        assertThat(
                fails(engine, "import json; json.loads('{')").getMessage(),
                startsWith("json.decoder.JSONDecodeError: "));
    }

    @Test
    void thePositionIsNotRepeatedInTheText() {
        engine.put(ScriptEngine.FILENAME, "place.py");
        String message = fails(engine, "", "raise ValueError('bad')").getMessage();
        assertThat(message, message.split("place\\.py", -1), arrayWithSize(2));
        assertThat(message, message.split("line", -1), arrayWithSize(2));
        String syntax = fails(engine, "x = = 1").getMessage();
        assertThat(syntax, syntax.split("place\\.py", -1), arrayWithSize(2));
        assertThat(syntax, syntax.split("line", -1), arrayWithSize(2));
    }

    @Test
    void thePositionIsTheInnermostOfTheUsersScript() {
        engine.put(ScriptEngine.FILENAME, "user.py");
        ScriptException inLibrary = fails(engine, "import json", "", "json.loads('{')");
        assertThat(inLibrary.getFileName(), is("user.py"));
        assertThat(inLibrary.getLineNumber(), is(3));
        ScriptException inFunction = fails(engine, "def f():", "    x = 1", "    return 1 / 0", "f()");
        assertThat(inFunction.getLineNumber(), is(3));
        ScriptException inLambda =
                fails(engine, "import functools", "functools.reduce(lambda a, b:", "  a / b, [1, 0])");
        assertThat(inLambda.getFileName(), is("user.py"));
        assertThat(inLambda.getLineNumber(), is(3));
    }

    @Test
    void thePositionInAFunctionOfAnEarlierScriptIsThere() throws Exception {
        engine.put(ScriptEngine.FILENAME, "lib.py");
        eval(engine, "", "", "def f():", "    raise ValueError");
        engine.put(ScriptEngine.FILENAME, "main.py");
        ScriptException e = fails(engine, "f()");
        assertThat(e.getFileName(), is("lib.py"));
        assertThat(e.getLineNumber(), is(4));
    }

    @Test
    void syntaxErrorsHaveLineAndColumn() {
        ScriptException e = fails(engine, "x = 1", "y = = 2");
        assertThat(e.getLineNumber(), is(2));
        assertThat(e.getColumnNumber(), is(5));
        assertThat(e.getMessage(), startsWith("SyntaxError: invalid syntax"));
        assertThat(fails(engine, "x = 1", "def f(:").getLineNumber(), is(2));
        ScriptException single = fails(engine, "1 +");
        assertThat(single.getLineNumber(), is(1));
        assertThat(single.getColumnNumber(), is(4));
    }

    @Test
    void columnsOfSyntaxErrorsCountCharacters() {
        assertThat(fails(engine, "\u00e9\u00e9 = = 2").getColumnNumber(), is(6));
    }

    @Test
    void runTimeErrorsHaveColumnsWhereCPythonKnowsThem() throws Exception {
        assumeTrue((Boolean) engine.eval("import sys; sys.version_info >= (3, 11)"), "columns of code came with 3.11");
        assertThat(fails(engine, "x = 1 + nothing_here").getColumnNumber(), is(9));
        assertThat(fails(engine, "x = '\u00e9\u00e9' + nothing_here").getColumnNumber(), is(12));
    }

    @Test
    void theStackTraceHasThePythonFrames() throws Exception {
        engine.put(ScriptEngine.FILENAME, "frames.py");
        PyException e = raises(engine, "def inner():", "    1 / 0", "def outer():", "    inner()", "outer()");
        List<StackTraceElement> python = Arrays.stream(e.getStackTrace())
                .filter(frame -> "frames.py".equals(frame.getFileName()))
                .toList();
        assertThat(python.stream().map(StackTraceElement::getLineNumber).toList(), is(List.of(2, 4, 5)));
        assertThat(python.get(0).toString(), containsString("inner"));
        assertThat(python.get(1).toString(), containsString("outer"));
        assertThat(
                "Java frames too",
                Arrays.stream(e.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().equals(ScriptExceptionTest.class.getName())));
    }

    @Test
    void theTracebackIsPythons() {
        PyException e = raises(engine, "def f():", "    raise ValueError('bad')", "f()");
        assertThat(e.getTraceback(), startsWith("Traceback (most recent call last):"));
        assertThat(e.getTraceback(), containsString("raise ValueError('bad')"));
        assertThat(e.getTraceback().endsWith("ValueError: bad"), is(true));
        assertThat("only the user's frames", e.getTraceback(), not(containsString("cpythonengine")));
    }

    @Test
    void theValueIsAlive() throws Exception {
        PyException e = raises(
                engine,
                "class Custom(Exception):",
                "    def __init__(self, code): self.code = code",
                "raise Custom(7)");
        assertThat(e.getValue().getAttr("code"), is(7));
        assertThat(e.getTypeName().endsWith("Custom"), is(true));
        engine.put("e", e.getValue());
        assertThat(engine.eval("type(e) is Custom"), is(true));
    }

    // ---- chains

    @Test
    void causeAndContextAreTheCause() {
        PyException explicit = raises(
                engine, "try:", "    1 / 0", "except ZeroDivisionError as z:", "    raise ValueError('v') from z");
        assertThat(((PyException) explicit.getCause()).getTypeName(), is("ZeroDivisionError"));
        PyException implicit =
                raises(engine, "try:", "    1 / 0", "except ZeroDivisionError:", "    raise ValueError('v')");
        assertThat(((PyException) implicit.getCause()).getTypeName(), is("ZeroDivisionError"));
        PyException cut =
                raises(engine, "try:", "    1 / 0", "except ZeroDivisionError:", "    raise ValueError('v') from None");
        assertThat(cut.getCause(), nullValue());
    }

    @Test
    void aCycleOfCausesIsCut() {
        PyException e = raises(
                engine, "a, b = ValueError('a'), ValueError('b')", "a.__cause__ = b", "b.__cause__ = a", "raise a");
        int depth = 0;
        for (Throwable each = e; each != null; each = each.getCause()) {
            depth++;
            assertThat(depth, lessThan(100));
        }
        assertThat(e.getTraceback().isEmpty(), is(false));
    }

    @Test
    void aLongChainOfCausesIsNoProblem() {
        PyException e = raises(
                engine,
                "e = ValueError(0)",
                "for i in range(1, 20000):",
                "    n = ValueError(i)",
                "    n.__cause__ = e",
                "    e = n",
                "raise e");
        assertThat(e.getMessage(), is("ValueError: 19999"));
    }

    // ---- exceptions as hostile as they get

    @ParameterizedTest
    @ValueSource(
            strings = {
                "KeyboardInterrupt", "GeneratorExit", "SystemExit", "BaseException", "StopIteration", "MemoryError",
                "RecursionError", "AssertionError", "UnicodeError", "OSError", "SyntaxError", "IndentationError"
            })
    void everyExceptionIsAScriptException(String type) throws Exception {
        PyException e = raises(engine, "raise " + type);
        assertThat(e.getTypeName(), is(type));
        assertThat(engine.eval("1 + 1"), is(2));
    }

    @Test
    void brokenTextMethodsLeaveAMessage() throws Exception {
        ScriptException e = fails(
                engine,
                "class Mute(Exception):",
                "    def __str__(self): raise RuntimeError('no text')",
                "    __repr__ = __str__",
                "raise Mute('x')");
        assertThat(e.getMessage(), containsString("Mute"));
        ScriptException wrong =
                fails(engine, "class Wrong(Exception):", "    def __str__(self): return 5", "raise Wrong()");
        assertThat(wrong.getMessage(), containsString("Wrong"));
        ScriptException exits =
                fails(engine, "class Exits(Exception):", "    def __str__(self): raise SystemExit(3)", "raise Exits()");
        assertThat(exits.getMessage(), containsString("Exits"));
        assertThat(engine.eval("1 + 1"), is(2));
    }

    @Test
    void brokenAttributesLeaveAMessage() {
        ScriptException e = fails(
                engine,
                "class Odd(Exception):",
                "    def __getattribute__(self, name): raise RuntimeError(name)",
                "raise Odd('x')");
        assertThat(e.getMessage(), containsString("Odd"));
        ScriptException syntax = fails(
                engine,
                "e = SyntaxError('x')",
                "e.lineno, e.offset, e.filename, e.text = 'five', object(), 3.5, b'x'",
                "raise e");
        assertThat(syntax.getMessage(), startsWith("SyntaxError"));
    }

    @Test
    void aHugeMessageIsNoProblem() {
        assertThat(
                fails(engine, "raise ValueError('x' * 10_000_000)").getMessage().length(), greaterThan(1000));
    }

    @Test
    void surrogatesAndNulsInTheMessageArrive() {
        assertThat(raises(engine, "raise ValueError('\\ud800\\0\\U0001f600')").getText(), is("\ud800\0\ud83d\ude00"));
    }

    @Test
    void anExceptionRaisedTwiceIsTheSame() throws Exception {
        engine.eval("e = ValueError('once')");
        PyException first = raises(engine, "raise e");
        PyException second = raises(engine, "raise e");
        assertThat(first.getValue(), is(second.getValue()));
    }

    @Test
    void exceptionGroupsArrive() throws Exception {
        assumeTrue((Boolean) engine.eval("import sys; sys.version_info >= (3, 11)"), "exception groups came with 3.11");
        PyException e = raises(engine, "raise ExceptionGroup('many', [ValueError(1), TypeError(2)])");
        assertThat(e.getTypeName(), is("ExceptionGroup"));
        assertThat(e.getTraceback(), containsString("TypeError: 2"));
    }

    // ---- SystemExit

    @Test
    void systemExitCarriesTheCode() throws Exception {
        assertThat(exitCode("import sys", "sys.exit(3)"), is(3));
        assertThat(exitCode("import sys", "sys.exit()"), nullValue());
        assertThat(exitCode("import sys", "sys.exit('bye')"), is("bye"));
        assertThat(exitCode("raise SystemExit(4)"), is(4));
        assertThat(exitCode("raise SystemExit"), nullValue());
        assertThat(exitCode("exit(5)"), is(5));
        assertThat(exitCode("def f(): quit(6)", "f()"), is(6));
        assertThat(engine.eval("'alive'"), is("alive"));
    }

    private Object exitCode(String... lines) {
        PyException e = raises(engine, lines);
        assertThat(e.getTypeName(), is("SystemExit"));
        return e.getValue().getAttr("code");
    }

    @Test
    void systemExitInAFunctionIsAScriptException() throws Exception {
        engine.eval("import sys\ndef f(): sys.exit(9)");
        ScriptException e = assertThrows(ScriptException.class, () -> ((Invocable) engine).invokeFunction("f"));
        assertThat(((PyException) e.getCause()).getValue().getAttr("code"), is(9));
    }

    @Test
    void systemExitInAThreadEndsTheThreadAlone() throws Exception {
        assertThat(
                eval(
                        engine,
                        "import threading, sys",
                        "t = threading.Thread(target=sys.exit, args=(3,))",
                        "t.start(); t.join()",
                        "'alive'"),
                is("alive"));
    }

    @Test
    void systemExitInADestructorEndsNothing() throws Exception {
        assertThat(
                eval(
                        engine,
                        "import sys",
                        "sys.unraisablehook, hook = (lambda u: None), sys.unraisablehook",
                        "class D:",
                        "    def __del__(self): raise SystemExit(3)",
                        "D()",
                        "d = D(); del d",
                        "sys.unraisablehook = hook",
                        "'alive'"),
                is("alive"));
    }

    // ---- Java exceptions through Python

    static Stream<Throwable> javaExceptions() {
        return Stream.of(
                new IllegalStateException("unchecked"),
                new IOException("checked"),
                new Exception((String) null),
                new Error("error"),
                new AssertionError("assertion"),
                new ThreadDeath(),
                new Throwable("bare"),
                new InterruptedException("interrupted"),
                new ClassCastException(),
                new Exception("\ud800 \0 %s {} \n"),
                new NoMessage());
    }

    private static final class NoMessage extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no message");
        }

        @Override
        public String toString() {
            throw new IllegalStateException("no text");
        }
    }

    @ParameterizedTest
    @MethodSource("javaExceptions")
    void aJavaExceptionThatLeavesTheScriptIsTheDirectCause(Throwable failure) throws Exception {
        engine.put("host", callback(() -> {
            throw TestEngines.<RuntimeException>sneaky(failure);
        }));
        ScriptException direct = fails(engine, "host[0]");
        assertThat(direct.getCause(), sameInstance(failure));
        assertThat(direct.getLineNumber(), is(1));
        ScriptException deep = fails(
                engine,
                "def f():",
                "    return [host[0] for _ in '1']",
                "def g(): f()",
                "sorted([1, 2], key=lambda k: g())");
        assertThat(deep.getCause(), sameInstance(failure));
        ScriptException again = fails(engine, "try:", "    host[0]", "except BaseException as e:", "    raise");
        assertThat(again.getCause(), sameInstance(failure));
    }

    @ParameterizedTest
    @ValueSource(strings = {"OutOfMemoryError", "StackOverflowError", "InternalError"})
    void aVirtualMachineErrorIsNotLost(String name) throws Exception {
        Throwable failure = (Throwable)
                Class.forName("java.lang." + name).getConstructor(String.class).newInstance("of the host");
        engine.put("host", callback(() -> {
            throw TestEngines.<RuntimeException>sneaky(failure);
        }));
        Throwable out = assertThrows(Throwable.class, () -> engine.eval("host[0]"));
        assertThat(out instanceof ScriptException ? out.getCause() : out, sameInstance(failure));
        assertThat(engine.eval("1 + 1"), is(2));
    }

    @Test
    void thePythonTracebackIsSuppressed() throws Exception {
        IllegalStateException failure = new IllegalStateException("x");
        engine.put("host", callback(() -> {
            throw failure;
        }));
        ScriptException e = fails(engine, "def f():", "    host[0]", "f()");
        assertThat(e.getSuppressed(), arrayWithSize(1));
        PyException python = (PyException) e.getSuppressed()[0];
        assertThat(python.getTraceback(), containsString("line 2, in f"));
        assertThat(python.getJavaException().orElse(null), sameInstance(failure));
    }

    @Test
    void pythonCatchesJavaExceptions() throws Exception {
        engine.put("host", callback(index -> {
            throw index == 0 ? new IOException("checked") : new Error("error");
        }));
        assertThat(
                eval(
                        engine,
                        "seen = []",
                        "try:",
                        "    host[0]",
                        "except Exception as e:",
                        "    seen.append('checked' in str(e))",
                        "finally:",
                        "    seen.append('finally')",
                        "try:",
                        "    host[1]",
                        "except BaseException as e:",
                        "    seen.append('error' in str(e))",
                        "seen == [True, 'finally', True]"),
                is(true));
    }

    @Test
    void aCaughtJavaExceptionLeavesNoTrace() throws Exception {
        engine.put("host", callback(() -> {
            throw new IOException("caught");
        }));
        ScriptException e = fails(engine, "try:", "    host[0]", "except Exception:", "    pass", "1 / 0");
        assertThat(e.getCause(), instanceOf(PyException.class));
        assertThat(e.getMessage(), startsWith("ZeroDivisionError"));
    }

    @Test
    void aPythonExceptionRaisedFromAJavaExceptionHasItAsItsCause() throws Exception {
        IOException failure = new IOException("disk");
        engine.put("host", callback(() -> {
            throw failure;
        }));
        ScriptException e = fails(
                engine, "try:", "    host[0]", "except Exception as e:", "    raise ValueError('wrapped') from e");
        assertThat(e.getMessage(), startsWith("ValueError: wrapped"));
        assertThat(e.getCause(), instanceOf(PyException.class));
        Throwable below = e.getCause().getCause();
        assertThat(below instanceof PyException ? below.getCause() : below, sameInstance(failure));
    }

    @Test
    void oneExceptionPassesFiveCrossingsUnchanged() throws Exception {
        IOException failure = new IOException("deep");
        engine.put("host", callback(depth -> {
            if (depth == 0) {
                throw failure;
            }
            ScriptEngine inner = TestEngines.engine();
            inner.put("host", engine.get("host"));
            try {
                return inner.eval("host[" + (depth - 1) + "]");
            } catch (ScriptException e) {
                throw TestEngines.<RuntimeException>sneaky(e.getCause());
            }
        }));
        assertThat(fails(engine, "host[5]").getCause(), sameInstance(failure));
    }

    @Test
    void aPyExceptionGoingBackIsTheSamePythonException() throws Exception {
        PyObject thrower =
                (PyObject) eval(engine, "original = ValueError('first')", "def thrower(): raise original", "thrower");
        engine.put("host", callback(() -> thrower.call()));
        assertThat(
                eval(engine, "try:", "    host[0]", "except ValueError as e:", "    same = e is original", "same"),
                is(true));
        PyException e = raises(engine, "host[0]");
        assertThat(e.getTypeName(), is("ValueError"));
        assertThat(e.getTraceback(), containsString("in thrower"));
    }

    @Test
    void aScriptExceptionOfANestedRunKeepsItsCauses() throws Exception {
        engine.put("host", callback(() -> engine.eval("1 / 0")));
        ScriptException e = fails(engine, "host[0]");
        assertThat(e.getCause(), instanceOf(ScriptException.class));
        assertThat(((PyException) e.getCause().getCause()).getTypeName(), is("ZeroDivisionError"));
    }

    @Test
    void aSystemExitThroughJavaIsStillOne() throws Exception {
        PyObject exit = (PyObject) engine.eval("import sys; sys.exit");
        engine.put("host", callback(() -> exit.call(7)));
        PyException e = raises(engine, "try:", "    host[0]", "except Exception:", "    pass");
        assertThat(e.getTypeName(), is("SystemExit"));
        assertThat(e.getValue().getAttr("code"), is(7));
    }

    @Test
    void theExceptionSurvivesSerialization() throws Exception {
        ScriptException e = fails(engine, "raise ValueError('kept')");
        var bytes = new java.io.ByteArrayOutputStream();
        try (var out = new java.io.ObjectOutputStream(bytes)) {
            out.writeObject(e);
        }
        try (var in = new java.io.ObjectInputStream(new java.io.ByteArrayInputStream(bytes.toByteArray()))) {
            ScriptException copy = (ScriptException) in.readObject();
            assertThat(copy.getMessage(), is(e.getMessage()));
            assertThat(copy.getCause().getMessage(), is("ValueError: kept"));
        }
    }

    @Test
    void placesThatAScriptSpoiltDoNoHarm() throws Exception {
        ScriptException e = fails(
                engine,
                "class Evil:",
                "    def __eq__(self, other):",
                "        return 1 / 0",
                "__name__ = Evil()",
                "raise ValueError('bad')");
        assertThat(e.getMessage(), containsString("ValueError: bad"));
        e = fails(
                TestEngines.engine(),
                "class Odd(SyntaxError):",
                "    lineno = property(lambda self: 1 / 0)",
                "    filename = property(lambda self: 1 / 0)",
                "exec(compile('raise Odd(1)', 'f', 'exec'), {'Odd': Odd, '__name__': 'other'})");
        assertThat(e.getMessage(), containsString("Odd"));
    }
}
