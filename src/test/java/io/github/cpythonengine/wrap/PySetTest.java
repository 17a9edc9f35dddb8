package io.github.cpythonengine.wrap;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.cpythonengine.python.PyException;
import java.util.Arrays;
import java.util.ConcurrentModificationException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PySetTest {

    private final Session python = new Session();

    @Test
    void isALiveSet() {
        python.exec("x = {1, None}");
        Set<Object> set = python.set("x");
        assertThat(set, containsInAnyOrder(1, null));
        assertThat(set.add("a"), is(true));
        assertThat(set.add("a"), is(false));
        assertThat(set.remove(null), is(true));
        assertThat(set.remove(null), is(false));
        assertThat(set.addAll(List.of("a", 1)), is(false));
        assertThat(set.addAll(List.of("b", 1)), is(true));
        assertThat(set.addAll(python.list("['c']")), is(true));
        assertThat(python.eval("x == {1, 'a', 'b', 'c'}"), is(true));
        assertThat(set.containsAll(List.of(1, "c")), is(true));
        assertThat(set.containsAll(List.of(1, "d")), is(false));
        assertThat(set.retainAll(Set.of("a", 1)), is(true));
        assertThat(set.removeAll(List.of(1)), is(true));
        assertThat(set, contains("a"));
        set.clear();
        assertThat(python.repr("x"), is("set()"));
    }

    @Test
    void equalityIsJavasAndBothWays() {
        Set<Object> set = python.set("{1, 'a', (2, 3)}");
        Set<Object> java = new HashSet<>(Arrays.asList(1, "a", List.of(2, 3)));
        assertThat(set, equalTo(java));
        assertThat(java, equalTo(set));
        assertThat(set.hashCode(), is(java.hashCode()));
        assertThat(python.set("{1}"), equalTo(python.set("frozenset([1])")));
        assertThat(python.set("{1}"), not(equalTo(python.set("{1.0}"))));
        assertThat(python.set("{1}"), not(equalTo(Set.of(1.0))));
        assertThat(python.set("{1}").toString(), is("[1]"));
    }

    @Test
    void pythonDecidesWhatIsInIt() {
        Set<Object> set = python.set("{1}");
        for (Object item : List.of(1, 1L, 1.0, true)) {
            assertThat(set.contains(item), is(true));
            assertThat(set.add(item), is(false));
        }
        Object unhashable = python.list("[]");
        assertThat(set.contains(unhashable), is(false));
        assertThat(set.remove(unhashable), is(false));
        assertThrows(PyException.class, () -> set.add(unhashable));
    }

    @Test
    void aFrozensetCannotBeChanged() {
        Set<Object> set = python.set("frozenset([1, 2])");
        assertThat(set, containsInAnyOrder(1, 2));
        assertThrows(UnsupportedOperationException.class, () -> set.add(3));
        assertThrows(UnsupportedOperationException.class, () -> set.addAll(List.of(3)));
        assertThrows(UnsupportedOperationException.class, () -> set.remove(1));
        assertThrows(UnsupportedOperationException.class, set::clear);
        Iterator<Object> iterator = set.iterator();
        iterator.next();
        assertThrows(UnsupportedOperationException.class, iterator::remove);
        assertThat(set.size(), is(2));
    }

    @Test
    void overriddenMethodsOfASubclassAreUsed() {
        python.exec("""
                class Lower(set):
                    def add(self, item): super().add(item.lower())
                    def __contains__(self, item): return super().__contains__(item.lower())
                x = Lower()
                """);
        Set<Object> set = python.set("x");
        assertThat(set.add("A"), is(true));
        assertThat(set.add("a"), is(false));
        assertThat(set.contains("A"), is(true));
        assertThat(set, contains("a"));
    }

    @Test
    void iteratesAndRemovesInLargeSets() {
        python.exec("x = set(range(4000))");
        Set<Object> set = python.set("x");
        assertThat(set.removeIf(item -> (Integer) item % 4 != 0), is(true));
        assertThat(python.eval("x == set(range(0, 4000, 4))"), is(true));
        assertThat(set.stream().mapToInt(item -> (Integer) item).sum(), is(1000 * 1998));
        Iterator<Object> iterator = set.iterator();
        iterator.next();
        set.add(-1);
        assertThrows(ConcurrentModificationException.class, iterator::next);
    }

    /** Random steps on a view and on a HashSet must give the same at each step. */
    @Test
    void behavesAsAHashSet() {
        Random random = new Random(3);
        Set<Object> model = new HashSet<>();
        Set<Object> view = python.set("set()");
        for (int step = 0; step < 2000; step++) {
            Object item = random.nextInt(10) == 0 ? null : (Object) random.nextInt(40);
            int kind = random.nextInt(4);
            Object expected = step(kind, model, item);
            assertThat(step(kind, view, item), is(expected));
            assertThat(view, equalTo(model));
        }
    }

    private static Object step(int kind, Set<Object> set, Object item) {
        return switch (kind) {
            case 0 -> set.remove(item);
            case 1 -> set.contains(item);
            default -> set.add(item);
        };
    }

    @Test
    void nothingIsLeftBehind() throws InterruptedException {
        python.exec("x = {(i,) for i in range(2000)}");
        Session.assertNoLeak(() -> {
            PySet set = python.set("x");
            set.iterator().next();
            set.contains(1);
        });
    }
}
