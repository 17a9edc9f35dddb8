package io.github.cpythonengine.host;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** A {@code java.util.Map} is a Python mapping, a {@code java.util.Set} a Python set. */
class MapsTest {

    private static final String RAISES = "def raises(kind, action):\n"
            + "    try: action()\n"
            + "    except kind as e: return e\n"
            + "    raise AssertionError(kind)\n";

    private static Map<Object, Object> map(Object... pairs) {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }

    @Test
    void readsAsADict() {
        Script.with("m", map("a", 1, "b", null, 3, "three"))
                .does(
                        RAISES,
                        "same = {'a': 1, 'b': None, 3: 'three'}",
                        "assert len(m) == 3 and m and dict(m) == same and m == same and same == m",
                        "assert m['a'] == 1 and m['b'] is None and m[3] == 'three'",
                        "assert raises(KeyError, lambda: m['x']).args == ('x',)",
                        "assert 'a' in m and 'x' not in m and None not in m",
                        "assert list(m) == ['a', 'b', 3] and list(m.keys()) == list(m)",
                        "assert list(m.items()) == list(same.items()) and ('a', 1) in m.items()",
                        "assert list(m.values()) == list(same.values())" + " if hasattr(m, 'values') else True",
                        "assert m.get('a') == 1 and m.get('x') is None and m.get('x', 7) == 7 and m.get('b', 7) is None",
                        "assert {**m} == same",
                        "assert (lambda a, b: (a, b))(**{k: v for k, v in m.items() if k != 3}) == (1, None)",
                        "assert m | {'z': 1} == {**same, 'z': 1} and {'a': 2} | m == same",
                        "assert m.keys() & {'a'} == {'a'} and m.keys() == same.keys()",
                        "import collections.abc as abc, json, string",
                        "assert isinstance(m, abc.MutableMapping)",
                        "assert json.loads(json.dumps(dict(m)))['a'] == 1",
                        "assert string.Template('$a').substitute(m) == '1'",
                        "assert '%(a)d' % m == '1'",
                        "assert '{a}'.format_map(m) == '1'",
                        "assert repr(m) == \"<LinkedHashMap {'a': 1, 'b': None, 3: 'three'}>\", repr(m)");
    }

    @Test
    void changesAsADict() {
        Map<Object, Object> map = map("a", 1);
        Script.with("m", map)
                .does(
                        RAISES,
                        "m['b'] = 2; m['a'] = 10",
                        "assert m.setdefault('a', 5) == 10 and m.setdefault('c', 3) == 3 and m.setdefault('d') is None",
                        "m.update({'e': 5}, f=6); m.update([('g', 7)]); m.update(h=8)",
                        "assert m.pop('e') == 5 and m.pop('e', None) is None",
                        "raises(KeyError, lambda: m.pop('e'))",
                        "del m['f']",
                        "raises(KeyError, lambda: m.__delitem__('f'))",
                        "m |= {'i': 9}",
                        "assert m.popitem() == ('a', 10)",
                        "assert dict(m) == {'b': 2, 'c': 3, 'd': None, 'g': 7, 'h': 8, 'i': 9}, dict(m)");
        assertThat(map, is(map("b", 2, "c", 3, "d", null, "g", 7, "h", 8, "i", 9)));
    }

    @Test
    void findsKeysOfAnyWidth() {
        Map<Object, Object> longs = new HashMap<>(Map.of(1L, "one"));
        Map<Object, Object> tree = new TreeMap<>(Map.of(1L, "one"));
        Map<Object, Object> chars = new HashMap<>(Map.of('c', "see"));
        Script.with("longs", longs)
                .and("tree", tree)
                .and("chars", chars)
                .does(
                        "assert longs[1] == 'one' and 1 in longs and longs.get(1) == 'one' and longs.get(2) is None",
                        "longs[1] = 'uno'; longs[2] = 'dos'",
                        "assert longs.pop(1) == 'uno'",
                        "assert tree[1] == 'one' and 2 not in tree and 'x' not in tree and tree.get(None) is None",
                        "tree[2] = 'two'; tree[1] = 'uno'",
                        "assert dict(tree) == {1: 'uno', 2: 'two'}",
                        "assert chars['c'] == 'see' and 'd' not in chars");
        assertThat(longs, is(Map.of(2, "dos")));
        assertThat(tree, is(new TreeMap<>(Map.of(1L, "uno", 2L, "two"))));
    }

