package io.github.cpythonengine.convert;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.python.PyException;
import io.github.cpythonengine.python.PyObject;
import io.github.cpythonengine.wrap.PyList;
import io.github.cpythonengine.wrap.Session;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.Date;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** {@code PyObject.as} and conversions to the types of Java's parameters and results. */
class TargetsTest {

    private final Session python = new Session();

    private <T> T as(String expression, Class<T> type) {
        try (PyObject object = python.object(expression)) {
            return object.as(type);
        }
    }

    private Object generic(String expression, String field) {
        Type type;
        try {
            type = Types.class.getDeclaredField(field).getGenericType();
        } catch (NoSuchFieldException e) {
            throw new IllegalArgumentException(e);
        }
        PyObject object = python.object(expression);
        return Gil.with(gil -> gil.toJava(gil.use(object), type));
    }

    @SuppressWarnings("unused") // for their types
    private static final class Types<T extends Number> {
        List<Long> longs;
        Map<String, List<Integer>> lists;
        Map<?, ?> any;
        List<? extends Number> numbers;
        Set<Character> characters;
        Optional<Long> optional;
        List<String>[] arrays;
        T variable;
        Collection<int[]> rows;
    }

    private void refused(String expression, Class<?> type, String... parts) {
        ClassCastException error = assertThrows(ClassCastException.class, () -> as(expression, type), expression);
        for (String part : parts) {
            assertThat(error.getMessage(), containsString(part));
        }
    }

    private void tooLarge(String expression, Class<?> type, String... parts) {
        ArithmeticException error = assertThrows(ArithmeticException.class, () -> as(expression, type), expression);
        for (String part : parts) {
            assertThat(error.getMessage(), containsString(part));
        }
    }

    @Test
    void wholeNumbersInTheirRange() {
        assertThat(as("127", byte.class), is((byte) 127));
        assertThat(as("-128", Byte.class), is((byte) -128));
        assertThat(as("-32768", short.class), is((short) -32768));
        assertThat(as("-2**31", int.class), is(Integer.MIN_VALUE));
        assertThat(as("2**63 - 1", long.class), is(Long.MAX_VALUE));
        assertThat(as("-2**63", Long.class), is(Long.MIN_VALUE));
        assertThat(as("7", Long.class), is(7L));
        assertThat(as("2**100", BigInteger.class), is(BigInteger.ONE.shiftLeft(100)));
        tooLarge("128", byte.class, "int 128 to byte", "-128 to 127");
        tooLarge("-32769", short.class);
        tooLarge("2**31", int.class, "cannot convert int 2147483648 to int");
        tooLarge("2**63", long.class);
        tooLarge("-2**63 - 1", Long.class);
        tooLarge("10**5000", int.class, "many digits");
        python.exec("import enum\nclass Level(enum.IntEnum):\n  LOW = 3");
        assertThat(as("Level.LOW", int.class), is(3));
        python.exec("class Index:\n  def __index__(self): return 9");
        assertThat(as("Index()", long.class), is(9L));
    }

    @Test
    void otherKindsAreNotWhole() {
        refused("True", int.class, "bool True to int", "int(x)");
        refused("1.0", int.class, "float 1.0 to int", "int(x)");
        refused("'1'", int.class, "str '1' to int");
        refused("None", int.class, "None to int", "no null");
        refused("None", boolean.class);
        refused("1", boolean.class, "bool(x)");
        assertThat(as("None", Integer.class), nullValue());
        assertThat(as("True", boolean.class), is(true));
    }

    @Test
    void floatingNumbersExactly() {
        assertThat(as("0.1", double.class), is(0.1));
        assertThat(as("2**53", double.class), is(0x1p53));
        tooLarge("2**53 + 1", double.class, "float(x)");
        tooLarge("10**400", double.class);
        assertThat(as("0.1", float.class), is(0.1f));
        assertThat(as("float('inf')", float.class), is(Float.POSITIVE_INFINITY));
        assertThat(as("float('nan')", double.class), is(Double.NaN));
        tooLarge("1e39", float.class, "beyond");
        tooLarge("2**24 + 1", float.class);
        refused("True", double.class);
        python.exec("from decimal import Decimal as D");
        assertThat(as("D('0.5')", double.class), is(0.5));
        tooLarge("D('0.1')", double.class);
        assertThat(as("D('0.1')", BigDecimal.class), is(new BigDecimal("0.1")));
        assertThat(as("5", BigDecimal.class), is(new BigDecimal(5)));
        assertThat(as("0.5", BigDecimal.class), is(new BigDecimal("0.5")));
        tooLarge("float('nan')", BigDecimal.class);
        assertThat(as("5", Number.class), is(5));
        assertThat(as("5.5", Number.class), is(5.5));
        refused("True", Number.class);
    }

