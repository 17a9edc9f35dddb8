package io.github.cpythonengine;

import static io.github.cpythonengine.TestEngines.eval;
import static io.github.cpythonengine.TestEngines.fails;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.sameInstance;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.script.ScriptEngine;
import javax.script.ScriptException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Java's collections, maps, arrays and iterators as live Python objects that behave as the Python kind. */
class JavaContainersTest {

    private final ScriptEngine engine = TestEngines.engine();

    private void isTrue(String expression) throws ScriptException {
        assertThat(expression, engine.eval(expression), is(true));
    }

    // ---- lists

    @ParameterizedTest
    @ValueSource(
            strings = {
                "len(j) == 3",
                "j[0] == 'a' and j[2] is None",
                "j[-1] is None and j[-3] == 'a'",
                "2 in j and 'z' not in j and None in j",
                "list(j) == ['a', 2, None]",
                "[x for x in j] == ['a', 2, None]",
                "tuple(j) == ('a', 2, None)",
                "list(j[1:]) == [2, None]",
                "list(j[::-1]) == [None, 2, 'a']",
                "list(j[::2]) == ['a', None]",
                "list(j[5:]) == []",
                "j == ['a', 2, None]",
                "['a', 2, None] == j",
                "j != ['a', 2]",
                "not (j == 5)",
                "bool(j)",
                "list(reversed(j)) == [None, 2, 'a']",
                "j.index(2) == 1 and j.count('a') == 1",
                "list(zip(j, range(3)))[1] == (2, 1)",
                "(lambda a, b, c: (c, b, a))(*j) == (None, 2, 'a')",
                "__import__('json').dumps(list(j)) == '[\"a\", 2, null]'",
                "list(enumerate(j))[0] == (0, 'a')",
                "isinstance(j, __import__('collections').abc.Sequence)",
                "[*j, 1] == ['a', 2, None, 1]",
                "list(j + [1]) == ['a', 2, None, 1]",
                "list(map(str, j)) == ['a', '2', 'None']"
            })
    void aJavaListReadsAsAList(String expression) throws Exception {
        engine.put("j", new ArrayList<>(Arrays.asList("a", 2, null)));
        isTrue(expression);
    }

    @Test
    void aJavaListIsChangedAsAList() throws Exception {
        List<Object> list = new ArrayList<>(List.of(1, 2));
        engine.put("j", list);
        eval(engine, "j.append('three')", "j[0] = 'one'", "j.insert(1, None)", "j.extend([4, 5])", "j += [6]");
        assertThat(list, is(Arrays.asList("one", null, 2, "three", 4, 5, 6)));
        eval(engine, "del j[1]", "p = j.pop()", "q = j.pop(0)", "j.remove(4)");
        assertThat(list, is(Arrays.asList(2, "three", 5)));
        isTrue("p == 6 and q == 'one'");
        eval(engine, "j.reverse()");
        assertThat(list, is(Arrays.asList(5, "three", 2)));
        eval(engine, "j[1:2] = [7, 8]", "del j[0]");
        assertThat(list, is(Arrays.asList(7, 8, 2)));
        eval(engine, "j.sort()");
        assertThat(list, is(Arrays.asList(2, 7, 8)));
        eval(engine, "j.clear()");
        assertThat(list.isEmpty(), is(true));
        list.add("from Java");
        isTrue("len(j) == 1 and j[0] == 'from Java'");
    }

    @Test
    void wrongPlacesAndKeysAreThePythonErrors() {
        engine.put("j", new ArrayList<>(List.of(1)));
        engine.put("m", new HashMap<>(Map.of("a", 1)));
        assertThat(fails(engine, "j[1]").getMessage(), containsString("Index"));
        assertThat(fails(engine, "j[-2]").getMessage(), containsString("Index"));
        assertThat(fails(engine, "j['x']").getMessage(), containsString("TypeError"));
        assertThat(fails(engine, "m['b']").getMessage(), containsString("KeyError"));
        assertThat(fails(engine, "del m['b']").getMessage(), containsString("KeyError"));
        assertThat(fails(engine, "j.remove(9)").getMessage(), containsString("ValueError"));
        assertThat(fails(engine, "j.index(9)").getMessage(), containsString("ValueError"));
    }

