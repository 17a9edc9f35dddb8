package io.github.cpythonengine.host;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.nullValue;

import io.github.cpythonengine.interpreter.Gil;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Python puts into a container that Java declares to hold Longs is a Long. */
class TypeArgumentsTest {

    private static final String RAISES = "def raises(kind, action):\n"
            + "    try: action()\n"
            + "    except kind as e: return str(e)\n"
            + "    raise AssertionError(kind)\n";

    public interface Filler {
        void fill(List<Long> into);
    }

    public static class Box<T> {
        public T value;
        private final List<T> all = new ArrayList<>();

        public List<T> getAll() {
            return all;
        }

        public void put(T item) {
            all.add(item);
        }
    }

    /** Of a type that is its own argument. */
    public static final class Chunks<T> extends ArrayList<T> {
        private static final long serialVersionUID = 1L;

        public Chunks<Chunks<T>> chunks() {
            Chunks<Chunks<T>> chunks = new Chunks<>();
            chunks.add(this);
            return chunks;
        }
    }

    public static final class Order {
        public final List<Long> open = new ArrayList<>();
        public static final Map<String, Float> RATES = new HashMap<>();
        final List<Long> quantities = new ArrayList<>(List.of(7L));
        final Map<String, Long> counts = new LinkedHashMap<>();
        final Map<String, List<Long>> groups = new TreeMap<>();
        final Map<Long, String> names = new HashMap<>();
        final Set<Short> sizes = new LinkedHashSet<>();
        final LinkedList<Long> linked = new LinkedList<>();
        final Deque<Long> deque = new ArrayDeque<>();
        final List<Object> things = new ArrayList<>();
        final Box<Long> box = new Box<>();
        final List<List<Long>> rows = new ArrayList<>();
        final List<Runnable> tasks = new ArrayList<>();

        final List<Class<?>> kinds = new ArrayList<>();
        final List<Map<String, Object>> records = new ArrayList<>();
        final List<byte[]> bytes = new ArrayList<>();
        final List<Character> letters = new ArrayList<>();

        public List<Long> getQuantities() {
            return quantities;
        }

        public Collection<Long> quantitiesAgain() {
            return quantities;
        }

        @SuppressWarnings("rawtypes")
        public List quantitiesRaw() {
            return quantities;
        }

        @SuppressWarnings({"unchecked", "rawtypes"})
        public List<Integer> quantitiesAsInts() {
            return (List) quantities;
        }

        public Map<String, Long> getCounts() {
            return counts;
        }

        public Map<String, List<Long>> getGroups() {
            return groups;
        }

        public Map<Long, String> getNames() {
            return names;
        }

        public Set<Short> getSizes() {
            return sizes;
        }

        public Queue<Long> getQueue() {
            return linked;
        }

        public Deque<Long> getDeque() {
            return deque;
        }

        public List<Object> getThings() {
            return things;
        }

        public List<?> getUnknown() {
            return things;
        }

        public <T> List<T> anything() {
            return new ArrayList<>();
        }

        public Chunks<Long> getChunks() {
            return new Chunks<>();
        }

        @SuppressWarnings("rawtypes")
        public Chunks getRawChunks() {
            return new Chunks<>();
        }

        public Box<Long> getBox() {
            return box;
        }

        public List<List<Long>> getRows() {
            return rows;
        }

        public List<Runnable> getTasks() {
            return tasks;
        }

        public List<Class<?>> getKinds() {
            return kinds;
        }

        public List<Map<String, Object>> getRecords() {
            return records;
        }

        public List<byte[]> getBytes() {
            return bytes;
        }

        public List<Character> getLetters() {
            return letters;
        }

        public void runTasks() {
            tasks.forEach(Runnable::run);
        }

        public List<Long> fresh() {
            return new ArrayList<>();
        }

        public long fill(Filler filler) {
            filler.fill(open);
            return sum(open);
        }

        public long use(Consumer<? super List<Long>> use) {
            use.accept(open);
            return sum(open);
        }

        public long ask(Supplier<Box<Long>> supplier) {
            long sum = 0;
            for (long each : supplier.get().getAll()) {
                sum += each;
            }
            return sum;
        }
    }

    private static long sum(Collection<Long> numbers) {
        long sum = 0;
        for (long each : numbers) {
            sum += each;
        }
        return sum;
    }

    private final Order order = new Order();

    private void script(String... lines) {
        Script.with("order", order).does(RAISES + String.join("\n", lines));
    }

