package io.github.cpythonengine.host;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.cpythonengine.interpreter.Interpreter;
import io.github.cpythonengine.python.Kwargs;
import io.github.cpythonengine.python.PyException;
import io.github.cpythonengine.python.PyObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.script.Compilable;
import javax.script.CompiledScript;
import javax.script.Invocable;
import javax.script.ScriptEngine;
import javax.script.ScriptEngineManager;
import javax.script.ScriptException;
import javax.script.SimpleBindings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Each kind of operation, done many times, leaves as many references as there were: the Python objects that Java holds,
 * the Java objects that Python holds, the references to some Python objects, and on a debug build of CPython all there
 * are.
 */
class NeutralityTest {

    private static final int TIMES = 100;

    private final ScriptEngine engine = new ScriptEngineManager().getEngineByName("cpython");

    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    /** Counts of what could leak. */
    private record Counts(int inJava, int inPython, long sentinel, long all) {

        boolean isNear(Counts before) {
            return inJava - before.inJava < TIMES / 2
                    && inPython - before.inPython < TIMES / 2
                    && sentinel - before.sentinel < TIMES / 2
                    && all - before.all < TIMES / 2;
        }
    }

    @BeforeEach
    void sentinel() throws ScriptException {
        engine.eval("""
                import sys, gc, asyncio
                class Sentinel:
                    def method(self, *args, **names): return self
                    def __iter__(self): return iter([self])
                sentinel = Sentinel()
                def count():
                    gc.collect()
                    some = [sentinel, Sentinel, count]
                    if sys.version_info < (3, 12): some += [None, True, 1]
                    return [sum(map(sys.getrefcount, some)), getattr(sys, 'gettotalrefcount', int)()]
                def same(*args, **names): return args[0] if args else sentinel
                """);
        PyObject same = (PyObject) engine.get("same");
        for (int i = -5; i <= 256; i++) {
            same.call(i); // these are kept for ever
        }
    }

    private void neutral(Work work) throws Exception {
        for (int i = 0; i < 20; i++) {
            work.run();
        }
        Counts before;
        Counts after;
        int round = 0;
        do { // what other tests left may go or come meanwhile; what leaks does so each time
            before = settled(null);
            for (int i = 0; i < TIMES; i++) {
                work.run();
            }
            after = settled(before);
        } while (++round < 4 && !after.isNear(before));
        assertThat("Python objects in Java", after.inJava - before.inJava, is(lessThan(TIMES / 2)));
        assertThat("Java objects in Python", after.inPython - before.inPython, is(lessThan(TIMES / 2)));
        assertThat("references to some objects", after.sentinel - before.sentinel, is(lessThan(TIMES / 2L)));
        assertThat("references in all", after.all - before.all, is(lessThan(TIMES / 2L)));
    }

    /** When they are no more than those, or no longer fall: the collectors and the reaper need their time. */
    private Counts settled(Counts wanted) throws Exception {
        Counts least = count();
        for (int unchanged = 0; unchanged < 4 && !isAsWanted(least, wanted); unchanged++) {
            Thread.sleep(30);
            Counts now = count();
            if (now.inJava < least.inJava || now.inPython < least.inPython || now.all < least.all - 20) {
                unchanged = -1;
            }
            least = now;
        }
        return least;
    }

    private static boolean isAsWanted(Counts now, Counts wanted) {
        return wanted != null
                && now.inJava <= wanted.inJava
                && now.inPython <= wanted.inPython
                && now.sentinel <= wanted.sentinel
                && now.all <= wanted.all + TIMES / 4;
    }

    private Counts count() throws Exception {
        System.gc();
        Thread.sleep(20);
        int inPython = Script.handles();
        List<?> counted = new ArrayList<>((List<?>) engine.eval("count()"));
        long all = ((Number) counted.get(1)).longValue();
        return new Counts(Interpreter.heldObjects(), inPython, ((Number) counted.get(0)).longValue(), all);
    }

