package io.github.cpythonengine;

import static io.github.cpythonengine.TestEngines.eval;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import javax.script.ScriptEngine;
import javax.script.ScriptException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Java's arrays and buffers as NumPy's arrays. */
class NumpyTest {

    private final ScriptEngine python = TestEngines.engine();

    @BeforeEach
    void numpy() throws ScriptException {
        Object found = eval(
                python,
                "try: import numpy as np",
                "except ImportError: np = None",
                "def raises(kind, action):",
                "    try: action()",
                "    except kind as e: return str(e)",
                "    raise AssertionError(kind)",
                "np is not None");
        assumeTrue(Boolean.TRUE.equals(found), "this Python has no numpy");
    }

    @AfterEach
    void close() throws Exception {
        TestEngines.close(python);
    }

    private static ByteBuffer direct(int size) {
        return ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
    }

    @Test
    void arraysHaveTheMatchingDtype() throws Exception {
        python.put("z", new boolean[] {true, false});
        python.put("c", new char[] {'a', '\u20ac'});
        python.put("s", new short[] {-1});
        python.put("i", new int[] {1, 2});
        python.put("j", new long[] {Long.MIN_VALUE});
        python.put("f", new float[] {0.5f});
        python.put("d", new double[] {0.1});
        eval(
                python,
                "b = java_type('byte[]')([-1])",
                "for a, kind in (z, 'bool'), (b, 'int8'), (c, 'uint16'), (s, 'int16'), (i, 'int32'), (j, 'int64'), (f, 'float32'), (d, 'float64'):",
                "    n = np.asarray(a)",
                "    assert n.dtype == kind and n.dtype.char == np.dtype(kind).char, (a, n.dtype)",
                "    assert n.ndim == 1 and not n.flags.writeable and np.array(a).flags.writeable",
                "assert np.asarray(z).tolist() == [True, False] and np.asarray(c).tolist() == [97, 0x20ac]",
                "assert np.asarray(j)[0] == -2**63 and np.asarray(d)[0] == 0.1",
                "i[0] = 9; assert np.asarray(i)[0] == 9 and np.sum(i) == 11",
                "assert (np.arange(2) + i).tolist() == [9, 3] and (i == np.array([9, 2])).all()",
                "assert np.asarray(i, dtype='float64').dtype == 'float64' and np.array(i, dtype='u1').tolist() == [9, 2]",
                "n = np.array(i); n[0] = 1; assert i[0] == 9");
    }

    @Test
    void arraysOfArraysHaveAShape() throws Exception {
        python.put("g", new int[][] {{1, 2, 3}, {4, 5, 6}});
        python.put("cube", new double[2][3][4]);
        python.put("deep", new byte[1][2][1][2][1]);
        python.put("ragged", new int[][] {{1}, {2, 3}});
        python.put("words", new String[][] {{"a", "b"}, {"c"}});
        eval(
                python,
                "assert np.asarray(g).tolist() == [[1, 2, 3], [4, 5, 6]] and np.asarray(g).dtype == 'int32'",
                "assert np.asarray(g).T[2].tolist() == [3, 6] and np.asarray(cube).shape == (2, 3, 4)",
                "assert np.asarray(deep).shape == (1, 2, 1, 2, 1)",
                "assert 'rows of this int[][] differ in length' in raises(ValueError, lambda: np.asarray(ragged))",
                "rows = np.asarray(ragged, dtype=object); assert rows.shape == (2,) and rows[1] is ragged[1]",
                "w = np.asarray(words); assert w.dtype == object and w.shape == (2,) and w[1][0] == 'c'",
                "g[:] = np.arange(6, dtype='int32').reshape(2, 3) * 2",
                "assert [list(row) for row in g] == [[0, 2, 4], [6, 8, 10]]",
                "g[1][:] = np.array([1, 1, 1], dtype='int32'); assert g[1] == [1, 1, 1]");
    }

