package io.github.cpythonengine.wrap;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.sameInstance;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.python.PyException;
import io.github.cpythonengine.python.PyObject;
import io.github.cpythonengine.wrap.DType.Kind;
import java.lang.management.ManagementFactory;
import java.lang.management.MonitorInfo;
import java.lang.management.ThreadInfo;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.ShortBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Memory of the standard library's objects in Java, without numpy. */
class NdArrayTest {

    private final Session python = new Session();

    NdArrayTest() {
        python.exec("import array, ctypes, mmap, struct");
    }

    private NdArray array(String expression) {
        return python.object(expression).as(NdArray.class);
    }

    // ---- what it is

    @Test
    void anArrayTellsItsForm() {
        NdArray cube = array("memoryview(bytearray(range(48))).cast('B').cast('h', (2, 3, 4))");
        assertThat(cube.dtype().kind(), is(Kind.INT));
        assertThat(cube.dtype().toString(), is("int16"));
        assertThat(cube.dtype().format(), is("h"));
        assertThat(cube.dtype().byteOrder(), is(ByteOrder.nativeOrder()));
        assertThat(cube.shape(), is(new long[] {2, 3, 4}));
        assertThat(cube.strides(), is(new long[] {24, 8, 2}));
        assertThat(cube.ndim(), is(3));
        assertThat(cube.size(), is(24L));
        assertThat(cube.itemSize(), is(2));
        assertThat(cube.isReadOnly(), is(false));
        assertThat(cube.isCContiguous(), is(true));
        assertThat(cube.isFContiguous(), is(false));
        assertThat(cube.transpose().isFContiguous(), is(true));
        assertThat(cube.get(1, 2, 3), is((short) (46 | 47 << 8)));
        assertThat(cube.toString(), startsWith("NdArray(int16, [2, 3, 4], [[[256, 770, 1284, 1798], ["));
        assertThat(array("memoryview(b'abc')").isReadOnly(), is(true));
    }

    static Stream<Arguments> exporters() {
        return Stream.of(
                arguments("bytearray(b'ab')", "uint8", List.of((short) 97, (short) 98)),
                arguments("memoryview(b'ab')", "uint8", List.of((short) 97, (short) 98)),
                arguments("memoryview(b'ab').cast('c')", "S1", List.of("a", "b")),
                arguments("memoryview(b'\\0\\1').cast('?')", "bool", List.of(false, true)),
                arguments("array.array('b', [-1, 2])", "int8", List.of((byte) -1, (byte) 2)),
                arguments("array.array('h', [-1, 2])", "int16", List.of((short) -1, (short) 2)),
                arguments("array.array('H', [65535])", "uint16", List.of(65535)),
                arguments("array.array('i', [-2**31])", "int32", List.of(Integer.MIN_VALUE)),
                arguments("array.array('I', [2**32 - 1])", "uint32", List.of((1L << 32) - 1)),
                arguments("array.array('q', [-2**63])", "int64", List.of(Long.MIN_VALUE)),
                arguments(
                        "array.array('Q', [2**64 - 1, 5])",
                        "uint64",
                        List.of(BigInteger.TWO.pow(64).subtract(BigInteger.ONE), 5L)),
                arguments("array.array('f', [0.5])", "float32", List.of(0.5f)),
                arguments("array.array('d', [0.1])", "float64", List.of(0.1)),
                arguments("(ctypes.c_int * 2)(1, -2)", "int32", List.of(1, -2)),
                arguments("(ctypes.c_bool * 2)(1, 0)", "bool", List.of(true, false)),
                arguments("(ctypes.c_int16.__ctype_be__ * 2)(1, -2)", ">int16", List.of((short) 1, (short) -2)),
                arguments("(ctypes.c_double.__ctype_be__ * 1)(0.1)", ">float64", List.of(0.1)),
                arguments("(ctypes.c_uint32.__ctype_be__ * 1)(2**31)", ">uint32", List.of(1L << 31)),
                arguments("(ctypes.c_longlong * 1)(2**40)", "int64", List.of(1L << 40)),
                arguments(
                        "(ctypes.c_wchar * 3)('a', '\\U0001f600', '\\ud800')",
                        "U1",
                        List.of("a", "\ud83d\ude00", "\ud800")),
                arguments("ctypes.create_string_buffer(b'x', 2)", "S1", List.of("x", "")));
    }