    @Test
    void anUnmodifiableListRefuses() {
        engine.put("j", List.of(1));
        assertThat(
                fails(engine, "j.append(2)").getCause().getClass(), is((Object) UnsupportedOperationException.class));
        assertThat(fails(engine, "j[0] = 2").getCause().getClass(), is((Object) UnsupportedOperationException.class));
    }

    // ---- maps

    @ParameterizedTest
    @ValueSource(
            strings = {
                "len(m) == 3",
                "m['a'] == 1 and m[2] == 'two' and m['n'] is None",
                "'a' in m and 2 in m and 'z' not in m",
                "list(m) == ['a', 2, 'n']",
                "list(m.keys()) == ['a', 2, 'n']",
                "list(m.values()) == [1, 'two', None]",
                "list(m.items()) == [('a', 1), (2, 'two'), ('n', None)]",
                "dict(m) == {'a': 1, 2: 'two', 'n': None}",
                "m == {'a': 1, 2: 'two', 'n': None}",
                "{'a': 1, 2: 'two', 'n': None} == m",
                "m != {'a': 1}",
                "m.get('z') is None and m.get('z', 5) == 5 and m.get('a') == 1 and m.get('n', 5) is None",
                "{**m}['a'] == 1",
                "[k for k in m][0] == 'a'",
                "{k: v for k, v in m.items()}[2] == 'two'",
                "bool(m)",
                "isinstance(m, __import__('collections').abc.Mapping)",
                "sorted(str(k) for k in m) == ['2', 'a', 'n']",
                "__import__('json').dumps(dict(m)) == '{\"a\": 1, \"2\": \"two\", \"n\": null}'"
            })
    void aJavaMapReadsAsADict(String expression) throws Exception {
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put("a", 1);
        map.put(2, "two");
        map.put("n", null);
        engine.put("m", map);
        isTrue(expression);
    }

    @Test
    void aJavaMapIsChangedAsADict() throws Exception {
        Map<Object, Object> map = new TreeMap<>(Map.of("a", 1, "b", 2));
        engine.put("m", map);
        eval(
                engine,
                "m['c'] = 3",
                "del m['a']",
                "m.update(d=4)",
                "s = m.setdefault('b', 9)",
                "t = m.setdefault('e', 5)");
        assertThat(map, is(Map.of("b", 2, "c", 3, "d", 4, "e", 5)));
        isTrue("s == 2 and t == 5");
        eval(engine, "p = m.pop('b')", "q = m.pop('zz', 'default')");
        isTrue("p == 2 and q == 'default'");
        eval(engine, "m.clear()");
        assertThat(map.isEmpty(), is(true));
        map.put("late", 1);
        isTrue("m['late'] == 1");
    }

    @Test
    void stringTemplatesAndFormatsTakeAMap() throws Exception {
        engine.put("m", Map.of("who", "Ann"));
        isTrue("'%(who)s' % m == 'Ann'");
        isTrue("'{who}'.format_map(m) == 'Ann'");
        isTrue("'{who}'.format(**m) == 'Ann'");
        isTrue("__import__('string').Template('$who').substitute(m) == 'Ann'");
    }

    // ---- sets, other collections, iterators

    @Test
    void aJavaSetIsASet() throws Exception {
        Set<Object> set = new LinkedHashSet<>(List.of(1, "two"));
        engine.put("s", set);
        for (String each : List.of(
                "len(s) == 2",
                "1 in s and 3 not in s",
                "set(s) == {1, 'two'}",
                "s == {1, 'two'}",
                "isinstance(s, __import__('collections').abc.Set)",
                "set(s | {3}) == {1, 'two', 3}",
                "set(s & {1}) == {1}")) {
            isTrue(each);
        }
        eval(engine, "s.add(3)", "s.discard(1)", "s.discard(99)");
        assertThat(set, is(Set.of("two", 3)));
        assertThat(fails(engine, "s.remove(99)").getMessage(), containsString("KeyError"));
    }

