package io.github.cpythonengine.host;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Items are fetched many at a time, and nobody can tell. */
class FetchedTest {

    private static final int MANY = 3000;

    private static List<Object> numbers() {
        return IntStream.range(0, MANY).boxed().collect(Collectors.toCollection(ArrayList::new));
    }

    private static Map<String, Object> map() {
        Map<String, Object> map = new LinkedHashMap<>();
        IntStream.range(0, MANY).forEach(i -> map.put("k" + i, i));
        return map;
    }

    @Test
    void aListThatChangesAnywhereIsAsPythonsOwn() {
        Script.with("it", numbers())
                .does(
                        "def walk(items, changes):",
                        "    seen = []",
                        "    for number, item in enumerate(items):",
                        "        seen.append(item)",
                        "        if number in changes: changes[number](items)",
                        "    return seen",
                        "changes = {0: lambda l: l.insert(2, -1), 63: lambda l: l.pop(), 64: lambda l: l.pop(0),",
                        "    65: lambda l: l.append('new'), 700: lambda l: l.__setitem__(701, 'set'),",
                        "    2500: lambda l: l.__delitem__(slice(2600, None)), 2599: lambda l: l.extend('ab')}",
                        "own = list(it)",
                        "expected, found = walk(own, changes), walk(it, changes)",
                        "assert expected == found, (len(expected), len(found))",
                        "assert own == list(it)");
    }

    @Test
    void howManyAreFetchedFirstCannotBeSeen() {
        Script.with("it", numbers())
                .does(
                        "from java.util import ArrayList",
                        "def walk(items, at, change):",
                        "    seen = []",
                        "    for item in items:",
                        "        seen.append(item)",
                        "        if len(seen) == at: change(items)",
                        "    return seen",
                        "for whole in range(5):",
                        "    for at in 1, 64, 65, 256, 1000, 1024, 1025, 3000:",
                        "        for change in lambda l: l.append('new'), lambda l: l.pop(), lambda l: l.insert(0, 'first'):",
                        "            for _ in range(whole): assert sum(it) == 4498500",
                        "            own, other = list(it), ArrayList(it)",
                        "            expected, found = walk(own, at, change), walk(other, at, change)",
                        "            assert expected == found, (whole, at, len(expected), len(found))",
                        "            assert own == other",
                        "            assert next(iter(it)) == 0 and 2 in it");
    }

    /** A list with quick access to any item, but the one of a number, or to all. */
    private static final class Failing extends AbstractList<Object> implements RandomAccess {
        private final int place;

        Failing(int place) {
            this.place = place;
        }

        @Override
        public Object get(int index) {
            if (index == place) {
                throw new IllegalStateException("no item " + index);
            }
            return index;
        }

        @Override
        public int size() {
            return MANY;
        }
    }

    @Test
    void anItemThatCannotBeGotFailsWhenPythonComesToIt() {
        Script.with("it", numbers())
                .and(
                        "lists",
                        List.of(new Failing(0), new Failing(1), new Failing(63), new Failing(100), new Failing(2999)))
                .does(
                        "def walk(items, most):",
                        "    seen = []",
                        "    try:",
                        "        for item in items:",
                        "            seen.append(item)",
                        "            if len(seen) == most: break",
                        "    except Exception as e: seen.append(str(e))",
                        "    return seen",
                        "for whole in range(4):",
                        "    for place, items in zip((0, 1, 63, 100, 2999), lists):",
                        "        for _ in range(whole): assert sum(it) == 4498500",
                        "        assert walk(items, place) == list(range(place)) or place == 0",
                        "        *seen, last = walk(items, 3000)",
                        "        assert seen == list(range(place)), (place, len(seen))",
                        "        assert f'no item {place}' in last, last");
    }

    /** Getting an item may take long. */
    static final class Counting extends AbstractList<Object> implements RandomAccess {
        int got;

        @Override
        public Object get(int index) {
            got++;
            return index;
        }

        @Override
        public int size() {
            return 100_000;
        }
    }

    @Test
    void fewItemsAreGotThatNobodyAsksFor() {
        Counting counting = new Counting();
        Script.with("it", numbers())
                .and("counting", counting)
                .does("for _ in range(5): sum(it)", "assert next(iter(counting)) == 0");
        assertThat(counting.got, is(lessThan(100)));
    }