    @ParameterizedTest
    @MethodSource("exporters")
    void whateverShowsItsMemoryIsRead(String expression, String type, List<Object> items) {
        NdArray array = array(expression);
        assertThat(array.dtype().toString(), is(type));
        assertThat(array.shape(), is(new long[] {items.size()}));
        for (int i = 0; i < items.size(); i++) {
            Object item = array.get(i);
            assertThat(item instanceof byte[] bytes ? new String(bytes) : item, is(items.get(i)));
        }
    }

    @ParameterizedTest
    @MethodSource("exporters")
    void whatIsReadIsWritten(String expression, String type, List<Object> items) {
        python.exec("x = " + expression);
        NdArray array = array("x");
        NdArray same = array("x");
        for (int i = 0; i < items.size() && !array.isReadOnly(); i++) {
            Object item = array.get(i);
            same.set(item, i);
            assertThat(same.get(i), is(item));
        }
    }

    @Test
    void memoryOfFilesAndStructures() {
        python.exec("""
                m = mmap.mmap(-1, 8)
                class Point(ctypes.Structure):
                    _fields_ = [('x', ctypes.c_byte), ('y', ctypes.c_double), ('t', ctypes.c_short * 2)]
                points = (Point * 2)(Point(1, 0.5), Point(2, 1.5, (3, 4)))
                """);
        try (NdArray map = array("m")) {
            map.set(200, 7);
            assertThat(python.eval("m[7]"), is(200));
        }
        python.exec("m.close()"); // which a view would not let it do
        NdArray points = array("points");
        assertThat(points.dtype().toString(), is("{x: int8, y: float64, t: int16 [2]}"));
        assertThat(points.get(1), is(Map.of("x", (byte) 2, "y", 1.5, "t", List.of((short) 3, (short) 4))));
        points.field("y").setDouble(7.5, 0);
        assertThat(python.eval("points[0].y"), is(7.5));
        assertThat(points.field("t").as(int[][].class), is(new int[][] {{0, 0}, {3, 4}}));
        assertThrows(IllegalArgumentException.class, () -> points.field("z"));
    }

