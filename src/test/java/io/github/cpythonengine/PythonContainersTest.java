package io.github.cpythonengine;

import static io.github.cpythonengine.TestEngines.eval;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.cpythonengine.python.PyView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import javax.script.ScriptEngine;
import javax.script.ScriptException;
import org.junit.jupiter.api.Test;

/** Python's containers as live Java collections, through the engine. */
@SuppressWarnings("unchecked")
class PythonContainersTest {

    private final ScriptEngine engine = TestEngines.engine();

    private List<Object> list(String literal) throws ScriptException {
        return (List<Object>) eval(engine, "items = " + literal, "items");
    }

    private Map<Object, Object> dict(String literal) throws ScriptException {
        return (Map<Object, Object>) eval(engine, "d = " + literal, "d");
    }

    private Set<Object> set(String literal) throws ScriptException {
        return (Set<Object>) eval(engine, "s = " + literal, "s");
    }

    private Object python(String expression) throws ScriptException {
        return engine.eval(expression);
    }

    // ---- list

    @Test
    void aListIsALiveList() throws Exception {
        List<Object> list = list("[1, 'two', None]");
        assertThat(list, is(Arrays.asList(1, "two", null)));
        assertThat(list.size(), is(3));
        list.add(4.0);
        list.set(0, "one");
        list.remove(1);
        list.add(1, List.of());
        assertThat(python("items[0] == 'one' and items[2] is None and items[3] == 4.0 and len(items) == 4"), is(true));
        engine.eval("items.clear()");
        assertThat(list.isEmpty(), is(true));
        list.addAll(List.of(1, 2, 3));
        assertThat(python("items == [1, 2, 3]"), is(true));
        list.clear();
        assertThat(python("items == []"), is(true));
    }

    @Test
    void aListKeepsTheListContract() throws Exception {
        List<Object> list = list("[3, 1, 2, 1]");
        List<Object> model = new ArrayList<>(List.of(3, 1, 2, 1));
        assertThat(list.equals(model) && model.equals(list), is(true));
        assertThat(list.hashCode(), is(model.hashCode()));
        assertThat(list.toString(), is(model.toString()));
        assertThat(list.indexOf(1), is(1));
        assertThat(list.lastIndexOf(1), is(3));
        assertThat(list.indexOf(9), is(-1));
        assertThat(list.contains(2), is(true));
        assertThat(list.contains(null), is(false));
        assertThat(list.contains(new Object()), is(false));
        assertThat(list.subList(1, 3), is(List.of(1, 2)));
        assertThat(list.toArray(), is(new Object[] {3, 1, 2, 1}));
        assertThat(list.toArray(new Integer[0]), is(new Integer[] {3, 1, 2, 1}));
        assertThat(list.stream().mapToInt(each -> (Integer) each).sum(), is(7));
        assertThat(list.remove((Object) 1), is(true));
        assertThat(list.remove((Object) 99), is(false));
        assertThat(list.removeAll(List.of(2)), is(true));
        assertThat(list, is(List.of(3, 1)));
        assertThat(list.retainAll(List.of(3)), is(true));
        assertThat(list.addAll(0, List.of(7, 8)), is(true));
        assertThat(list, is(List.of(7, 8, 3)));
        list.sort(null);
        assertThat(python("items == [3, 7, 8]"), is(true));
        list.replaceAll(each -> (Integer) each * 2);
        Collections.reverse(list);
        assertThat(python("items == [16, 14, 6]"), is(true));
        list.subList(0, 2).clear();
        assertThat(python("items == [6]"), is(true));
    }