    @Test
    void otherCollectionsAreSizedIterables() throws Exception {
        engine.put("c", Collections.unmodifiableCollection(List.of(1, 2)));
        engine.put("q", new ArrayDeque<>(List.of(3, 4)));
        isTrue("len(c) == 2 and list(c) == [1, 2] and 2 in c");
        isTrue("len(q) == 2 and list(q) == [3, 4] and 4 in q");
    }

    @Test
    void iterablesAndIteratorsIterate() throws Exception {
        Iterable<Object> iterable = () -> List.<Object>of(1, 2).iterator();
        engine.put("i", iterable);
        isTrue("list(i) == [1, 2] and list(i) == [1, 2]");
        engine.put("it", List.of(1, 2, 3).iterator());
        isTrue("next(it) == 1 and list(it) == [2, 3] and list(it) == []");
        assertThat(fails(engine, "next(it)").getMessage(), containsString("StopIteration"));
    }

    @Test
    void anIteratorThatThrowsIsTheCause() {
        IllegalStateException failure = new IllegalStateException("broken");
        Iterator<Object> broken = new Iterator<>() {
            private int n;

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Object next() {
                if (n++ == 3) {
                    throw failure;
                }
                return n;
            }
        };
        engine.put("it", broken);
        assertThat(fails(engine, "seen = []", "for x in it: seen.append(x)").getCause(), sameInstance(failure));
        assertThat(engine.get("seen"), is(List.of(1, 2, 3)));
    }

    // ---- arrays

    @Test
    void arraysAreLiveAndFixedInSize() throws Exception {
        String[] strings = {"a", null, "c"};
        int[] ints = {1, 2, 3};
        engine.put("s", strings);
        engine.put("i", ints);
        isTrue("len(s) == 3 and s[0] == 'a' and s[1] is None and s[-1] == 'c' and list(s) == ['a', None, 'c']");
        isTrue("len(i) == 3 and sum(i) == 6 and list(i[1:]) == [2, 3] and 2 in i");
        eval(engine, "s[1] = 'b'", "i[0] = 5");
        assertThat(strings, is(new String[] {"a", "b", "c"}));
        assertThat(ints, is(new int[] {5, 2, 3}));
        ints[2] = 9;
        isTrue("i[2] == 9");
        assertThat(fails(engine, "i[3]").getMessage(), containsString("Index"));
        fails(engine, "i[0] = 'text'");
        fails(engine, "i[0] = 2**31");
        fails(engine, "s[0] = 5");
        assertThat(ints, is(new int[] {5, 2, 9}));
        assertThat(strings, is(new String[] {"a", "b", "c"}));
    }

    @Test
    void arraysOfEveryPrimitiveTypeRead() throws Exception {
        engine.put("a", new boolean[] {true, false});
        isTrue("list(a) == [True, False] and a[0] is True");
        engine.put("a", new char[] {'x', '\u00e9'});
        isTrue("list(a) == ['x', '\u00e9']");
        engine.put("a", new short[] {-1});
        isTrue("a[0] == -1");
        engine.put("a", new long[] {Long.MIN_VALUE});
        isTrue("a[0] == -2**63");
        engine.put("a", new float[] {1.5f});
        isTrue("a[0] == 1.5");
        engine.put("a", new double[] {-0.0, Double.MAX_VALUE});
        isTrue("str(a[0]) == '-0.0' and a[1] == 1.7976931348623157e308");
        engine.put("a", new Object[] {});
        isTrue("len(a) == 0 and not a");
        engine.put("a", new int[][] {{1}, {2, 3}});
        isTrue("a[1][1] == 3 and len(a) == 2");
    }

    // ---- identity and opaque objects

