package io.github.cpythonengine.host;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever Java iterates over, Python does. */
class IteratorsTest {

    @Test
    void iteratorsEnumerationsAndStreams() {
        Script.with("i", List.of(1, 2, 3).iterator())
                .and("e", Collections.enumeration(List.of(1, 2)))
                .and("s", Stream.of("a", "b"))
                .and("n", IntStream.range(0, 4))
                .and("q", new ArrayDeque<>(List.of(1, 2)))
                .does(
                        "assert next(i) == 1 and iter(i) is i and list(i) == [2, 3] and next(i, 'end') == 'end'",
                        "assert list(e) == [1, 2]",
                        "assert list(s) == ['a', 'b']",
                        "assert sum(n) == 6",
                        "assert len(q) == 2 and 1 in q and list(q) == [1, 2]",
                        "import collections.abc as abc",
                        "assert isinstance(i, abc.Iterator) and isinstance(q, abc.Collection)");
    }

    @Test
    void anIteratorWithoutEndIsNotReadAhead() {
        AtomicInteger given = new AtomicInteger();
        Iterator<Integer> endless = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Integer next() {
                return given.incrementAndGet();
            }
        };
        Iterable<Integer> iterable = () -> endless;
        Script.with("i", endless)
                .and("again", iterable)
                .does("assert [next(i) for _ in range(3)] == [1, 2, 3]", "for x in again:", "    if x == 6: break");
        assertThat(given.get(), is(6));
    }

    @Test
    void whatAnIteratorThrowsIsRaised() {
        Iterator<Object> broken = new Iterator<>() {
            @Override
            public boolean hasNext() {
                throw new IllegalStateException("broken");
            }

            @Override
            public Object next() {
                return null;
            }
        };
        Script.with("i", broken)
                .does("try: next(i)", "except RuntimeError as e: assert str(e) == 'broken'", "else: assert False");
    }
}