    @Test
    void textAndCharacters() {
        assertThat(as("'abc'", String.class), is("abc"));
        assertThat(as("'abc'", CharSequence.class), is("abc"));
        assertThat(as("type('S', (str,), {})('abc')", String.class), is("abc"));
        refused("5", String.class, "int 5 to java.lang.String", "str(x)");
        assertThat(as("'x'", char.class), is('x'));
        tooLarge("'xy'", char.class);
        tooLarge("'\\U0001f600'", Character.class);
        tooLarge("''", char.class);
        assertThat(as("'xy'", char[].class), is(new char[] {'x', 'y'}));
        assertThat(as("'a'", Comparable.class), is("a"));
    }

    @Test
    void enumsByName() {
        assertThat(as("'SECONDS'", TimeUnit.class), is(TimeUnit.SECONDS));
        tooLarge("'seconds'", TimeUnit.class, "'seconds'", "SECONDS");
        refused("1", TimeUnit.class, "java.util.concurrent.TimeUnit");
    }

    @Test
    void arraysOfAnyIterable() {
        assertThat(as("[1, 2]", int[].class), is(new int[] {1, 2}));
        assertThat(as("(1, 2.5)", double[].class), is(new double[] {1, 2.5}));
        assertThat(as("range(3)", long[].class), is(new long[] {0, 1, 2}));
        assertThat(as("(i for i in 'ab')", String[].class), is(new String[] {"a", "b"}));
        assertThat(as("[[1], [], [2, 3]]", int[][].class), is(new int[][] {{1}, {}, {2, 3}}));
        assertThat(as("[None, 'a', 1]", Object[].class), is(new Object[] {null, "a", 1}));
        assertThat(as("b'ab'", byte[].class), is(new byte[] {97, 98}));
        assertThat(as("bytearray(b'ab')", byte[].class), is(new byte[] {97, 98}));
        assertThat(as("memoryview(b'abc')[1:]", byte[].class), is(new byte[] {98, 99}));
        assertThat(as("[-1, 127]", byte[].class), is(new byte[] {-1, 127}));
        assertThat(as("[True, False]", boolean[].class), is(new boolean[] {true, false}));
        assertThat(as("['a']", char[].class), is(new char[] {'a'}));
        tooLarge("[1, 2**31]", int[].class, "[1]: ");
        refused("[1, None]", int[].class, "[1]: cannot convert None to int");
        refused("[[1], ['x']]", int[][].class, "[1][0]: cannot convert str 'x' to int");
        refused("5", int[].class, "int 5 to int[]");
        refused("'abc'", String[].class, "list(x)");
        refused("{1: 2}", Object[].class, "dict", "list(x)");
    }

    @Test
    void aMillionElementsInReasonableTime() {
        python.exec("ints = list(range(10**6))\nfloats = [float(i) for i in ints]\ntexts = [str(i) for i in ints]");
        long before = System.nanoTime();
        assertThat(as("ints", int[].class)[999_999], is(999_999));
        assertThat(as("ints", long[].class)[999_999], is(999_999L));
        assertThat(as("floats", double[].class)[999_999], is(999_999.0));
        assertThat(as("texts", String[].class)[999_999], is("999999"));
        assertThat((System.nanoTime() - before) / 1_000_000, is(lessThan(5_000L)));
    }

    @Test
    void viewsWhereTheyFit() {
        assertThat(as("[1]", List.class), instanceOf(PyList.class));
        assertThat(as("[1]", Collection.class), instanceOf(PyList.class));
        assertThat(as("[1]", Iterable.class), instanceOf(PyList.class));
        assertThat(as("(1, 2)", List.class), is(List.of(1, 2)));
        assertThat(as("{1}", Set.class), is(Set.of(1)));
        assertThat(as("{1: 2}", Map.class), is(Map.of(1, 2)));
        assertThat(as("iter('a')", Iterator.class).next(), is("a"));
        assertThat(as("range(2)", Iterable.class).iterator().next(), is(0));
        refused("{1}", List.class, "set to java.util.List");
        refused("[1]", Set.class, "list to java.util.Set");
        refused("[1]", Map.class, "list to java.util.Map");
        refused("'a'", List.class, "str 'a' to java.util.List");
        assertThat(as("[1]", PyObject.class).typeName(), is("list"));
        assertThat(as("5", PyObject.class).typeName(), is("int"));
        assertThat(as("5", Object.class), is(5));
        assertThat(as("None", Optional.class), is(Optional.empty()));
        assertThat(as("5", Optional.class), is(Optional.of(5)));
        assertThat(as("5", void.class), nullValue());
    }

