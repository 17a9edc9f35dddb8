package io.github.cpythonengine.host;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.sameInstance;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.DoubleBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Java's memory by Python's buffer protocol. */
class ExportsTest {

    private static final String RAISES = "def raises(kind, action):\n"
            + "    try: action()\n"
            + "    except kind as e: return str(e)\n"
            + "    raise AssertionError(kind)\n";

    private static ByteBuffer direct(int size) {
        return ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
    }

    @Test
    void aDirectBufferIsTheSameMemory() {
        ByteBuffer buffer = direct(8);
        buffer.put(0, (byte) 200);
        Script.with("b", buffer)
                .does(
                        "m = memoryview(b)",
                        "assert m.format == 'B' and m.shape == (8,) and m.strides == (1,) and not m.readonly",
                        "assert m.obj is b and m[0] == 200",
                        "m[1] = 7",
                        "b.put(2, 9); assert m[2] == 9",
                        "assert bytes(b) == bytes([200, 7, 9, 0, 0, 0, 0, 0])");
        assertThat(buffer.get(1), is((byte) 7));
    }

    @Test
    void largeArraysAreCopiedInPieces() {
        List<Integer> pieces = new ArrayList<>();
        int most = Integer.MAX_VALUE;
        HeapBlock.pieces(most - (5 << 18), most, 4, (from, count) -> pieces.addAll(List.of(most - from, count)));
        int piece = 1 << 18;
        assertThat(
                pieces,
                is(List.of(5 * piece, piece, 4 * piece, piece, 3 * piece, piece, 2 * piece, piece, piece, piece)));
        pieces.clear();
        HeapBlock.pieces(5, 7, 8, (from, count) -> pieces.addAll(List.of(from, count)));
        assertThat(pieces, is(List.of(5, 2)));
    }

    @Test
    void whoAsksForBytesAloneGetsARow() {
        Script.with("rows", new int[][] {{1, 2, 3}, {4, 5, 6}})
                .does(
                        "import hashlib",
                        "m = memoryview(rows)",
                        "assert m.ndim == 2 and hashlib.sha1(rows).digest() == hashlib.sha1(bytes(m)).digest()");
    }

    @Test
    void nothingOfOtherMemoryIsSeen() {
        Script.with("numbers", new short[] {1, 2, 3})
                .does("m = memoryview(numbers)", "assert m.format == 'h' and bytes(m.obj)[6:8] == bytes(2)");
    }

    @Test
    void anObjectWithoutItsJavaObjectHasNoMemory() {
        Script.with("b", direct(8))
                .does((RAISES + "empty = type(b).__new__(type(b))\n"
                                + "assert 'has lost its Java object' in"
                                + " raises(BufferError, lambda: memoryview(empty))")
                        .split("\n"));
    }

    @Test
    void typedBuffersHaveTheirFormat() {
        DoubleBuffer doubles = direct(24).asDoubleBuffer();
        Script.with("d", doubles)
                .and("f", direct(8).asFloatBuffer())
                .and("j", direct(8).asLongBuffer())
                .and("i", direct(8).asIntBuffer())
                .and("s", direct(8).asShortBuffer())
                .and("c", direct(8).asCharBuffer())
                .does(
                        "import struct",
                        "for b, kind, size in (d, 'd', 8), (f, 'f', 4), (i, 'i', 4), (s, 'h', 2), (c, 'H', 2):",
                        "    m = memoryview(b)",
                        "    assert m.format == kind and m.itemsize == size, (m.format, kind)",
                        "    m[0] = 5",
                        "    assert m.tolist()[0] == 5 and len(m) * size == m.nbytes",
                        "assert struct.calcsize(memoryview(j).format) == 8",
                        "memoryview(d)[2] = -1.5");
        assertThat(doubles.get(2), is(-1.5));
    }

    @Test
    void positionAndLimitCount() {
        IntBuffer ints = direct(40).asIntBuffer();
        for (int i = 0; i < 10; i++) {
            ints.put(i, i);
        }
        Script.with("b", ints.position(3).limit(7))
                .does(
                        "m = memoryview(b)",
                        "assert m.tolist() == [3, 4, 5, 6]",
                        "b.clear()",
                        "assert m.tolist() == [3, 4, 5, 6] and len(memoryview(b)) == 10",
                        "assert memoryview(b.slice(2, 3)).tolist() == [2, 3, 4]",
                        "b.position(10); assert memoryview(b).tolist() == []");
    }

