package io.github.cpythonengine.python;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.cpythonengine.interpreter.RunningPython;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TypeRefTest {

    @BeforeAll
    static void python() {
        RunningPython.start();
    }

    private static PyObject object(String expression) {
        return RunningPython.object(expression);
    }

    @Test
    void tellsTheTypeWithItsArguments() {
        TypeRef<Map<String, List<Long>>> type = new TypeRef<>() {};
        assertThat(type.toString(), is("java.util.Map<java.lang.String, java.util.List<java.lang.Long>>"));
        assertThat(type, is(new TypeRef<Map<String, List<Long>>>() {}));
        assertThat(type.hashCode(), is(new TypeRef<Map<String, List<Long>>>() {}.hashCode()));
        assertThat(type, not(new TypeRef<Map<String, List<Integer>>>() {}));
        assertThat(new TypeRef<String>() {}.type(), is((Object) String.class));
        assertThat(TypeRef.of(type.type()), is((Object) type));
        assertThrows(NullPointerException.class, () -> TypeRef.of(null));
    }

    private static <T> TypeRef<List<T>> ofVariable() {
        return new TypeRef<>() {};
    }

    @SuppressWarnings("rawtypes") // the mistake
    private static final class Raw extends TypeRef {}

    private static class Base extends TypeRef<String> {}

    private static final class Derived extends Base {}

    @Test
    void whatGivesNoTypeIsRefused() {
        IllegalArgumentException error = assertThrows(IllegalArgumentException.class, TypeRefTest::<String>ofVariable);
        assertThat(error.getMessage(), containsString("type variable"));
        assertThrows(IllegalArgumentException.class, Raw::new);
        assertThrows(IllegalArgumentException.class, Derived::new);
    }

    @Test
    void nestedTypesHoldWhatTheySay() {
        Map<String, List<Long>> map = object("{'a': [1, 2], 'b': ()}").as(new TypeRef<Map<String, List<Long>>>() {});
        assertThat(map, is(Map.of("a", List.of(1L, 2L), "b", List.of())));
        Set<Double> set = object("{1}").as(new TypeRef<Set<Double>>() {});
        assertThat(set, is(Set.of(1.0)));
        Optional<Long> none = object("None").as(new TypeRef<Optional<Long>>() {});
        assertThat(none, is(Optional.empty()));
        List<int[]> rows = object("[[1, 2], (3,)]").as(new TypeRef<List<int[]>>() {});
        assertThat(rows.get(1), is(new int[] {3}));
        List<? extends Number> numbers = object("[1]").as(new TypeRef<List<? extends Long>>() {});
        assertThat(numbers, is((Object) List.of(1L)));
    }

    @Test
    void errorsTellThePath() {
        PyObject wrong = object("{'a': [1, 'x']}");
        ClassCastException error =
                assertThrows(ClassCastException.class, () -> wrong.as(new TypeRef<Map<String, List<Long>>>() {}));
        assertThat(error.getMessage(), containsString("['a'][1]"));
        PyObject large = object("[1 << 40]");
        assertThrows(ArithmeticException.class, () -> large.as(new TypeRef<List<Integer>>() {}));
    }

    @Test
    void iteratorsAndStreamsConvertEachItem() {
        Iterator<Long> iterator = object("iter([1, 'x'])").as(new TypeRef<Iterator<Long>>() {});
        assertThat(iterator.next(), is(1L));
        assertThrows(ClassCastException.class, iterator::next);
        assertThat(iterator.hasNext(), is(false));
        assertThrows(NoSuchElementException.class, iterator::next);
        Stream<List<Long>> rows = object("([n] for n in range(2))").as(new TypeRef<Stream<List<Long>>>() {});
        assertThat(rows.toList(), is(List.of(List.of(0L), List.of(1L))));
        assertThat(object("(1, 'a')").as(Stream.class).toList(), is(List.of(1, "a")));
        assertThrows(ClassCastException.class, () -> object("'text'").as(Stream.class));
        assertThrows(ClassCastException.class, () -> object("5").as(new TypeRef<Stream<Long>>() {}));
        Stream<String> javas = Stream.of("a");
        assertThat(PyObject.of(javas).as(Stream.class) == javas, is(true));
    }

    @Test
    void anIterableOfAnIteratorConvertsEachItemToo() {
        Iterable<Long> endless = object("__import__('itertools').count()").as(new TypeRef<Iterable<Long>>() {});
        Iterator<Long> numbers = endless.iterator();
        assertThat(numbers.next(), is(0L));
        assertThat(numbers.next(), is(1L));
        assertThat("once only, as in Python", endless.iterator().next(), is(2L));
        Iterable<Long> mixed = object("(n for n in (1, 'x'))").as(new TypeRef<Iterable<Long>>() {});
        Iterator<Long> items = mixed.iterator();
        assertThat(items.next(), is(1L));
        assertThrows(ClassCastException.class, items::next);
        assertThat(object("range(2)").as(new TypeRef<Iterable<Long>>() {}), is((Object) List.of(0L, 1L)));
        assertThrows(ClassCastException.class, () -> object("['x']").as(new TypeRef<Iterable<Long>>() {}));
        assertThrows(ClassCastException.class, () -> object("'text'").as(new TypeRef<Iterable<Long>>() {}));
        assertThrows(ClassCastException.class, () -> object("5").as(new TypeRef<Iterable<Long>>() {}));
    }

    @Test
    void anOldValueOfAnotherTypeIsFoundBeforeAnythingChanges() {
        PyObject list = object("[1, 2]");
        List<Long> longs = list.as(new TypeRef<List<Long>>() {});
        list.callMethod("append", "x");
        assertThrows(ClassCastException.class, () -> longs.set(2, 5L));
        assertThrows(ClassCastException.class, () -> longs.remove(2));
        assertThat(list.toString(), is("[1, 2, 'x']"));
        assertThat(longs.set(0, 7L), is(1L));
        assertThat(longs.remove(1), is(2L));
        assertThat(list.toString(), is("[7, 'x']"));
        assertThrows(IndexOutOfBoundsException.class, () -> longs.set(2, 5L));
        assertThrows(IndexOutOfBoundsException.class, () -> longs.remove(-1));
        PyObject dict = object("{'a': 1, 'b': 2}");
        Map<String, Long> map = dict.as(new TypeRef<Map<String, Long>>() {});
        dict.callMethod("update", PyObject.of(Map.of("a", "x")));
        assertThrows(ClassCastException.class, () -> map.put("a", 5L));
        assertThrows(ClassCastException.class, () -> map.remove("a"));
        assertThat(dict.toString(), is("{'a': 'x', 'b': 2}"));
        assertThat(map.put("b", 3L), is(2L));
        assertThat(map.put("c", 4L) == null, is(true));
        assertThat(map.remove("b"), is(3L));
        assertThat(map.remove("b") == null, is(true));
        assertThat(dict.toString(), is("{'a': 'x', 'c': 4}"));
    }

    interface Source<T> {
        List<T> all();

        T[] array();

        Optional<? extends T> first();
    }

    interface LongSource extends Source<Long> {}

    @Test
    void interfacesGiveWhatTheirTypeArgumentsSay() {
        PyObject list = object("lambda *a: [1, 2]");
        Supplier<List<Long>> supplier = list.as(new TypeRef<Supplier<List<Long>>>() {});
        assertThat(supplier.get(), is(List.of(1L, 2L)));
        Function<String, Set<Double>> function =
                object("lambda text: {len(text)}").as(new TypeRef<Function<String, Set<Double>>>() {});
        assertThat(function.apply("abc"), is(Set.of(3.0)));
        PyObject source =
                object("type('S', (), {'all': lambda s: [1], 'array': lambda s: [2], 'first': lambda s: 3})()");
        assertThat("inherited", source.as(LongSource.class).all(), is(List.of(1L)));
        assertThat(source.as(LongSource.class).array(), is(new Long[] {2L}));
        assertThat(source.as(LongSource.class).first().get(), is(3L));
        Source<Double> doubles = source.as(new TypeRef<Source<Double>>() {});
        assertThat(doubles.all(), is(List.of(1.0)));
    }

    interface Node<T extends Node<T>> {
        T next();

        int value();
    }

    @Test
    void boundsOfVariablesCountWhereNothingElseIsKnown() {
        PyObject list = object("type('N', (), {'next': lambda s: s, 'value': lambda s: 7})()");
        Node<?> raw = list.as(Node.class);
        assertThat(raw.next().value(), is(7));
        Node<?> any = list.as(new TypeRef<Node<?>>() {});
        assertThat(any.next().next().value(), is(7));
    }
}
