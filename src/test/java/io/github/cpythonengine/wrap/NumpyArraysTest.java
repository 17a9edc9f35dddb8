package io.github.cpythonengine.wrap;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.cpythonengine.convert.Complex;
import io.github.cpythonengine.python.PyException;
import io.github.cpythonengine.python.PyObject;
import io.github.cpythonengine.python.PyView;
import io.github.cpythonengine.wrap.DType.Kind;
import java.lang.reflect.Array;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.DoubleBuffer;
import java.nio.LongBuffer;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** numpy's arrays in Java, of every dtype, layout and rank, against the values that Python computes. */
class NumpyArraysTest {

    private final Session python = new Session();

    @BeforeEach
    void onlyWithNumpy() {
        try {
            python.exec("import numpy as np");
        } catch (PyException e) {
            assumeTrue(false, "this Python has no numpy");
        }
        python.exec("""
                def fill(dtype, shape):
                    n = 1
                    for s in shape: n *= s
                    dtype = np.dtype(dtype)
                    k = np.arange(n)
                    if dtype.kind == 'b': a = k % 3 == 0
                    elif dtype.kind in 'iu': a = (k.astype('u8') * np.uint64(0x9E3779B97F4A7C15)).astype(dtype)
                    elif dtype.kind == 'f': a = ((k - 5) * 0.37).astype(dtype)
                    elif dtype.kind == 'c': a = ((k - 5) * 0.37 + (k * 3j)).astype(dtype)
                    elif dtype.kind == 'S': a = np.array([b'%d' % i for i in range(n)], dtype)
                    elif dtype.kind == 'U': a = np.array(['\\u00e9\\U0001f600%d' % i for i in range(n)], dtype)
                    elif dtype.kind in 'Mm': a = (k * 86400 * 3 - 7).astype('i8').view(dtype.newbyteorder('=')).astype(dtype)
                    else: a = np.array([None if i % 4 == 0 else 'x%d' % i for i in range(n)], dtype)
                    return a.reshape(shape)

                def layouts(a):
                    yield a
                    yield np.asfortranarray(a) if a.ndim else a.copy()
                    yield a.T
                    yield a[(..., *(slice(None, None, -1),) * a.ndim)]
                    big = np.zeros([2 * s + 1 for s in a.shape], a.dtype)
                    part = big[(..., *(slice(1, None, 2),) * a.ndim)]
                    part[...] = a
                    yield part
                    yield part[(..., *(slice(None, None, -2),) * a.ndim)]
                    if a.ndim:
                        yield np.broadcast_to(a, (2,) + a.shape) if a.ndim < 5 else np.broadcast_to(a[:1], a.shape)
                    raw = np.zeros(a.nbytes + 3, 'u1')  # not aligned
                    if a.dtype.kind != 'O':
                        odd = raw[3:].view(a.dtype).reshape(a.shape) if a.size else a
                        odd[...] = a
                        yield odd

                shapes = [(), (0,), (5,), (2, 3), (2, 0), (2, 1, 3), (2, 3, 1, 2), (2, 2, 1, 2, 2)]
                """);
    }

    @SuppressWarnings("unchecked")
    private List<Object> list(String expression) {
        return new ArrayList<>((List<Object>) python.eval(expression));
    }

    private NdArray array(String expression) {
        return python.object(expression).as(NdArray.class);
    }

    /** All items, the last index changing first. */
    private static List<Object> items(NdArray array) {
        List<Object> items = new ArrayList<>();
        collect(array, items);
        return items;
    }

    private static void collect(NdArray array, List<Object> into) {
        if (array.ndim() == 0) {
            into.add(array.get());
            return;
        }
        for (long i = 0; i < array.shape()[0]; i++) {
            collect(array.at(i), into);
        }
    }