    @Test
    void listsTakeWhatTheyAreDeclaredToHold() {
        script(
                "q = order.getQuantities()",
                "q.append(1)",
                "q.extend([2, 3])",
                "q.insert(0, 4)",
                "q[1] = 5",
                "q[0:1] = [6, 6]",
                "q[::4] = [8, 8]",
                "q += (9,)",
                "q *= 2",
                "assert q == [8, 6, 5, 1, 8, 3, 9] * 2, q");
        assertThat(sum(order.quantities), is(80L));
        assertThat(order.quantities.get(0), instanceOf(Long.class));
    }

    @Test
    void javasOwnMethodsTakeItToo() {
        script(
                "q = order.getQuantities()",
                "q.clear()",
                "q.add(1); q.add(0, 2); q.set(1, 3); q.addAll([4, 5]); q.addAll(0, (6,))",
                "q.replaceAll(lambda n: n + 1)",
                "i = q.listIterator(); i.add(10); i.next(); i.set(11)",
                "order.getQueue().offer(1); order.getQueue().add(2)",
                "d = order.getDeque(); d.push(1); d.addFirst(2); d.offerLast(3)",
                "c = order.getCounts()",
                "c.put('a', 1); c.putIfAbsent('b', 2); c.merge('a', 5, lambda x, y: x + y); c.putAll({'d': 4})",
                "c.computeIfAbsent('e', lambda k: 5)",
                "for e in c.entrySet(): e.setValue(e.getValue() * 10)");
        assertThat(order.quantities, contains(10L, 11L, 3L, 4L, 5L, 6L));
        assertThat(order.linked, contains(1L, 2L));
        assertThat(order.deque, contains(2L, 1L, 3L));
        assertThat(order.counts, is(Map.of("a", 60L, "b", 20L, "d", 40L, "e", 50L)));
    }

    @Test
    void callsThatComeOftenDoNotForget() {
        script(
                "from java.util import ArrayList",
                "plain = ArrayList()",
                "for i in range(300): plain.add(i)",
                "q = order.getQuantities()",
                "for i in range(300): q.add(i)",
                "for i in range(300): order.fresh().add(i)",
                "c = order.getCounts()",
                "for i in range(300): c.put('a', i)",
                "for i in range(300): assert order.getGroups().put('a', ArrayList()) is None or True",
                "order.getGroups().get('a').add(5)",
                "assert 'str' in raises(TypeError, lambda: q.add('x'))",
                "for i in range(300): plain.add(i)",
                "assert plain.get(0).__class__ is int and len(plain) == 600");
        assertThat(sum(order.quantities), is(7L + 299 * 150));
        assertThat(order.counts.get("a"), is(299L));
        assertThat(sum(order.groups.get("a")), is(5L));
    }

    @Test
    void mapsAndSetsAsPythonWritesThem() {
        script(
                "c = order.counts",
                "c['a'] = 1",
                "c.update(b=2)",
                "c |= {'d': 4}",
                "assert c.setdefault('e', 5) == 5 and c.setdefault('e', 6) == 5",
                "c['none'] = None",
                "n = order.getNames()",
                "n[1] = 'one'; n.put(2, 'two')",
                "assert n[1] == 'one' and 2 in n and n.containsKey(1) and n.getOrDefault(2, '') == 'two'",
                "assert n.remove(2) == 'two' and not n.containsKey('x') and list(n) == [1]",
                "s = order.getSizes()",
                "s.add(1); s.update([2, 3]); s |= {3, 4}; s ^= {1, 5}",
                "assert s.contains(4) and s.containsAll([2, 3]) and s.remove(4) and 3 in s",
                "order.RATES['x'] = 1.5; order.RATES.put('y', 2)");
        assertThat(order.counts.remove("none"), is(nullValue()));
        assertThat(order.counts, is(Map.of("a", 1L, "b", 2L, "d", 4L, "e", 5L)));
        assertThat(order.names, is(Map.of(1L, "one")));
        assertThat(order.sizes, contains((short) 2, (short) 3, (short) 5));
        assertThat(Order.RATES, is(Map.of("x", 1.5f, "y", 2f)));
    }

