package io.github.cpythonengine;

import static io.github.cpythonengine.TestEngines.eval;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.sameInstance;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.cpythonengine.convert.Conversions;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.PythonHalf;
import io.github.cpythonengine.python.PyException;
import io.github.cpythonengine.python.PyObject;
import io.github.cpythonengine.python.PyView;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import javax.script.Invocable;
import javax.script.ScriptEngine;
import javax.script.ScriptException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Python's coroutines as Java's CompletionStages. */
class CoroutinesTest {

    private final ScriptEngine engine = TestEngines.engine();

    @BeforeEach
    void coroutines() throws ScriptException {
        eval(
                engine,
                "import asyncio",
                "async def add(a, b):",
                "    await asyncio.sleep(0)",
                "    return a + b",
                "async def fail(error):",
                "    await asyncio.sleep(0)",
                "    raise error",
                "ended = []",
                "async def long():",
                "    try: await asyncio.sleep(1000)",
                "    except BaseException as e:",
                "        ended.append(type(e).__name__)",
                "        raise");
    }

    private CompletableFuture<Object> future(String expression) throws ScriptException {
        @SuppressWarnings("unchecked")
        CompletableFuture<Object> future = object(engine.eval(expression)).as(CompletableFuture.class);
        return future;
    }

    private static PyObject object(Object value) {
        return value instanceof PyView view ? view.pyObject() : (PyObject) value;
    }

    private static Object value(CompletableFuture<?> future) throws Exception {
        return future.get(60, TimeUnit.SECONDS);
    }

    private static Throwable failure(CompletableFuture<?> future) {
        return assertThrows(ExecutionException.class, () -> value(future)).getCause();
    }

    private void waitFor(String condition) throws Exception {
        for (int i = 0; i < 6000 && !engine.eval(condition).equals(true); i++) {
            Thread.sleep(10);
        }
        assertThat(condition, engine.eval(condition), is(true));
    }

    /** Nothing else runs there until the script's gate is set. */
    private CompletableFuture<Object> blockTheLoop() throws Exception {
        eval(
                engine,
                "import threading",
                "blocking, gate = threading.Event(), threading.Event()",
                "async def blocks():",
                "    blocking.set()",
                "    gate.wait(60)");
        CompletableFuture<Object> blocks = future("blocks()");
        engine.eval("blocking.wait(60)");
        return blocks;
    }

    // ---- results

    @Test
    void theResultIsTheStagesValue() throws Exception {
        assertThat(value(future("add(1, 2)")), is(3));
        PyObject coroutine = (PyObject) engine.eval("add('a', 'b')");
        CompletionStage<?> stage = coroutine.as(CompletionStage.class);
        assertThat(value(stage.thenApply(it -> it + "!").toCompletableFuture()), is("ab!"));
        Future<?> future = ((PyObject) engine.eval("add([1], [2])")).as(Future.class);
        assertThat(future.get(60, TimeUnit.SECONDS), is(List.of(1, 2)));
    }

    @Test
    void theyRunTogetherOnOneLoop() throws Exception {
        eval(
                engine,
                "import threading",
                "gate = []",
                "async def waits():",
                "    while not gate: await asyncio.sleep(0.001)",
                "    return threading.current_thread()",
                "async def opens():",
                "    gate.append(1)",
                "    return threading.current_thread()");
        CompletableFuture<Object> first = future("waits()");
        CompletableFuture<Object> second = future("opens()");
        assertThat(value(first), is(value(second)));
    }

    @Test
    void whatElsePythonAwaitsIsOneToo() throws Exception {
        eval(
                engine,
                "class Awaitable:",
                "    def __await__(self):",
                "        yield from asyncio.sleep(0).__await__()",
                "        return 'awaited'",
                "import types, concurrent.futures",
                "@types.coroutine",
                "def old(): yield; return 'old'",
                "pool = concurrent.futures.ThreadPoolExecutor(1)");
        assertThat(value(future("Awaitable()")), is("awaited"));
        assertThat(value(future("old()")), is("old"));
        assertThat(value(future("pool.submit(lambda: 'pooled')")), is("pooled"));
        assertThat(failure(future("pool.submit(lambda: 1 / 0)")).getMessage(), startsWith("ZeroDivisionError"));
        engine.eval("pool.shutdown()");
    }