    private static List<Object> flat(Object array) {
        List<Object> items = new ArrayList<>();
        for (int i = 0; i < Array.getLength(array); i++) {
            Object item = Array.get(array, i);
            if (item.getClass().isArray()) {
                items.addAll(flat(item));
            } else {
                items.add(item);
            }
        }
        return items;
    }

    /** Comparable forms of values that the two languages have in different classes. */
    private static List<Object> plain(List<Object> values) {
        List<Object> plain = new ArrayList<>();
        for (Object value : values) {
            if (value instanceof Float || value instanceof Double) {
                plain.add(((Number) value).doubleValue());
            } else if (value instanceof Number || value instanceof Character) {
                plain.add(value instanceof Character c ? String.valueOf((int) c) : value.toString());
            } else {
                plain.add(value instanceof byte[] bytes ? new String(bytes) : value);
            }
        }
        return plain;
    }

    static Stream<Arguments> dtypes() {
        return Stream.of(
                arguments("?", "bool", List.of(boolean.class)),
                arguments("i1", "int8", List.of(byte.class, short.class, int.class, long.class, double.class)),
                arguments("u1", "uint8", List.of(short.class, char.class, int.class, long.class, float.class)),
                arguments("i2", "int16", List.of(short.class, int.class, long.class, float.class, double.class)),
                arguments("u2", "uint16", List.of(char.class, int.class, long.class, float.class)),
                arguments("i4", "int32", List.of(int.class, long.class, double.class)),
                arguments("u4", "uint32", List.of(long.class, double.class)),
                arguments("i8", "int64", List.of(long.class)),
                arguments("u8", "uint64", List.of()),
                arguments(">i2", ">int16", List.of(short.class, int.class)),
                arguments(">u4", ">uint32", List.of(long.class, double.class)),
                arguments(">i8", ">int64", List.of(long.class)),
                arguments("f2", "float16", List.of(float.class, double.class)),
                arguments("f4", "float32", List.of(float.class, double.class)),
                arguments("f8", "float64", List.of(double.class)),
                arguments(">f2", ">float16", List.of(float.class)),
                arguments(">f4", ">float32", List.of(float.class, double.class)),
                arguments(">f8", ">float64", List.of(double.class)),
                arguments("c8", "complex64", List.of()),
                arguments("c16", "complex128", List.of()),
                arguments(">c8", ">complex64", List.of()),
                arguments("S3", "S3", List.of()),
                arguments("U5", "U5", List.of()),
                arguments(">U5", ">U5", List.of()),
                arguments("M8[s]", "datetime64[s]", List.of()),
                arguments("M8[us]", "datetime64[us]", List.of()),
                arguments(">M8[h]", ">datetime64[h]", List.of()),
                arguments("m8[s]", "timedelta64[s]", List.of()),
                arguments("O", "object", List.of()));
    }

    @ParameterizedTest
    @MethodSource("dtypes")
    void everyTypeOfEveryLayoutAndRank(String dtype, String name, List<Class<?>> arrays) {
        python.exec("all = [a for s in shapes for a in layouts(fill('" + dtype + "', s))]");
        int count = (Integer) python.eval("len(all)");
        for (int i = 0; i < count; i++) {
            python.exec("a = all[" + i + "]");
            String what = dtype + " " + python.repr("a.shape, a.strides");
            List<Object> expected = plain(list("a.ravel().tolist()"));
            try (NdArray array = array("a")) {
                assertThat(array.dtype().toString(), is(name));
                assertThat(what, Arrays.toString(array.shape()), is(python.eval("str(list(a.shape))")));
                if (Arrays.stream(array.shape()).allMatch(it -> it > 1)) { // numpy rewrites others
                    assertThat(what, Arrays.toString(array.strides()), is(python.eval("str(list(a.strides))")));
                }
                assertThat(what, array.isCContiguous(), is(python.eval("a.flags.c_contiguous")));
                assertThat(what, array.isFContiguous(), is(python.eval("a.flags.f_contiguous")));
                assertThat(what, array.isReadOnly(), is(python.eval("not a.flags.writeable")));
                assertThat(what, plain(items(array)), is(expected));
                copies(what, array, arrays, expected);
                writes(what, array);
            }
        }
    }

