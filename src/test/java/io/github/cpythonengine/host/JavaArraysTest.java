package io.github.cpythonengine.host;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Java arrays are Python sequences of a fixed length. */
class JavaArraysTest {

    private static final String RAISES = "def raises(kind, action):\n"
            + "    try: action()\n"
            + "    except kind as e: return e\n"
            + "    raise AssertionError(kind)\n";

    @Test
    void behaveAsSequences() {
        int[] array = {1, 2, 3, 4};
        Script.with("a", array)
                .does(
                        RAISES,
                        "assert len(a) == 4 and a and list(a) == [1, 2, 3, 4] and a == [1, 2, 3, 4] and a != [1]",
                        "assert a[-1] == 4 and a[1:3] == [2, 3] and a[::-1] == [4, 3, 2, 1] and 3 in a and 9 not in a",
                        "a[0] = 5; a[-1] = 2**31 - 1; a[1:3] = [7, 8]; assert sum(a[:3]) == 20",
                        "a[::2] = [0, 1]",
                        "raises(OverflowError, lambda: a.__setitem__(0, 2**31))",
                        "raises(OverflowError, lambda: a.__setitem__(0, 2**80))",
                        "raises(TypeError, lambda: a.__setitem__(0, 'x'))",
                        "raises(TypeError, lambda: a.__setitem__(0, None))",
                        "raises(TypeError, lambda: a.__setitem__(0, 1.5))",
                        "raises(TypeError, lambda: a.__setitem__(0, True))",
                        "raises(ValueError, lambda: a.__setitem__(slice(0, 2), [1]))",
                        "raises(IndexError, lambda: a[4])",
                        "raises(IndexError, lambda: a.__setitem__(4, 0))",
                        "raises(TypeError, lambda: a['x'])",
                        "assert not hasattr(a, 'append')",
                        "assert repr(a) == '<int[] [0, 7, 1, 2147483647]>', repr(a)",
                        "import collections.abc as abc",
                        "assert isinstance(a, abc.Sequence) and type(a).__name__ == 'int[]'");
        assertThat(array, is(new int[] {0, 7, 1, Integer.MAX_VALUE}));
    }

    public static final class Filler {
        public int fill(byte[] bytes, int with) {
            Arrays.fill(bytes, (byte) with);
            return bytes.length;
        }

        public void fail(byte[] bytes) throws IOException {
            bytes[0] = 'x';
            throw new IOException("broken pipe");
        }

        public void meanwhile(byte[] bytes, Runnable action, boolean write) {
            action.run();
            if (write) {
                bytes[0] = 'x';
            }
        }
    }

    @Test
    void whatJavaWritesIntoBytearraysIsThere() {
        Script.with("filler", new Filler())
                .does(
                        RAISES,
                        "from java.io import ByteArrayInputStream, IOException",
                        "buffer = bytearray(3)",
                        "stream = ByteArrayInputStream(b'abcde')",
                        "assert stream.read(buffer) == 3 and buffer == b'abc'",
                        "assert stream.read(buffer, 1, 2) == 2 and buffer == b'ade'",
                        "assert stream.read(buffer) == -1 and buffer == b'ade'",
                        "assert filler.fill(buffer, -1) == 3 and buffer == b'\\xff' * 3",
                        "assert filler.fill(bytearray(), 1) == 0",
                        "raises(IOException, lambda: filler.fail(buffer))",
                        "assert buffer == b'x\\xff\\xff'",
                        "fixed = b'abc'; filler.fill(fixed, 0); assert fixed == b'abc'",
                        // what Python does to it during the call stays, unless Java writes, too
                        "filler.meanwhile(buffer, lambda: buffer.__setitem__(0, 9), False); assert buffer[0] == 9",
                        "filler.meanwhile(buffer, lambda: buffer.append(8), True); assert buffer == b'\\x09\\xff\\xff\\x08'");
    }

    @Test
    void ofEachKind() {
        Script.with("z", new boolean[] {true, false})
                .and("c", new char[] {'a', '\u20ac'})
                .and("s", new short[20])
                .and("j", new long[] {Long.MIN_VALUE})
                .and("f", new float[] {1.5f})
                .and("d", new double[1000])
                .and("o", new Object[] {1, null, "x"})
                .and("t", new String[] {"a"})
                .does(
                        RAISES,
                        "assert list(z) == [True, False]; z[1] = True; assert z[1] is True",
                        "raises(TypeError, lambda: z.__setitem__(0, 1))",
                        "assert list(c) == ['a', '\u20ac']; c[0] = 'z'; raises(TypeError, lambda: c.__setitem__(0, 'zz'))",
                        "s[3] = 7; assert sum(s) == 7; raises(OverflowError, lambda: s.__setitem__(0, 40000))",
                        "assert j[0] == -2**63",
                        "f[0] = 2.5; assert f[0] == 2.5; raises(OverflowError, lambda: f.__setitem__(0, 1e300))",
                        "d[5] = 3; assert d[5] == 3.0 and sum(d) == 3.0 and len(list(d)) == 1000",
                        "assert list(o) == [1, None, 'x']; o[0] = o; assert o[0] is o and 'Object[]' in repr(o)",
                        "t[0] = 'b'; t[0] = None; raises(TypeError, lambda: t.__setitem__(0, 5))");
    }

    @Test
    void ofArrays() {
        int[][] grid = new int[3][2];
        Script.with("g", grid)
                .does(
                        "g[1][1] = 5",
                        "assert [list(r) for r in g] == [[0, 0], [0, 5], [0, 0]]",
                        "assert g[1] is g[1]",
                        "g[0] = g[1]");
        assertThat(grid[0][1], is(5));
    }

    @Test
    void areBytesAndNumpyArraysAtOnce() {
        Script.with("numbers", new int[] {1, -2})
                .does(
                        "a = java_type('byte[]')([-1, 0, 65])",
                        "assert bytes(a) == b'\\xff\\x00A'",
                        "try: import numpy",
                        "except ImportError: numpy = None",
                        "if numpy:",
                        "    n = numpy.asarray(numbers); assert n.dtype == 'int32' and n.tolist() == [1, -2], n",
                        "    d = numpy.asarray(java_type('double[]')([1.5, 2])); assert d.sum() == 3.5");
    }

    @Test
    void ofASubclassAreArraysOfTheClass() {
        Script.with("a", new Integer[] {1})
                .and("b", new Number[] {2})
                .and("c", new Object[0])
                .does("assert isinstance(a, type(b)) and isinstance(a, type(c)) and not isinstance(b, type(a))");
    }
}
