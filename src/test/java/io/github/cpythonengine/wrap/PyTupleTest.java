package io.github.cpythonengine.wrap;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PyTupleTest {

    private final Session python = new Session();

    private List<?> tuple(String expression) {
        Object value = python.eval(expression);
        assertThat(value, instanceOf(PyTuple.class));
        return (List<?>) value;
    }

    @Test
    void isAnUnmodifiableList() {
        List<?> tuple = tuple("(1, None, ('a', 2.5))");
        assertThat(tuple, is(Arrays.asList(1, null, List.of("a", 2.5))));
        assertThat(
                tuple.hashCode(), is(Arrays.asList(1, null, List.of("a", 2.5)).hashCode()));
        assertThat(tuple.toString(), is("[1, null, [a, 2.5]]"));
        assertThat(tuple.subList(1, 3).size(), is(2));
        assertThat(tuple("()").isEmpty(), is(true));
        assertThrows(IndexOutOfBoundsException.class, () -> tuple.get(-1));
        assertThrows(IndexOutOfBoundsException.class, () -> tuple.get(3));
        assertThrows(UnsupportedOperationException.class, () -> tuple.remove(0));
        assertThrows(UnsupportedOperationException.class, () -> tuple.add(null));
        assertThrows(UnsupportedOperationException.class, () -> tuple.set(0, null));
        assertThrows(UnsupportedOperationException.class, tuple::clear);
        assertThrows(UnsupportedOperationException.class, () -> tuple.sort(null));
        assertThrows(UnsupportedOperationException.class, () -> tuple.removeIf(item -> true));
        assertThrows(
                UnsupportedOperationException.class, () -> tuple.subList(0, 1).clear());
        assertThat(tuple.get(0), is(1));
    }

    @Test
    void iteratesInChunks() {
        List<?> tuple = tuple("tuple(range(5000))");
        int sum = 0;
        for (Object item : tuple) {
            sum += (Integer) item;
        }
        assertThat(sum, is(4999 * 2500));
        assertThat(tuple.stream().count(), is(5000L));
    }

    @Test
    void aNamedTupleStaysOne() {
        python.exec("from collections import namedtuple\nPoint = namedtuple('Point', 'x y')\np = Point(1, 2)");
        PyTuple tuple = (PyTuple) tuple("p");
        assertThat(tuple, contains(1, 2));
        assertThat(tuple.pyObject().getAttr("y"), is(2));
        python.put("q", tuple);
        assertThat(python.eval("p is q"), is(true));
    }

    @Test
    void nothingIsLeftBehind() throws InterruptedException {
        Session.assertNoLeak(() -> tuple("([1], [2])").forEach(item -> {}));
    }
}
