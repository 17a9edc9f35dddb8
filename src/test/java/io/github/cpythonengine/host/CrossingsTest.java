package io.github.cpythonengine.host;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.cpythonengine.python.PyException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Calls through both languages and back: deep, from many threads, with errors, with locks. */
class CrossingsTest {

    public static final class Host {
        public final AtomicInteger calls = new AtomicInteger();
        final IOException error = new IOException("deep");

        public Object call(Callable<?> callable) throws Exception {
            calls.incrementAndGet();
            return callable.call();
        }

        public void fail() throws IOException {
            throw error;
        }

        public synchronized Object locked(Callable<?> callable) throws Exception {
            return callable.call();
        }

        public int add(int a, int b) {
            calls.incrementAndGet();
            return a + b;
        }

        public Object endless() {
            return endless();
        }
    }

    @Test
    void anExceptionIsTheSameAfterFiveCrossings() {
        Host host = new Host();
        PyException thrown = assertThrows(
                PyException.class,
                () -> Script.with("h", host)
                        .does(
                                "seen = []",
                                "def catching(f):",
                                "    def inner():",
                                "        try: return f()",
                                "        except OSError as e:",
                                "            seen.append(e)",
                                "            raise",
                                "    return inner",
                                "call = catching(h.fail)",
                                "for i in range(5): call = catching(lambda f=call: h.call(f))",
                                "try: call()",
                                "finally: assert len(seen) == 6 and all(e is seen[0] for e in seen), seen"));
        assertThat(thrown.getJavaException().orElseThrow(), is(sameInstance(host.error)));
    }

    @Test
    void aPythonExceptionToo() {
        PyException thrown = assertThrows(
                PyException.class,
                () -> Script.with("h", new Host())
                        .does(
                                "error = KeyError('k')",
                                "def fail(): raise error",
                                "try: h.call(lambda: h.call(lambda: h.call(fail)))",
                                "except KeyError as e: assert e is error",
                                "h.call(fail)"));
        assertThat(thrown.getTypeName(), is("KeyError"));
    }

    @Test
    void endlessRecursionIsAnErrorAndNothingElseBreaks() {
        Script.with("h", new Host())
                .does(
                        "def deeper(): return h.call(deeper)",
                        "try: deeper()",
                        "except RecursionError: pass",
                        "else: assert False",
                        "try: h.endless()",
                        "except RecursionError as e: assert type(e).__name__ == 'StackOverflowError'",
                        "else: assert False",
                        "assert h.add(1, 2) == 3");
    }

    @Test
    void manyThreadsUseOneObject() throws Exception {
        Host host = new Host();
        AtomicReference<Throwable> failed = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 16; t++) {
            Thread thread = new Thread(() -> Script.with("h", host)
                    .does(
                            "for i in range(500):",
                            "    assert h.add(i, 1) == i + 1",
                            "    assert h.call(lambda: i) == i"));
            thread.setUncaughtExceptionHandler((where, error) -> failed.set(error));
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failed.get(), is(nullValue()));
        assertThat(host.calls.get(), is(16 * 1000));
    }

    @Test
    void aLockOfJavasAndTheGilDoNotWaitForEachOther() throws Exception {
        Host host = new Host();
        CountDownLatch inside = new CountDownLatch(1);
        AtomicReference<Object> result = new AtomicReference<>();
        Thread other = new Thread(() -> {
            synchronized (host) {
                inside.countDown();
                result.set(Script.run("result = sum(range(1000))"));
            }
        });
        other.start();
        inside.await();
        Script.with("h", host).does("assert h.locked(lambda: h.locked(lambda: 5)) == 5");
        other.join(TimeUnit.SECONDS.toMillis(20));
        assertThat(result.get(), is(499500));
    }

    @Test
    void pythonsThreadsCallJava() {
        Script.with("h", new Host())
                .does(
                        "import threading",
                        "found = []",
                        "def work():",
                        "    for i in range(100): found.append(h.add(i, i))",
                        "threads = [threading.Thread(target=work) for _ in range(8)]",
                        "[t.start() for t in threads]; [t.join() for t in threads]",
                        "assert sorted(found) == sorted([2 * i for i in range(100)] * 8)",
                        "assert h.calls.get() == 800");
    }
}