    @Test
    void eachStepMayCallJava() {
        Script.with("it", numbers())
                .and("linked", new LinkedList<>(numbers()))
                .and("sorted_", new TreeSet<>(numbers()))
                .and("map", map())
                .does(
                        "expected = list(range(3000))",
                        "for each in it, linked, sorted_:",
                        "    assert [x for x in each if len(it) == 3000] == expected",
                        "    assert [x for x in each if x % 100 or len(it) == 3000] == expected",
                        "    assert [a for a, b in zip(each, it)] == [b for a, b in zip(it, each)] == expected",
                        "assert [(k, v, map[k]) for k, v in map.items() if len(it)] == [(f'k{i}', i, i) for i in expected]",
                        "assert [(k, map[k]) for k in map] == [(f'k{i}', i) for i in expected]",
                        "assert [map[k] for k in map if len(it)] == expected",
                        "assert [map[k] for k in map if k[-1] == '7'] == expected[7::10]",
                        "assert dict(map) == map.copy() == {**map} == {f'k{i}': i for i in expected}");
    }

    @Test
    void whatAnotherCollectionHasFetchedIsNotLostWhenItChanges() {
        Script.with("linked", new LinkedList<>(numbers()))
                .and("map", map())
                .does(
                        "def until(items, change):",
                        "    seen = []",
                        "    try:",
                        "        for item in items:",
                        "            seen.append(item)",
                        "            if len(seen) == 1234: change()",
                        "    except RuntimeError: return len(seen)",
                        "assert until(linked, lambda: linked.append(1)) == 1234",
                        "assert until(map, lambda: map.pop('k5')) == 1234",
                        "assert until(map.items(), lambda: map.pop('k6')) == 1234",
                        "assert until(map.items(), lambda: map.get('k6')) is None");
    }

    @Test
    void valuesFetchedAheadAreNotOldOnes() {
        Script.with("map", map())
                .does(
                        "seen = {}",
                        "for key in map:",
                        "    seen[key] = map[key]",
                        "    if key == 'k77': map['k99'] = 'new'; map['k2999'] = 'last'",
                        "assert seen['k99'] == 'new' and seen['k2999'] == 'last' and seen['k98'] == 98",
                        "keys = list(map)",
                        "map['k5'] = 'five'",
                        "assert [map[key] for key in keys][:7] == [0, 1, 2, 3, 4, 'five', 6]",
                        "assert map[keys[3]] == 3 and map['k4'] == 4");
    }

    @Test
    void otherThreadsMayCallJavaMeanwhile() {
        Script.with("it", numbers())
                .and("linked", new LinkedList<>(numbers()))
                .and("map", map())
                .does(
                        "import sys, threading",
                        "stop = threading.Event()",
                        "def disturb():",
                        "    while not stop.is_set(): it.size(); sum(it)",
                        "expected = list(range(3000))",
                        "interval = sys.getswitchinterval()",
                        "sys.setswitchinterval(1e-5)",
                        "others = [threading.Thread(target=disturb) for _ in range(2)]",
                        "for other in others: other.start()",
                        "try:",
                        "    for i in range(6):",
                        "        assert list(it) == [x for x in it] == expected",
                        "        assert list(linked) == [x for x in linked] == expected",
                        "        assert list(map.values()) == [v for k, v in map.items()] == expected",
                        "        assert dict(map) == {f'k{i}': i for i in expected}",
                        "finally:",
                        "    stop.set()",
                        "    sys.setswitchinterval(interval)",
                        "    for other in others: other.join()");
    }

    @Test
    void anIterationGivenUpHoldsNothing() {
        Script.with("it", IntStream.range(0, 500).mapToObj(Object[]::new).toList())
                .does(
                        "import gc, weakref",
                        "class Seen: pass",
                        "def begin():",
                        "    for each in it: return iter(it)",
                        "left = begin()",
                        "next(left)",
                        "first = type(next(left))",
                        "del left",
                        "gc.collect()",
                        "assert not [x for x in gc.get_objects() if type(x) is list and x and type(x[0]) is first]");
    }
}