    @Test
    void largeMapsCrossTogetherAndLoopsOverKeysFindValues() {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < 5_000; i++) {
            map.put("key" + i, i);
        }
        Script.with("m", map)
                .does(
                        "assert dict(m) == {'key%d' % i: i for i in range(5000)}",
                        "assert sum(m[k] for k in m) == sum(range(5000))",
                        "assert sum(v for k, v in m.items()) == sum(range(5000))",
                        "for k in list(m): m[k] = m[k] + 1",
                        "assert sum(m[k] for k in m) == sum(range(5001))",
                        "for k in m:",
                        "    m[k] = -1",
                        "    assert m[k] == -1",
                        "    break");
    }

    @Test
    void aMapThatChangesDuringALoopIsAnError() {
        Script.with("m", map(1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8))
                .and("c", new ConcurrentHashMap<>(map(1, 1, 2, 2, 3, 3)))
                .does(
                        RAISES,
                        "def loop():",
                        "    for k in m:",
                        "        if k == 3: del m[7]",
                        "raises(RuntimeError, loop)",
                        "for k in c: c.pop(k)",
                        "assert len(c) == 0");
    }

    @Test
    void setsAreSets() {
        Set<Object> set = new LinkedHashSet<>(List.of(1, 2, 3));
        Script.with("s", set)
                .and("t", new TreeSet<>(List.of("a", "b")))
                .does(
                        RAISES,
                        "assert s == {1, 2, 3} and {1, 2, 3} == s and s != {1} and len(s) == 3 and 2 in s and 2.0 in s",
                        "assert s | {4} == {1, 2, 3, 4} and s & {1, 9} == {1} and s - {1} == {2, 3} and s ^ {3, 4} == {1, 2, 4}",
                        "assert {4} | s == {1, 2, 3, 4} and {1, 9} - s == {9}",
                        "assert s <= {1, 2, 3, 4} and s < {1, 2, 3, 4} and s >= {1} and not s > {1, 2, 3}",
                        "assert s.isdisjoint({7}) and s.issubset(range(5)) and s.union([9]) == {1, 2, 3, 9}",
                        "s.discard(9); s.remove(2)",
                        "raises(KeyError, lambda: s.remove(2))",
                        "s |= {7, 8}; s -= {1}; s &= {3, 7, 9}; s ^= {3, 5}",
                        "assert s == {7, 5}, s",
                        "assert {s.pop(), s.pop()} == {7, 5} and not s",
                        "raises(KeyError, lambda: s.pop())",
                        "import collections.abc as abc",
                        "assert isinstance(s, abc.MutableSet)",
                        "assert sorted(t) == ['a', 'b'] and 5 not in t and None not in t",
                        "assert repr(t) == \"<TreeSet ['a', 'b']>\"");
        assertThat(set.isEmpty(), is(true));
    }

    @Test
    void entriesUnpack() {
        Script.with("entries", Map.of("k", "v").entrySet())
                .does(
                        "[(key, value)] = entries",
                        "assert key == 'k' and value == 'v'",
                        "e = list(entries)[0]",
                        "assert e[0] == 'k' and len(e) == 2 and tuple(e) == ('k', 'v')");
    }

    @Test
    void nothingLeaks() {
        Map<Object, Object> map = map("a", new Object(), "b", List.of(new Object()));
        int before = Script.handles();
        for (int i = 0; i < 20; i++) {
            Script.with("m", map).does("dict(m); list(m.items()); m['a']; m['b'][0]", "for k in m: m[k]");
        }
        assertThat("others may die meanwhile", Script.handles(), lessThanOrEqualTo(before));
    }
}