    @Test
    void otherObjectsAreNone() throws Exception {
        eval(engine, "async def generator(): yield 1", "class Wrong:", "    def __await__(self): return 5");
        for (String expression : List.of("generator()", "object()", "(lambda: 1)", "add")) {
            PyObject object = (PyObject) engine.eval(expression);
            ClassCastException e = assertThrows(ClassCastException.class, () -> object.as(CompletableFuture.class));
            assertThat(e.getMessage(), containsString("java.util.concurrent.CompletableFuture"));
        }
        assertThat(failure(future("Wrong()")).getMessage(), startsWith("TypeError"));
    }

    @Test
    void oneCoroutineIsOneHoweverOftenItIsAskedFor() throws Exception {
        PyObject coroutine = object(eval(
                engine,
                "started, gate = [], []",
                "async def once():",
                "    started.append(1)",
                "    while not gate: await asyncio.sleep(0.001)",
                "    return len(started)",
                "once()"));
        CompletableFuture<?> one = coroutine.as(CompletableFuture.class);
        CompletableFuture<?> other = coroutine.as(CompletableFuture.class);
        engine.eval("gate.append(1)");
        assertThat(value(one), is(1));
        assertThat(value(other), is(1));
    }

    @Test
    void oneThatWasAwaitedAlreadyFails() throws Exception {
        engine.eval("used = add(1, 1); asyncio.run(used)");
        assertThat(failure(future("used")).getMessage(), startsWith("RuntimeError"));
    }

    // ---- where Java wants one

    public interface Service {
        CompletionStage<Long> count(String text);

        CompletableFuture<Void> save(Object what);
    }

    @Test
    void asyncMethodsImplementWhatGivesStages() throws Exception {
        eval(
                engine,
                "async def count(text): return len(text)",
                "saved = []",
                "async def save(what): saved.append(what); return 'not nothing'");
        Service service = ((Invocable) engine).getInterface(Service.class);
        assertThat(value(service.count("four").toCompletableFuture()), is(4L));
        assertThat(value(service.save(1)) == null, is(true));
        assertThat(engine.get("saved"), is(List.of(1)));
        engine.eval("async def count(text): return text");
        Throwable wrong = failure(service.count("x").toCompletableFuture());
        assertThat(wrong, instanceOf(ClassCastException.class));
        assertThat(wrong.getMessage(), is("cannot convert str 'x' to long"));
    }

    public static final class Host {
        public Object given;

        public String take(CompletionStage<?> stage) {
            given = stage;
            return "stage";
        }

        public String take(String text) {
            return "text";
        }

        public Object same(CompletableFuture<?> future) {
            return future;
        }

        public CompletionStage<Object> call(Function<Integer, ? extends CompletionStage<Object>> function) {
            return function.apply(20);
        }

        public Object waitFor(CompletableFuture<?> future) throws Exception {
            return value(future);
        }

        public Object waitForDependent(CompletableFuture<?> future) throws Exception {
            return value(future.thenApply(it -> it).thenApply(it -> it));
        }

        public String refuse(CompletionStage<?> stage, int number) {
            return "called";
        }
    }

    @Test
    void methodsThatWantOneTakeACoroutine() throws Exception {
        Host host = new Host();
        engine.put("host", host);
        assertThat(engine.eval("host.take(add(1, 2))"), is("stage"));
        assertThat(value((CompletableFuture<?>) host.given), is(3));
        eval(
                engine,
                "from java.util.concurrent import CompletableFuture",
                "all = CompletableFuture.allOf(add(1, 2), add(3, 4))",
                "chained = host.call(lambda n: add(n, 1)).thenCompose(lambda n: add(n, 21))");
        value((CompletableFuture<?>) engine.get("all"));
        assertThat(value((CompletableFuture<?>) engine.get("chained")), is(42));
    }

