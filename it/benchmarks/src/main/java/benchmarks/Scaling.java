package benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.script.ScriptEngine;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** What a call costs when there is much around: it should not grow. */
public final class Scaling {

    private Scaling() {}

    /** A call, put and get with so many variables in the engine's scope. */
    public static class Variables extends Workload {
        @Param({"10", "1000", "100000"})
        int variables;

        @Setup
        public void prepare() {
            run("def foo(): return str(1)");
            run("for i in range(" + variables + "): globals()[f'name{i}'] = i");
        }

        @Benchmark
        public void call() throws Exception {
            engine.put("x", 1);
            check("1".equals(functions.invokeFunction("foo")));
            check((Integer) engine.get("x") == 1);
        }
    }

    /** A call with so many engines alive, each with a namespace of its own. */
    public static class Engines extends Workload {
        @Param({"1", "100", "1000"})
        int engines;

        private final List<ScriptEngine> others = new ArrayList<>();

        @Setup
        public void prepare() throws Exception {
            run("def foo(): return str(1)");
            for (int i = 1; i < engines; i++) {
                ScriptEngine other = newEngine();
                other.eval("x = 1");
                others.add(other);
            }
        }

        @Benchmark
        public void call() throws Exception {
            check("1".equals(functions.invokeFunction("foo")));
        }
    }

    /** A call that passes a Java object, with so many others alive in Python. */
    public static class WrappedObjects extends Workload {
        @Param({"1", "1000", "1000000"})
        int wrapped;

        @Setup
        public void prepare() throws Exception {
            run("kept = []\ndef keep(host): kept.append(host)\ndef same(host): return host");
            for (int i = 0; i < wrapped; i++) {
                functions.invokeFunction("keep", new Host());
            }
        }

        @Benchmark
        public void call() throws Exception {
            Host host = new Host();
            check(functions.invokeFunction("same", host) == host);
        }
    }

    /** A call that gets a Python object, with so many others alive in Java. */
    public static class HeldObjects extends Workload {
        @Param({"1", "1000", "1000000"})
        int held;

        private final List<Object> kept = new ArrayList<>();

        @Setup
        public void prepare() throws Exception {
            run("def new(): return object()");
            for (int i = 0; i < held; i++) {
                kept.add(functions.invokeFunction("new"));
            }
        }

        @Benchmark
        public void call() throws Exception {
            check(functions.invokeFunction("new") != null);
        }
    }

    /** Lists of so many elements both ways. */
    public static class Elements extends Workload {
        @Param({"1000", "100000", "10000000"})
        int elements;

        private final List<Integer> numbers = new ArrayList<>();
        private long sum;

        @Setup
        public void prepare() {
            for (int i = 0; i < elements; i++) {
                numbers.add(i);
                sum += i;
            }
            run("def total(numbers): return sum(numbers)");
            run("the_list = list(range(" + elements + "))\ndef numbers(): return the_list");
        }

        @Benchmark
        public void toPython() throws Exception {
            check(((Number) functions.invokeFunction("total", numbers)).longValue() == sum);
        }

        @Benchmark
        public void toJava() throws Exception {
            long read = 0;
            for (Object number : (List<?>) functions.invokeFunction("numbers")) {
                read += (Integer) number;
            }
            check(read == sum);
        }
    }

    /** A call from the thread that started Python, and from another one while that one waits elsewhere. */
    public static class SecondThread extends Workload {
        @Param({"first", "second"})
        String thread;

        @Setup
        public void prepare() throws Exception {
            CountDownLatch started = new CountDownLatch(1);
            Thread first = new Thread(() -> {
                run("def foo(): return str(1)");
                started.countDown();
                synchronized (this) {
                    while (true) {
                        try {
                            wait();
                        } catch (InterruptedException e) {
                            return;
                        }
                    }
                }
            });
            first.setDaemon(true);
            if (thread.equals("first")) {
                run("def foo(): return str(1)");
            } else {
                first.start();
                started.await();
            }
        }

        @Benchmark
        public void call() throws Exception {
            check("1".equals(functions.invokeFunction("foo")));
        }
    }
}