    @Test
    void structuresWithUnionsAndBits() {
        python.exec("""
                class Bits(ctypes.Structure):
                    _fields_ = [('a', ctypes.c_int, 3), ('b', ctypes.c_int, 5), ('d', ctypes.c_double)]
                class Either(ctypes.Union):
                    _fields_ = [('i', ctypes.c_int), ('f', ctypes.c_float)]
                class Whole(ctypes.Structure):
                    _fields_ = [('u', Either), ('c', ctypes.c_ubyte), ('d', ctypes.c_double)]
                class More(Whole):
                    _fields_ = [('rows', ctypes.c_short * 3 * 2)]
                class Big(ctypes.BigEndianStructure):
                    _fields_ = [('n', ctypes.c_int), ('h', ctypes.c_short)]
                whole = More(Either(0x01020304), 77, 2.5)
                whole.rows[1][2] = 9
                """);
        for (String expression : List.of("whole", "memoryview(whole)")) {
            NdArray record = array(expression);
            assertThat(record.field("c").get(), is((short) 77));
            assertThat(record.field("d").get(), is(2.5));
            assertThat(record.field("rows").get(1, 2), is((short) 9));
            assertThat(record.field("u").dtype().kind(), is(Kind.OPAQUE));
            assertThat(record.field("u").itemSize(), is(4));
        }
        NdArray bits = array("(Bits * 2)(Bits(1, 2, 3.5), Bits(0, 0, 4.5))");
        assertThat(bits.field("d").as(double[].class), is(new double[] {3.5, 4.5}));
        assertThat(bits.field("a").dtype().kind(), is(Kind.OPAQUE));
        assertThat(array("Big(5, -2)").get(), is(Map.of("n", 5, "h", (short) -2)));
        assertThat(array("Either(5)").dtype().kind(), is(Kind.OPAQUE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "4;  T{i:a:-100000x=i:b:100000x-4x:c:}",
                "4;  T{-8xi:a:8x:c:}",
                "4;  T{8xi:a:-8x}",
                "8;  (-1)i(3)i",
                "4;  T{-4xT{-4xi:n:}:a:8x}",
                "16; T{b:a:b:b:=d:c:}",
                "16; T{<b:a:<d:b:}"
            })
    void noFieldIsOutsideItsRecordOrGuessed(int size, String format) {
        DType type = Format.parse(format, size);
        assertThat(type.kind(), is(Kind.OPAQUE));
        assertThat(type.itemSize(), is(size));
    }

    @Test
    void nativeRecordsAreAlignedAndOthersMayOverlap() {
        assertThat(Format.parse("T{b:a:d:b:}", 16).fields().get(1).offset(), is(8));
        assertThat(Format.parse("T{=i:a:-4x=h:b:2x}", 4).fields().get(1).offset(), is(0));
    }

    @Test
    void whatShowsNoMemoryIsRefused() {
        ClassCastException refused = assertThrows(ClassCastException.class, () -> array("object()"));
        assertThat(refused.getMessage(), containsString("object to io.github.cpythonengine.wrap.NdArray"));
        assertThrows(ClassCastException.class, () -> python.object("{}").as(ByteBuffer.class));
        python.exec("r = memoryview(b'a')\nr.release()");
        assertThrows(PyException.class, () -> array("r"));
    }

    // ---- items

    @Test
    void bothSidesSeeEachChange() {
        python.exec("x = array.array('d', [1, 2, 3])");
        NdArray array = array("x");
        array.setDouble(5, 1);
        assertThat(python.eval("x[1]"), is(5.0));
        python.exec("x[2] = 0.25");
        assertThat(array.getDouble(2), is(0.25));
        array.set(7, 0);
        array.setLong(8, 1);
        assertThat(python.eval("list(x)").toString(), is("[7.0, 8.0, 0.25]"));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        NdArray bytes = array("array.array('b', [1, 2])");
        for (Object value : new Object[] {128, -129L, BigInteger.TWO.pow(70)}) {
            assertThrows(ArithmeticException.class, () -> bytes.set(value, 0));
        }
        assertThrows(ArithmeticException.class, () -> bytes.setLong(200, 0));
        for (Object value : new Object[] {1.0, true, "1", new byte[1]}) {
            assertThrows(ClassCastException.class, () -> bytes.set(value, 0));
        }
        assertThrows(ClassCastException.class, () -> bytes.set(null, 0));
        assertThrows(ClassCastException.class, () -> bytes.setDouble(1, 0));
        NdArray unsigned = array("array.array('Q', [2**63])");
        assertThrows(ArithmeticException.class, () -> unsigned.setLong(-1, 0));
        assertThrows(ArithmeticException.class, () -> unsigned.getLong(0));
        assertThat(unsigned.getDouble(0), is(0x1p63));
        unsigned.set(BigInteger.TWO.pow(64).subtract(BigInteger.ONE), 0);
        assertThrows(ArithmeticException.class, () -> unsigned.getDouble(0));
        NdArray floats = array("array.array('f', [0])");
        assertThrows(ArithmeticException.class, () -> floats.setDouble(1e300, 0));
        assertThrows(ArithmeticException.class, () -> floats.set((1 << 24) + 1, 0));
        floats.setDouble(0.1, 0);
        assertThat(floats.get(0), is(0.1f));
        floats.setDouble(Double.POSITIVE_INFINITY, 0);
        assertThat(floats.getDouble(0), is(Double.POSITIVE_INFINITY));
        assertThrows(ClassCastException.class, () -> floats.getLong(0));
        assertThrows(ClassCastException.class, () -> floats.getBoolean(0));
        assertThat(bytes.get(0), is((byte) 1));
    }

    @Test
    void indicesAreChecked() {
        NdArray array = array("memoryview(bytearray(6)).cast('B', (2, 3))");
        for (long[] index : new long[][] {{2, 0}, {0, 3}, {-1, 0}, {0, -1}, {0}, {}, {0, 0, 0}, {1L << 40, 0}}) {
            assertThrows(IndexOutOfBoundsException.class, () -> array.get(index));
            assertThrows(IndexOutOfBoundsException.class, () -> array.set(1, index));
            assertThrows(IndexOutOfBoundsException.class, () -> array.getLong(index));
        }
        assertThrows(IndexOutOfBoundsException.class, () -> array.at(0, 0, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> array.at(2));
    }

    @Test
    void readOnlyStaysReadOnly() {
        NdArray array = array("memoryview(b'abcd')");
        assertThrows(UnsupportedOperationException.class, () -> array.set(1, 0));
        assertThrows(
                UnsupportedOperationException.class, () -> array.slice("1:").setLong(1, 0));
        ByteBuffer buffer = array.as(ByteBuffer.class);
        assertThat(buffer.isReadOnly(), is(true));
        assertThrows(ReadOnlyBufferException.class, () -> buffer.put(0, (byte) 1));
        PyObject doubles = python.object("memoryview(bytes(16)).cast('d')");
        assertThat(doubles.as(DoubleBuffer.class).isReadOnly(), is(true));
    }

    // ---- parts

    @Test
    void partsLieOnTheSameMemory() {
        python.exec("b = bytearray(range(24))\nm = memoryview(b).cast('B', (2, 3, 4))");
        NdArray cube = array("m");
        assertThat(cube.at(1).as(int[][].class), is(new int[][] {{12, 13, 14, 15}, {16, 17, 18, 19}, {20, 21, 22, 23}
        }));
        assertThat(cube.at(1, 2, 3).get(), is((short) 23));
        assertThat(cube.slice("1, ::-1, 2:").as(int[][].class), is(new int[][] {{22, 23}, {18, 19}, {14, 15}}));
        assertThat(cube.slice("..., -1").as(int[][].class), is(new int[][] {{3, 7, 11}, {15, 19, 23}}));
        assertThat(cube.slice(2, 3, 2, -2).at(0, 1).as(int[].class), is(new int[] {7, 5}));
        assertThat(cube.transpose(2, 0, 1).at(3).as(int[][].class), is(new int[][] {{3, 7, 11}, {15, 19, 23}}));
        assertThat(cube.reshape(4, -1).at(3).as(int[].class), is(new int[] {18, 19, 20, 21, 22, 23}));
        assertThat(cube.slice("..., ::2").reshape(12).get(5), is((short) 10));
        NdArray part = cube.slice(":, 1:, 1");
        part.set(99, 1, 1);
        assertThat(python.eval("b[21]"), is(99));
        assertThat(cube.slice("5:").shape(), is(new long[] {0, 3, 4}));
        assertThat(cube.slice("5:").as(int[][][].class).length, is(0));
    }

    @Test
    void wrongPartsAreRefused() {
        NdArray array = array("memoryview(bytearray(6)).cast('B', (2, 3))");
        for (String text : List.of("", "a", "1:2:3:4", "1.5", "..., ...", "None", ":::", "--1", "1:b")) {
            assertThrows(IllegalArgumentException.class, () -> array.slice(text), text);
        }
        assertThrows(IllegalArgumentException.class, () -> array.slice("::0"));
        assertThrows(IndexOutOfBoundsException.class, () -> array.slice("2"));
        assertThrows(IndexOutOfBoundsException.class, () -> array.slice("0, -4"));
        assertThrows(IndexOutOfBoundsException.class, () -> array.slice(":, :, :"));
        assertThrows(IndexOutOfBoundsException.class, () -> array.slice(1, 0, 4, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> array.slice(1, 2, 2, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> array.slice(1, 0, Long.MAX_VALUE, Long.MAX_VALUE));
        assertThrows(IndexOutOfBoundsException.class, () -> array.slice(2, 0, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> array.reshape(4));
        assertThrows(IllegalArgumentException.class, () -> array.reshape(-1, -1));
        assertThrows(IllegalArgumentException.class, () -> array.transpose().reshape(6));
        assertThrows(IllegalArgumentException.class, () -> array.transpose(0, 0));
        assertThrows(IllegalArgumentException.class, () -> array.transpose(0));
    }

    @Test
    void passedToPythonItIsTheIdenticalObject() {
        python.exec("x = array.array('i', [1, 2, 3])");
        NdArray array = array("x");
        python.put("y", array);
        assertThat(python.eval("y is x"), is(true));
        python.put("part", array.slice("::-2"));
        python.exec("part[0] = 9");
        assertThat(array.get(2), is(9));
        assertThat(python.eval("part.tolist()").toString(), is("[9, 1]"));
        assertThat(array.as(NdArray.class), is(sameInstance(array)));
        assertThat(array.as(PyObject.class), is(python.object("x")));
    }

    @Test
    void howAPartIsWrittenIsTheSameToPython() {
        NdArray array = array("array.array('i', [1, 2, 3, 4])");
        for (String text : List.of("1:3,", " 1 : 3 ", "001:3", "+1:3:", "\u0661:\u0663")) {
            NdArray part = array.slice(text);
            assertThat(text, part.as(int[].class), is(new int[] {2, 3}));
            python.put("part", part);
            assertThat(text, python.eval("list(part) == [2, 3]"), is(true));
        }
        assertThrows(IllegalArgumentException.class, () -> array.slice("1 0"));
    }

    @Test
    void whoMakesTheObjectOfAPartLocksNoneWhoHoldTheGil() throws InterruptedException {
        try (NdArray whole = array("memoryview(bytearray(4))")) {
            NdArray part = whole.slice("1:");
            AtomicReference<PyObject> found = new AtomicReference<>();
            Thread other = new Thread(() -> found.set(part.pyObject()));
            other.setDaemon(true);
            PyObject mine = Gil.with(gil -> {
                other.start();
                while (other.isAlive()
                        && Arrays.stream(other.getStackTrace())
                                .noneMatch(it -> it.getMethodName().equals("derive"))) {
                    Thread.onSpinWait();
                }
                long[] id = {other.getId()};
                ThreadInfo waiting = ManagementFactory.getThreadMXBean().getThreadInfo(id, true, true)[0];
                List<String> locked = Arrays.stream(waiting.getLockedMonitors())
                        .map(MonitorInfo::getClassName)
                        .toList();
                assertThat(locked, not(hasItem(NdArray.class.getName())));
                return part.pyObject();
            });
            other.join(60_000);
            assertThat(found.get(), sameInstance(mine));
            assertThat(part.pyObject(), sameInstance(mine));
            assertThat(python.object("bytes").call(part), is(new byte[3]));
        }
    }

    @Test
    void buffersLieOnTheSameMemory() {
        python.exec("x = array.array('d', [1, 2, 3])");
        DoubleBuffer doubles = python.object("x").as(DoubleBuffer.class);
        doubles.put(1, 0.5);
        assertThat(python.eval("x[1]"), is(0.5));
        python.exec("x[2] = 7");
        assertThat(doubles.get(2), is(7.0));
        assertThat(doubles.isDirect(), is(true));
        ByteBuffer bytes = array("x").slice("1:").as(ByteBuffer.class);
        assertThat(bytes.remaining(), is(16));
        assertThat(bytes.getDouble(8), is(7.0));
        assertThat(python.object("array.array('f', [1])").as(FloatBuffer.class).get(0), is(1f));
        assertThat(python.object("array.array('q', [-1])").as(LongBuffer.class).get(0), is(-1L));
        assertThat(python.object("array.array('i', [-1])").as(IntBuffer.class).get(0), is(-1));
        assertThat(python.object("array.array('h', [-1])").as(ShortBuffer.class).get(0), is((short) -1));
        assertThat(python.object("array.array('H', [65])").as(CharBuffer.class).get(0), is('A'));
        assertThat(python.object("bytearray()").as(ByteBuffer.class).remaining(), is(0));
        assertThat(python.object("memoryview(b'abc')[1:]").as(ByteBuffer.class).get(1), is((byte) 'c'));
    }

    @Test
    void buffersHaveTheByteOrder() {
        PyObject array = python.object("(ctypes.c_int32.__ctype_be__ * 2)(1, -2)");
        IntBuffer ints = array.as(IntBuffer.class);
        assertThat(ints.get(1), is(-2));
        assertThat(array.as(ByteBuffer.class).order(), is(ByteOrder.BIG_ENDIAN));
        assertThat(array.as(int[].class), is(new int[] {1, -2}));
        assertThat(array.as(double[].class), is(new double[] {1, -2}));
    }

    @Test
    void buffersOfOtherFormsAreRefused() {
        PyObject backwards = python.object("memoryview(bytearray(4))[::-1]");
        ClassCastException refused = assertThrows(ClassCastException.class, () -> backwards.as(ByteBuffer.class));
        assertThat(refused.getMessage(), containsString("one after the other"));
        assertThrows(
                ClassCastException.class,
                () -> python.object("array.array('I', [1])").as(IntBuffer.class));
        assertThrows(
                ClassCastException.class,
                () -> python.object("array.array('f', [1])").as(DoubleBuffer.class));
        assertThrows(
                ClassCastException.class,
                () -> python.object("(ctypes.py_object * 1)(1)").as(ByteBuffer.class));
        python.exec("b = bytearray(3)");
        try (PyObject object = python.object("b")) {
            assertThrows(ClassCastException.class, () -> object.as(IntBuffer.class));
        }
        python.exec("b.append(1)"); // a refused buffer leaves nothing behind
    }

    @Test
    void memorySegmentsWhereThereAreSome() throws Exception {
        Class<?> segment;
        try {
            segment = Class.forName("java.lang.foreign." + "MemorySegment");
        } catch (ClassNotFoundException e) {
            return; // Java 17
        }
        python.exec("a = array.array('d', [1, 2, 3])");
        PyObject array = python.object("a");
        if (io.github.cpythonengine.interpreter.Interpreter.running().backend().equals("jna")) {
            assertThrows(ClassCastException.class, () -> array.as(segment));
            python.exec("a.append(4)"); // what was refused keeps nothing
        } else {
            Object made = array.as(segment);
            assertThat(segment.getMethod("byteSize").invoke(made), is(24L));
        }
    }

    // ---- copies

    @Test
    void copiesOfAnyRank() {
        python.exec("m = memoryview(bytearray(range(16))).cast('B')");
        assertThat(python.object("m.cast('h', (2, 2, 2))").as(short[][][].class)[1][1][1], is((short) (14 | 15 << 8)));
        assertThat(python.object("m[::-5]").as(int[].class), is(new int[] {15, 10, 5, 0}));
        assertThat(python.object("m[::-5]").as(byte[].class), is(new byte[] {15, 10, 5, 0}));
        assertThat(python.object("m[3:3]").as(double[].class), is(new double[0]));
        assertThat(python.object("m.cast('B', (4, 4))").as(float[][].class)[3][1], is(13f));
        assertThat(array("m.cast('d', ())[()] if 0 else ctypes.c_double(0.5)").get(), is(0.5));
        assertThat(python.object("bytearray(b'\\xff')").as(int[].class), is(new int[] {255}));
        assertThat(python.object("bytearray(b'\\xff')").as(byte[].class), is(new byte[] {-1}));
        assertThat(
                python.object("memoryview(b'\\1\\0').cast('?')").as(boolean[].class), is(new boolean[] {true, false}));
        assertThat(python.object("array.array('H', [65, 66])").as(char[].class), is("AB".toCharArray()));
        assertThat(python.object("array.array('u', 'ab')").as(char[].class), is("ab".toCharArray()));
        assertThat(python.object("array.array('d', [0.1])").as(float[].class), is(new float[] {0.1f}));
        assertThat(python.object("array.array('i', [1])").as(Object[].class), is(new Object[] {1}));
        assertThat(python.object("array.array('i', [1])").as(Long[].class), is(new Long[] {1L}));
    }

    @Test
    void copiesAreNeverSilentlyLossy() {
        refused("array.array('q', [1, 2**31])", int[].class, "[1]: cannot convert int64 2147483648 to int");
        refused("array.array('Q', [2**63])", long[].class, "[0]: cannot convert uint64 9223372036854775808 to long");
        refused("array.array('h', [1, 200])", byte[].class, "[1]");
        refused("array.array('H', [40000])", short[].class, "[0]: cannot convert uint16 40000 to short");
        refused("array.array('I', [2**31])", int[].class, "2147483648");
        refused("array.array('q', [2**53 + 1])", double[].class, "9007199254740993");
        refused("array.array('i', [2**24 + 1])", float[].class, "16777217");
        refused("array.array('d', [1e300])", float[].class, "1.0E300");
        refused(
                "memoryview(array.array('q', range(2**31 - 5, 2**31 + 1))).cast('B').cast('q', (2, 3))",
                int[][].class,
                "[1, 2]");
        wrong("array.array('d', [1])", int[].class, "float64");
        wrong("array.array('d', [1])", long[].class, "astype");
        wrong("array.array('b', [1])", boolean[].class, "bool");
        wrong("memoryview(b'\\1').cast('?')", int[].class, "a bool is not taken for a number");
        wrong("array.array('h', [1])", char[].class, "int16");
        wrong("array.array('i', [1])", int[][].class, "use an array of 1 dimensions");
        wrong("memoryview(bytes(4)).cast('B', (2, 2))", int[].class, "shape [2, 2]");
        wrong("(ctypes.c_longdouble * 1)(1)", double[].class, "more digits");
        assertThat(
                python.object("array.array('q', [2**62, -2**63])").as(double[].class),
                is(new double[] {0x1p62, -0x1p63}));
    }

    private void refused(String expression, Class<?> wanted, String text) {
        PyObject object = python.object(expression);
        assertThat(
                assertThrows(ArithmeticException.class, () -> object.as(wanted)).getMessage(), containsString(text));
        NdArray array = object.as(NdArray.class);
        assertThrows(ArithmeticException.class, () -> array.as(wanted));
    }

    private void wrong(String expression, Class<?> wanted, String text) {
        PyObject object = python.object(expression);
        assertThat(
                assertThrows(ClassCastException.class, () -> object.as(wanted)).getMessage(), containsString(text));
    }

    // ---- lifetime

    @Test
    void closingGivesTheMemoryUp() {
        python.exec("b = bytearray(8)");
        NdArray array = array("b");
        NdArray part = array.slice("2:4");
        assertThrows(PyException.class, () -> python.exec("b.append(1)"));
        part.close();
        assertThrows(IllegalStateException.class, () -> part.get(0));
        assertThat(array.get(0), is((short) 0));
        NdArray other = array.slice("2:4");
        array.close();
        array.close();
        python.exec("b.append(1)");
        for (NdArray closed : List.of(array, other)) {
            assertThrows(IllegalStateException.class, () -> closed.get(0));
            assertThrows(IllegalStateException.class, () -> closed.getLong(0));
            assertThrows(IllegalStateException.class, () -> closed.set(1, 0));
            assertThrows(IllegalStateException.class, () -> closed.slice("1:"));
            assertThrows(IllegalStateException.class, () -> closed.as(byte[].class));
            assertThrows(IllegalStateException.class, () -> closed.as(ByteBuffer.class));
            assertThat(closed.toString(), containsString("closed"));
        }
        assertThrows(IllegalStateException.class, () -> python.put("closed", array));
        assertThat(array.shape(), is(new long[] {8}));
    }

    @Test
    void aBufferOutlivesTheArrayAndTheObject() throws InterruptedException {
        python.exec("b = bytearray(b'abc')");
        PyObject object = python.object("memoryview(b)");
        NdArray array = object.as(NdArray.class);
        ByteBuffer buffer = array.as(ByteBuffer.class).slice(1, 2);
        array.close();
        object.close();
        assertThrows(PyException.class, () -> python.exec("b.append(1)"));
        buffer.put(0, (byte) 'X');
        assertThat(python.eval("b.decode()"), is("aXc"));
        buffer = null;
        for (int i = 0; i < 500 && !resized("b"); i++) {
            System.gc();
            Thread.sleep(10);
        }
        assertThat(python.eval("len(b)"), is(4));
    }

    private boolean resized(String name) {
        try {
            python.exec(name + ".append(1)");
            return true;
        } catch (PyException e) {
            return false;
        }
    }

    @Test
    void copiesAndClosedArraysKeepNothing() throws InterruptedException {
        python.exec("b = bytearray(16)\nm = memoryview(b)");
        PyObject bytes = python.object("b");
        PyObject memory = python.object("m");
        Session.assertNoLeak(() -> {
            bytes.as(int[].class);
            memory.as(byte[].class);
            try (NdArray array = bytes.as(NdArray.class)) {
                array.slice("::2").pyObject();
            }
            memory.as(NdArray.class).at(1);
            memory.as(ByteBuffer.class).slice();
            assertThrows(ClassCastException.class, () -> memory.as(IntBuffer.class));
        });
    }

    @Test
    void othersCloseWhileSomeRead() throws InterruptedException {
        python.exec("b = bytearray(b'\\1' * 100_000)");
        for (int round = 0; round < 20; round++) {
            NdArray array = array("b");
            Thread[] readers = new Thread[3];
            Throwable[] seen = new Throwable[readers.length];
            for (int i = 0; i < readers.length; i++) {
                int reader = i;
                readers[i] = new Thread(() -> {
                    try {
                        for (long at = 0; ; at = (at + 1) % 100_000) {
                            assertThat(array.getLong(at), is(1L));
                        }
                    } catch (Throwable t) {
                        seen[reader] = t;
                    }
                });
                readers[i].start();
            }
            array.getLong(3);
            array.close();
            for (Thread reader : readers) {
                reader.join();
            }
            for (int i = 0; i < readers.length; i++) {
                assertThat(seen[i], instanceOf(IllegalStateException.class));
            }
            for (int i = 0; i < 500 && !resized("b"); i++) {
                Thread.sleep(10);
            }
            assertThat(python.eval("len(b)"), is(100_001 + round));
        }
    }
}