    @Test
    void calls() throws Exception {
        Invocable invocable = (Invocable) engine;
        PyObject same = (PyObject) engine.get("same");
        PyObject sentinel = (PyObject) engine.get("sentinel");
        neutral(() -> {
            invocable.invokeFunction(
                    "same", sentinel, 1, "x", Kwargs.of("a", List.of(1)).and("b", sentinel));
            invocable.invokeMethod(sentinel, "method", sentinel);
            same.call(sentinel, 2.5);
            sentinel.callMethod("method", Kwargs.of("x", null));
            assertThrows(NoSuchMethodException.class, () -> invocable.invokeFunction("nothing"));
        });
    }

    @Test
    void scriptsAndBindings() throws Exception {
        CompiledScript compiled = ((Compilable) engine).compile("other = sentinel; [other, x]");
        Object thing = new Object();
        neutral(() -> {
            engine.put("x", thing);
            engine.put("y", engine.get("sentinel"));
            compiled.eval();
            engine.getBindings(javax.script.ScriptContext.ENGINE_SCOPE).remove("y");
            SimpleBindings bindings = new SimpleBindings(new HashMap<>(Map.of("a", thing, "b", 5)));
            engine.eval("c = a, b, [1]", bindings);
            engine.createBindings().put("x", thing);
        });
    }

    @Test
    void values() throws Exception {
        Object[] values = {
            null,
            true,
            5,
            1L << 40,
            BigInteger.ONE.shiftLeft(100),
            2.5,
            'c',
            "text \ud83d\ude00 \u00e9",
            new byte[] {1, 2},
            new BigDecimal("1.50"),
            LocalDate.of(2024, 1, 2),
            LocalTime.NOON,
            ZonedDateTime.of(2024, 1, 2, 3, 4, 5, 0, ZoneOffset.UTC),
            Duration.ofSeconds(5),
            UUID.randomUUID(),
            Path.of("a"),
            List.of(1, "x"),
            Map.of("k", 1),
            Set.of(1),
            new int[] {1, 2},
            new Object[] {1, "x"},
            Thread.State.NEW,
            new StringBuilder("x"),
            new Object(),
            Object.class
        };
        PyObject same = (PyObject) engine.get("same");
        neutral(() -> {
            for (Object value : values) {
                same.call(value);
            }
            engine.eval("[None, True, 1 << 70, 2.5, 1j, 'x', b'x', bytearray(b'x'), [1], (1,), {1: 2}, {1}, sentinel]");
            PyObject list = (PyObject) engine.eval("same.__class__(same.__code__, {'a': 1})");
            list.close();
            Arrays.asList(values).forEach(value -> engine.put("v", value));
        });
    }

    @Test
    void wantedTypes() throws Exception {
        PyObject number = (PyObject) engine.eval("class N(int): pass\nN(5)");
        PyObject sentinel = (PyObject) engine.get("sentinel");
        neutral(() -> {
            number.as(long.class);
            number.as(BigDecimal.class);
            sentinel.as(Object[].class);
            sentinel.as(Iterable.class).iterator();
            assertThrows(ArithmeticException.class, () -> ((PyObject) engine.eval("N(1000)")).as(byte.class));
            assertThrows(ClassCastException.class, () -> sentinel.as(int.class));
        });
    }

    public static final class Host {
        public Object call(Callable<?> callable) throws Exception {
            return callable.call();
        }

        public void fail() throws IOException {
            throw new IOException("disk", new IllegalStateException("cause"));
        }
    }

