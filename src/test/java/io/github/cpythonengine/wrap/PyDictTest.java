package io.github.cpythonengine.wrap;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.cpythonengine.convert.Conversions;
import io.github.cpythonengine.python.PyException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PyDictTest {

    private final Session python = new Session();

    @Test
    void showsEntriesInPythonsOrder() {
        Map<Object, Object> dict = python.dict("{'b': 1, 'a': None, None: 2.5, (1, 2): [3]}");
        assertThat(dict.keySet(), contains("b", "a", null, List.of(1, 2)));
        assertThat(dict.values(), contains(1, null, 2.5, List.of(3)));
        assertThat(dict.size(), is(4));
        assertThat(dict.toString(), is("{b=1, a=null, null=2.5, [1, 2]=[3]}"));
        Map<Object, Object> same = new HashMap<>(dict);
        assertThat(dict, equalTo(same));
        assertThat(same, equalTo(dict));
        assertThat(dict.hashCode(), is(same.hashCode()));
        assertThat(dict.get(null), is(2.5));
        assertThat(dict.get("a"), nullValue());
        assertThat(dict.containsKey("a"), is(true));
        assertThat(dict.containsKey("c"), is(false));
        assertThat(dict.getOrDefault("c", "none"), is("none"));
        assertThat(dict.containsValue(null), is(true));
    }

    @Test
    void entriesAreSafeFromConvertersThatEmptyTheDict() {
        python.exec("class EmptyingDict:\n"
                + "    __module__ = '__main__'\n"
                + "    __hash__ = object.__hash__\n"
                + "def fill():\n"
                + "    global x\n"
                + "    x = {('%050d' % i if i % 2 else (i,)): [i] if i % 3 else '%050d' % i for i in range(500)}\n"
                + "    x = {EmptyingDict(): 'first', **x, 'last': EmptyingDict()}\n"
                + "fill()");
        Conversions.addToJava("__main__.EmptyingDict", emptying -> {
            python.exec("x.clear(); junk = [b'#' * 90 for _ in range(500)]");
            return "emptied";
        });
        Map<Object, Object> dict = python.dict("x");
        Map<Object, Object> read = new HashMap<>();
        dict.forEach(read::put);
        assertThat(read.size(), is(502));
        assertThat(dict.size(), is(0));
        python.exec("fill()");
        Map<Object, Object> again = new HashMap<>();
        for (Map.Entry<Object, Object> entry : python.dict("x").entrySet()) {
            again.put(entry.getKey(), entry.getValue());
        }
        for (Map<Object, Object> each : List.of(read, again)) {
            assertThat(each.get("emptied"), is("first"));
            assertThat(each.get("last"), is("emptied"));
            assertThat(each.get(List.of(4)), is(List.of(4)));
            assertThat(each.get("%050d".formatted(499)), is(List.of(499)));
            assertThat(each.get("%050d".formatted(9)), is("%050d".formatted(9)));
        }
    }

    @Test
    void removingNoticesThatASubclassListsLessThanBefore() {
        python.exec("class Showing(dict):\n"
                + "    shown = 5\n"
                + "    def keys(self): return [*super().keys()][:self.shown]\n"
                + "    def items(self): return [*super().items()][:self.shown]\n"
                + "x = Showing({i: i for i in range(5)})");
        Map<Object, Object> dict = python.dict("x");
        for (Iterator<?> iterator :
                List.of(dict.keySet().iterator(), dict.entrySet().iterator())) {
            python.exec("x.shown = 5");
            for (int i = 0; i < 5; i++) {
                iterator.next();
            }
            python.exec("x.shown = 0");
            assertThrows(ConcurrentModificationException.class, iterator::remove);
        }
    }

    @Test
    void changesAreSeenOnTheOtherSide() {
        python.exec("x = {}");
        Map<Object, Object> dict = python.dict("x");
        assertThat(dict.put("a", 1), nullValue());
        assertThat(dict.put("a", null), is(1));
        dict.putAll(new LinkedHashMap<>(Map.of(2, "b")));
        dict.putAll(python.dict("{None: 3}"));
        assertThat(python.repr("x"), is("{'a': None, 2: 'b', None: 3}"));
        python.exec("del x['a']");
        assertThat(dict.keySet(), contains(2, null));
        assertThat(dict.remove(2), is("b"));
        assertThat(dict.remove(2), nullValue());
        assertThat(dict.putIfAbsent("k", 5), nullValue());
        assertThat(dict.putIfAbsent("k", 6), is(5));
        assertThat(dict.merge("k", 2, (a, b) -> (Integer) a + (Integer) b), is(7));
        assertThat(dict.computeIfAbsent("l", k -> k + "!"), is("l!"));
        assertThat(dict.computeIfPresent("l", (k, v) -> null), nullValue());
        assertThat(dict.compute(null, (k, v) -> v + "."), is("3."));
        assertThat(dict.remove("k", 8), is(false));
        assertThat(dict.replace("k", 7, 9), is(true));
        assertThat(python.repr("x"), is("{None: '3.', 'k': 9}"));
        dict.replaceAll((k, v) -> k + "" + v);
        assertThat(python.repr("x"), is("{None: 'null3.', 'k': 'k9'}"));
        dict.clear();
        assertThat(python.repr("x"), is("{}"));
    }

    @Test
    void itsCollectionsAreLive() {
        python.exec("x = {i: str(i) for i in range(6)}");
        Map<Object, Object> dict = python.dict("x");
        Set<Object> keys = dict.keySet();
        assertThat(keys.remove(0), is(true));
        assertThat(keys.remove(0), is(false));
        assertThat(dict.values().remove("1"), is(true));
        assertThat(dict.entrySet().remove(Map.entry(2, "x")), is(false));
        assertThat(dict.entrySet().remove(Map.entry(2, "2")), is(true));
        assertThat(dict.entrySet().contains(Map.entry(3, "3")), is(true));
        assertThat(dict.entrySet().contains("3"), is(false));
        for (Iterator<Map.Entry<Object, Object>> it = dict.entrySet().iterator(); it.hasNext(); ) {
            Map.Entry<Object, Object> entry = it.next();
            if (entry.getKey().equals(4)) {
                it.remove();
            } else {
                assertThat(
                        entry.setValue(entry.getValue() + "!"),
                        is(entry.getKey().toString()));
            }
        }
        assertThat(python.repr("x"), is("{3: '3!', 5: '5!'}"));
        assertThat(keys.removeIf(key -> key.equals(3)), is(true));
        assertThat(dict.values().retainAll(List.of()), is(true));
        assertThat(python.repr("x"), is("{}"));
        assertThrows(UnsupportedOperationException.class, () -> keys.add(1));
        assertThrows(UnsupportedOperationException.class, () -> dict.values().add(1));
    }

    @Test
    void pythonsEqualityDecidesOnKeys() {
        Map<Object, Object> dict = python.dict("{1: 'int', 'a': 2}");
        for (Object key : List.of(1, 1L, (short) 1, 1.0, true)) {
            assertThat(dict.get(key), is("int"));
        }
        assertThat(dict.put(1.0, "float"), is("int"));
        assertThat(dict.keySet(), contains(1, "a"));
    }

    @Test
    void whatCannotBeAKeyIsNotThere() {
        Map<Object, Object> dict = python.dict("{1: 2}");
        List<Object> unhashable = python.list("[1]");
        Object tuple = python.eval("([1],)");
        for (Object key : Arrays.asList(unhashable, tuple, new Object())) {
            assertThat(dict.get(key), nullValue());
            assertThat(dict.containsKey(key), is(false));
            assertThat(dict.remove(key), nullValue());
            assertThat(dict.keySet().contains(key), is(false));
            assertThat(dict.keySet().remove(key), is(false));
        }
        PyException error = assertThrows(PyException.class, () -> dict.put(unhashable, 1));
        assertThat(error.getTypeName(), is("TypeError"));
    }

    @Test
    void listsAreLookedForAsTuplesAndSetsAsFrozensets() {
        Map<Object, Object> dict = python.dict("{(1, (2, None)): 'tuple', frozenset([3]): 'set'}");
        assertThat(dict.get(List.of(1, Arrays.asList(2, null))), is("tuple"));
        assertThat(dict.get(Set.of(3)), is("set"));
        assertThat(dict.containsKey(List.of(1)), is(false));
        assertThat(dict, equalTo(new HashMap<>(dict)));
        assertThat(new HashMap<>(dict), equalTo(dict));
        assertThat(python.set("{(1, 2)}").contains(List.of(1, 2)), is(true));
        assertThat(dict.remove(List.of(1, Arrays.asList(2, null))), is("tuple"));
        assertThat(dict.keySet().remove(Set.of(3)), is(true));
        assertThat(dict.isEmpty(), is(true));
    }

    @Test
    void hostileKeysArePythonErrors() {
        python.exec("""
                class Key:
                    def __init__(self, hash): self.hash = hash
                    def __hash__(self): return self.hash if self.hash else 1 // 0
                    def __eq__(self, other): raise KeyError('eq')
                x = {Key(5): 1}
                """);
        Map<Object, Object> dict = python.dict("x");
        Object noHash = python.eval("Key(0)");
        Object noEquals = python.eval("Key(5)");
        assertThat(assertThrows(PyException.class, () -> dict.get(noHash)).getTypeName(), is("ZeroDivisionError"));
        assertThat(
                assertThrows(PyException.class, () -> dict.containsKey(noEquals))
                        .getTypeName(),
                is("KeyError"));
        assertThat(dict.size(), is(1));
    }

    @Test
    void getInventsNoEntries() {
        python.exec("from collections import defaultdict, Counter, OrderedDict\nd = defaultdict(list)");
        Map<Object, Object> dict = python.dict("d");
        assertThat(dict.get("a"), nullValue());
        assertThat(dict.getOrDefault("a", 1), is(1));
        assertThat(python.repr("len(d)"), is("0"));
        dict.put("a", 1);
        assertThat(dict.get("a"), is(1));
        assertThat(python.dict("Counter('aab')"), is(Map.of("a", 2, "b", 1)));
        assertThat(python.dict("Counter()").get("x"), nullValue());
        python.exec("o = OrderedDict(a=1, b=2)\no.move_to_end('a')");
        assertThat(python.dict("o").keySet(), contains("b", "a"));
        assertThat(new ArrayList<>(python.dict("o").values()), contains(2, 1));
    }

    @Test
    void overriddenMethodsOfASubclassAreUsed() {
        python.exec("""
                class NoCase(dict):
                    def __setitem__(self, key, value): super().__setitem__(key.lower(), value)
                    def __getitem__(self, key): return super().__getitem__(key.lower())
                    def __delitem__(self, key): super().__delitem__(key.lower())
                    def __contains__(self, key): return super().__contains__(key.lower())
                x = NoCase()
                """);
        Map<Object, Object> dict = python.dict("x");
        dict.put("A", 1);
        assertThat(dict.put("a", 2), is(1));
        dict.putAll(Map.of("B", 3));
        assertThat(python.repr("dict(x)"), is("{'a': 2, 'b': 3}"));
        assertThat(dict.get("A"), is(2));
        assertThat(dict.remove("B"), is(3));
        assertThat(python.repr("dict(x)"), is("{'a': 2}"));
    }

    @Test
    void bulkAndLargeIteration() {
        python.exec("x = {i: -i for i in range(5000)}");
        Map<Object, Object> dict = python.dict("x");
        int sum = 0;
        for (Map.Entry<Object, Object> entry : dict.entrySet()) {
            sum += (Integer) entry.getKey() + (Integer) entry.getValue();
        }
        assertThat(sum, is(0));
        assertThat(dict.entrySet().stream().filter(e -> e.getKey().equals(4000)).count(), is(1L));
        assertThat(dict.keySet().stream().limit(2).collect(Collectors.toList()), contains(0, 1));
        assertThat(dict.entrySet().toArray()[4999], is(Map.entry(4999, -4999)));
        assertThat(dict.values().toArray(new Object[0])[1], is(-1));
        dict.keySet().removeIf(key -> (Integer) key % 2 == 0);
        assertThat(dict.size(), is(2500));
        Iterator<Object> keys = dict.keySet().iterator();
        Object last = null;
        while (keys.hasNext()) {
            last = keys.next();
        }
        keys.remove();
        assertThat(dict.containsKey(last), is(false));
        assertThrows(IllegalStateException.class, keys::remove);
    }

    @Test
    void removalThroughAnIteratorFindsOddKeys() {
        python.exec("x = {float('nan'): 1, 1: 2, float('nan'): 3}");
        Map<Object, Object> dict = python.dict("x");
        Iterator<Object> values = dict.values().iterator();
        while (values.hasNext()) {
            if (!values.next().equals(2)) {
                values.remove();
            }
        }
        assertThat(python.repr("x"), is("{1: 2}"));
    }

    @Test
    void aChangeMeanwhileIsNoticed() {
        python.exec("x = {i: i for i in range(3000)}");
        Map<Object, Object> dict = python.dict("x");
        Iterator<Object> javas = dict.keySet().iterator();
        javas.next();
        dict.put("new", 1);
        assertThrows(ConcurrentModificationException.class, javas::next);
        Iterator<Object> pythons = dict.keySet().iterator();
        pythons.next();
        python.exec("del x['new']");
        assertThrows(ConcurrentModificationException.class, () -> pythons.forEachRemaining(key -> {}));
        assertThrows(ConcurrentModificationException.class, () -> dict.replaceAll((k, v) -> dict.remove(k)));
    }

    @Test
    void replacedValuesShowWhileIterating() {
        Map<Object, Object> dict = python.dict("{1: 1, 2: 2}");
        Iterator<Map.Entry<Object, Object>> entries = dict.entrySet().iterator();
        entries.next();
        dict.put(2, "new");
        assertThat(entries.next().getValue(), is("new"));
    }

    /** Random steps on a view and on a LinkedHashMap must give the same at each step. */
    @Test
    void behavesAsALinkedHashMap() {
        Random random = new Random(7);
        for (int round = 0; round < 30; round++) {
            Map<Object, Object> model = new LinkedHashMap<>();
            Map<Object, Object> view = python.dict("{}");
            for (int step = 0; step < 80; step++) {
                int kind = random.nextInt(14);
                Integer key = random.nextInt(12) == 0 ? null : random.nextInt(20);
                Object value = random.nextInt(8) == 0 ? null : (Object) ("v" + random.nextInt(9));
                Function<Map<Object, Object>, Object> operation = operation(kind, key, value);
                String name = "step " + step + " operation " + kind + " " + key + " " + value;
                assertThat(name, operation.apply(view), is(operation.apply(model)));
                assertThat(name, new ArrayList<>(view.entrySet()), is(new ArrayList<>(model.entrySet())));
                assertThat(name, view.hashCode(), is(model.hashCode()));
            }
        }
    }

    private static Function<Map<Object, Object>, Object> operation(int kind, Integer key, Object value) {
        return switch (kind) {
            case 0, 1, 2 -> map -> map.put(key, value);
            case 3 -> map -> map.remove(key);
            case 4 -> map -> map.putIfAbsent(key, value);
            case 5 -> map -> map.merge(key, "m", (a, b) -> a.equals("v1") ? null : a + "" + b);
            case 6 -> map -> map.compute(key, (k, v) -> v == null ? value : null);
            case 7 -> map -> map.computeIfAbsent(key, k -> value);
            case 8 -> map -> map.replace(key, value);
            case 9 -> map -> map.remove(key, value);
            case 10 -> map -> map.values().remove(value);
            case 11 -> map -> map.keySet().removeIf(k -> k != null && key != null && ((Integer) k) % 5 == key % 5);
            case 12 ->
                map -> {
                    map.replaceAll((k, v) -> v == null ? "null" : v);
                    return map.containsValue(value);
                };
            default ->
                map -> {
                    StringBuilder seen = new StringBuilder();
                    for (Map.Entry<Object, Object> entry : map.entrySet()) {
                        seen.append(entry).append(entry.setValue(value));
                    }
                    return seen + map.toString() + map.keySet() + map.values();
                };
        };
    }

    @Test
    void aDictInItselfPrints() {
        python.exec("x = {}\nx['me'] = x\nx['list'] = [x]");
        Map<Object, Object> dict = python.dict("x");
        assertThat(dict.toString(), is("{me=(this Map), list=[(this Map)]}"));
        assertThat(assertThrows(StackOverflowError.class, dict::hashCode).getMessage(), containsString("holds itself"));
    }

    @Test
    void nestedContainersAreViews() {
        assertThat(python.dict("{'a': {'b': [1]}}").get("a"), instanceOf(PyDict.class));
    }

    @Test
    void nothingIsLeftBehind() throws InterruptedException {
        python.exec("x = {i: [i] for i in range(2000)}");
        Session.assertNoLeak(() -> {
            PyDict dict = python.dict("x");
            dict.put("a", 1);
            dict.get("a");
            dict.remove("a");
            dict.keySet().iterator().next();
        });
    }
}
