package io.github.cpythonengine.wrap;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/** Views and interfaces used on virtual threads, which JDK 21 brought. Started by reflection. */
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
