package io.github.cpythonengine.wrap;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.cpythonengine.python.PyException;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class PyIteratorTest {

    private final Session python = new Session();

    private PyIterator iterator(String expression) {
        Object value = python.eval(expression);
        assertThat(value, instanceOf(PyIterator.class));
        return (PyIterator) value;
    }

    @Test
    void goesThroughAGenerator() {
        python.exec("""
                log = []
                def numbers():
                    try:
                        for i in (1, None, 'x'):
                            log.append(i)
                            yield i
                    finally:
                        log.append('end')
                """);
        PyIterator it = iterator("numbers()");
        assertThat(python.repr("log"), is("[]"));
        assertThat(it.next(), is(1));
        assertThat(python.repr("log"), is("[1]"));
        assertThat(it.hasNext(), is(true));
        assertThat(it.hasNext(), is(true));
        assertThat(it.next() == null, is(true));
        assertThat(it.next(), is("x"));
        assertThat(it.hasNext(), is(false));
        assertThrows(NoSuchElementException.class, it::next);
        assertThrows(UnsupportedOperationException.class, it::remove);
        assertThat(python.repr("log"), is("[1, None, 'x', 'end']"));
    }

    @Test
    void closingEndsTheGenerator() {
        python.exec("""
                log = []
                def numbers():
                    try:
                        yield 1
                        yield 2
                    finally:
                        log.append('end')
                """);
        try (PyIterator it = iterator("numbers()")) {
            it.next();
            assertThat(python.repr("log"), is("[]"));
            it.close();
            assertThat(it.hasNext(), is(false));
        }
        assertThat(python.repr("log"), is("['end']"));
        iterator("iter([1])").close();
    }

    @Test
    void itsErrorsAreThrown() {
        PyIterator it = iterator("(1 // i for i in (1, 0))");
        it.next();
        assertThat(assertThrows(PyException.class, it::hasNext).getTypeName(), is("ZeroDivisionError"));
        assertThat(it.hasNext(), is(false));
    }

    @Test
    void builtInIteratorsAreIterators() {
        for (String expression :
                new String[] {"iter([1])", "map(int, '1')", "zip('a')", "enumerate('a')", "reversed([1])"}) {
            assertThat(iterator(expression).hasNext(), is(true));
        }
    }

    @Test
    void itIsTheSameObjectAgain() {
        python.exec("g = iter([1, 2])");
        python.put("h", iterator("g"));
        assertThat(python.eval("g is h"), is(true));
    }

    @Test
    void nothingIsLeftBehind() throws InterruptedException {
        Session.assertNoLeak(() -> iterator("iter([1])").hasNext());
    }
}
