package io.github.cpythonengine.wrap;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cpythonengine.python.Kwargs;
import io.github.cpythonengine.python.PyCallable;
import io.github.cpythonengine.python.PyObject;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Objects, views and interfaces used on virtual threads, which JDK 21 brought. Started by reflection. */
class VirtualViewsTest {

    private final Session python = new Session();

    @Test
    void everyOperationWorksOnAVirtualThread() throws Exception {
        assumeTrue(Runtime.version().feature() >= 21, "virtual threads came with JDK 21");
        Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            threads.add((Thread) start.invoke(null, (Runnable) () -> {
                try {
                    operate();
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

    private void operate() {
        operateOnViews();
        operateOnObjects();
    }

    private void operateOnObjects() {
        PyCallable<Long> sum = python.object("lambda *n, more=0: sum(n) + more").callable(Long.class);
        assertThat(sum.call() + sum.call(1) + sum.call(1, 2) + sum.call(1, 2, 3), is(10L));
        assertThat(sum.call(1, Kwargs.of("more", 5)), is(6L));
        assertThat(PyObject.of(2).power(10).compare(1000), is(1));
        try (Stream<Long> numbers = python.object("(n for n in range(9))").stream(Long.class)) {
            assertThat(numbers.limit(3).toList(), is(List.of(0L, 1L, 2L)));
        }
        PyObject suppress = python.object("__import__('contextlib').suppress(ValueError)");
        PyObject bad = python.object("lambda: int('x')");
        assertThat(suppress.with(value -> bad.call()) == null, is(true));
        suppress.enter().close();
    }

    private void operateOnViews() {
        List<Object> list = python.list("[3, 1, 2]");
        list.add(0);
        list.sort(null);
        assertThat(list, is(List.of(0, 1, 2, 3)));
        list.subList(0, 2).clear();
        list.replaceAll(item -> (Integer) item * 2);
        assertThat(list.stream().toList() + list.toString(), is("[4, 6][4, 6]"));
        Map<Object, Object> dict = python.dict("{'a': 1}");
        dict.merge("a", 1, (a, b) -> (Integer) a + (Integer) b);
        dict.putAll(Map.of("b", 3));
        for (Iterator<Object> it = dict.values().iterator(); it.hasNext(); ) {
            if (it.next().equals(3)) {
                it.remove();
            }
        }
        assertThat(dict, is(Map.of("a", 2)));
        Set<Object> set = python.set("{1}");
        set.addAll(List.of(2));
        assertThat(set.containsAll(List.of(1, 2)), is(true));
        assertThat(python.object("lambda x: x + 1").as(IntUnaryOperator.class).applyAsInt(1), is(2));
    }
}
