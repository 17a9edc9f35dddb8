package io.github.cpythonengine;

import static io.github.cpythonengine.TestEngines.callback;
import static io.github.cpythonengine.TestEngines.eval;
import static io.github.cpythonengine.TestEngines.scaled;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.sameInstance;

import java.util.ArrayList;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.script.Bindings;
import javax.script.Compilable;
import javax.script.CompiledScript;
import javax.script.Invocable;
import javax.script.ScriptContext;
import javax.script.ScriptEngine;
import javax.script.ScriptException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Any thread may use any engine: THREADING is MULTITHREADED, and that is true. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ThreadsTest {

    private final ScriptEngine engine = TestEngines.engine();
    private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());

    private interface Work {
        void run(int number) throws Throwable;
    }

    private List<Thread> start(int count, Work work) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            Thread thread = new Thread(
                    () -> {
                        try {
                            work.run(number);
                        } catch (Throwable e) {
                            failures.add(e);
                        }
                    },
                    "test-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
        return threads;
    }

    private void run(int count, Work work) throws InterruptedException {
        for (Thread thread : start(count, work)) {
            thread.join();
        }
        assertThat(failures, empty());
    }

    @Test
    void theFirstUseMayComeFromManyThreadsAtOnce() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> threads = start(16, number -> {
            go.await();
            assertThat(engine.eval("6 * 7"), is(42));
            assertThat(TestEngines.engine().eval("x = " + number + "; x"), is(number));
        });
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures, empty());
    }

    @Test
    @Tag("slow")
    void sixtyFourThreadsMakeTenThousandCallsEach() throws Exception {
        engine.eval("def add(a, b): return a + b");
        Invocable invocable = (Invocable) engine;
        int calls = scaled(10_000);
        AtomicInteger done = new AtomicInteger();
        run(64, number -> {
            for (int i = 0; i < calls; i++) {
                if (!invocable.invokeFunction("add", number, i).equals(number + i)) {
                    throw new AssertionError("thread " + number + ", call " + i);
                }
                done.incrementAndGet();
            }
        });
        assertThat(done.get(), is(64 * calls));
    }

    @Test
    void manyThreadsEvalWithBindingsOfTheirOwn() throws Exception {
        CompiledScript script = ((Compilable) engine).compile("x = x + 1\ny = [x] * 3\nsum(y)");
        run(16, number -> {
            Bindings bindings = engine.createBindings();
            bindings.put("x", number);
            for (int i = 1; i <= scaled(300); i++) {
                assertThat(script.eval(bindings), is(3 * (number + i)));
                assertThat(engine.eval("x", bindings), is(number + i));
            }
        });
    }

    @Test
    void enginesAreMadeUsedAndClosedInManyThreads() throws Exception {
        run(16, number -> {
            for (int i = 0; i < scaled(60); i++) {
                ScriptEngine own = TestEngines.engine();
                own.put("n", i);
                assertThat(own.eval("items = [n] * 3; sum(items)"), is(3 * i));
                if (i % 3 == 0) {
                    TestEngines.close(own);
                }
            }
        });
    }

    @Test
    @Tag("slow")
    void shortLivedThreadsLeaveNoThreadStates() throws Exception {
        engine.eval("import sys, threading");
        int count = scaled(2_000);
        AtomicInteger sum = new AtomicInteger();
        for (int i = 0; i < count; i++) {
            Thread thread = start(1, number -> sum.addAndGet((Integer) engine.eval("len('abc')")))
                    .get(0);
            thread.join();
        }
        assertThat(failures, empty());
        assertThat(sum.get(), is(3 * count));
        // Each thread's threading.local and dummy thread go with its thread state.
        engine.eval("import weakref\nclass Token: pass\nlocal = threading.local()\ntokens = weakref.WeakSet()");
        run(32, number -> eval(engine, "t = Token(); tokens.add(t); local.token = t; del t"));
        boolean swept = TestEngines.afterGc(() -> {
            start(70, number -> engine.eval("1")).forEach(thread -> {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    failures.add(e);
                }
            });
            return alive() < 32;
        });
        assertThat("thread-locals of dead threads still alive: " + alive(), swept);
    }

    private int alive() {
        try {
            return (Integer) engine.eval("import gc; gc.collect(); len(tokens)");
        } catch (ScriptException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void threadLocalsPersistOnAThreadAndAreSeparateBetweenThreads() throws Exception {
        eval(
                engine,
                "import threading, contextvars",
                "local = threading.local()",
                "var = contextvars.ContextVar('var', default=None)",
                "def put(n): local.n = n; var.set(n)",
                "def look(): return getattr(local, 'n', None), var.get(), threading.get_ident()");
        Invocable invocable = (Invocable) engine;
        Set<Object> idents = ConcurrentHashMap.newKeySet();
        CountDownLatch all = new CountDownLatch(4);
        run(4, number -> {
            assertThat(((List<?>) invocable.invokeFunction("look")).get(0), is((Object) null));
            invocable.invokeFunction("put", number);
            all.countDown();
            all.await();
            for (int i = 0; i < 10; i++) {
                List<?> seen = (List<?>) invocable.invokeFunction("look");
                assertThat(seen.subList(0, 2), is(List.of(number, number)));
                idents.add(seen.get(2));
            }
        });
        assertThat("one Python thread per Java thread", idents.size(), is(4));
    }

    @Test
    void evalWithinCallbackWithinEvalStaysOnTheThread() throws Exception {
        Thread here = Thread.currentThread();
        engine.put("host", callback(depth -> {
            assertThat(Thread.currentThread(), sameInstance(here));
            return depth == 0 ? "bottom" : engine.eval("host[" + (depth - 1) + "]");
        }));
        assertThat(engine.eval("host[20]"), is("bottom"));
    }

    @Test
    void threadsOfPythonCallIntoJava() throws Exception {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        engine.put("host", callback(index -> {
            threads.add(Thread.currentThread());
            return index * 2;
        }));
        assertThat(
                eval(
                        engine,
                        "import threading",
                        "from concurrent.futures import ThreadPoolExecutor",
                        "got = []",
                        "t = threading.Thread(target=lambda: got.extend([host[1], host[2], host[3]]))",
                        "t.start(); t.join()",
                        "with ThreadPoolExecutor(4) as pool: more = list(pool.map(lambda i: host[i], range(100)))",
                        "got == [2, 4, 6] and more == [2 * i for i in range(100)]"),
                is(true));
        assertThat(threads, not(empty()));
        for (Thread thread : threads) {
            assertThat(thread.getName() + " is a daemon", thread.isDaemon());
        }
        assertThat("one Java thread for each Python thread", threads.size(), lessThan(6));
    }

    @Test
    void theGilIsFreeWhileJavaRuns() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        engine.put("host", callback(() -> {
            inside.countDown();
            return go.await(30, TimeUnit.SECONDS);
        }));
        Thread waiting =
                start(1, number -> assertThat(engine.eval("host[0]"), is(true))).get(0);
        inside.await();
        assertThat(TestEngines.engine().eval("1 + 1"), is(2));
        go.countDown();
        waiting.join();
        assertThat(failures, empty());
    }

    @Test
    void aMonitorHeldByAnotherThreadIsNoDeadlock() throws Exception {
        Object monitor = new Object();
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch inCallback = new CountDownLatch(1);
        engine.put("host", callback(() -> {
            inCallback.countDown();
            synchronized (monitor) {
                return "entered";
            }
        }));
        List<Thread> threads = start(2, number -> {
            if (number == 0) {
                synchronized (monitor) {
                    held.countDown();
                    inCallback.await();
                    assertThat(TestEngines.engine().eval("2 + 2"), is(4));
                }
            } else {
                held.await();
                assertThat(engine.eval("host[0]"), is("entered"));
            }
        });
        for (Thread thread : threads) {
            thread.join(20_000);
            assertThat(thread.getName() + " ended", !thread.isAlive());
        }
        assertThat(failures, empty());
    }

    private final class Guarded {
        synchronized Object enter(int depth) throws Exception {
            return depth == 0 ? "bottom" : engine.eval("guarded[" + (depth - 1) + "]");
        }
    }

    @Test
    void aSynchronizedMethodIsReentered() throws Exception {
        Guarded guarded = new Guarded();
        engine.put("guarded", callback(guarded::enter));
        assertThat(guarded.enter(5), is("bottom"));
        run(4, number -> {
            for (int i = 0; i < 50; i++) {
                assertThat(guarded.enter(3), is("bottom"));
            }
        });
    }

    @Test
    void aSpinningScriptDoesNotStarveOthers() throws Exception {
        engine.eval("go_on = True\ndef spin():\n    n = 0\n    while go_on: n += 1");
        Thread spinning =
                start(1, number -> ((Invocable) engine).invokeFunction("spin")).get(0);
        ScriptEngine other = TestEngines.engine();
        other.eval("1");
        long worst = 0;
        for (int i = 0; i < 50; i++) {
            long start = System.nanoTime();
            other.eval("1 + 1");
            worst = Math.max(worst, System.nanoTime() - start);
        }
        engine.put("go_on", false);
        spinning.join();
        assertThat(failures, empty());
        assertThat("worst wait in ms", worst / 1_000_000, lessThan(1_000L));
    }

    @Test
    void anInterruptedThreadStillEvaluatesAndStaysInterrupted() throws Exception {
        run(1, number -> {
            Thread.currentThread().interrupt();
            assertThat(engine.eval("1 + 1"), is(2));
            assertThat(Thread.currentThread().isInterrupted(), is(true));
            engine.put("x", 1);
            assertThat(engine.get("x"), is(1));
            assertThat(Thread.currentThread().isInterrupted(), is(true));
        });
    }

    @Test
    void pythonLocksWorkBetweenJavaThreads() throws Exception {
        engine.eval("""
                import threading, queue
                lock = threading.Lock()
                q = queue.Queue()
                count = 0
                def bump():
                    global count
                    with lock:
                        old = count
                        count = old + 1
                """);
        Invocable invocable = (Invocable) engine;
        run(8, number -> {
            for (int i = 0; i < 200; i++) {
                invocable.invokeFunction("bump");
            }
        });
        assertThat(engine.get("count"), is(1_600));
        List<Thread> consumer = start(1, number -> assertThat(engine.eval("q.get(timeout=20)"), is("sent")));
        engine.eval("q.put('sent')");
        consumer.get(0).join();
        assertThat(failures, empty());
    }

    @Test
    void asyncioRunsOnAJavaThread() throws Exception {
        run(
                3,
                number -> assertThat(
                        eval(
                                TestEngines.engine(),
                                "import asyncio",
                                "async def twice(n):",
                                "    await asyncio.sleep(0.01)",
                                "    return n * 2",
                                "async def main():",
                                "    return sum(await asyncio.gather(*(twice(i) for i in range(10))))",
                                "asyncio.run(main())"),
                        is(90)));
    }

    @Test
    void bindingsMayBeReadWhileAScriptWrites() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        Bindings bindings = engine.getBindings(ScriptContext.ENGINE_SCOPE);
        List<Thread> readers = start(3, number -> {
            while (!stop.get()) {
                bindings.get("n");
                bindings.containsKey("k5");
                try {
                    bindings.keySet().size();
                    new ArrayList<>(bindings.keySet());
                } catch (ConcurrentModificationException | NoSuchElementException e) {
                    // allowed by the Map contract
                }
            }
        });
        for (int i = 0; i < 200; i++) {
            engine.eval("for n in range(50): globals()['k%d' % n] = n\nfor n in range(50): del globals()['k%d' % n]");
        }
        stop.set(true);
        for (Thread reader : readers) {
            reader.join();
        }
        assertThat(failures, empty());
        assertThat(engine.get("n"), is(49));
    }

    /** Up to Python 3.11 garbage collection runs wherever an object is made. */
    @Test
    @Tag("process")
    void theFirstDictsMayBeReadByManyThreadsWhileGarbageIsCollected() throws Exception {
        new ChildJvm(FirstDicts.class).limit(40).run().exitsWith(0).prints("[10, 10, 10, 10]");
    }

    static final class FirstDicts {
        public static void main(String[] args) throws Exception {
            ScriptEngine engine = TestEngines.engine();
            eval(
                    engine,
                    "import gc, time",
                    "gc.callbacks.append(lambda phase, info: time.sleep(0.02))",
                    "d = {i: i for i in range(10)}");
            Map<?, ?> dict = (Map<?, ?>) engine.get("d");
            eval(engine, "gc.collect()", "used_up = [{} for _ in range(300)]", "gc.set_threshold(1, 1, 1)");
            List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Thread thread = new Thread(() -> sizes.add(dict.entrySet().toArray().length));
                threads.add(thread);
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            System.out.println(sizes);
        }
    }
}