    @Test
    void whatIsInsideIsKnown() {
        order.groups.put("a", new ArrayList<>());
        order.groups.put("b", new ArrayList<>());
        order.rows.add(new LinkedList<>());
        order.rows.add(new ArrayList<>());
        script(
                "g = order.getGroups()",
                "g['a'].append(1)",
                "g.get('a').append(2)",
                "for group in g.values(): group.append(3)",
                "for name, group in g.items(): group.append(4)",
                "for e in g.entrySet(): e.getValue().append(5)",
                "for e in g.entrySet():",
                "    name, group = e",
                "    group.add(6)",
                "g['c'] = [7]",
                "i = g.values().iterator(); i.next().append(8)",
                "for row in order.rows: row.append(1)",
                "for row in order.rows[:]: row.append(2)",
                "order.rows[0].append(3); order.rows.get(1).append(4)",
                "order.getTasks().append(lambda: g['b'].append(9))",
                "order.runTasks()");
        assertThat(order.groups.get("a"), contains(1L, 2L, 3L, 4L, 5L, 6L, 8L));
        assertThat(order.groups.get("b"), contains(3L, 4L, 5L, 6L, 9L));
        assertThat(sum(order.groups.get("c")), is(7L));
        assertThat(order.rows.get(0), contains(1L, 2L, 3L));
        assertThat(order.rows.get(1), contains(1L, 2L, 4L));
    }

    @Test
    void whatPythonPutsIntoAMapOfListsIsKnownToo() {
        script(
                "from java.util import ArrayList",
                "g = order.getGroups()",
                "g.computeIfAbsent('a', lambda k: ArrayList()).add(1)",
                "g.computeIfAbsent('a', lambda k: ArrayList()).add(2)",
                "g.computeIfAbsent('b', lambda k: []).append(3)",
                "g.setdefault('b', []).append(4)",
                "mine = [5]; g['c'] = mine; mine.append(6)",
                "assert g['c'] is mine",
                "g.forEach(lambda name, group: group.append(9))",
                "raises(TypeError, lambda: g.put('d', 5))",
                "raises(TypeError, lambda: g.put('d', ['x']))");
        assertThat(order.groups.get("a"), contains(1L, 2L, 9L));
        assertThat(sum(order.groups.get("b")), is(16L));
        assertThat(sum(order.groups.get("c")), is(20L));
    }

    @Test
    void itemsOfOtherKinds() {
        script(
                "from java.lang import String, Thread",
                "k = order.getKinds(); k.append(String); k.add(Thread)",
                "row = {'a': 1}; order.getRecords().append(row)",
                "assert order.records[0] is row",
                "row['b'] = [2]",
                "order.getBytes().append(b'xy'); order.getBytes().add(bytearray(b'z'))",
                "order.getLetters().add('a'); order.getLetters().append('b')",
                "assert order.letters.contains('a') and order.letters.indexOf('b') == 1",
                "raises(TypeError, lambda: order.getLetters().append('ab'))");
        assertThat(order.kinds, is(List.of(String.class, Thread.class)));
        assertThat(order.records.get(0).get("a"), is(1));
        assertThat(order.records.get(0).size(), is(2));
        byte[] first = order.bytes.get(0);
        assertThat(first, is(new byte[] {'x', 'y'}));
        byte[] second = order.bytes.get(1);
        assertThat(second.length, is(1));
        assertThat(order.letters, is(List.of('a', 'b')));
    }

    @Test
    void typesThatAreTheirOwnArguments() {
        script(
                "c = order.getChunks()",
                "d = c.chunks().chunks()",
                "assert d[0][0] is c",
                "d[0][0].append(1); c.add(2)",
                "raises(TypeError, lambda: c.append('x'))",
                "raises(TypeError, lambda: d.append(5))",
                "raw = order.getRawChunks()",
                "raw.chunks().chunks()[0][0].append('x')",
                "assert raw == ['x']");
    }

    @Test
    void fieldsPropertiesAndCallbacks() {
        script(
                "order.open.append(1)",
                "assert order.fill(lambda into: into.append(10)) == 11",
                "Filler = java_type('io.github.cpythonengine.host.TypeArgumentsTest$Filler')",
                "class Mine(Filler):",
                "    def fill(self, into): into += [100]",
                "assert order.fill(Mine()) == 111",
                "order.box.value = 5",
                "order.box.put(6)",
                "order.box.all.append(7)",
                "order.box.getAll().append(8)",
                "assert order.box.value == 5",
                "assert order.ask(lambda: order.box) == 21");
        long value = order.box.value;
        assertThat(value, is(5L));
        assertThat(order.open, contains(1L, 10L, 100L));
    }