    @Test
    void readOnlyStaysReadOnly() {
        Script.with("b", direct(4).asReadOnlyBuffer())
                .does(
                        RAISES,
                        "import io",
                        "m = memoryview(b); assert m.readonly",
                        "raises(TypeError, lambda: m.__setitem__(0, 1))",
                        "raises(TypeError, lambda: io.BytesIO(b'abcd').readinto(b))",
                        "assert bytes(b) == bytes(4)");
    }

    @Test
    void theOtherByteOrderIsKept() {
        boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
        ByteBuffer other = ByteBuffer.allocateDirect(8).order(little ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        other.putInt(0, 1).putInt(4, -2);
        Script.with("i", other.asIntBuffer())
                .and("j", other.asLongBuffer())
                .and("mark", little ? ">" : "<")
                .does(
                        "import struct",
                        "m = memoryview(i); assert m.format == mark + 'i', m.format",
                        "assert list(struct.iter_unpack(m.format, m.cast('B'))) == [(1,), (-2,)]",
                        "assert memoryview(j).format == mark + 'q'");
    }

    @Test
    void itemsOfManyAxesAreARowForWhoDoesNotAskForTheShape() {
        Script.with("a", new int[][] {{1, 2}, {3, 4}})
                .does(
                        "import hashlib, sys",
                        "assert hashlib.sha256(a).digest() == hashlib.sha256(bytes(a)).digest()",
                        "if sys.version_info >= (3, 12):",
                        "    m = a.__buffer__(0)",
                        "    assert m.ndim == 1 and m.nbytes == 16 and m.tobytes() == bytes(a)");
    }

    @Test
    void whatWantsBytesTakesThem() {
        ByteBuffer buffer = direct(16);
        Script.with("b", buffer)
                .does(
                        "import hashlib, io, struct, zlib",
                        "assert io.BytesIO(b'0123456789abcdef').readinto(b) == 16",
                        "assert bytes(b) == b'0123456789abcdef' == b''.join([b])",
                        "assert hashlib.sha256(b).digest() == hashlib.sha256(bytes(b)).digest()",
                        "assert zlib.crc32(b) == zlib.crc32(bytes(b))",
                        "struct.pack_into('<d', b, 8, 2.5)",
                        "assert struct.unpack_from('<d', b, 8) == (2.5,)",
                        "assert int.from_bytes(bytearray(b)[:2], 'big') == 0x3031");
        assertThat(buffer.order(ByteOrder.LITTLE_ENDIAN).getDouble(8), is(2.5));
    }

    @Test
    void aBufferIsItsJavaObjectToo() {
        ByteBuffer buffer = direct(4);
        Object back = Script.with("b", buffer)
                .does(
                        "from java.nio import Buffer, ByteBuffer",
                        "assert isinstance(b, ByteBuffer) and isinstance(b, Buffer)",
                        "b.put(5).put(6); assert b.position() == 2 and b.remaining() == 2",
                        "b.flip(); assert bytes(b) == bytes([5, 6])",
                        "result = b");
        assertThat(back, is(sameInstance(buffer)));
        assertThat(buffer.limit(), is(2));
    }

    @Test
    void heapBuffersAreCopiedToRead() {
        ByteBuffer heap = ByteBuffer.wrap(new byte[] {1, 2, 3, -4});
        heap.position(1);
        Script.with("b", heap)
                .and("i", IntBuffer.wrap(new int[] {7, 8, 9}, 1, 2))
                .and(
                        "swapped",
                        ByteBuffer.wrap(new byte[] {0, 0, 0, 1})
                                .order(ByteOrder.BIG_ENDIAN)
                                .asIntBuffer())
                .does(
                        RAISES,
                        "m = memoryview(b); assert m.readonly and m.tolist() == [2, 3, 252]",
                        "b.put(1, 9); assert m[0] == 2 and bytes(b)[0] == 9",
                        "assert memoryview(i).tolist() == [8, 9] and memoryview(swapped).tolist() == [1]",
                        "import io; raises(TypeError, lambda: io.BytesIO(b'abc').readinto(b))");
    }

    @Test
    void heapTextIsStrAndDirectTextIsMemory() {
        CharBuffer chars = direct(4).asCharBuffer();
        Script.with("heap", CharBuffer.wrap("ab"))
                .and("c", chars)
                .does("assert heap == 'ab'", "memoryview(c)[1] = ord('x'); assert str(c) == chr(0) + 'x'");
    }

    @Test
    void anArrayIsCopiedToRead() {
        int[] ints = {1, -2, 3};
        Script.with("i", ints)
                .and("z", new boolean[] {true, false})
                .and("c", new char[] {'a', '\u20ac'})
                .and("s", new short[] {-3})
                .and("j", new long[] {Long.MIN_VALUE})
                .and("f", new float[] {1.5f})
                .and("d", new double[] {0.1, Double.NEGATIVE_INFINITY})
                .and("none", new double[0])
                .does(
                        RAISES,
                        "import array",
                        "b = java_type('byte[]')([-1, 5])",
                        "m = memoryview(i); assert m.readonly and m.format == 'i' and m.tolist() == [1, -2, 3]",
                        "i[0] = 9; assert m[0] == 1 and memoryview(i)[0] == 9",
                        "raises(TypeError, lambda: m.__setitem__(0, 1))",
                        "assert memoryview(z).tolist() == [True, False] and memoryview(c).tolist() == [97, 0x20ac]",
                        "assert memoryview(s).tolist() == [-3] and memoryview(j).tolist() == [-2**63]",
                        "assert memoryview(f).tolist() == [1.5] and memoryview(d).tolist() == [0.1, float('-inf')]",
                        "assert memoryview(b).tolist() == [-1, 5] and memoryview(none).tolist() == []",
                        "assert bytes(i) == array.array('i', [9, -2, 3]).tobytes() and bytes(b) == b'\\xff\\x05'",
                        "assert array.array('d', d).tolist() == list(d)",
                        "a = array.array('i'); a.frombytes(bytes(i)); assert a.tolist() == [9, -2, 3]");
    }

    @Test
    void anArrayOfArraysHasAShape() {
        Script.with("g", new int[][] {{1, 2, 3}, {4, 5, 6}})
                .and("cube", new double[2][3][4])
                .and("empty", new long[3][0])
                .and("nothing", new long[0][])
                .does(
                        "m = memoryview(g)",
                        "assert m.shape == (2, 3) and m.strides == (12, 4) and m.tolist() == [[1, 2, 3], [4, 5, 6]]",
                        "assert m.c_contiguous and not m.f_contiguous and m.readonly",
                        "cube[1][2][3] = 7; m = memoryview(cube)",
                        "assert m.shape == (2, 3, 4) and m.strides == (96, 32, 8) and m.tolist()[1][2][3] == 7",
                        "assert memoryview(empty).shape == (3, 0) and memoryview(nothing).shape == (0, 0)",
                        "from java.lang import Object",
                        "assert isinstance(g, java_type('java.lang.Object[]')) and len(g) == 2");
    }

    @Test
    void raggedArraysAndArraysOfObjectsHaveNoMemory() {
        Script.with("ragged", new int[][] {{1}, {2, 3}})
                .and("holes", new int[][] {{1}, null})
                .and("deep", new int[][][] {{{1}, {2}}, {{3}, {4, 5}}})
                .and("words", new String[] {"a"})
                .does(
                        RAISES,
                        "assert 'int[][] is no block of memory' in raises(BufferError, lambda: memoryview(ragged))",
                        "raises(BufferError, lambda: memoryview(holes))",
                        "raises(BufferError, lambda: memoryview(deep))",
                        "raises(TypeError, lambda: memoryview(words))");
    }

    @Test
    void slicesTakeMemoryAtOnce() {
        double[] doubles = new double[6];
        int[] ints = new int[4];
        byte[] bytes = new byte[4];
        char[] chars = new char[2];
        Script.with("d", doubles)
                .and("i", ints)
                .and("c", chars)
                .and("z", new boolean[2])
                .does(
                        RAISES,
                        "from array import array",
                        "d[:] = array('d', [1, 2, 3, 4, 5, 6])",
                        "d[1:3] = memoryview(array('d', [7, 0, 8, 0]))[::2]",
                        "d[::5] = array('d', [-1, -6])",
                        "d[4:5] = array('i', [9])",
                        "i[:] = array('i', range(4)); i[2:] = array('q', [5, 6])",
                        "raises(OverflowError, lambda: i.__setitem__(slice(0, 2), array('q', [0, 2**31])))",
                        "raises(TypeError, lambda: i.__setitem__(slice(0, 2), array('d', [0, 1])))",
                        "raises(ValueError, lambda: i.__setitem__(slice(0, 3), array('i', [0, 1])))",
                        "c[:] = array('H', [97, 0x20ac]); assert list(c) == ['a', '\u20ac']",
                        "c[:] = 'xy'",
                        "z[:] = memoryview(b'\\1\\0').cast('?'); assert list(z) == [True, False]",
                        "b = java_type('byte[]')(4)",
                        "b[:] = b'\\xff\\0ab'; assert list(b) == [-1, 0, 97, 98]",
                        "raises(OverflowError, lambda: b.__setitem__(slice(0, 1), array('B', [200])))",
                        "d[3:3] = array('d')");
        assertThat(doubles, is(new double[] {-1, 7, 8, 4, 9, -6}));
        assertThat(ints, is(new int[] {0, 1, 5, 6}));
        assertThat(chars, is(new char[] {'x', 'y'}));
        assertThat(bytes.length, is(4));
    }

    @Test
    void aViewKeepsTheMemory() {
        Script.run(
                "import gc, sys",
                "from java.nio import ByteBuffer",
                "from java.lang import System",
                "views = []",
                "for i in range(200):",
                "    b = ByteBuffer.allocateDirect(100_000)",
                "    m = memoryview(b); m[0] = i; m[99_999] = i",
                "    views.append(m[99_999:] if i % 2 else m)",
                "    del b, m",
                "    if i % 50 == 0: System.gc(); gc.collect()",
                "for _ in range(3): System.gc(); gc.collect()",
                "more = [ByteBuffer.allocateDirect(100_000) for _ in range(100)]",
                "for b in more: memoryview(b)[:] = b'x' * 100_000",
                "assert [m[-1] for m in views] == list(range(200))",
                "assert views[0].obj.capacity() == 100_000");
    }

    @Test
    void viewsLeaveNothing() {
        Script.with("b", direct(80).asDoubleBuffer())
                .and("a", new int[3][5])
                .and("ragged", new int[][] {{1}, {2, 3}})
                .does("for _ in range(100): memoryview(b); memoryview(a)");
        int before = Script.handles();
        Script.with("b", direct(80).asDoubleBuffer())
                .and("a", new int[3][5])
                .and("ragged", new int[][] {{1}, {2, 3}})
                .does(
                        "import sys",
                        "def refs(x): return sys.getrefcount(x)",
                        "first = refs(b), refs(a)",
                        "for _ in range(2_000):",
                        "    memoryview(b); memoryview(a); bytes(a)",
                        "    try: memoryview(ragged)",
                        "    except BufferError: pass",
                        "assert (refs(b), refs(a)) == first, (refs(b), refs(a), first)");
        assertThat(Script.handles(), is(lessThan(before + 10)));
    }

    @Test
    void manyThreadsAtOnce() throws InterruptedException {
        ByteBuffer buffer = direct(1 << 16);
        long[] numbers = new long[1000];
        List<Throwable> failures = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> Script.with("b", buffer)
                    .and("n", numbers)
                    .does("for i in range(500):", "    assert len(memoryview(b)) == 65536 and len(bytes(n)) == 8000"));
            thread.setUncaughtExceptionHandler((dead, failure) -> {
                synchronized (failures) {
                    failures.add(failure);
                }
            });
            threads.add(thread);
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures, is(List.of()));
    }
}