    @Test
    void slicesOfNumpyArraysGoIntoJavaArrays() throws Exception {
        double[] doubles = new double[5];
        python.put("d", doubles);
        python.put("i", new int[3]);
        python.put("z", new boolean[3]);
        eval(
                python,
                "d[:] = np.arange(10.0)[::-2]",
                "assert list(d) == [9, 7, 5, 3, 1]",
                "d[:2] = np.arange(2); d[2:3] = np.float16([0.5]); d[3:] = np.array([1, 2], dtype='>f8')",
                "i[:] = np.array([1, 2, 3]); i[1:] = np.array([7, 8], dtype='u1')",
                "raises(OverflowError, lambda: i.__setitem__(slice(0, 1), np.array([2**40])))",
                "raises(TypeError, lambda: i.__setitem__(slice(0, 1), np.array([0.5])))",
                "z[:] = np.array([3, 1, 2]) > 1; assert list(z) == [True, False, True] and list(i) == [1, 7, 8]");
        assertThat(doubles, is(new double[] {0, 1, 0.5, 1, 2}));
    }

    @Test
    void directBuffersAreTheSameMemory() throws Exception {
        DoubleBuffer doubles = direct(48).asDoubleBuffer();
        ByteBuffer bytes = direct(16);
        python.put("d", doubles);
        python.put("b", bytes);
        python.put("big", ByteBuffer.allocateDirect(8).putInt(0, 5).asIntBuffer());
        python.put("fixed", direct(8).asReadOnlyBuffer());
        eval(
                python,
                "n = np.asarray(d); assert n.dtype == 'float64' and n.shape == (6,) and n.flags.writeable",
                "n.reshape(2, 3)[1, 2] = 2.5",
                "assert d.get(5) == 2.5; d.put(0, -1.0); assert n[0] == -1",
                "o = np.asarray(big); assert o[0] == 5; o[1] = 6; assert big.get(1) == 6",
                "assert o.dtype == '>i4' or o.dtype == 'int32'",
                "raw = np.frombuffer(b, dtype='f8'); raw[1] = 0.5; assert b.getDouble(8) == 0.5",
                "assert np.asarray(b).dtype == 'uint8'",
                "assert not np.asarray(fixed).flags.writeable and not np.frombuffer(fixed, 'i4').flags.writeable",
                "assert np.asarray(d, dtype='float64').base is not None and np.shares_memory(n, np.asarray(d))",
                "np.add(n, 1, out=np.asarray(d)); assert d.get(5) == 3.5");
        assertThat(doubles.get(0), is(0.0));
    }

    @Test
    void theSameBufferComesBack() throws Exception {
        DoubleBuffer doubles = direct(8).asDoubleBuffer();
        int[][] grid = new int[2][2];
        python.put("d", doubles);
        python.put("g", grid);
        assertThat(eval(python, "n = np.asarray(d); d"), is(sameInstance(doubles)));
        assertThat(eval(python, "np.asarray(g); g"), is(sameInstance(grid)));
        assertThat(eval(python, "memoryview(d).obj"), is(sameInstance(doubles)));
    }

    @Test
    void anArrayKeepsItsMemory() throws Exception {
        eval(
                python,
                "import gc",
                "from java.nio import ByteBuffer",
                "from java.lang import System",
                "arrays = []",
                "for i in range(150):",
                "    b = ByteBuffer.allocateDirect(80_000)",
                "    n = [np.asarray, lambda b: np.frombuffer(b, 'u1'), memoryview][i % 3](b)",
                "    n[79_999] = i; arrays.append(n[40_000:]); del b, n",
                "    d = java_type('double[]')([i] * 50)",
                "    arrays.append([np.asarray, lambda d: np.frombuffer(d, 'f8')][i % 2](d)); del d",
                "    if i % 50 == 0: System.gc(); gc.collect()",
                "for _ in range(3): System.gc(); gc.collect()",
                "for _ in range(100): np.asarray(ByteBuffer.allocateDirect(80_000))[:] = 255",
                "spoil = [np.full(50, -1.0) for _ in range(1000)]",
                "assert [int(a[-1]) for a in arrays[::2]] == list(range(150))",
                "assert [(float(a[0]), float(a[-1])) for a in arrays[1::2]] == [(i, i) for i in range(150)]");
    }