    @Test
    void placesOutsideAListAreRefused() throws Exception {
        List<Object> list = list("[1, 2]");
        for (int bad : new int[] {-1, 2, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertThrows(IndexOutOfBoundsException.class, () -> list.get(bad));
            assertThrows(IndexOutOfBoundsException.class, () -> list.set(bad, 0));
            assertThrows(IndexOutOfBoundsException.class, () -> list.remove(bad));
        }
        assertThrows(IndexOutOfBoundsException.class, () -> list.add(3, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> list.add(-1, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> list.subList(1, 3));
        assertThat(list, is(List.of(1, 2)));
    }

    @Test
    void iteratorsOfAListWork() throws Exception {
        List<Object> list = list("[1, 2, 3]");
        ListIterator<Object> i = list.listIterator();
        while (i.hasNext()) {
            Object each = i.next();
            if (each.equals(2)) {
                i.remove();
            } else {
                i.set((Integer) each * 10);
            }
        }
        i.add("end");
        assertThat(python("items == [10, 30, 'end']"), is(true));
        assertThat(i.previous(), is("end"));
        Iterator<Object> past = list.iterator();
        past.next();
        past.next();
        past.next();
        assertThrows(NoSuchElementException.class, past::next);
        assertThrows(IllegalStateException.class, () -> list.iterator().remove());
    }

    @Test
    void aListThatShrinksDuringIterationEndsCleanly() throws Exception {
        List<Object> list = list("list(range(100))");
        Iterator<Object> i = list.iterator();
        i.next();
        engine.eval("items.clear()");
        try {
            while (i.hasNext()) {
                i.next();
            }
        } catch (ConcurrentModificationException | NoSuchElementException e) {
            // either is an end
        }
        assertThat(list.isEmpty(), is(true));
    }

    @Test
    void theIdenticalListGoesBack() throws Exception {
        List<Object> list = list("[1]");
        engine.put("again", list);
        assertThat(python("again is items"), is(true));
        assertThat(list, instanceOf(PyView.class));
        list.add(list);
        assertThat(python("items[1] is items"), is(true));
        assertThat(((PyView) list.get(1)).pyObject(), is(((PyView) list).pyObject()));
    }

    @Test
    void nestedContainersAreLiveToo() throws Exception {
        List<Object> list = list("[[1], {'k': (2, [3])}]");
        ((List<Object>) list.get(0)).add(9);
        Map<String, List<Object>> inner = (Map<String, List<Object>>) list.get(1);
        ((List<Object>) inner.get("k").get(1)).add(4);
        assertThat(python("items == [[1, 9], {'k': (2, [3, 4])}]"), is(true));
    }

    @Test
    void bigListsAreReadWhole() throws Exception {
        int count = 100_000;
        List<Object> list = list("list(range(" + count + "))");
        List<Object> copy = new ArrayList<>(list);
        assertThat(copy.size(), is(count));
        assertThat(copy.get(count - 1), is(count - 1));
        list.addAll(copy);
        assertThat(python("len(items)"), is(2 * count));
    }

    @Test
    void deepNestingIsNoProblem() throws Exception {
        engine.eval("items = []\nfor _ in range(50): items = [items]");
        Object each = engine.get("items");
        for (int depth = 0; depth < 50; depth++) {
            each = ((List<Object>) each).get(0);
        }
        assertThat(each, is(List.of()));
    }

    // ---- tuple

    @Test
    void aTupleIsAnUnmodifiableList() throws Exception {
        List<Object> tuple = list("(1, 'two', None)");
        assertThat(tuple, is(Arrays.asList(1, "two", null)));
        assertThat(tuple.hashCode(), is(Arrays.asList(1, "two", null).hashCode()));
        assertThrows(UnsupportedOperationException.class, () -> tuple.add(1));
        assertThrows(UnsupportedOperationException.class, () -> tuple.set(0, 1));
        assertThrows(UnsupportedOperationException.class, () -> tuple.remove(0));
        assertThrows(UnsupportedOperationException.class, tuple::clear);
        assertThrows(IndexOutOfBoundsException.class, () -> tuple.get(3));
        engine.put("again", tuple);
        assertThat(python("again is items"), is(true));
        assertThat(list("()").isEmpty(), is(true));
    }

    // ---- dict

    @Test
    void aDictIsALiveMap() throws Exception {
        Map<Object, Object> map = dict("{'a': 1, 2: 'two', None: None, (1, 2): 'pair'}");
        assertThat(map.size(), is(4));
        assertThat(map.get("a"), is(1));
        assertThat(map.get(2), is("two"));
        assertThat(map.get(null), nullValue());
        assertThat(map.containsKey(null), is(true));
        assertThat(map.containsKey("absent"), is(false));
        assertThat(map.get(engine.eval("(1, 2)")), is("pair"));
        assertThat(map.put("a", "new"), is(1));
        assertThat(map.put("b", 5), nullValue());
        assertThat(map.remove(2), is("two"));
        assertThat(map.remove("absent"), nullValue());
        assertThat(python("d['a'] == 'new' and d['b'] == 5 and 2 not in d"), is(true));
        engine.eval("d['c'] = 'from Python'");
        assertThat(map.get("c"), is("from Python"));
        map.clear();
        assertThat(python("d == {}"), is(true));
        map.putAll(Map.of("x", 1, "y", 2));
        assertThat(python("d == {'x': 1, 'y': 2}"), is(true));
    }

    @Test
    void aDictKeepsTheMapContract() throws Exception {
        Map<Object, Object> map = dict("{'a': 1, 'b': 2}");
        Map<Object, Object> model = new HashMap<>(Map.of("a", 1, "b", 2));
        assertThat(map.equals(model) && model.equals(map), is(true));
        assertThat(map.hashCode(), is(model.hashCode()));
        assertThat(map.toString(), is("{a=1, b=2}"));
        assertThat(map.containsValue(2), is(true));
        assertThat(map.containsValue("none"), is(false));
        assertThat(new ArrayList<>(map.keySet()), is(List.of("a", "b")));
        assertThat(new ArrayList<>(map.values()), is(List.of(1, 2)));
        assertThat(map.entrySet().contains(Map.entry("a", 1)), is(true));
        assertThat(map.getOrDefault("z", "default"), is("default"));
        assertThat(map.merge("a", 10, (x, y) -> (Integer) x + (Integer) y), is(11));
        assertThat(map.computeIfAbsent("c", key -> key + "!"), is("c!"));
        assertThat(map.putIfAbsent("c", "other"), is("c!"));
        map.keySet().remove("c");
        map.values().remove(2);
        assertThat(python("d == {'a': 11}"), is(true));
        for (Map.Entry<Object, Object> entry : map.entrySet()) {
            assertThat(entry.setValue("set"), is(11));
        }
        assertThat(python("d == {'a': 'set'}"), is(true));
        map.entrySet().removeIf(entry -> entry.getKey().equals("a"));
        assertThat(map.isEmpty(), is(true));
    }

    @Test
    void unhashableKeysAreAnswered() throws Exception {
        Map<Object, Object> map = dict("{'a': 1}");
        Object unhashable = engine.eval("[1]");
        try {
            assertThat(map.containsKey(unhashable), is(false));
        } catch (RuntimeException e) {
            assertThat(e.toString().contains("unhashable"), is(true));
        }
        assertThrows(RuntimeException.class, () -> map.put(unhashable, 1));
        assertThat(map.size(), is(1));
    }

    @Test
    void aDictChangedDuringIterationIsNoCrash() throws Exception {
        Map<Object, Object> map = dict("dict.fromkeys(range(1000))");
        Iterator<Object> i = map.keySet().iterator();
        i.next();
        engine.eval("d.clear()\nfor k in range(5000): d['k%d' % k] = k");
        int seen = 0;
        try {
            while (i.hasNext() && seen < 20_000) {
                i.next();
                seen++;
            }
        } catch (ConcurrentModificationException | NoSuchElementException e) {
            // fine
        }
        assertThat(seen < 20_000, is(true));
        assertThat(map.size(), is(5000));
    }

    // ---- set

    @Test
    void aSetIsALiveSet() throws Exception {
        Set<Object> set = set("{1, 'two', None}");
        assertThat(set, is(new HashSet<>(Arrays.asList(1, "two", null))));
        assertThat(set.add(3), is(true));
        assertThat(set.add(3), is(false));
        assertThat(set.remove(1), is(true));
        assertThat(set.remove(1), is(false));
        assertThat(python("s == {'two', None, 3}"), is(true));
        engine.eval("s.discard(None)");
        assertThat(set.contains(null), is(false));
        assertThat(set.hashCode(), is(Set.of("two", 3).hashCode()));
        set.removeIf(each -> each instanceof Integer);
        assertThat(set.retainAll(Set.of("two")), is(false));
        assertThat(set, is(Set.of("two")));
        set.clear();
        assertThat(python("s == set()"), is(true));
        assertThrows(RuntimeException.class, () -> set.add(engine.eval("[1]")));
    }

    @Test
    void aFrozensetIsAnUnmodifiableSet() throws Exception {
        Set<Object> set = set("frozenset({1, 2})");
        assertThat(set, is(Set.of(1, 2)));
        assertThrows(UnsupportedOperationException.class, () -> set.add(3));
        assertThrows(UnsupportedOperationException.class, () -> set.remove(1));
        assertThrows(UnsupportedOperationException.class, set::clear);
    }

    // ---- iterators, generators

    @Test
    void aGeneratorIsAnIterator() throws Exception {
        Iterator<Object> i = (Iterator<Object>) eval(
                engine,
                "log = []",
                "def g():",
                "    for n in range(3):",
                "        log.append(n)",
                "        yield n",
                "g()");
        assertThat("lazy", python("len(log)"), is(0));
        assertThat(i.next(), is(0));
        assertThat(i.hasNext(), is(true));
        assertThat(i.next(), is(1));
        assertThat(i.next(), is(2));
        assertThat(i.hasNext(), is(false));
        assertThrows(NoSuchElementException.class, i::next);
    }

    @Test
    void anInfiniteIteratorIsRead() throws Exception {
        Iterator<Object> i = (Iterator<Object>) eval(engine, "import itertools", "itertools.count(5)");
        assertThat(i.next(), is(5));
        assertThat(i.next(), is(6));
    }

    @Test
    void aFailingGeneratorFails() throws Exception {
        Iterator<Object> i =
                (Iterator<Object>) eval(engine, "def g():", "    yield 1", "    raise ValueError('half way')", "g()");
        assertThat(i.next(), is(1));
        RuntimeException e = assertThrows(RuntimeException.class, i::hasNext);
        assertThat(e.getMessage(), is("ValueError: half way"));
    }

    @Test
    void theIdenticalGeneratorGoesBack() throws Exception {
        Object generator = eval(engine, "g = (n for n in range(3))", "g");
        engine.put("again", generator);
        assertThat(python("again is g and next(again) == 0"), is(true));
    }

    // ---- subclasses

    @Test
    void subclassesAreLiveViewsThatKeepTheObject() throws Exception {
        Map<Object, Object> dd =
                (Map<Object, Object>) eval(engine, "import collections", "d = collections.defaultdict(list)", "d");
        dd.put("a", 1);
        assertThat("no default is made by a look", dd.containsKey("x"), is(false));
        engine.put("again", dd);
        assertThat(python("again is d and d['new'] == []"), is(true));
        Map<Object, Object> od = (Map<Object, Object>) eval(engine, "o = collections.OrderedDict(z=1, a=2)", "o");
        assertThat(new ArrayList<>(od.keySet()), is(List.of("z", "a")));
        List<Object> nt = (List<Object>) eval(engine, "P = collections.namedtuple('P', 'x y')", "p = P(1, 2)", "p");
        assertThat(nt, is(List.of(1, 2)));
        engine.put("again", nt);
        assertThat(python("again is p and again.x == 1"), is(true));
        List<Object> mine = (List<Object>) eval(engine, "class L(list): pass", "l = L([1])", "l.extra = 5", "l");
        engine.put("again", mine);
        assertThat(python("again.extra"), is(5));
        assertThat(eval(engine, "collections.Counter('aab')"), instanceOf(Map.class));
    }

    // ---- hostile

    @Test
    void elementsThatRaiseAreAnsweredWithTheirException() throws Exception {
        eval(
                engine,
                "class Bad:",
                "    def __eq__(self, other): raise ValueError('eq')",
                "    def __hash__(self): return 1",
                "bad = Bad()");
        List<Object> list = list("[bad, 1]");
        assertThat(list.size(), is(2));
        try {
            list.contains("x");
        } catch (RuntimeException e) {
            assertThat(e.getMessage(), is("ValueError: eq"));
        }
        Map<Object, Object> map = dict("{bad: 1}");
        assertThat(map.size(), is(1));
        assertThat(engine.eval("1 + 1"), is(2));
    }

    @Test
    void lyingLengthsDoNotCrash() throws Exception {
        List<Object> list = (List<Object>) eval(
                engine,
                "class Liar(list):",
                "    def __len__(self): return 10 ** 6",
                "    def __getitem__(self, i): raise RuntimeError('no item')",
                "Liar([1, 2])");
        assertThat(list.size() >= 0, is(true));
        try {
            new ArrayList<>(list);
            list.get(5);
        } catch (RuntimeException e) {
            assertThat(e, not(instanceOf(NullPointerException.class)));
        }
        assertThat(engine.eval("1 + 1"), is(2));
    }
}