    @Test
    void aCallThatIsRefusedStartsNothing() throws Exception {
        engine.put("host", new Host());
        eval(
                engine,
                "begun = []",
                "async def begins(): begun.append(1)",
                "coroutine = begins()",
                "try: host.refuse(coroutine, 'no number')",
                "except TypeError: pass",
                "else: assert False",
                "import inspect",
                "assert inspect.getcoroutinestate(coroutine) == 'CORO_CREATED'",
                "coroutine.close()");
    }

    // ---- errors

    @Test
    void whatItRaisesIsTheCause() throws Exception {
        eval(engine, "error = KeyError('k')");
        Throwable failure = failure(future("fail(error)"));
        assertThat(failure.getMessage(), is("KeyError: 'k'"));
        assertThat(failure.getStackTrace()[0].getMethodName(), is("fail"));
        engine.put("failure", failure);
        assertThat(((PyException) failure).getValue(), is(engine.get("error")));
    }

    @Test
    void aJavaExceptionIsItself() throws Exception {
        IOException error = new IOException("disk");
        engine.put("error", error);
        CompletableFuture<Object> future = future("fail(error)");
        assertThat(failure(future), is(sameInstance(error)));
        assertThat(assertThrows(CompletionException.class, future::join).getCause(), is(sameInstance(error)));
    }

    @Test
    void anErrorOfAConverterIsTheCause() throws Exception {
        AssertionError error = new AssertionError("converter");
        Conversions.addToJava("coroutines_test.Inconvertible", it -> {
            throw error;
        });
        eval(
                engine,
                "import sys, types",
                "module = sys.modules['coroutines_test'] = types.ModuleType('coroutines_test')",
                "class Inconvertible: pass",
                "Inconvertible.__module__ = 'coroutines_test'",
                "module.Inconvertible = Inconvertible",
                "async def make(): return Inconvertible()");
        try {
            assertThat(failure(future("make()")), is(sameInstance(error)));
        } finally {
            engine.eval("del sys.modules['coroutines_test']");
        }
    }

    @Test
    void exitsAndInterruptsLeaveTheLoopRunning() throws Exception {
        for (String error : List.of("SystemExit(3)", "KeyboardInterrupt()", "GeneratorExit()", "BaseException()")) {
            assertThat(failure(future("fail(" + error + ")")), instanceOf(PyException.class));
        }
        eval(engine, "async def stop(): asyncio.get_running_loop().stop(); return 1");
        assertThat(value(future("stop()")), is(1));
        assertThat(value(future("add(1, 1)")), is(2));
    }

    // ---- cancelling

    @Test
    void cancellingTheFutureCancelsTheTask() throws Exception {
        CompletableFuture<Object> future = future("long()");
        value(future("add(1, 1)")); // long() waits by now
        assertThat(future.cancel(true), is(true));
        assertThat(future.isCancelled(), is(true));
        waitFor("ended == ['CancelledError']");
    }

    @Test
    void soDoesCompletingIt() throws Exception {
        CompletableFuture<Object> future = future("long()");
        value(future("add(1, 1)"));
        future.complete("early");
        waitFor("ended == ['CancelledError']");
        assertThat(value(future), is("early"));
    }

    @Test
    void onePutOffIsCancelledBeforeItBegins() throws Exception {
        eval(engine, "begun = []", "async def begins(): begun.append(1)");
        CompletableFuture<Object> blocks = blockTheLoop();
        CompletableFuture<Object> future = future("begins()");
        future.cancel(true);
        engine.eval("gate.set()");
        value(blocks);
        value(future("add(1, 1)"));
        assertThat(engine.get("begun"), is(List.of()));
    }

    @Test
    void aTaskThatIsCancelledCancelsTheFuture() throws Exception {
        CompletableFuture<Object> future = future("fail(asyncio.CancelledError())");
        assertThrows(CancellationException.class, () -> value(future));
        assertThat(future.isCancelled(), is(true));
    }

    // ---- where it belongs

