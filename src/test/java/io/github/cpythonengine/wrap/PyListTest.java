package io.github.cpythonengine.wrap;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.arrayContaining;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.cpythonengine.convert.Conversions;
import io.github.cpythonengine.python.PyException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PyListTest {

    private final Session python = new Session();

    @Test
    void showsTheItemsAsJavaValues() {
        List<Object> list = python.list("[1, 2**40, 'a', None, 1.5, True, [2]]");
        assertThat(list, is(Arrays.asList(1, 1L << 40, "a", null, 1.5, true, List.of(2))));
        assertThat(list.size(), is(7));
        assertThat(list.get(6), instanceOf(PyList.class));
        assertThat(list.hashCode(), is(new ArrayList<>(list).hashCode()));
        assertThat(list.toString(), is("[1, 1099511627776, a, null, 1.5, true, [2]]"));
        assertThat(Arrays.asList(1, 1L << 40, "a", null, 1.5, true, List.of(2)), is(list));
    }

    @Test
    void itemsAreSafeFromConvertersThatEmptyTheList() {
        python.exec("class EmptyingList: __module__ = '__main__'\n"
                + "def fill():\n"
                + "    global x\n"
                + "    x = ['%050d' % i if i % 2 else [i] for i in range(500)]\n"
                + "    x[0] = EmptyingList()\n"
                + "fill()");
        List<Object> list = python.list("x");
        Conversions.addToJava("__main__.EmptyingList", emptying -> {
            python.exec("del x[:]; junk = [b'#' * 90 for _ in range(500)]");
            return "emptied";
        });
        List<Object> read = new ArrayList<>(list);
        assertThat(read.size(), is(500));
        assertThat(read.get(0), is("emptied"));
        assertThat(read.get(1), is("%050d".formatted(1)));
        assertThat(read.subList(498, 500), is(List.of(List.of(498), "%050d".formatted(499))));
        assertThat(list.size(), is(0));
        python.exec("fill()");
        Iterator<Object> iterator = python.list("x").iterator();
        assertThat(iterator.next(), is("emptied"));
        assertThat(iterator.next(), is("%050d".formatted(1)));
        assertThat(iterator.next(), is(List.of(2)));
    }

    /** Texts that C extensions make up to Python 3.11 are read by code that garbage collection may interrupt. */
    @Test
    void itemsAreSafeFromGarbageCollectionThatEmptiesTheList() {
        python.exec("import ctypes, gc, sys\n"
                + "def old_text(c):\n"
                + "    if sys.version_info >= (3, 12): return c * 3\n"
                + "    make = ctypes.pythonapi.PyUnicode_FromUnicode\n"
                + "    make.restype = ctypes.py_object\n"
                + "    text = make(None, ctypes.c_ssize_t(3))\n"
                + "    characters = ctypes.c_void_p.from_address(id(text) + object.__basicsize__ + 24).value\n"
                + "    ctypes.memmove(characters, ctypes.create_unicode_buffer(c * 3), 3 * ctypes.sizeof(ctypes.c_wchar))\n"
                + "    return text\n"
                + "def fill():\n"
                + "    global x\n"
                + "    x = [old_text('\u20ac')] + ['%050d' % i for i in range(200)] + [old_text('b')]\n"
                + "fill()\n"
                + "def empty(phase, info):\n"
                + "    global left, junk\n"
                + "    left -= 1\n"
                + "    if left == 0:\n"
                + "        x.clear()\n"
                + "        junk = [b'#' * 90 for _ in range(500)]\n"
                + "before = gc.get_threshold()");
        for (int collections = 1; collections < 20; collections++) {
            python.exec("fill(); left = " + collections + "; gc.callbacks.append(empty); gc.set_threshold(1)");
            List<Object> read;
            try {
                read = new ArrayList<>(python.list("x"));
            } finally {
                python.exec("gc.callbacks.remove(empty); gc.set_threshold(*before)");
            }
            if (!read.isEmpty()) {
                assertThat(read.size(), is(202));
                assertThat(read.get(0), is("\u20ac\u20ac\u20ac"));
                assertThat(read.get(150), is("%050d".formatted(149)));
                assertThat(read.get(201), is("bbb"));
            }
        }
    }

    @Test
    void goingBackNoticesThatTheListBecameShorter() {
        python.exec("x = list(range(200))");
        ListIterator<Object> iterator = python.list("x").listIterator(200);
        python.exec("del x[50:]");
        assertThrows(ConcurrentModificationException.class, iterator::previous);
    }

    @Test
    void changesAreSeenOnTheOtherSide() {
        python.exec("x = [1, 2, 3]");
        List<Object> list = python.list("x");
        list.add("four");
        list.add(0, null);
        assertThat(list.set(1, 10L), is(1));
        assertThat(list.remove(2), is(2));
        assertThat(list.remove((Object) "nothing"), is(false));
        assertThat(python.repr("x"), is("[None, 10, 3, 'four']"));
        python.exec("x.append(5)");
        assertThat(list, contains(null, 10, 3, "four", 5));
        assertThat(list.remove("four"), is(true));
        list.addAll(1, List.of(7, 8));
        list.addAll(list);
        assertThat(python.repr("x"), is("[None, 7, 8, 10, 3, 5, None, 7, 8, 10, 3, 5]"));
        list.clear();
        assertThat(python.repr("x"), is("[]"));
    }

    @Test
    void theViewIsTheSameObjectAgain() {
        python.exec("x = [1]");
        python.put("y", python.list("x"));
        assertThat(python.eval("x is y"), is(true));
    }

    @Test
    void indexesAreJavas() {
        List<Object> list = python.list("[1, 2]");
        for (int index : new int[] {-1, 2, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertThrows(IndexOutOfBoundsException.class, () -> list.get(index));
            assertThrows(IndexOutOfBoundsException.class, () -> list.set(index, 0));
            assertThrows(IndexOutOfBoundsException.class, () -> list.remove(index));
        }
        assertThrows(IndexOutOfBoundsException.class, () -> list.add(3, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> list.addAll(3, List.of(1)));
        assertThrows(IndexOutOfBoundsException.class, () -> list.listIterator(3));
        assertThrows(IndexOutOfBoundsException.class, () -> list.subList(1, 3));
        assertThat(list, contains(1, 2));
    }

    @Test
    void searchComparesAsJavaDoes() {
        List<Object> list = python.list("[1, 1.0, True, 'a', None, 1]");
        assertThat(list.contains(1), is(true));
        assertThat(list.contains(1L), is(false));
        assertThat(list.indexOf(true), is(2));
        assertThat(list.lastIndexOf(1), is(5));
        assertThat(list.indexOf(null), is(4));
        assertThat(list.indexOf(new Object()), is(-1));
        assertThat(list.containsAll(List.of("a", 1.0)), is(true));
        assertThat(list.containsAll(List.of("a", 2)), is(false));
    }

    @Test
    void copiesInBulk() {
        List<Object> list = python.list("list(range(3000))");
        assertThat(new ArrayList<>(list).size(), is(3000));
        assertThat(list.toArray()[2999], is(2999));
        assertThat(list.toArray(Integer[]::new)[1], is(1));
        Integer[] larger = new Integer[3001];
        larger[3000] = 5;
        assertThat(list.toArray(larger), sameInstance(larger));
        assertThat(larger[3000], nullValue());
        assertThrows(ArrayStoreException.class, () -> list.toArray(new String[0]));
        assertThat(list.stream().mapToInt(i -> (Integer) i).sum(), is(2999 * 1500));
        assertThat(list.parallelStream().skip(2998).collect(Collectors.toList()), contains(2998, 2999));
        List<Object> seen = new ArrayList<>();
        list.forEach(seen::add);
        assertThat(seen, equalTo(list));
        assertThat(List.copyOf(list), equalTo(list));
    }

    @Test
    void streamsBindLate() {
        python.exec("x = [1]");
        var stream = python.list("x").stream();
        python.exec("x.append(2)");
        assertThat(stream.toList(), contains(1, 2));
    }

    @Test
    void sortingMovesTheVeryObjects() {
        python.exec("a, b, c = bytearray(b'3'), bytearray(b'1'), bytearray(b'2')\nx = [a, b, c]");
        python.list("x").sort(Comparator.comparing(bytes -> ((byte[]) bytes)[0]));
        assertThat(python.eval("x[0] is b and x[1] is c and x[2] is a"), is(true));
        List<Object> words = python.list("['b', 'C', 'a']");
        words.sort(null);
        assertThat(words, contains("C", "a", "b"));
        words.subList(0, 2).sort(Collections.reverseOrder(Comparator.comparing(String::valueOf)));
        assertThat(words, contains("a", "C", "b"));
        assertThrows(ClassCastException.class, () -> python.list("[1, 'a']").sort(null));
        assertThat(python.repr("x"), is("[bytearray(b'1'), bytearray(b'2'), bytearray(b'3')]"));
    }

    @Test
    void removingAndReplacingInBulk() {
        python.exec("a = bytearray(b'a')\nx = [1, a, 2, 'x', 3, None, 4]");
        List<Object> list = python.list("x");
        assertThat(list.removeIf(item -> item instanceof Integer i && i % 2 == 0), is(true));
        assertThat(python.eval("x[1] is a"), is(true));
        assertThat(python.repr("x"), is("[1, bytearray(b'a'), 'x', 3, None]"));
        list.replaceAll(item -> item instanceof Integer i ? (Object) (i * 10L) : item);
        assertThat(python.eval("x[1] is a"), is(true));
        assertThat(python.repr("x"), is("[10, bytearray(b'a'), 'x', 30, None]"));
        assertThat(list.retainAll(Arrays.asList(10, "x", null)), is(true));
        assertThat(list.removeAll(Collections.singletonList(10)), is(true));
        assertThat(list.removeIf(item -> false), is(false));
        assertThat(list, contains("x", null));
    }

    @Test
    void aChangeMeanwhileIsNoticed() {
        python.exec("x = [1, 2, 3]");
        List<Object> list = python.list("x");
        Iterator<Object> iterator = list.iterator();
        iterator.next();
        list.add(4);
        assertThrows(ConcurrentModificationException.class, iterator::next);
        List<Object> part = list.subList(1, 2);
        list.add(5);
        assertThrows(ConcurrentModificationException.class, part::size);
        assertThrows(
                ConcurrentModificationException.class,
                () -> list.sort((a, b) -> {
                    python.exec("x.append(0)");
                    return 0;
                }));
        assertThrows(ConcurrentModificationException.class, () -> list.removeIf(item -> list.add(1)));
        List<Object> large = python.list("x * 100");
        Iterator<Object> late = large.iterator();
        late.next();
        python.put("large", large);
        python.exec("large.pop()");
        assertThrows(ConcurrentModificationException.class, () -> late.forEachRemaining(item -> {}));
    }

    @Test
    void replacedItemsShowWhileIterating() {
        List<Object> list = python.list("[1, 2, 3]");
        Iterator<Object> iterator = list.iterator();
        assertThat(iterator.next(), is(1));
        list.set(2, 30);
        iterator.next();
        assertThat(iterator.next(), is(30));
    }

    @Test
    void listIteratorsGoBothWays() {
        python.exec("x = list('abcde')");
        ListIterator<Object> it = python.list("x").listIterator(5);
        assertThat(it.previous(), is("e"));
        assertThat(it.previous(), is("d"));
        it.set("D");
        assertThat(it.next(), is("D"));
        it.remove();
        assertThat(it.previous(), is("c"));
        it.add("new");
        assertThat(it.nextIndex(), is(3));
        assertThrows(IllegalStateException.class, it::remove);
        assertThat(python.repr("x"), is("['a', 'b', 'new', 'c', 'e']"));
        while (it.hasNext()) {
            it.next();
        }
        assertThrows(NoSuchElementException.class, it::next);
    }

    /** Random steps on a view and on an ArrayList must give the same at each step. */
    @Test
    void behavesAsAnArrayList() {
        Random random = new Random(5);
        for (int round = 0; round < 40; round++) {
            List<Object> model = new ArrayList<>();
            List<Object> view = python.list("[]");
            int items = random.nextInt(80);
            for (int i = 0; i < items; i++) {
                model.add(i);
                view.add(i);
            }
            ListSteps.compare(random, model, view, 60);
            List<Object> modelPart = model.subList(model.size() / 4, model.size());
            List<Object> viewPart = view.subList(view.size() / 4, view.size());
            ListSteps.compare(random, modelPart, viewPart, 30);
            ListSteps.compare(
                    random, modelPart.subList(0, modelPart.size() / 2), viewPart.subList(0, viewPart.size() / 2), 30);
            assertThat(view, is(model));
        }
    }

    @Test
    void collectionsAlgorithmsWork() {
        List<Object> list = python.list("[3, 1, 2]");
        Collections.reverse(list);
        Collections.swap(list, 0, 2);
        Collections.rotate(list, 1);
        Collections.shuffle(list, new Random(1));
        assertThat(list.stream().sorted().toList(), contains(1, 2, 3));
        Collections.fill(list, "x");
        assertThat(python.repr("1"), is("1"));
        assertThat(list, contains("x", "x", "x"));
    }

    @Test
    void overriddenMethodsOfASubclassAreUsed() {
        python.exec("""
                class Loud(list):
                    log = []
                    def append(self, item):
                        self.log.append(item)
                        super().append(item)
                    def __setitem__(self, index, item):
                        self.log.append((index, item))
                        super().__setitem__(index, item)
                    def __getitem__(self, index):
                        item = super().__getitem__(index)
                        return item if isinstance(index, slice) else f'<{item}>'
                    def __iter__(self):
                        return (f'<{item}>' for item in super().__iter__())
                x = Loud([1, 2])
                """);
        List<Object> list = python.list("x");
        list.add(3);
        list.set(0, 9);
        assertThat(python.repr("x.log"), is("[3, (0, 9)]"));
        assertThat(list.get(0), is("<9>"));
        assertThat(list, contains("<9>", "<2>", "<3>"));
        list.remove(0);
        list.subList(0, 1).clear();
        assertThat(list.toArray(), arrayContaining((Object) "<3>"));
        assertThat(python.eval("type(x).__name__"), is("Loud"));
    }

    @Test
    void aListInItselfPrintsAndEndsInAnError() {
        python.exec("x = [1]\nx.append(x)\nx.append({'d': x})");
        List<Object> list = python.list("x");
        assertThat(list.toString(), is("[1, (this Collection), {d=(this Collection)}]"));
        assertThat("another view of it", list.get(1), is(list));
        StackOverflowError error = assertThrows(StackOverflowError.class, list::hashCode);
        assertThat(error.getMessage(), containsString("holds itself"));
        assertThat(python.eval("1 + 1"), is(2));
    }

    @Test
    void hostileLengthIsAPythonError() {
        python.exec("""
                class Bad(list):
                    def __len__(self):
                        raise ValueError('no length')
                """);
        PyException error =
                assertThrows(PyException.class, () -> python.list("Bad([1])").size());
        assertThat(error.getMessage(), is("ValueError: no length"));
    }

    @Test
    void aClosedViewSaysSo() {
        PyList list = python.list("[1]");
        list.pyObject().close();
        list.pyObject().close();
        IllegalStateException error = assertThrows(IllegalStateException.class, list::size);
        assertThat(error.getMessage(), containsString("closed"));
    }

    @Test
    void nothingIsLeftBehind() throws InterruptedException {
        python.exec("x = [[i] for i in range(10)]");
        Session.assertNoLeak(() -> {
            PyList list = python.list("x");
            list.get(0);
            list.toArray();
            list.sort(Comparator.comparing(item -> (Integer) ((List<?>) item).get(0)));
            list.iterator().next();
            list.removeIf(item -> false);
        });
    }

    @Test
    void referencesAreNeitherLostNorKept() {
        python.exec("import sys\nclass Thing: pass\nt = Thing()\nx = [t] * 10");
        int before = (Integer) python.eval("sys.getrefcount(t)");
        List<Object> list = python.list("x");
        for (int i = 0; i < 100; i++) {
            list.sort((a, b) -> 0);
            list.replaceAll(item -> item);
            list.add("x");
            list.removeIf(item -> item.equals("x"));
            list.addAll(0, python.list("[1]"));
            list.remove(0);
        }
        list.forEach(item -> ((io.github.cpythonengine.python.PyObject) item).close());
        System.gc();
        python.exec("x = x[:]");
        list.clear();
        python.exec("n = sum(item is t for item in x)");
        assertThat(python.eval("n"), is(10));
        for (int i = 0; i < 50 && (Integer) python.eval("sys.getrefcount(t)") > before; i++) {
            System.gc();
            sleep();
        }
        assertThat(python.eval("sys.getrefcount(t)"), is(before));
    }

    private static void sleep() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
