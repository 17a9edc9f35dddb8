package io.github.cpythonengine.host;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A {@code java.util.List} is a Python sequence. */
class ListsTest {

    private static final String RAISES = "def raises(kind, action):\n"
            + "    try: action()\n"
            + "    except kind as e: return e\n"
            + "    raise AssertionError(kind)\n";

    private static List<Object> list(boolean linked, Object... items) {
        return linked ? new LinkedList<>(Arrays.asList(items)) : new ArrayList<>(Arrays.asList(items));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readsAsPythonsOwn(boolean linked) {
        Script.with("a", list(linked, 1, "two", 3.0, null, true))
                .does(
                        RAISES,
                        "same = [1, 'two', 3.0, None, True]",
                        "assert len(a) == 5 and bool(a)",
                        "assert [a[i] for i in range(-5, 5)] == same * 2",
                        "assert a == same and same == a and not a != same",
                        "assert list(a) == same and tuple(a) == tuple(same) and [x for x in a] == same",
                        "assert a[1:3] == ['two', 3.0] and a[::-1] == same[::-1] and a[::2] == same[::2]",
                        "assert a[10:] == [] and a[-2:] == [None, True] and a[4:1:-2] == same[4:1:-2]",
                        "assert type(a[1:3]) is list",
                        "assert 'two' in a and 3 in a and None in a and 7 not in a and object() not in a",
                        "assert a.index('two') == 1 and a.count('two') == 1 and a.index(None) == 3",
                        "raises(ValueError, lambda: a.index('nowhere'))",
                        "raises(IndexError, lambda: a[5])",
                        "raises(IndexError, lambda: a[-6])",
                        "raises(IndexError, lambda: a[2**70])",
                        "raises(TypeError, lambda: a['x'])",
                        "assert list(reversed(a)) == same[::-1]",
                        "assert a + [6] == same + [6] and [0] + a == [0] + same and a * 2 == same * 2",
                        "x, *rest = a",
                        "assert x == 1 and rest == same[1:]",
                        "import collections.abc as abc",
                        "assert isinstance(a, abc.MutableSequence) and isinstance(a, abc.Sequence)",
                        "import json",
                        "assert json.dumps(list(a)) == '[1, \"two\", 3.0, null, true]'",
                        "assert repr(a).endswith(\"List [1, 'two', 3.0, None, True]>\"), repr(a)",
                        "assert str(a) == '[1, two, 3.0, null, true]'",
                        "assert sorted(a[0:1] + [0]) == [0, 1]",
                        "assert dict(zip(a, a))[1] == 1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void changesAsPythonsOwn(boolean linked) {
        List<Object> list = list(linked, 1, 2, 3);
        Script.with("a", list)
                .does(
                        RAISES,
                        "mine = [1, 2, 3]",
                        "def both(change):",
                        "    first = second = None",
                        "    try: change(mine)",
                        "    except Exception as e: first = e",
                        "    try: change(a)",
                        "    except Exception as e: second = e",
                        "    assert first is None and second is None or isinstance(second, type(first)), (first, second)",
                        "    assert list(a) == mine, (a, mine)",
                        "both(lambda a: a.append(4))",
                        "both(lambda a: a.extend(range(5, 10)))",
                        "both(lambda a: a.insert(0, 'first'))",
                        "both(lambda a: a.insert(-1, 'x'))",
                        "both(lambda a: a.insert(100, 'y'))",
                        "both(lambda a: a.__setitem__(0, 'zero'))",
                        "both(lambda a: a.__setitem__(-1, 'last'))",
                        "both(lambda a: a.__setitem__(100, 'z'))",
                        "both(lambda a: a.__setitem__(slice(1, 3), ['a', 'b', 'c', 'd']))",
                        "both(lambda a: a.__setitem__(slice(1, 5), []))",
                        "both(lambda a: a.__setitem__(slice(None, None, 2), ['q'] * ((len(a) + 1) // 2)))",
                        "both(lambda a: a.__setitem__(slice(None, None, 2), ['q']))",
                        "both(lambda a: a.__delitem__(0))",
                        "both(lambda a: a.__delitem__(slice(0, 2)))",
                        "both(lambda a: a.__delitem__(slice(None, None, -2)))",
                        "both(lambda a: a.__delitem__(99))",
                        "both(lambda a: a.extend([3, 1, 2]))",
                        "both(lambda a: a.remove(3))",
                        "both(lambda a: a.remove('nothing'))",
                        "both(lambda a: a.reverse())",
                        "both(lambda a: a.extend(a))",
                        "both(lambda a: a.sort(key=str))",
                        "both(lambda a: a.sort(key=str, reverse=True))",
                        "a += [7]; mine += [7]; assert list(a) == mine",
                        "a *= 2; mine *= 2; assert list(a) == mine",
                        "assert a.pop(0) == mine.pop(0) and a.pop(-1) == mine.pop() and list(a) == mine",
                        "both(lambda a: a.clear()) if hasattr(a, 'clear') else None",
                        "del a[:]",
                        "assert not a and len(a) == 0",
                        "raises(IndexError, lambda: a.__getitem__(0))");
        assertThat(list.size(), is(0));
    }

    @Test
    void javaSeesWhatPythonDoes() {
        List<Object> list = new ArrayList<>(List.of(3L, 1L, 2L));
        Script.with("a", list).does("a.sort()", "a.append('x')", "a[0] = None");
        assertThat(list, contains(null, 2L, 3L, "x"));
    }

    @Test
    void findsNumbersOfAnyWidth() {
        Script.with("a", new ArrayList<>(List.of(1L, (short) 2, 2.5f, 'c')))
                .does(
                        "assert 1 in a and 2 in a and 2.5 in a and 'c' in a and a.index(2) == 1",
                        "a.remove(2)",
                        "assert list(a) == [1, 2.5, 'c']");
    }

    @Test
    void fixedAndImmutableListsRefuse() {
        Script.with("fixed", Arrays.asList(1, 2, 3))
                .and("frozen", List.of(1, 2))
                .does(
                        RAISES,
                        "fixed[0] = 5; fixed[1:] = [6, 7]; fixed.sort(reverse=True)",
                        "assert list(fixed) == [7, 6, 5]",
                        "raises(NotImplementedError, lambda: fixed.append(1))",
                        "raises(TypeError, lambda: frozen.append(1))",
                        "raises(TypeError, lambda: frozen.__setitem__(0, 1))",
                        "assert None not in frozen",
                        "assert list(frozen) == [1, 2]");
    }

    @Test
    void listsOfListsCompareAndNest() {
        Script.with("a", List.of(List.of(1, 2), List.of(3)))
                .does(
                        "assert a == [[1, 2], [3]]",
                        "assert a[0][1] == 2",
                        "assert [y for x in a for y in x] == [1, 2, 3]");
    }

    @Test
    void manyItemsCrossTogether() {
        List<Object> ints = IntStream.range(0, 100_000).boxed().collect(Collectors.toList());
        List<Object> texts = ints.stream().map(i -> "t\u00e9xt" + i).collect(Collectors.toList());
        List<Object> doubles = ints.stream().map(i -> (Integer) i * 0.5).collect(Collectors.toList());
        List<Object> mixed = new ArrayList<>(ints);
        mixed.set(77_777, "x");
        List<Object> odd = new ArrayList<>(texts);
        odd.set(3, "a\1b");
        odd.set(5, "\ud83d");
        Script.with("ints", ints)
                .and("texts", texts)
                .and("doubles", doubles)
                .and("mixed", mixed)
                .and("odd", odd)
                .does(
                        "assert sum(ints) == 4999950000 and list(ints) == list(range(100000))",
                        "assert list(texts) == ['t\u00e9xt%d' % i for i in range(100000)]",
                        "assert list(doubles) == [i * 0.5 for i in range(100000)]",
                        "assert mixed[77777] == 'x' and len(list(mixed)) == 100000 and list(mixed)[77777] == 'x'",
                        "assert list(odd)[3] == 'a\\1b' and list(odd)[5] == '\\ud83d' and len(list(odd)) == 100000",
                        "assert list(odd)[6:] == list(texts)[6:]");
    }

    @Test
    void iteratingSeesChangesAsPythonDoes() {
        Script.with("a", new ArrayList<>(List.of(1, 2, 3, 4, 5, 6)))
                .does(
                        "mine = list(a); seen = []; expected = []",
                        "for x in mine:",
                        "    expected.append(x)",
                        "    if x % 2: mine.remove(x)",
                        "    if x == 2: mine.append(9)",
                        "for x in a:",
                        "    seen.append(x)",
                        "    if x % 2: a.remove(x)",
                        "    if x == 2: a.append(9)",
                        "assert seen == expected and list(a) == mine, (seen, expected)");
    }

    @Test
    void iteratingALinkedListThatChangesIsAnError() {
        Script.with("a", new LinkedList<>(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9)))
                .does(
                        "seen = []",
                        "try:",
                        "    for x in a:",
                        "        seen.append(x)",
                        "        if x == 3: a.append(7)",
                        "except RuntimeError as e: pass",
                        "else: assert False",
                        "assert seen == [1, 2, 3], seen");
    }

    /** Lies about its size and fails at one of its items. */
    static final class Liar extends AbstractList<Object> {
        @Override
        public Object get(int index) {
            if (index == 3) {
                throw new IllegalStateException("item 3");
            }
            return index;
        }

        @Override
        public int size() {
            return 5;
        }
    }

    static final class Negative extends AbstractList<Object> {
        @Override
        public Object get(int index) {
            return index;
        }

        @Override
        public int size() {
            return -1;
        }
    }

    @Test
    void hostileListsRaise() {
        Script.with("liar", new Liar())
                .and("negative", new Negative())
                .does(
                        RAISES,
                        "seen = []",
                        "def loop():",
                        "    for x in liar: seen.append(x)",
                        "assert str(raises(RuntimeError, loop)) == 'item 3'",
                        "assert seen == [0, 1, 2], seen",
                        "raises(RuntimeError, lambda: list(liar))",
                        "raises(ValueError, lambda: len(negative))",
                        "assert negative[0:5] == []");
    }

    @Test
    void nothingLeaks() {
        List<Object> list = new ArrayList<>(Collections.nCopies(10, new Object()));
        int before = Script.handles();
        for (int i = 0; i < 20; i++) {
            Script.with("a", list).does("for x in a: pass", "list(a); a[1:3]; a.append(object()); a.pop(); a == a[:]");
        }
        assertThat("others may die meanwhile", Script.handles(), lessThanOrEqualTo(before));
    }
}
