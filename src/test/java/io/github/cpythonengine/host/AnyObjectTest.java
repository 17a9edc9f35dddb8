package io.github.cpythonengine.host;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.DayOfWeek;
import org.junit.jupiter.api.Test;

/** What Python does with any Java object. */
class AnyObjectTest {

    record Point(int x, int y) {}

    @Test
    void textIsToString() {
        assertThat(Script.with("p", new Point(1, 2)).does("result = str(p)"), is("Point[x=1, y=2]"));
        assertThat(Script.with("p", new Point(1, 2)).does("result = f'{p:>16}'"), is(" Point[x=1, y=2]"));
        assertThat(
                Script.with("p", new Point(1, 2)).does("result = repr(p)"),
                is("<AnyObjectTest.Point Point[x=1, y=2]>"));
    }

    @Test
    void equalityAndHashAreJavas() {
        Script.with("a", new Point(1, 2))
                .and("b", new Point(1, 2))
                .and("c", new Point(2, 1))
                .does(
                        "assert a is not b and a == b and not a != b",
                        "assert a != c and a != 5 and a != None and not a == 'x'",
                        "assert hash(a) == hash(b)",
                        "assert {a: 1}[b] == 1",
                        "assert c not in [a, b]",
                        "assert bool(a)");
    }

    @Test
    void classesHaveTheirHierarchy() {
        Script.with("list", new java.util.ArrayList<>())
                .and("name", Thread.currentThread())
                .does(
                        "names = [c.__module__ + '.' + c.__qualname__ for c in type(list).__mro__]",
                        "assert names[0] == 'java.util.ArrayList', names",
                        "assert 'java.util.List' in names and 'java.util.AbstractList' in names",
                        "assert 'java.lang.Object' in names",
                        "assert repr(type(list)) == \"<java class 'java.util.ArrayList'>\"",
                        "assert type(list) is not type(name)");
    }

    interface Left {}

    interface Right {}

    static class LeftRight implements Left, Right {}

    static final class RightLeft extends LeftRight implements Right, Left {}

    @Test
    void ordersOfInterfacesThatPythonWouldRefuseWork() {
        Script.with("it", new RightLeft())
                .does(
                        "names = [c.__name__ for c in type(it).__mro__]",
                        "assert names[:2] == ['RightLeft', 'LeftRight'], names",
                        "assert set(names[2:4]) == {'Left', 'Right'}, names");
    }

    @Test
    void comparablesHaveAnOrder() {
        Script.with("a", DayOfWeek.MONDAY)
                .and("b", DayOfWeek.FRIDAY)
                .does(
                        "assert a < b and b > a and a <= a and b >= a and not b < a",
                        "assert sorted([b, a]) == [a, b]",
                        "try:",
                        "    a < 5",
                        "except TypeError: pass",
                        "else: assert False");
    }

    static final class Hostile {
        @Override
        public String toString() {
            throw new IllegalStateException("no text");
        }

        @Override
        public boolean equals(Object other) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int hashCode() {
            throw new StackOverflowError();
        }
    }

    @Test
    void whatItThrowsIsRaised() {
        Script.with("it", new Hostile())
                .and("other", new Object())
                .does(
                        "def raises(kind, action):",
                        "    try: action()",
                        "    except kind as e: return e",
                        "    raise AssertionError(kind)",
                        "assert str(raises(RuntimeError, lambda: str(it))) == 'no text'",
                        "raises(NotImplementedError, lambda: it == other)",
                        "raises(RecursionError, lambda: hash(it))");
    }

    static final class Resource implements AutoCloseable {
        boolean closed;

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void resourcesAreClosed() {
        Resource resource = new Resource();
        Script.with("it", resource).does("with it as same:", "    assert same is it");
        assertThat(resource.closed, is(true));
    }
}