    @Test
    void theIdenticalCollectionComesBack() throws Exception {
        for (Object each : new Object[] {
            new ArrayList<>(),
            new HashMap<>(),
            new LinkedHashSet<>(),
            new int[1],
            new Object[0],
            List.of(1).iterator(),
            new Object(),
            Thread.currentThread(),
            Object.class,
            new StringBuffer().getClass()
        }) {
            engine.put("x", each);
            assertThat(engine.eval("x"), sameInstance(each));
            assertThat(engine.get("x"), sameInstance(each));
            assertThat(engine.eval("[x, {'k': x}][1]['k']"), sameInstance(each));
            assertThat(engine.eval("(lambda y: y)(x)"), sameInstance(each));
        }
    }

    @Test
    void theSameJavaObjectIsTheSamePythonObject() throws Exception {
        Object thing = new Object();
        engine.put("a", thing);
        engine.put("b", thing);
        isTrue("a is b and a == b and hash(a) == hash(b)");
        engine.put("c", new Object());
        isTrue("a is not c and a != c");
    }

    @Test
    void anOpaqueObjectIsUsableInPython() throws Exception {
        engine.put("o", new Opaque());
        isTrue("str(o) == 'opaque!'");
        isTrue("'Opaque' in type(o).__name__");
        isTrue("bool(o)");
        isTrue("{o: 1}[o] == 1 and o in [o]");
        isTrue("isinstance(repr(o), str)");
        assertThat(fails(engine, "o.no_such_member").getMessage(), containsString("AttributeError"));
        assertThat(fails(engine, "o + 1").getMessage(), containsString("TypeError"));
        assertThat(fails(engine, "len(o)").getMessage(), containsString("TypeError"));
        assertThat(fails(engine, "o[0]").getMessage(), containsString("TypeError"));
        assertThat(fails(engine, "iter(o)").getMessage(), containsString("TypeError"));
    }

    public static final class Opaque {
        @Override
        public String toString() {
            return "opaque!";
        }
    }

    @Test
    void objectsThatLieAndThrowAreAnswered() throws Exception {
        engine.put("h", new Hostile());
        assertThat(fails(engine, "str(h)").getCause().getMessage(), is("toString"));
        assertThat(fails(engine, "hash(h)").getCause().getMessage(), is("hashCode"));
        assertThat(engine.eval("h is h"), is(true));
        List<Object> lying = new ArrayList<>(List.of(1)) {
            private static final long serialVersionUID = 1L;

            @Override
            public int size() {
                return 5;
            }
        };
        engine.put("l", lying);
        fails(engine, "l[4]");
        fails(engine, "[x for x in l] + [l[i] for i in range(5)]");
        List<Object> negative = new ArrayList<>() {
            private static final long serialVersionUID = 1L;

            @Override
            public int size() {
                return -1;
            }
        };
        engine.put("l", negative);
        fails(engine, "len(l)");
        assertThat(engine.eval("1 + 1"), is(2));
    }

    private static final class Hostile {
        @Override
        public String toString() {
            throw new IllegalStateException("toString");
        }

        @Override
        public int hashCode() {
            throw new IllegalStateException("hashCode");
        }

        @Override
        public boolean equals(Object other) {
            throw new IllegalStateException("equals");
        }
    }

    @Test
    void bigCollectionsPass() throws Exception {
        List<Integer> big = new ArrayList<>();
        Map<String, Integer> map = new HashMap<>();
        for (int i = 0; i < 50_000; i++) {
            big.add(i);
            map.put("k" + i, i);
        }
        engine.put("big", big);
        engine.put("map", map);
        isTrue("sum(big) == sum(range(50000))");
        isTrue("sum(map.values()) == sum(range(50000))");
        isTrue("list(big) == list(range(50000)) and len(dict(map)) == 50000");
    }

    @Test
    void aSelfContainingCollectionIsNoProblem() throws Exception {
        List<Object> self = new ArrayList<>();
        self.add(self);
        engine.put("l", self);
        isTrue("l[0] is l and l[0][0][0] is l and len(l) == 1");
    }
}
