package io.github.cpythonengine.host;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Anything that Python iterates over, where Java wants a collection; and what Java changes is seen in Python. */
class PythonItemsTest {

    public static final class Takes {
        public String collection(Collection<?> items) {
            return new ArrayList<>(items).toString();
        }

        public String list(List<?> items) {
            return items.toString();
        }

        public String set(Set<?> items) {
            return items.toString();
        }

        public String map(Map<String, ?> items) {
            return items.toString();
        }

        public String iterable(Iterable<?> items) {
            return iterator(items.iterator());
        }

        public String iterator(Iterator<?> items) {
            List<Object> all = new ArrayList<>();
            items.forEachRemaining(all::add);
            return all.toString();
        }

        public String stream(Stream<?> items) {
            return items.collect(Collectors.toList()).toString();
        }

        public int sum(IntStream items) {
            return items.sum();
        }

        public String classes(Collection<Long> items) {
            return items.stream()
                    .map(Object.class::cast)
                    .map(item -> item.getClass().getSimpleName())
                    .toList()
                    .toString();
        }

        public void addOne(List<Long> items) {
            items.add(1L);
            items.set(0, items.get(0) + 1);
        }

        public void half(Map<String, Double> items) {
            items.replaceAll((key, value) -> value / 2);
            items.put("new", 1.5);
        }

        public void clear(Collection<String> items) {
            items.clear();
        }

        public String any(Object item) {
            return "Object";
        }

        public String any(Collection<?> items) {
            return "Collection " + items.size();
        }

        public String either(Collection<?> items) {
            return "Collection " + items.size();
        }

        public String either(String text) {
            return "String";
        }

        public String either(int[] numbers) {
            return "int[] " + numbers.length;
        }
    }

    private static void check(String... lines) {
        String[] all = new String[lines.length + 1];
        all[0] = "def raises(kind, action):\n"
                + "    try: action()\n"
                + "    except kind as e: return str(e)\n"
                + "    raise AssertionError(kind)\n"
                + "def same(found, wanted): assert found == wanted, (found, wanted)\n";
        System.arraycopy(lines, 0, all, 1, lines.length);
        Script.with("t", new Takes()).does(all);
    }

    @Test
    void constructorsTakeAnyIterable() {
        check(
                "from java.util import ArrayList, HashSet, HashMap, TreeSet, ArrayDeque",
                "from collections import deque, ChainMap, UserDict, UserList, OrderedDict",
                "from types import MappingProxyType",
                "same(ArrayList(range(3)), [0, 1, 2]); same(ArrayList(n * n for n in range(3)), [0, 1, 4])",
                "same(ArrayList(map(str, (1, 2))), ['1', '2']); same(ArrayList(deque([1, None])), [1, None])",
                "d = {'a': 1, 'b': 2}",
                "same(ArrayList(d.keys()), ['a', 'b']); same(ArrayList(d.values()), [1, 2])",
                "same([tuple(i) for i in ArrayList(d.items())], [('a', 1), ('b', 2)])",
                "same(HashSet(range(3)), {0, 1, 2}); same(list(TreeSet([3, 1])), [1, 3])",
                "same(list(ArrayDeque(UserList([1, 2]))), [1, 2])",
                "for mapping in (MappingProxyType(d), ChainMap(d), UserDict(d), OrderedDict(d)):",
                "    same(HashMap(mapping), d)",
                "for wrong in ('abc', b'abc', d, 5.5, object()):",
                "    raises(TypeError, lambda: ArrayList(wrong))",
                "raises(TypeError, lambda: HashMap([('a', 1)]))");
    }

    @Test
    void parametersTakeAnyIterable() {
        check(
                "same(t.collection(range(2)), '[0, 1]'); same(t.list(range(2)), '[0, 1]')",
                "same(t.set({1: 2}.keys()), '[1]'); raises(TypeError, lambda: t.set([1]))",
                "raises(TypeError, lambda: t.list({1})); same(t.iterator([1, 2]), '[1, 2]')",
                "same(t.iterable(range(2)), '[0, 1]'); same(t.iterable(n for n in (1, 2)), '[1, 2]')",
                "same(t.iterator(n for n in (1, 2)), '[1, 2]')",
                "same(t.stream(range(2)), '[0, 1]'); same(t.stream(n for n in (1, 2)), '[1, 2]')",
                "same(t.sum(range(4)), 6); same(t.sum([1, 2]), 3)",
                "same(t.classes(range(2)), '[Long, Long]'); same(t.classes({1, 2}), '[Long, Long]')",
                "same(t.classes(n for n in (1, 2)), '[Long, Long]')",
                "from types import MappingProxyType",
                "same(t.map(MappingProxyType({'a': 1})), '{a=1}')");
    }

    @Test
    void generatorsAreUsedOnce() {
        check(
                "same(t.any(n for n in (1, 2)), 'Object')",
                "given = (n for n in (1, 2))",
                "t.any(given); same(list(given), [1, 2])",
                "given = (n for n in ('a', 'b'))",
                "from java.lang import String",
                "same(String.join('-', given), 'a-b')",
                "def endless():",
                "    while True: yield 1",
                "from java.util.stream import Stream",
                "same(t.iterable(n for n in [] or (3,)), '[3]')",
                "def failing():",
                "    yield 1",
                "    raise KeyError('gone')",
                "raises(KeyError, lambda: t.collection(failing()))",
                "raises(KeyError, lambda: t.classes(failing()))");
    }

    @Test
    void whatJavaChangesIsSeenInPython() {
        check(
                "from java.util import Collections",
                "numbers = [3, 1, 2]; Collections.sort(numbers); same(numbers, [1, 2, 3])",
                "t.addOne(numbers); same(numbers, [2, 2, 3, 1])",
                "prices = {'tea': 3}; t.half(prices); same(prices, {'tea': 1.5, 'new': 1.5})",
                "same(t.classes(numbers), '[Long, Long, Long, Long]')",
                "texts = ['a']; t.clear(texts); same(texts, [])",
                "texts = {'a'}; t.clear(texts); same(texts, set())",
                "raises(TypeError, lambda: t.clear(range(3)))",
                "frozen = (1, 2); raises(Exception, lambda: t.addOne(frozen)); same(frozen, (1, 2))",
                "try: t.clear({'a': 1}.keys())",
                "except NotImplementedError as e: assert 'UnsupportedOperation' in type(e).__name__",
                "else: assert False");
    }

    @Test
    void errorsListTheCandidates() {
        check(
                "e = raises(TypeError, lambda: t.classes([1, 'a']))",
                "assert 'classes(java.util.Collection)' in e and \"[1]: cannot convert str 'a'\" in e, e",
                "e = raises(TypeError, lambda: t.classes([2**70]))",
                "assert 'classes(java.util.Collection)' in e and '[0]' in e, e",
                "e = raises(TypeError, lambda: t.either(5))",
                "assert 'int 5' in e and 'either(int[])' in e and 'either(String)' in e, e");
    }
}