    private void copies(String what, NdArray array, List<Class<?>> leaves, List<Object> expected) {
        for (Class<?> leaf : leaves) {
            Class<?> type = leaf;
            for (int i = 0; i < array.ndim(); i++) {
                type = type.arrayType();
            }
            if (array.ndim() > 0) {
                String each = what + " as " + type.getTypeName();
                List<Object> wanted = leaf == float.class || leaf == double.class ? floats(expected) : expected;
                assertThat(each, plain(flat(python.object("a").as(type))), is(wanted));
                assertThat(each, plain(flat(array.as(type))), is(wanted));
            }
        }
    }

    private static List<Object> floats(List<Object> numbers) {
        return numbers.stream()
                .map(it -> (Object) Double.parseDouble(it.toString()))
                .toList();
    }

    /** Each item back to front, so that each is written. */
    private void writes(String what, NdArray array) {
        if (array.isReadOnly()) {
            return;
        }
        List<Object> items = items(array);
        List<NdArray> places = new ArrayList<>();
        places(array, places);
        for (int i = 0; i < items.size(); i++) {
            places.get(items.size() - 1 - i).set(items.get(i));
        }
        List<Object> written = plain(list("a.ravel().tolist()"));
        List<Object> expected = new ArrayList<>(plain(items));
        java.util.Collections.reverse(expected);
        assertThat(what, written, is(expected));
    }

    private static void places(NdArray array, List<NdArray> into) {
        if (array.ndim() == 0) {
            into.add(array);
            return;
        }
        for (long i = 0; i < array.shape()[0]; i++) {
            places(array.at(i), into);
        }
    }

    @Test
    void everyHalfFloat() {
        python.exec("h = np.arange(65536, dtype='u2').view('f2')\nw = h.astype('f8')\nt = np.zeros(65536, 'f2')");
        double[] wide = python.object("w").as(double[].class);
        NdArray halves = array("h");
        NdArray written = array("t");
        double[] copy = halves.as(double[].class);
        for (int i = 0; i < wide.length; i++) {
            assertThat(Double.compare(halves.getDouble(i), wide[i]), is(0));
            assertThat(Double.compare(copy[i], wide[i]), is(0));
            written.setDouble(wide[i], i);
        }
        assertThat(python.eval("((t == h) | (np.isnan(t) & np.isnan(h))).all().item()"), is(true));
        assertThat(python.eval("(np.signbit(t) == np.signbit(h))[~np.isnan(h)].all().item()"), is(true));
        python.exec(
                "r = np.random.RandomState(5).standard_normal(20000) * 10.0 ** np.repeat(range(-9, 5), 20000)[::14]\n"
                        + "r = r[abs(r) < 65000]\nt = np.zeros(len(r), 'f2')");
        double[] random = python.object("r").as(double[].class);
        NdArray rounded = array("t");
        for (int i = 0; i < random.length; i++) {
            rounded.setDouble(random[i], i);
        }
        assertThat("rounded as numpy does", python.eval("(t == r.astype('f2')).all().item()"), is(true));
        assertThrows(ArithmeticException.class, () -> rounded.setDouble(65520, 0));
        assertThrows(ArithmeticException.class, () -> rounded.set(2049, 0));
        rounded.set(2048, 0);
    }

    // ---- times