    @Test
    void exceptions() throws Exception {
        engine.put("host", new Host());
        engine.eval("""
                def fail():
                    local = sentinel
                    try: 1 / 0
                    except ZeroDivisionError as e:
                        error = ValueError(local)
                        error.__notes__ = ['note']
                        raise error from e
                group = getattr(__import__('builtins'), 'ExceptionGroup', None)
                def group_of():
                    raise group('g', [ValueError(sentinel), KeyError()]) if group else ValueError()
                """);
        neutral(() -> {
            for (String script : List.of(
                    "fail()",
                    "host.call(lambda: host.call(fail))",
                    "group_of()",
                    "sys.exit(3)",
                    "compile('1 +', 'f', 'exec')")) {
                PyException e = (PyException) assertThrows(ScriptException.class, () -> engine.eval(script))
                        .getCause();
                e.getTraceback();
                e.detached();
            }
            assertThrows(ScriptException.class, () -> engine.eval("host.call(lambda: host.fail())"));
            engine.eval("try: host.fail()\nexcept OSError as e: pass");
        });
    }

    @Test
    void callbacksAndProxies() throws Exception {
        engine.put("apply", (Function<Object, Object>) it -> it);
        engine.put("host", new Host());
        engine.eval("""
                from java.lang import Runnable
                from java.util import Comparator, ArrayList
                class Runs(Runnable):
                    def run(self): return sentinel
                """);
        PyObject same = (PyObject) engine.get("same");
        neutral(() -> {
            engine.eval("apply(sentinel); host.call(lambda: sentinel); ArrayList([2, 1]).sort(lambda a, b: a - b)");
            same.as(Callable.class).call();
            engine.eval("host.call(lambda: Runs())");
            ((Runnable) engine.eval("Runs()")).run();
            ((Invocable) engine).getInterface(engine.get("same"), Function.class);
            engine.eval("class Short(Runnable):\n    def run(self): pass\nShort().run()");
        });
    }

    @Test
    void iteration() throws Exception {
        engine.put("items", new ArrayList<>(List.of(1, "x", new Object())));
        engine.put("pairs", new HashMap<>(Map.of("k", new Object())));
        neutral(() -> {
            engine.eval(
                    "[x for x in items]; items[0:2]; [kv for kv in pairs.items()]; items.stream().map(same).toList()");
            engine.eval("next(iter(items)); next(items.iterator())");
            for (Iterator<?> it = (Iterator<?>) engine.eval("(sentinel for _ in range(5))"); it.hasNext(); ) {
                it.next();
            }
            ((Iterator<?>) engine.eval("iter([1, sentinel])")).next();
            for (Object each : (PyObject) engine.get("sentinel")) {
                each.hashCode();
            }
            for (Object each : ((Map<?, ?>) engine.eval("{sentinel: sentinel, 1: [2]}")).entrySet()) {
                each.hashCode();
            }
        });
    }

    @Test
    void coroutines() throws Exception {
        // else, with two processors, each would have a thread of its own, whose state Python keeps for some time
        ExecutorService executor = Executors.newSingleThreadExecutor();
        engine.put("later", (Callable<Object>) () -> CompletableFuture.supplyAsync(Object::new, executor));
        engine.eval("""
                async def value(it):
                    await asyncio.sleep(0)
                    return it
                async def fail(): raise KeyError(sentinel)
                async def long(): await asyncio.sleep(1000)
                async def waits(): return [await later(), await asyncio.gather(later(), later())]
                """);
        neutral(() -> {
            future("value(sentinel)").get(60, TimeUnit.SECONDS);
            assertThrows(ExecutionException.class, () -> future("fail()").get(60, TimeUnit.SECONDS));
            CompletableFuture<?> cancelled = future("long()");
            cancelled.cancel(true);
            assertThrows(CancellationException.class, cancelled::join);
            future("waits()").get(60, TimeUnit.SECONDS);
            ((PyObject) engine.eval("value(1)")).callMethod("close");
        });
        neutral(() -> engine.eval("asyncio.run(waits())"));
        executor.shutdown();
    }

    private CompletableFuture<?> future(String expression) throws ScriptException {
        return ((PyObject) engine.eval(expression)).as(CompletableFuture.class);
    }
}