    @Test
    void typeArgumentsMakeConvertedCopies() {
        assertThat(generic("[1, 2]", "longs"), is(List.of(1L, 2L)));
        assertThat(generic("(i for i in (1, 2))", "longs"), is(List.of(1L, 2L)));
        assertThat(generic("{'a': [1], 'b': (2, 3)}", "lists"), is(Map.of("a", List.of(1), "b", List.of(2, 3))));
        assertThat(generic("[1, 2.5]", "numbers"), is(List.of(1, 2.5)));
        assertThat(generic("{'a'}", "characters"), is(Set.of('a')));
        assertThat(generic("3", "optional"), is(Optional.of(3L)));
        assertThat(generic("None", "optional"), is(Optional.empty()));
        assertThat(((List<?>[]) generic("[['a'], ['b']]", "arrays"))[1], is(List.of("b")));
        assertThat(generic("3", "variable"), is(3));
        assertThat(((List<?>) generic("[[1]]", "rows")).get(0), is(new int[] {1}));
        python.exec("x = {}");
        python.put("y", generic("x", "any"));
        assertThat(python.eval("x is y"), is(true));
        python.exec("from collections import OrderedDict\nclass Odd(dict):\n  def items(self): return [[1, 2]]");
        assertThat(generic("OrderedDict(a=[1])", "lists"), is(Map.of("a", List.of(1))));
        assertThrows(ClassCastException.class, () -> generic("Odd()", "lists"));
    }

    @Test
    void errorsTellThePath() {
        ClassCastException error =
                assertThrows(ClassCastException.class, () -> generic("{'price': [1, 2, 3, 'x']}", "lists"));
        assertThat(error.getMessage(), is("['price'][3]: cannot convert str 'x' to int"));
        error = assertThrows(ClassCastException.class, () -> generic("{1: [1]}", "lists"));
        assertThat(error.getMessage(), containsString("[1]: cannot convert int 1 to java.lang.String"));
    }

    @Test
    void datesAndTimes() {
        python.exec("""
                from datetime import *
                class Odd(tzinfo):
                    def utcoffset(self, when): return timedelta(hours=3)
                class Stamp(datetime): nanosecond = 7
                class Day(date): pass
                aware = datetime(2024, 1, 2, 3, 4, 5, 6000, timezone.utc)
                odd = datetime(2024, 1, 2, 3, tzinfo=Odd())
                """);
        assertThat(as("date(2024, 1, 2)", LocalDate.class), is(LocalDate.of(2024, 1, 2)));
        assertThat(as("Day(2024, 1, 2)", LocalDate.class), is(LocalDate.of(2024, 1, 2)));
        assertThat(as("datetime(2024, 1, 2)", LocalDateTime.class), is(LocalDateTime.of(2024, 1, 2, 0, 0)));
        assertThat(as("aware", Instant.class), is(Instant.parse("2024-01-02T03:04:05.006Z")));
        assertThat(as("aware", ZonedDateTime.class).toInstant(), is(Instant.parse("2024-01-02T03:04:05.006Z")));
        assertThat(as("aware", Date.class), is(Date.from(Instant.parse("2024-01-02T03:04:05.006Z"))));
        assertThat(as("odd", OffsetDateTime.class), is(OffsetDateTime.parse("2024-01-02T03:00+03:00")));
        assertThat(as("timedelta(1)", Duration.class), is(Duration.ofDays(1)));
        refused("aware", LocalDateTime.class, "datetime.datetime to java.time.LocalDateTime", "tzinfo=None");
        refused("datetime(2024, 1, 2)", Instant.class, "no time zone");
        refused("datetime(2024, 1, 2)", LocalDate.class, "x.date()");
        refused("Stamp(2024, 1, 2)", LocalDateTime.class);
        refused("'2024-01-02'", LocalDate.class);
        tooLarge("aware.replace(microsecond=1)", Date.class, "milliseconds");
        python.exec("import pathlib");
        assertThat(as("pathlib.Path('a')", Path.class), is(Path.of("a")));
    }

    @Test
    void hostileObjectsAreErrorsNotCrashes() {
        python.exec("""
                class Bad:
                    def __iter__(self): raise ValueError('iter')
                    def __index__(self): raise ValueError('index')
                class Meta(type):
                    def __getattribute__(self, name): raise ValueError('meta')
                class Worse(metaclass=Meta): pass
                """);
        assertThat(assertThrows(PyException.class, () -> as("Bad()", int.class)).getText(), is("index"));
        assertThat(
                assertThrows(PyException.class, () -> as("Bad()", int[].class)).getText(), is("iter"));
        assertThat(python.eval("Worse()"), instanceOf(PyObject.class));
        assertThrows(RuntimeException.class, () -> as("Worse()", int.class));
        assertThrows(RuntimeException.class, () -> as("Worse()", Function.class));
        assertThat(python.eval("1"), is(1));
    }

    @Test
    void nothingIsLeftBehind() throws InterruptedException {
        Session.assertNoLeak(() -> {
            generic("{'a': [1], 'b': (2, 3)}", "lists");
            as("[[1], [2]]", int[][].class);
            assertThrows(ClassCastException.class, () -> as("[[1], ['x']]", int[][].class));
        });
    }
}
