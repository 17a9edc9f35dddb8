package io.github.cpythonengine;

import static io.github.cpythonengine.TestEngines.eval;
import static io.github.cpythonengine.TestEngines.raises;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.github.cpythonengine.python.PyException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.UUID;
import javax.script.ScriptContext;
import javax.script.ScriptEngine;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts that break what is around them: the JVM lives, and where it can be the engine goes on. */
@Tag("process")
class HostileTest {

    private final ScriptEngine engine = TestEngines.engine();

    // ---- in a JVM of its own: what spoils the whole process

    @Test
    void scriptsThatSpoilTheProcessLeaveTheEngineUsable() throws Exception {
        new ChildJvm(RunScripts.class)
                .args(
                        "import sys, os, gc, builtins, threading, warnings, linecache, traceback, ast, opcode, decimal, itertools",
                        "gc.disable(); gc.set_threshold(1); gc.enable()",
                        "sys.setrecursionlimit(200)",
                        "sys.setswitchinterval(1e-6)",
                        "sys.path.clear(); sys.meta_path.clear(); sys.path_hooks.clear(); sys.argv = None",
                        "warnings.simplefilter('error')",
                        "linecache.cache = None; linecache.getline = None",
                        "traceback.format_exception = None; traceback.TracebackException = None",
                        "ast.parse = None",
                        "decimal.getcontext().prec = 1",
                        "sys.excepthook = None; sys.unraisablehook = None; threading.excepthook = None",
                        "builtins.print = None; builtins.compile = None; builtins.repr = None; builtins.len = None",
                        "builtins.str = builtins.int = builtins.type = builtins.isinstance = None",
                        "threading.Thread = None; threading.current_thread = None; threading.local = None",
                        "sys.displayhook = None; sys.modules['__main__'] = None",
                        "sys.settrace(lambda *a: 1 / 0)",
                        "'the trace function fails here and is gone'",
                        "x = 20\nx * 2 + 2",
                        "1 / 0",
                        "x = (",
                        "def f(): raise KeyError('still')\nf()",
                        "'a %s b' % ('text',)")
                .run()
                .exitsWith(0)
                .prints("value: 42")
                .prints("ZeroDivisionError")
                .prints("SyntaxError")
                .prints("KeyError: 'still'")
                .prints("value: a text b")
                .prints("main ends");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "import sys; sys.modules.clear()",
                "import builtins; builtins.__dict__.clear()",
                "import sys\nfor m in list(sys.modules.values()):\n    if m is not None: m.__dict__.clear()",
                "import sys; sys.stdout = sys.stderr = sys.stdin = None; print('x'); sys.__stdout__ = None",
                "import sys; sys.__dict__.clear()",
                "import os; os.close(0); os.close(2)",
                "import sys, threading; threading.settrace(5); threading.setprofile(5); sys.setprofile(lambda *a: 1 / 0)",
            })
    void theJvmOutlivesIt(String script) throws Exception {
        new ChildJvm(RunScripts.class)
                .args(script, "1 + 1", "print('x')")
                .run()
                .exitsWith(0)
                .prints("main ends");
    }

    @Test
    void faulthandlerDoesNotKillTheJvm() throws Exception {
        new ChildJvm(NullChecks.class)
                .args("import faulthandler\nfaulthandler.enable()")
                .run()
                .exitsWith(0)
                .prints("main ends");
        new ChildJvm(NullChecks.class)
                .args("1")
                .env("PYTHONFAULTHANDLER", "1")
                .run()
                .exitsWith(0)
                .prints("main ends");
    }

    static final class NullChecks {
        public static void main(String[] args) {
            try {
                System.out.println(TestEngines.engine().eval(args[0]));
            } catch (Exception e) {
                System.out.println(e);
            }
            // Compiled code turns its implicit null checks into SIGSEGV.
            int caught = 0;
            for (int i = 0; i < 300_000; i++) {
                try {
                    caught += length(i % 100 == 99 ? null : "text");
                } catch (NullPointerException e) {
                    caught++;
                }
            }
            System.out.println("main ends " + caught);
        }

        private static int length(String text) {
            return text.length();
        }
    }

    // ---- in this JVM: what spoils a namespace only

    @Test
    void aSpoiltNamespaceIsNoProblem() throws Exception {
        eval(engine, "__name__ = 5", "__builtins__ = None", "__file__ = None", "__loader__ = __spec__ = 7");
        assertThat(engine.eval("1 + 1"), is(2));
        assertThat(engine.eval("len('abc')"), is(3));
        assertThat(TestEngines.engine().eval("__name__"), is("__main__"));
        eval(engine, "globals().clear()");
        assertThat(engine.eval("len('abc')"), is(3));
        assertThat(eval(engine, "class A: pass", "1"), is(1));
    }

    @Test
    void memoryErrorsAreExceptions() throws Exception {
        assertThat(raises(engine, "'x' * 10**15").getTypeName(), is("MemoryError"));
        assertThat(raises(engine, "bytearray(10**17)").getTypeName(), is("MemoryError"));
        assertThat(raises(engine, "[0] * (2**62)").getTypeName(), is("MemoryError"));
        assertThat(engine.eval("1 + 1"), is(2));
    }

    @Test
    void contextsOfDecimalDoNotRoundConversions() throws Exception {
        eval(engine, "import decimal", "saved = decimal.getcontext().copy()", "decimal.getcontext().prec = 2");
        try {
            BigDecimal exact = new BigDecimal("1234567890.123456789");
            engine.put("d", exact);
            assertThat(engine.eval("str(d)"), is("1234567890.123456789"));
            assertThat(engine.eval("d"), is(exact));
        } finally {
            engine.eval("decimal.setcontext(saved)");
        }
    }

    @Test
    void theLimitOfDigitsDoesNotTouchConversions() throws Exception {
        BigInteger big = BigInteger.TEN.pow(20_000).add(BigInteger.valueOf(7));
        engine.put("big", big);
        assertThat(engine.eval("big % 10"), is(7));
        assertThat(engine.eval("big"), is(big));
        assertThat(engine.eval("-big"), is(big.negate()));
    }

    @Test
    void classesThatPretendAreNotBelieved() throws Exception {
        eval(
                engine,
                "class Fake:",
                "    @property",
                "    def __class__(self): return int",
                "class FakeList:",
                "    __class__ = list",
                "class FakeStr:",
                "    __class__ = str",
                "    def __len__(self): return -1");
        for (String each : new String[] {"Fake()", "FakeList()", "FakeStr()", "type('T', (type,), {})", "Fake"}) {
            Object value = engine.eval(each);
            engine.put("back", value);
            assertThat(each, engine.eval("type(back) in (Fake, FakeList, FakeStr, type, type(type))"), is(true));
        }
    }

    @Test
    void metaclassesThatRaiseAreNoProblem() throws Exception {
        Object value = eval(
                engine,
                "class Meta(type):",
                "    def __instancecheck__(cls, o): raise RuntimeError('instancecheck')",
                "    def __subclasscheck__(cls, o): raise RuntimeError('subclasscheck')",
                "    def __getattribute__(cls, n): raise RuntimeError(n)",
                "    def __eq__(cls, o): raise RuntimeError('eq')",
                "    __hash__ = type.__hash__",
                "class Odd(metaclass=Meta):",
                "    def __getattribute__(self, n): raise RuntimeError(n)",
                "Odd()");
        engine.put("odd", value);
        assertThat(engine.eval("odd is not None"), is(true));
        engine.getBindings(ScriptContext.ENGINE_SCOPE).remove("odd");
    }

    @Test
    void sharedModulesReplacedByTheScriptAreAnErrorAtMost() throws Exception {
        eval(
                engine,
                "import decimal, datetime, uuid",
                "kept = decimal.Decimal, datetime.date, uuid.UUID",
                "decimal.Decimal = datetime.date = uuid.UUID = None");
        Object[] values = {new BigDecimal("1.5"), LocalDate.of(2024, 1, 2), new UUID(1, 2)};
        try {
            for (Object each : values) {
                try {
                    engine.put("x", each);
                    assertThat(engine.eval("x"), is(each));
                } catch (PyException e) {
                    assertThat(e.getTraceback().isEmpty(), is(false));
                }
            }
        } finally {
            engine.eval("decimal.Decimal, datetime.date, uuid.UUID = kept");
        }
        for (Object each : values) {
            engine.put("x", each);
            assertThat(engine.eval("x"), is(each));
        }
    }

    @Test
    void tracingDoesNotSeeTheEngine() throws Exception {
        assertThat(
                eval(
                        engine,
                        "import sys",
                        "seen = []",
                        "def trace(frame, event, arg):",
                        "    seen.append(frame.f_code.co_filename)",
                        "    return trace",
                        "def f(): return 1",
                        "sys.settrace(trace)",
                        "f()",
                        "print()",
                        "sys.settrace(None)",
                        "f.__code__.co_filename in seen"),
                is(true));
        assertThat(engine.eval("sys.gettrace() is None"), is(true));
    }
}
