package io.github.cpythonengine.python;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.cpythonengine.wrap.PyIterator;
import io.github.cpythonengine.wrap.Session;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Python's iterables, generators first of all, as Java's streams and iterators. */
class StreamsOfItemsTest {

    private final Session python = new Session();

    @BeforeEach
    void define() {
        python.exec("""
                log = []
                def count(end=None):
                    n = 0
                    try:
                        while n != end:
                            log.append(n)
                            yield n
                            n += 1
                    finally:
                        log.append('closed')
                def fails():
                    yield 1
                    raise ValueError('midway')
                """);
    }

    private String log() {
        return python.repr("log");
    }

    @Test
    void anEndlessGeneratorIsReadAsFarAsNeeded() {
        try (Stream<Object> numbers = python.object("count()").stream()) {
            assertThat("nothing yet", log(), is("[]"));
            assertThat(numbers.limit(3).toList(), is(List.of(0, 1, 2)));
            assertThat(log(), is("[0, 1, 2]"));
        }
        assertThat(log(), is("[0, 1, 2, 'closed']"));
    }

    @Test
    void itemsAreOfTheWantedType() {
        try (Stream<Long> numbers = python.object("count(4)").stream(Long.class)) {
            assertThat(numbers.mapToLong(Long::longValue).sum(), is(6L));
        }
        try (Stream<List<Double>> rows = python.object("[[1], (2, 3)]").stream(new TypeRef<List<Double>>() {})) {
            assertThat(rows.map(List::size).toList(), contains(1, 2));
        }
        try (Stream<Long> wrong = python.object("['x']").stream(Long.class)) {
            assertThrows(ClassCastException.class, wrong::toList);
        }
        assertThat(python.object("{'a': 1, 'b': 2}").stream(String.class).toList(), contains("a", "b"));
    }

    @Test
    void anExceptionMidwayComesOut() {
        List<Object> seen = new ArrayList<>();
        try (Stream<Object> items = python.object("fails()").stream()) {
            PyException error = assertThrows(PyException.class, () -> items.forEach(seen::add));
            assertThat(error.getMessage(), is("ValueError: midway"));
        }
        assertThat(seen, contains(1));
    }

    @Test
    void anExceptionOfJavaLeavesTheGeneratorToBeClosed() {
        assertThrows(IllegalStateException.class, () -> {
            try (Stream<Object> items = python.object("count()").stream()) {
                items.forEach(item -> {
                    throw new IllegalStateException("enough");
                });
            }
        });
        assertThat(log(), is("[0, 'closed']"));
    }

    @Test
    void anyThreadMayReadAndClose() {
        Stream<Object> numbers = python.object("count(5)").stream();
        List<Object> read = CompletableFuture.supplyAsync(numbers::toList).join();
        assertThat(read, is(List.of(0, 1, 2, 3, 4)));
        numbers.close();
        assertThat(log(), containsString("'closed'"));
        long sum = python.object("range(5000)").stream(Long.class)
                .parallel()
                .mapToLong(n -> n)
                .sum();
        assertThat(sum, is(LongStream.range(0, 5000).sum()));
    }

    @Test
    void aClosedStreamReadsNoMore() {
        Stream<Object> numbers = python.object("count()").stream();
        Iterator<Object> iterator = numbers.iterator();
        iterator.next();
        numbers.close();
        assertThrows(IllegalStateException.class, iterator::next);
    }

    @Test
    void whatCloseRaisesComesOut() {
        python.exec("""
                def stubborn():
                    try:
                        yield 1
                    except GeneratorExit:
                        raise KeyError('no')
                """);
        Stream<Object> items = python.object("stubborn()").stream();
        assertThat(items.iterator().next(), is(1));
        assertThat(assertThrows(PyException.class, items::close).getTypeName(), is("KeyError"));
    }

    @Test
    void anIteratorViewStreamsWhatIsLeft() {
        PyIterator numbers = (PyIterator) python.eval("count()");
        assertThat(numbers.hasNext(), is(true));
        try (Stream<Object> rest = numbers.stream()) {
            assertThat(rest.limit(2).toList(), is(List.of(0, 1)));
        }
        assertThat(log(), is("[0, 1, 'closed']"));
        assertThrows(
                PyException.class,
                () -> ((PyIterator) python.eval("fails()")).stream().toList());
    }

    @Test
    void iterationTakesOneItemAtATime() {
        Iterator<Object> numbers = python.object("count()").iterator();
        assertThat(log(), is("[]"));
        assertThat(numbers.next(), is(0));
        assertThat(numbers.hasNext(), is(true));
        assertThat(numbers.hasNext(), is(true));
        assertThat(log(), is("[0, 1]"));
        List<Object> letters = new ArrayList<>();
        for (Object letter : python.object("'abc'")) {
            letters.add(letter);
        }
        assertThat(letters, contains("a", "b", "c"));
    }

    @Test
    void nothingIsLeftBehind() throws InterruptedException {
        PyObject count = python.object("count");
        Session.assertNoLeak(() -> {
            try (Stream<Long> numbers = count.callAs(PyObject.class, 3).stream(Long.class)) {
                numbers.limit(2).toList();
            }
        });
    }
}
