package io.github.cpythonengine;

import static io.github.cpythonengine.TestEngines.callback;
import static io.github.cpythonengine.TestEngines.scaled;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.StringWriter;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.script.Invocable;
import javax.script.ScriptEngine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Virtual threads, which JDK 21 brought, use the engine like others. Started by reflection: the tests are Java 17. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class VirtualThreadsTest {

    private final ScriptEngine engine = TestEngines.engine();
    private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void needVirtualThreads() {
        assumeTrue(Runtime.version().feature() >= 21, "virtual threads came with JDK 21");
    }

    private interface Work {
        void run(int number) throws Throwable;
    }

    private void run(int count, Work work) throws Exception {
        Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            threads.add((Thread) start.invoke(null, (Runnable) () -> {
                try {
                    work.run(number);
                } catch (Throwable e) {
                    failures.add(e);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures, empty());
    }

    @Test
    @Tag("slow")
    void aThousandVirtualThreadsEvaluateAndCallBack() throws Exception {
        engine.eval("def f(n): return n + host[n]");
        engine.put("host", callback(index -> {
            Thread.yield();
            Thread.sleep(index % 3);
            return index;
        }));
        AtomicInteger done = new AtomicInteger();
        run(scaled(1_000), number -> {
            assertThat(engine.eval("1 + 1"), is(2));
            assertThat(((Invocable) engine).invokeFunction("f", number), is(2 * number));
            done.incrementAndGet();
        });
        assertThat(done.get(), is(scaled(1_000)));
    }

    @Test
    void eachHasItsOwnOutput() throws Exception {
        run(50, number -> {
            ScriptEngine own = TestEngines.engine();
            StringWriter out = new StringWriter();
            own.getContext().setWriter(out);
            own.eval("for i in range(5): print(" + number + ")");
            assertThat(out.toString(), is((number + "\n").repeat(5)));
        });
    }

    @Test
    void everyDoorIsOpen() throws Exception {
        run(20, number -> {
            ScriptEngine own = TestEngines.engine();
            own.put("x", number);
            assertThat(own.get("x"), is(number));
            Object list = own.eval("items = [x, 2]; items");
            assertThat(((List<?>) list).get(0), is(number));
            assertThat(((List<?>) list).size(), is(2));
            own.eval("def get(): return x * 2");
            assertThat(
                    ((Invocable) own)
                            .getInterface(java.util.function.Supplier.class)
                            .get(),
                    is(number * 2));
            TestEngines.close(own);
        });
    }

    @Test
    void nestedRunsWork() throws Exception {
        engine.put("host", callback(depth -> depth == 0 ? "bottom" : engine.eval("host[" + (depth - 1) + "]")));
        run(20, number -> assertThat(engine.eval("host[5]"), is("bottom")));
    }
}
