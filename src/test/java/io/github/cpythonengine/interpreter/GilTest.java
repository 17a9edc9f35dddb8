package io.github.cpythonengine.interpreter;

import static io.github.cpythonengine.capi.Api.C;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.cpythonengine.convert.Conversions;
import io.github.cpythonengine.python.PyException;
import io.github.cpythonengine.python.PyObject;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GilTest {

    @BeforeAll
    static void python() {
        RunningPython.start();
    }

    private static long references(long object) {
        return C.getLong(object) & 0xffffffffL;
    }

    @Test
    void theScopeReleasesWhatItOwns() {
        try (Gil gil = Gil.acquire()) {
            long list = gil.own(C.PyList_New(0));
            long before = references(list);
            try (Gil inner = Gil.acquire()) {
                inner.strong(list);
                assertThat(references(list), is(before + 1));
            }
            assertThat(references(list), is(before));
        }
    }

    @Test
    void theScopeReleasesWhatItOwnsWhenItFails() {
        try (Gil gil = Gil.acquire()) {
            long list = gil.own(C.PyList_New(0));
            long before = references(list);
            assertThrows(PyException.class, () -> {
                try (Gil inner = Gil.acquire()) {
                    inner.strong(list);
                    inner.check(C.PyObject_DelItem(inner.own(C.PyDict_New()), inner.name("absent")));
                }
            });
            assertThat(references(list), is(before));
            assertThat("no error is left behind", C.PyErr_Occurred(), is(0L));
        }
    }

    @Test
    void manyReferencesFitInAScope() {
        try (Gil gil = Gil.acquire()) {
            long list = gil.own(C.PyList_New(0));
            long before = references(list);
            try (Gil inner = Gil.acquire()) {
                for (int i = 0; i < 10_000; i++) {
                    inner.strong(list);
                }
            }
            assertThat(references(list), is(before));
        }
    }

    @Test
    void nothingIsNotCalled() {
        Gil.run(gil -> {
            for (Object[] values : new Object[][] {{}, {1}, new Object[300]}) {
                assertThrows(IllegalStateException.class, () -> gil.call(0, values));
            }
            assertThrows(IllegalStateException.class, () -> gil.call(0, Py.NONE));
        });
    }

    @Test
    void callsTakeAnyNumberOfValues() {
        for (int count : new int[] {0, 1, 2, 254, 255, 256, 257, 5_000}) {
            Object[] values = new Object[count];
            for (int i = 0; i < count; i++) {
                values[i] = 1000 + i;
            }
            Gil.run(gil -> {
                long sum = gil.use(RunningPython.object("lambda *a: sum(a)"));
                int expected = count * 1000 + count * (count - 1) / 2;
                assertThat(gil.toJava(gil.call(sum, values)), is(expected));
            });
        }
    }

    @Test
    void callsWhileTheArgumentsOfOthersAreConvertedKeepThese() {
        Conversions.addToPython(
                Nested.class,
                nested -> Gil.with(gil -> {
                    long sum = gil.use(RunningPython.object("lambda *a: sum(a)"));
                    Object[] inner = {2000, nested.depth == 0 ? 0 : new Nested(nested.depth - 1), 3000};
                    return gil.toJava(gil.call(sum, inner));
                }));
        Gil.run(gil -> {
            long list = gil.use(RunningPython.object("lambda *a: '%d %d %d' % a"));
            Object[] outer = {1000, new Nested(100), 4000};
            assertThat(gil.toJava(gil.call(list, outer)), is("1000 " + 101 * 5000 + " 4000"));
        });
    }

    private record Nested(int depth) {}

    @Test
    void callsTakeAnyNumberOfArguments() {
        for (int count : new int[] {0, 1, 2, 255, 256, 257, 5_000}) {
            int length = Gil.with(gil -> {
                long[] arguments = new long[count];
                for (int i = 0; i < count; i++) {
                    arguments[i] = gil.python(i);
                }
                long count_ = gil.use(RunningPython.object("lambda *a: (len(a), a[-1] if a else None)"));
                long result = gil.call(count_, arguments);
                long[] items = new long[2];
                io.github.cpythonengine.capi.Layout.tupleItems(result, 0, items);
                assertThat(gil.toJava(items[1]), is(count == 0 ? null : count - 1));
                return (Integer) gil.toJava(items[0]);
            });
            assertThat(length, is(count));
        }
    }

    @Test
    void otherThreadsRunWhileItIsReleased() throws Exception {
        CountDownLatch other = new CountDownLatch(1);
        try (Gil gil = Gil.acquire()) {
            boolean reached = gil.withoutGil(() -> {
                Thread thread = new Thread(() -> {
                    RunningPython.eval("1 + 1");
                    other.countDown();
                });
                thread.start();
                return other.await(10, TimeUnit.SECONDS);
            });
            assertThat(reached, is(true));
            assertThat("still held after", gil.toJava(gil.python(5)), is(5));
        }
    }

    @Test
    void aFailureInReleasedWorkComesOutWithTheGilHeld() {
        try (Gil gil = Gil.acquire()) {
            Exception thrown = assertThrows(
                    Exception.class,
                    () -> gil.withoutGil(() -> {
                        throw new java.io.IOException("from Java");
                    }));
            assertThat(thrown.getMessage(), is("from Java"));
            assertThat(gil.toJava(gil.python("usable")), is("usable"));
        }
    }

    @Test
    void eachThreadKeepsItsPythonState() throws Exception {
        PyObject local = RunningPython.object("__import__('threading').local()");
        local.setAttr("mark", "first");
        assertThat(local.getAttr("mark"), is("first"));
        boolean[] seen = new boolean[1];
        Thread thread = new Thread(() -> seen[0] = local.hasAttr("mark"));
        thread.start();
        thread.join();
        assertThat("another thread has another state", seen[0], is(false));
        assertThat("the state outlives the scope", local.getAttr("mark"), is("first"));
    }

    @Test
    void statesOfDeadThreadsAreDeleted() throws Exception {
        for (int i = 0; i < 300; i++) {
            Thread thread = new Thread(() -> RunningPython.eval("1"));
            thread.start();
            thread.join();
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (Interpreter.threadStates() >= 200 && System.nanoTime() < deadline) {
            Thread.sleep(50);
        }
        assertThat(Interpreter.threadStates(), lessThan(200));
    }

    @Test
    void aClosedObjectIsRefused() {
        PyObject object = RunningPython.object("object()");
        object.close();
        object.close();
        IllegalStateException refused = assertThrows(IllegalStateException.class, object::repr);
        assertThat(refused.getMessage(), containsString("closed"));
    }

    @Test
    void anObjectInUseOutlivesItsClose() {
        PyObject object =
                RunningPython.object("type('Probe', (), {'__call__': lambda self, close: close() or 'done'})()");
        PyObject close = Gil.with(gil -> (PyObject) gil.object(Builtins.function(gil, "close", (g, arguments) -> {
            object.close();
            return g.newRef(Py.NONE);
        })));
        assertThat(object.call(close), is("done"));
        assertThrows(IllegalStateException.class, object::repr);
    }

    @Test
    void forgottenObjectsAreReleased() throws Exception {
        PyObject counter = RunningPython.object("[0]");
        PyObject type = (PyObject) RunningPython.object(
                        "lambda c: type('Counted', (), {'__del__': lambda self: c.__setitem__(0, c[0] + 1)})")
                .call(counter);
        for (int i = 0; i < 500; i++) {
            assertThat(type.call(), is(not((Object) null)));
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!counter.getItem(0).equals(500) && System.nanoTime() < deadline) {
            System.gc();
            Thread.sleep(50);
        }
        assertThat(counter.getItem(0), is(500));
    }

    @Test
    void endlessRecursionThroughBothLanguagesIsAnError() {
        PyObject[] itself = new PyObject[1];
        itself[0] = Gil.with(gil ->
                (PyObject) gil.object(Builtins.function(gil, "again", (g, arguments) -> g.toPython(itself[0].call()))));
        PyException error = assertThrows(PyException.class, () -> itself[0].call());
        assertThat(error.getTypeName(), is("RecursionError"));
        assertThat(RunningPython.eval("6 * 7"), is(42));
    }

    @Test
    void theMemoryOfAThreadOfPythonIsFreedOnce() {
        try (Gil gil = Gil.acquire()) {
            long function = gil.own(Builtins.function(
                    gil, "back", (there, arguments) -> there.newRef(there.call(Py.INT, there.str("7")))));
            assertThat(gil.toJava(gil.call(function)), is(7));
            int before = ThreadStates.blocks();
            PyObject onAThread = RunningPython.object(
                    "lambda f: (lambda t: (t.start(), t.join()))(__import__('threading').Thread(target=f))");
            gil.call(gil.use(onAThread), function);
            assertThat("none is left for the reaper to free again", ThreadStates.blocks(), lessThan(before + 1));
        }
    }

    @Test
    void aThreadLetsGoOfTheGilWhenTheEndOfAScopeFails() throws Exception {
        Gil.acquire().close();
        Thread failing = new Thread(() -> {
            Gil gil = Gil.acquire();
            Ref doomed = new Ref(new Object(), C.PyLong_FromLongLong(1 << 20), (there, pointer) -> {
                throw new AssertionError("wanted");
            });
            gil.use(doomed);
            gil.release(doomed);
            assertThrows(AssertionError.class, gil::close);
        });
        failing.start();
        failing.join();
        CountDownLatch entered = new CountDownLatch(1);
        Thread next = new Thread(() -> {
            Gil.acquire().close();
            entered.countDown();
        });
        next.setDaemon(true);
        next.start();
        assertThat(entered.await(10, TimeUnit.SECONDS), is(true));
    }

    @Test
    void workThatHopsKeepsTheCallersContextClassLoader() throws Exception {
        VirtualThreads.hop(() -> null);
        Thread here = Thread.currentThread();
        ClassLoader before = here.getContextClassLoader();
        ClassLoader mine = new ClassLoader(before) {};
        here.setContextClassLoader(mine);
        try {
            assertThat(VirtualThreads.hop(() -> Thread.currentThread().getContextClassLoader()), is(mine));
        } finally {
            here.setContextClassLoader(before);
        }
    }
}