    @Test
    void callbacksOfInterfacesWithArguments() {
        script("assert order.use(lambda into: into.append(3)) == 3");
        assertThat(order.open, contains(3L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "q.append('x')",
                "q.extend([1, 'x'])",
                "q.insert(0, 1.5)",
                "q.__setitem__(0, [])",
                "q.add('x')",
                "q.addAll(['x'])",
                "q.__setitem__(slice(0, 1), ['x'])",
                "q.set(0, object())",
                "q.append(object())"
            })
    void refusesWhatDoesNotFit(String statement) {
        script(
                "q = order.getQuantities()",
                "text = raises(TypeError, lambda: " + statement + ")",
                "assert 'java.lang.Long' in text and 'cannot convert' in text, text");
        assertThat(order.quantities, contains(7L));
    }

    @Test
    void refusesNumbersOutOfRange() {
        script(
                "s = order.getSizes()",
                "text = raises(OverflowError, lambda: s.update([40000]))",
                "assert 'java.lang.Short' in text and '40000' in text, text",
                "raises((OverflowError, TypeError), lambda: s.add(40000))",
                "raises(OverflowError, lambda: order.getCounts().update(a=2**70))",
                "raises(TypeError, lambda: order.getCounts().__setitem__(5, 5))");
        assertThat(order.sizes.isEmpty() && order.counts.isEmpty(), is(true));
    }

    @Test
    void collectionsOfJavaAreTakenAsTheyFit() {
        script(
                "from java.util import ArrayList, HashMap",
                "a = ArrayList([1, 2])",
                "order.getQuantities().addAll(a)",
                "order.getQuantities().addAll(order.getQuantities())",
                "raises(TypeError, lambda: order.getQuantities().addAll(ArrayList(['x'])))",
                "m = HashMap({'a': 1})",
                "order.getCounts().putAll(m)");
        assertThat(order.quantities, contains(7L, 1L, 2L, 7L, 1L, 2L));
        assertThat(order.counts, is(Map.of("a", 1L)));
    }

    @Test
    void withoutATypeAnythingGoes() {
        script(
                "t = order.getThings(); t.append(1); t.add('x'); t[0] = 2",
                "order.getUnknown().append(3)",
                "r = order.quantitiesRaw(); r.append('x'); r.add(1)",
                "a = order.anything(); a.append(1); a.add('x')",
                "assert a == [1, 'x']",
                "import java.util",
                "java.util.ArrayList().append('x')");
        assertThat(order.things, is(List.of(2, "x", 3)));
        assertThat((Object) ((List<?>) order.quantities).get(2), instanceOf(Integer.class));
    }

    @Test
    void aListGivenByTheHostHasNoType() {
        List<Object> list = new ArrayList<>();
        Script.with("x", list).does("x.append(1)", "x.add('y')");
        assertThat(list, contains(1, "y"));
    }

    @Test
    void theTypeIsTakenWhenItBecomesKnown() {
        script(
                "r = order.quantitiesRaw()",
                "same = order.quantitiesAgain()",
                "assert same is r",
                "r.append(1)",
                "order.getQuantities()",
                "r.append(2)");
        assertThat(order.quantities, contains(7L, 1L, 2L));
    }

    @Test
    void contradictionsAreNoKnowledge() {
        script(
                "q = order.getQuantities()",
                "q.append(1)",
                "assert order.quantitiesAsInts() is q",
                "q.append(2)",
                "order.getQuantities().add('x')");
        assertThat((Object) ((List<?>) order.quantities).get(1), instanceOf(Long.class));
        assertThat((Object) ((List<?>) order.quantities).get(2), instanceOf(Integer.class));
        assertThat((Object) ((List<?>) order.quantities).get(3), is("x"));
    }

    @Test
    void keepsNothingAlive() {
        int before = Script.handles();
        script("for i in range(2000): order.fresh().append(i)", "order = None");
        WeakReference<Object> gone = new WeakReference<>(given());
        assertThat(Script.handles(), lessThanOrEqualTo(before));
        for (int i = 0; i < 100 && gone.get() != null; i++) {
            System.gc();
        }
        assertThat(gone.get(), is(nullValue()));
    }

    /** A list that Python has seen with its type, and let go of. */
    private static Object given() {
        Order order = new Order();
        Script.with("order", order).does("order.getQuantities().append(1)");
        Gil.run(gil -> assertThat(Handles.typeArgumentsOf(order), is(nullValue())));
        return order.getQuantities();
    }
}