    @Test
    void aClosedEngineTakesNoMemoryAway() throws Exception {
        ScriptEngine other = TestEngines.engine();
        other.put("keep", python.eval("keep = []; keep"));
        eval(
                other,
                "import numpy as np",
                "from java.nio import ByteBuffer",
                "b = ByteBuffer.allocateDirect(100_000)",
                "n = np.asarray(b); n[:] = 7; keep.append(n)");
        TestEngines.close(other);
        eval(
                python,
                "import gc",
                "from java.nio import ByteBuffer",
                "from java.lang import System",
                "for _ in range(3): System.gc(); gc.collect()",
                "for _ in range(20): np.asarray(ByteBuffer.allocateDirect(100_000))[:] = 255",
                "assert (keep[0] == 7).all()");
    }

    @Test
    void computesOnSmallStacks() throws Throwable {
        String[] work = {
            "r = np.random.RandomState(1)",
            "a = r.rand(110, 110) + np.eye(110) * 110",
            "assert np.allclose(a @ np.linalg.inv(a), np.eye(110))",
            "b = r.rand(220, 220) + np.eye(220); np.linalg.det(b); np.linalg.slogdet(b)",
            "assert np.allclose(b @ np.linalg.solve(b, b), b); np.linalg.inv(np.stack([a, a]).astype('f4'))",
            "raises(np.linalg.LinAlgError, lambda: np.linalg.inv(np.zeros((200, 200))))",
            "c = r.rand(40, 40); u, s, v = np.linalg.svd(c); assert np.allclose(u * s @ v, c)",
            "np.linalg.eigvals(c); np.linalg.qr(a); np.linalg.eigh(c @ c.T); np.linalg.cholesky(a @ a.T)",
            "assert np.allclose(np.fft.ifft2(np.fft.fft2(a)).real, a); np.fft.rfft(np.ones(10_007))",
            "np.sort(r.rand(10_000)); np.corrcoef(c)",
            "True"
        };
        List<FutureTask<Object>> tasks = new ArrayList<>();
        for (int kilobytes : new int[] {0, 512}) {
            ScriptEngine engine = TestEngines.engine();
            Callable<Object> body = () -> {
                eval(
                        engine,
                        "import numpy as np",
                        "def raises(kind, action):",
                        "    try: action()",
                        "    except kind: return",
                        "    raise AssertionError(kind)");
                return eval(engine, work);
            };
            FutureTask<Object> task = new FutureTask<>(body);
            tasks.add(task);
            new Thread(null, task, "numpy", kilobytes << 10).start();
        }
        for (FutureTask<Object> task : tasks) {
            assertThat(task.get(), is(true));
        }
    }

    @Test
    void itsOwnThreadsRunBesideJavas() throws Exception {
        python.put("data", direct(8 * 1000).asDoubleBuffer());
        assertThat(
                eval(
                        python,
                        "from concurrent.futures import ThreadPoolExecutor",
                        "n = np.asarray(data)",
                        "def fill(i):",
                        "    part = np.asarray(data)[i * 100 : i * 100 + 100]",
                        "    part[:] = np.linalg.norm(np.full((200, 200), i)) + np.fft.fft(np.ones(100)).real[1]",
                        "    return float(part.sum())",
                        "with ThreadPoolExecutor(4) as pool: sums = list(pool.map(fill, range(10)))",
                        "bool(np.allclose(sum(sums), n.sum()) and np.allclose(n[900:], 1800))"),
                is(true));
    }
}