    @Test
    void itPrintsWhereTheRunThatMadeItDoes() throws Exception {
        eval(
                engine,
                "async def prints(name):",
                "    for i in range(3):",
                "        print(name, i, end='')",
                "        await asyncio.sleep(0)",
                "        print('.')",
                "    await asyncio.create_task(child(name))",
                "    await asyncio.get_running_loop().run_in_executor(None, contextvars.copy_context().run, print, name, 'thread')",
                "async def child(name): print(name, 'child')",
                "import contextvars");
        List<StringWriter> writers = new ArrayList<>();
        List<CompletableFuture<?>> futures = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            StringWriter writer = new StringWriter();
            writers.add(writer);
            engine.getContext().setWriter(writer);
            javax.script.SimpleScriptContext context = new javax.script.SimpleScriptContext();
            context.setBindings(
                    engine.getBindings(javax.script.ScriptContext.ENGINE_SCOPE),
                    javax.script.ScriptContext.ENGINE_SCOPE);
            context.setWriter(writer);
            futures.add(((PyObject) engine.eval("prints('" + name + "')", context)).as(CompletableFuture.class));
        }
        for (int i = 0; i < 3; i++) {
            value(futures.get(i));
            String name = List.of("a", "b", "c").get(i);
            assertThat(
                    writers.get(i).toString().replace("\r", ""),
                    is(name + " 0.\n" + name + " 1.\n" + name + " 2.\n" + name + " child\n" + name + " thread\n"));
        }
    }

    @Test
    void itSeesTheMainModuleOfItsRun() throws Exception {
        ScriptEngine other = TestEngines.engine();
        String code =
                "async def name():\n    import asyncio, __main__\n    await asyncio.sleep(0)\n    return __main__.who";
        engine.eval(code + "\nwho = 'one'");
        other.eval(code + "\nwho = 'two'");
        CompletableFuture<?> one = ((PyObject) engine.eval("name()")).as(CompletableFuture.class);
        CompletableFuture<?> two = ((PyObject) other.eval("name()")).as(CompletableFuture.class);
        assertThat(value(one), is("one"));
        assertThat(value(two), is("two"));
    }

    @Test
    void aRunInsideOfACoroutineHasItsOwnStreams() throws Exception {
        ScriptEngine inner = TestEngines.engine();
        StringWriter inside = new StringWriter();
        StringWriter outside = new StringWriter();
        inner.getContext().setWriter(inside);
        engine.getContext().setWriter(outside);
        engine.put("inner", inner);
        eval(engine, "async def runs():", "    inner.eval(\"print('inside')\")", "    print('outside')");
        value(future("runs()"));
        assertThat(inside.toString().strip(), is("inside"));
        assertThat(outside.toString().strip(), is("outside"));
    }

    @Test
    void contextVariablesAreTheCallers() throws Exception {
        eval(
                engine,
                "import contextvars",
                "user = contextvars.ContextVar('user', default='nobody')",
                "async def who():",
                "    await asyncio.sleep(0)",
                "    found = user.get()",
                "    user.set('changed')",
                "    return found",
                "before = user.set('ada')");
        assertThat(value(future("who()")), is("ada"));
        assertThat(engine.eval("user.get()"), is("ada"));
        engine.eval("user.reset(before)");
        assertThat(value(future("who()")), is("nobody"));
    }

    // ---- threads

    @Test
    void waitingForItselfIsAnErrorAndNoDeadlock() throws Exception {
        CompletableFuture<Object> never = future("long()");
        CompletableFuture<Object> blocks = blockTheLoop();
        CompletableFuture<Object> joins = blocks.thenApply(it -> never.join());
        engine.eval("gate.set()");
        assertThat(failure(joins), instanceOf(IllegalStateException.class));
        never.cancel(true);
        engine.put("never", future("long()"));
        eval(engine, "async def waits():", "    return never.join()");
        assertThat(failure(future("waits()")), instanceOf(IllegalStateException.class));
        eval(engine, "async def waits():", "    return never.thenApply(lambda it: it).join()");
        assertThat(failure(future("waits()")), instanceOf(IllegalStateException.class));
        ((Future<?>) engine.get("never")).cancel(true);
    }

    @Test
    void soItIsOnTheThreadOfAnotherLoop() throws Exception {
        engine.put("host", new Host());
        eval(
                engine,
                "from java.lang import IllegalStateException",
                "refused = []",
                "async def main():",
                "    task = asyncio.ensure_future(add(20, 22))",
                "    for wait in host.waitFor, host.waitForDependent:",
                "        try: wait(task)",
                "        except IllegalStateException as e: refused.append('await it' in str(e))",
                "    return await task",
                "found = asyncio.run(main())");
        assertThat(engine.get("refused"), is(List.of(true, true)));
        assertThat(engine.get("found"), is(42));
    }

    @Test
    void aLoopThatStandsStillIsNotWaitedForByItself() throws Exception {
        Host host = new Host();
        engine.put("host", host);
        eval(
                engine,
                "loop = asyncio.new_event_loop()",
                "async def makes():",
                "    task = asyncio.ensure_future(asyncio.sleep(0.2, 'slept'))",
                "    host.take(task)",
                "    return task",
                "task = loop.run_until_complete(makes())");
        CompletableFuture<?> future = (CompletableFuture<?>) host.given;
        assertThrows(TimeoutException.class, () -> future.get(1, TimeUnit.MILLISECONDS));
        engine.eval("loop.run_until_complete(task); loop.close()");
        assertThat(value(future), is("slept"));
    }

    @Test
    void whoWaitsForWhatDependsOnItLetsGoOfTheGilToo() throws Exception {
        Object found = ((CPythonScriptEngine) engine)
                .withGil(() -> value(future("asyncio.sleep(0.2, 3)")
                        .thenApply(it -> it + "!")
                        .thenApply(it -> it)));
        assertThat(found, is("3!"));
    }

    @Test
    void aClosedLoopIsAnErrorAndIsNotKept() throws Exception {
        PyObject owners = Gil.with(gil -> (PyObject)
                gil.objectOf(PythonHalf.load(gil, "event_loop", Map.of()).member(gil, "_owners")));
        engine.put("owners", owners);
        engine.put("host", new Host());
        eval(
                engine,
                "loop = asyncio.new_event_loop()",
                "never = loop.create_future()",
                "loop.close()",
                "try: host.same(never)",
                "except RuntimeError as e: assert 'closed' in str(e), e",
                "else: assert False",
                "assert all(it is not loop for it in list(owners.values()))");
    }

    @Test
    void manyThreadsStartThem() throws Exception {
        List<Thread> threads = new ArrayList<>();
        List<Object> found = java.util.Collections.synchronizedList(new ArrayList<>());
        for (int t = 0; t < 8; t++) {
            int number = t;
            Thread thread = new Thread(() -> {
                try {
                    for (int i = 0; i < 25; i++) {
                        found.add(value(future("add(" + number + ", " + i + ")")));
                    }
                } catch (Exception e) {
                    found.add(e);
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(found.size(), is(200));
        assertThat(found.stream().filter(it -> it instanceof Integer).count(), is(200L));
    }

    @Test
    void aTaskOfAnotherLoopIsAskedThere() throws Exception {
        CountDownLatch made = new CountDownLatch(1);
        Host host = new Host();
        engine.put("host", host);
        engine.put("made", made);
        Semaphore seen = new Semaphore(0);
        engine.put("seen", seen);
        Thread thread = new Thread(() -> {
            try {
                eval(
                        engine,
                        "async def main():",
                        "    task = asyncio.create_task(add(20, 22))",
                        "    host.take(task)",
                        "    made.countDown()",
                        "    seen.acquire()",
                        "    await task",
                        "    await asyncio.sleep(0)",
                        "    return host.take(task)",
                        "asyncio.run(main())");
            } catch (ScriptException e) {
                made.countDown();
            }
        });
        thread.start();
        made.await();
        CompletableFuture<?> early = (CompletableFuture<?>) host.given;
        seen.release();
        thread.join();
        assertThat(value(early), is(42));
        assertThat(host.given, is(not(sameInstance(early))));
        assertThat(value((CompletableFuture<?>) host.given), is(42));
    }

    @Test
    void asyncioRunsInAnyThread() throws Exception {
        AtomicReference<Object> found = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            try {
                found.set(engine.eval("asyncio.run(add(1, 2)) + asyncio.run(add(3, 4))"));
            } catch (ScriptException e) {
                found.set(e);
            }
        });
        thread.start();
        thread.join();
        assertThat(found.get(), is(10));
        assertThat(engine.eval("asyncio.run(add(5, 6))"), is(11));
    }
}