    @Test
    void timesAreJavaTimes() {
        Map<String, Object> expected = Map.ofEntries(
                Map.entry("np.datetime64('2024')", LocalDate.of(2024, 1, 1)),
                Map.entry("np.datetime64('1950-07')", LocalDate.of(1950, 7, 1)),
                Map.entry("np.datetime64('2024-02-29', 'W')", LocalDate.of(2024, 2, 29)),
                Map.entry("np.datetime64('1582-01-01')", LocalDate.of(1582, 1, 1)),
                Map.entry("np.datetime64('2024-02-29T13', 'h')", LocalDateTime.of(2024, 2, 29, 13, 0)),
                Map.entry("np.datetime64('1969-12-31T23:59:59')", LocalDateTime.of(1969, 12, 31, 23, 59, 59)),
                Map.entry("np.datetime64('1960-01-01T00:00:00.000000001')", LocalDateTime.of(1960, 1, 1, 0, 0, 0, 1)),
                Map.entry("np.datetime64(1, '25s')", LocalDateTime.of(1970, 1, 1, 0, 0, 25)),
                Map.entry("np.datetime64(-3000, 'ps')", LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_999_997)),
                Map.entry("np.timedelta64(-3, 'Y')", Period.ofYears(-3)),
                Map.entry("np.timedelta64(7, 'M')", Period.ofMonths(7)),
                Map.entry("np.timedelta64(2, 'W')", Duration.ofDays(14)),
                Map.entry("np.timedelta64(-1, 'ns')", Duration.ofNanos(-1)),
                Map.entry("np.timedelta64(5, '10ms')", Duration.ofMillis(50)),
                Map.entry("np.timedelta64(5)", 5L));
        expected.forEach((expression, value) -> {
            assertThat(expression, python.eval(expression), is(value));
            NdArray array = array("np.array([" + expression + "])");
            assertThat(expression, array.get(0), is(value));
            long count = array.getLong(0);
            array.setLong(0, 0);
            array.set(value, 0);
            assertThat(expression, array.getLong(0), is(count));
        });
        assertThat(python.eval("np.datetime64('NaT')"), is(nullValue()));
        assertThat(python.eval("np.timedelta64('NaT', 's')"), is(nullValue()));
        NdArray none = array("np.array(['NaT', '2024-01-01'], 'M8[D]')");
        assertThat(none.get(0), is(nullValue()));
        none.set(null, 1);
        assertThat(none.getLong(1), is(Long.MIN_VALUE));
    }

    @Test
    void timesThatJavaDoesNotHaveAreRefused() {
        for (String expression :
                List.of("np.datetime64(1, 'ps')", "np.datetime64(2**60, 'Y')", "np.timedelta64(1, 'as')")) {
            assertThat(expression, python.eval(expression), instanceOf(PyObject.class));
            assertThrows(
                    ArithmeticException.class,
                    () -> array("np.array([" + expression + "])").get(0));
        }
        NdArray days = array("np.array(['2024-01-01'], 'M8[D]')");
        assertThrows(ArithmeticException.class, () -> days.set(LocalDateTime.of(2024, 1, 1, 1, 0), 0));
        assertThrows(ClassCastException.class, () -> days.set(Duration.ofDays(1), 0));
        NdArray months = array("np.array(['2024-01'], 'M8[M]')");
        assertThrows(ClassCastException.class, () -> months.set(LocalDate.of(2024, 1, 2), 0));
    }

    @Test
    void timesAsArrays() {
        python.exec("t = np.array(['2000-01-01T00:00:01', 'NaT', '1969-12-31T23:59:58'], 'M8[s]')");
        PyObject times = python.object("t");
        long[] counts = {946_684_801, Long.MIN_VALUE, -2};
        assertThat(times.as(long[].class), is(counts));
        assertThat(python.object("t.astype('>M8[s]')[::-1]").as(long[].class)[0], is(-2L));
        LongBuffer buffer = times.as(LongBuffer.class);
        buffer.put(1, 0);
        assertThat(python.eval("str(t[1])"), is("1970-01-01T00:00:00"));
        assertThat(times.as(LocalDateTime[].class)[2], is(LocalDateTime.of(1969, 12, 31, 23, 59, 58)));
        assertThrows(ClassCastException.class, () -> times.as(double[].class));
    }

    // ---- records and others

    @Test
    void recordsWithPaddingAndParts() {
        python.exec("""
                inner = np.dtype([('x', '>u2'), ('y', 'f4', (2, 3))])
                dt = np.dtype([('a', 'i1'), ('b', 'f8'), ('c', 'S3'), ('n', inner), ('t', 'M8[s]'), ('v', 'V3')], align=True)
                r = np.zeros((2, 2), dt)
                r['a'] = [[1, 2], [3, 4]]
                r['b'] = r['a'] / 2
                r['c'] = b'ab'
                r['n']['x'] = 258
                r['n']['y'] = np.arange(6).reshape(2, 3)
                padded = np.zeros(3, np.dtype([('d', 'f8'), ('i', 'i1')], align=True))
                padded['i'] = [1, 2, 3]
                nested = np.zeros(2, np.dtype([('p', np.dtype([('d', 'f8'), ('i', 'i1')], align=True), 2), ('q', 'i2')], align=True))
                nested['p']['i'] = [[1, 2], [3, 4]]
                union = np.zeros(2, np.dtype({'names': ['i', 'b'], 'formats': ['<i4', 'u1'], 'offsets': [0, 1], 'itemsize': 6}))
                union['i'] = 0x1020304
                """);
        NdArray records = array("r[::-1]");
        assertThat(
                records.dtype().toString(),
                is("{a: int8, b: float64, c: S3, n: {x: >uint16, y: float32 [2, 3]}, t: datetime64[s], v: V3}"));
        @SuppressWarnings("unchecked")
        Map<String, Object> record = (Map<String, Object>) records.get(0, 1);
        assertThat(record.get("a"), is((byte) 4));
        assertThat(record.get("b"), is(2.0));
        assertThat(record.get("c"), is("ab".getBytes()));
        assertThat(record.get("t"), is(LocalDateTime.of(1970, 1, 1, 0, 0)));
        assertThat(record.get("n").toString(), is("{x=258, y=[[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]}"));
        NdArray part = records.field("n").field("y").slice("1, ..., ::-1");
        assertThat(part.as(float[][][].class)[0][1], is(new float[] {5, 4, 3}));
        part.set(9, 0, 0, 0);
        assertThat(python.eval("float(r[0, 0]['n']['y'][0, 2])"), is(9.0));
        python.put("p", part);
        assertThat(python.eval("p.shape == (2, 2, 3) and p[0, 0, 0] == 9 and p.base is not None"), is(true));
        assertThat(array("padded").field("i").as(int[].class), is(new int[] {1, 2, 3}));
        assertThat(array("padded").strides(), is(new long[] {16}));
        assertThat(array("nested").field("p").field("i").as(int[][].class), is(new int[][] {{1, 2}, {3, 4}}));
        assertThat(array("union").field("b").get(1), is((short) 3));
        assertThat(records.dtype().fields().get(1).offset(), is(8));
        assertThat(array("np.recarray(2, dt)").dtype().kind(), is(Kind.RECORD));
        assertThrows(ClassCastException.class, () -> records.set(record, 0, 0));
    }

    @Test
    void namesOfFieldsAreNoNotation() {
        NdArray records = array("np.zeros(3, [('a:-100000x=i:b:99996x:c', 'i4')])");
        assertThat(records.dtype().kind(), is(Kind.OPAQUE));
        assertThat(records.itemSize(), is(4));
        assertThrows(IllegalArgumentException.class, () -> records.field("b"));
        python.exec("q = np.zeros(2, {'names': ['a', 'b', 'c'], 'formats': ['i1', 'i1', 'f8'],"
                + " 'offsets': [0, 1, 2], 'itemsize': 16}); q['c'] = 1.5");
        assertThat(array("q").field("c").get(1), is(1.5));
        assertThat(array("memoryview(q)").dtype().kind(), is(Kind.OPAQUE));
    }

    @Test
    void noLengthOfTimeIsStoredAsNone() {
        NdArray times = array("np.zeros(1, 'm8[ns]')");
        Duration least = Duration.ofSeconds(-9223372037L, 145224192);
        assertThrows(ArithmeticException.class, () -> times.set(least, 0));
        times.set(least.plusNanos(1), 0);
        assertThat(times.get(0), is(least.plusNanos(1)));
    }

    @Test
    void objectsAreLive() throws InterruptedException {
        python.exec("class Thing: pass\nx = [1]\no = np.array([x, None, 2**70, 'text', Thing()], object)");
        NdArray objects = array("o");
        assertThat(objects.get(1), is(nullValue()));
        assertThat(objects.get(2), is(BigInteger.TWO.pow(70)));
        assertThat(objects.get(0).toString(), is("[1]"));
        Object thing = objects.get(4);
        objects.set(thing, 0);
        objects.set(List.of(7), 1);
        assertThat(python.eval("o[0] is o[4] and list(o[1]) == [7]"), is(true));
        assertThat(python.object("np.array([[1, 2], [3, 4]], object)").as(int[][].class), is(new int[][] {{1, 2}, {3, 4}
        }));
        assertThrows(ClassCastException.class, () -> python.object("o").as(ByteBuffer.class));
        assertThat(array("np.empty(2, object)").get(0), is(nullValue()));
        python.exec("import sys\ny = [2]\ncount = sys.getrefcount(y)");
        Object held = python.eval("y");
        for (int i = 0; i < 100; i++) {
            objects.set(held, i % 5);
            objects.get(i % 5);
        }
        objects.set(null, 0);
        for (int i = 1; i < 5; i++) {
            objects.set(null, i);
        }
        ((PyView) held).pyObject().close();
        for (int i = 0; i < 500 && !python.eval("sys.getrefcount(y) == count").equals(true); i++) {
            System.gc();
            Thread.sleep(10);
        }
        assertThat(python.eval("sys.getrefcount(y) - count"), is(0));
    }

    @Test
    void textsBytesAndComplexNumbersAreWritten() {
        python.exec("u = np.array(['abc', ''], '>U4')\ns = np.zeros(2, 'S4')\nc = np.zeros(2, '>c8')");
        NdArray texts = array("u");
        texts.set("\ud83d\ude00\0x", 1);
        assertThat(python.eval("u.tolist()").toString(), is("[abc, \ud83d\ude00\0x]"));
        assertThrows(ArithmeticException.class, () -> texts.set("abcde", 0));
        assertThrows(ArithmeticException.class, () -> texts.set("a\0", 0));
        NdArray bytes = array("s");
        bytes.set(new byte[] {0, 1}, 0);
        assertThat(python.eval("s[0] == b'\\0\\1'"), is(true));
        assertThrows(ArithmeticException.class, () -> bytes.set(new byte[5], 0));
        NdArray complex = array("c");
        complex.set(new Complex(1, -2), 0);
        complex.set(3, 1);
        assertThat(python.eval("complex(c[0]) == 1-2j and c[1] == 3"), is(true));
        assertThrows(ArithmeticException.class, () -> complex.set(new Complex(1, 1e300), 0));
        assertThat(complex.get(0), is(new Complex(1, -2)));
        assertThat(python.object("u").as(String[].class)[0], is("abc"));
        assertThat(python.object("s").as(byte[][].class)[0], is(new byte[] {0, 1}));
        assertThat(python.object("c").as(Complex[].class)[1], is(new Complex(3, 0)));
    }

    @Test
    void longDoublesAreRefused() {
        NdArray array = array("np.array([1], np.longdouble)");
        assumeTrue(array.itemSize() > 8, "a long double is a double here");
        for (Class<?> wanted : new Class<?>[] {double[].class, float[].class, DoubleBuffer.class}) {
            assertThrows(ClassCastException.class, () -> array.as(wanted));
        }
        ClassCastException refused = assertThrows(ClassCastException.class, () -> array.getDouble(0));
        assertThat(refused.getMessage(), containsString("x.astype('float64')"));
        assertThrows(ClassCastException.class, () -> array.get(0));
        assertThat(python.eval("np.longdouble(1)"), instanceOf(PyObject.class));
        assertThrows(
                ClassCastException.class,
                () -> python.object("np.longdouble(1)").as(double.class));
    }

    // ---- sharing

    @Test
    void bothSidesSeeEachChange() {
        python.exec("a = np.zeros((3, 4))");
        NdArray array = array("a");
        DoubleBuffer buffer = python.object("a").as(DoubleBuffer.class);
        buffer.put(5, 1.5);
        assertThat(array.getDouble(1, 1), is(1.5));
        array.slice("2, ::-1").setDouble(2.5, 0);
        assertThat(python.eval("a[1, 1] + a[2, 3]"), is(4.0));
        python.exec("a += 1");
        assertThat(buffer.get(11), is(3.5));
        assertThat(python.object("a.astype('u2')").as(CharBuffer.class).get(11), is((char) 3));
        assertThat(python.object("a.astype('>f8')").as(ByteBuffer.class).order(), is(ByteOrder.BIG_ENDIAN));
        assertThrows(ClassCastException.class, () -> python.object("a.T").as(DoubleBuffer.class));
        assertThrows(ClassCastException.class, () -> python.object("a[:, 1]").as(DoubleBuffer.class));
        assertThat(python.object("a[1]").as(DoubleBuffer.class).get(1), is(2.5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"i2", "u2", "i4", "i8", "f4", "f8"})
    void longRowsOfAnotherByteOrder(String type) {
        python.exec("n = (np.arange(200) * 37 % 1000).astype('" + type + "').reshape(2, 100)\n"
                + "s = n.astype(n.dtype.newbyteorder())");
        Class<?> wanted = Map.<String, Class<?>>of(
                        "i2",
                        short[][].class,
                        "u2",
                        char[][].class,
                        "i4",
                        int[][].class,
                        "i8",
                        long[][].class,
                        "f4",
                        float[][].class,
                        "f8",
                        double[][].class)
                .get(type);
        assertThat(
                flat(python.object("s").as(wanted)), is(flat(python.object("n").as(wanted))));
        assertThat(plain(flat(python.object("n").as(wanted))), is(plain(list("n.ravel().tolist()"))));
    }

    @Test
    void theSameArrayComesBack() {
        python.exec("a = np.arange(6).reshape(2, 3)\nlast = []\ndef same(x):\n  last.append(x)\n  return x");
        NdArray array = array("a");
        PyObject same = python.object("same");
        Object back = same.call(array);
        assertThat(back, is(instanceOf(PyObject.class)));
        python.put("back", back);
        assertThat(python.eval("back is a and last[0] is a"), is(true));
        double[] mine = {1, 2};
        assertThat(same.call(mine) == mine, is(true));
        int[][] nested = {{1}, {2}};
        assertThat(same.call((Object) nested) == nested, is(true));
        assertThat(python.eval("last[1] is not None and len(last) == 3"), is(true));
        python.put("part", array.slice(":, 1:").transpose());
        assertThat(
                python.eval("part.base is not None and part.shape == (2, 2) and np.shares_memory(part, a)"), is(true));
        python.put("part", array.reshape(3, 2).at(1));
        assertThat(python.eval("part.tolist() == [2, 3] and np.shares_memory(part, a)"), is(true));
        python.put("item", array.at(1, 2));
        assertThat(python.eval("item.shape == () and int(item) == 5 and np.shares_memory(item, a)"), is(true));
        NdArray read = array("np.broadcast_to(a, (2, 2, 3))");
        python.put("part", read.at(1));
        assertThat(python.eval("part.flags.writeable"), is(false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"np.float64", "np.float32", "np.int32", "np.uint8", "np.int64"})
    void javaNumbersInNumpyOperations(String type) {
        python.put("i", 3);
        python.put("l", 4L);
        python.put("d", 0.5);
        python.exec("a = np.arange(3).astype(" + type + ")");
        assertThat(python.eval("float((a * i + l).sum() * d)"), is(10.5));
        assertThat(python.eval("float(np.dot(a, a) ** i)"), is(125.0));
        assertThat((Double) python.eval("float(np.sin(d))"), is(closeTo(Math.sin(0.5), 1e-9)));
    }

    @Test
    void everyScalarType() {
        Map<String, Object> expected = Map.ofEntries(
                Map.entry("np.bool_(False)", false),
                Map.entry("(np.array([1]) > 0)[0]", true),
                Map.entry("np.byte(-1)", (byte) -1),
                Map.entry("np.ubyte(255)", (short) 255),
                Map.entry("np.intc(-1)", -1),
                Map.entry("np.uintc(2**32 - 1)", (1L << 32) - 1),
                Map.entry("np.longlong(-1)", -1L),
                Map.entry("np.ulonglong(7)", 7L),
                Map.entry("np.intp(3)", 3L),
                Map.entry("np.half(0.5)", 0.5f),
                Map.entry("np.double(0.1)", 0.1),
                Map.entry("np.complex128(1 - 2j)", new Complex(1, -2)),
                Map.entry("np.complex64(0.5j)", new Complex(0, 0.5)),
                Map.entry("np.str_('\\0\\U0001f600')", "\0\ud83d\ude00"));
        expected.forEach((expression, value) -> {
            Object found = python.eval(expression);
            assertThat(expression, found, is(value));
            assertThat(expression, found.getClass(), is((Object) value.getClass()));
        });
        assertThat(python.eval("np.bytes_(b'a\\0b')"), is(new byte[] {'a', 0, 'b'}));
        assertThat(python.eval("np.zeros(1, 'i4,f8')[0]"), instanceOf(PyObject.class));
        assertThat(python.object("np.int64(5)").as(int.class), is(5));
        assertThrows(
                ArithmeticException.class,
                () -> python.object("np.int64(2**40)").as(int.class));
        assertThat(python.object("np.uint8(5)").as(double.class), is(5.0));
        assertThat(python.object("np.bool_(True)").as(boolean.class), is(true));
        assertThrows(
                ClassCastException.class, () -> python.object("np.bool_(True)").as(int.class));
    }

    @Test
    void arraysOfOneItemAreThatItem() {
        assertThat(python.object("np.array(0.5)").as(double.class), is(0.5));
        assertThat(python.object("np.array(7, 'u1')").as(int.class), is(7));
        assertThat(python.object("np.array(True)").as(boolean.class), is(true));
        assertThat(python.object("np.array(2.5)").as(NdArray.class).as(double.class), is(2.5));
        assertThrows(
                ClassCastException.class, () -> python.object("np.array([0.5])").as(double.class));
    }

    @Test
    void largeArraysByWideIndices() {
        python.exec("""
                one = np.array([7], 'u1')
                huge = np.lib.stride_tricks.as_strided(one, (2**20, 2**20), (0, 0), writeable=False)
                """);
        NdArray huge = array("huge");
        assertThat(huge.size(), is(1L << 40));
        assertThat(huge.get((1 << 20) - 1, (1 << 20) - 1), is((short) 7));
        assertThat(huge.slice("-1, ::-1").shape(), is(new long[] {1 << 20}));
        assertThrows(ClassCastException.class, () -> huge.as(ByteBuffer.class));
        python.exec("wide = np.lib.stride_tricks.as_strided(one, (2**33,), (0,), writeable=False)");
        assertThrows(ArithmeticException.class, () -> python.object("wide").as(byte[].class));
        assertThat(array("wide").get((1L << 33) - 1), is((short) 7));
        assertThrows(IndexOutOfBoundsException.class, () -> array("wide").get(1L << 33));
    }
}
