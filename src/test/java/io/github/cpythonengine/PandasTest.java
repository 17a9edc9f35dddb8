package io.github.cpythonengine;

import static io.github.cpythonengine.TestEngines.eval;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cpythonengine.python.PyObject;
import io.github.cpythonengine.wrap.NdArray;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.script.ScriptEngine;
import javax.script.ScriptException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Columns of pandas and Java's arrays. */
class PandasTest {

    private final ScriptEngine python = TestEngines.engine();

    @BeforeEach
    void pandas() throws ScriptException {
        Object found = eval(
                python, "try: import numpy as np, pandas as pd", "except ImportError: pd = None", "pd is not None");
        assumeTrue(Boolean.TRUE.equals(found), "this Python has no pandas");
    }

    @AfterEach
    void close() throws Exception {
        TestEngines.close(python);
    }

    private PyObject object(String... lines) throws ScriptException {
        return (PyObject) eval(python, lines);
    }

    @Test
    void aFrameOfJavaArraysHasTheirDtypes() throws ScriptException {
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put("price", new double[] {1.5, 2.5});
        columns.put("count", new int[] {3, 4});
        columns.put("id", new long[] {1L << 40, 5});
        columns.put("sold", new boolean[] {true, false});
        columns.put("name", new String[] {"tea", "milk"});
        python.put("columns", columns);
        python.put("labels", new String[] {"x", "y"});
        eval(
                python,
                "df = pd.DataFrame(dict(columns), index=list(labels))",
                "assert [str(t) for t in df.dtypes[:4]] == ['float64', 'int32', 'int64', 'bool'], df.dtypes",
                "assert list(df.columns) == ['price', 'count', 'id', 'sold', 'name'] and df.loc['y', 'name'] == 'milk'",
                "assert df['price'].sum() == 4.0 and df['id'].max() == 2**40 and df[df.sold].index.tolist() == ['x']",
                "df.loc['x', 'price'] = 0.0; assert columns['price'][0] == 1.5",
                "s = pd.Series(columns['count'], name='n'); assert s.dtype == 'int32' and s.tolist() == [3, 4]");
    }

    @Test
    void columnsAreJavaArrays() throws ScriptException {
        PyObject frame =
                object("df = pd.DataFrame({'d': [1.5, 2.5, 3.5], 'i': [1, 2, 3], 'b': [True, False, True]}); df");
        PyObject column = (PyObject) frame.getItem("d");
        assertThat(((PyObject) column.getAttr("values")).as(double[].class), is(new double[] {1.5, 2.5, 3.5}));
        assertThat(column.as(double[].class), is(new double[] {1.5, 2.5, 3.5}));
        assertThat(((PyObject) frame.getItem("i")).as(int[].class), is(new int[] {1, 2, 3}));
        assertThat(((PyObject) frame.getItem("b")).as(boolean[].class), is(new boolean[] {true, false, true}));
        assertThat(object("df[['d', 'i']]").as(double[][].class)[1], is(new double[] {2.5, 2}));
        assertThat(object("pd.Series(['a', 'b'])").as(String[].class), is(new String[] {"a", "b"}));
        assertThat(object("pd.Series(['a', None], dtype=object)").as(String[].class), is(new String[] {"a", null}));
        assertThrows(RuntimeException.class, () -> object("pd.Series([1.5])").as(int[].class));
        assertThrows(
                RuntimeException.class, () -> object("pd.Series([1, None])").as(int[].class));
    }

    @Test
    void indexAndDtypeAreThere() throws ScriptException {
        PyObject series = object(
                "s = pd.Series([1.0, 2.0], index=pd.to_datetime(['2024-02-28 00:00', '2024-03-01 12:00']), name='t'); s");
        try (NdArray times = ((PyObject) series.getAttr("index")).as(NdArray.class)) {
            assertThat(times.get(1), is(LocalDateTime.of(2024, 3, 1, 12, 0)));
        }
        assertThat(series.getAttr("dtype").toString(), is("float64"));
        assertThat(object("pd.Index([5, 6])").as(long[].class), is(new long[] {5, 6}));
        assertThat(series.getAttr("name"), is("t"));
    }

    @Test
    void nothingIsCopiedWherePandasCopiesNothing() throws ScriptException {
        DoubleBuffer memory =
                ByteBuffer.allocateDirect(32).order(ByteOrder.nativeOrder()).asDoubleBuffer();
        python.put("memory", memory);
        eval(python, "s = pd.Series(np.asarray(memory), copy=False)");
        memory.put(2, 7.5);
        assertThat(eval(python, "float(s[2])"), is(7.5));
        try (NdArray grid = NdArray.zeros(double.class, 3, 2)) {
            python.put("grid", grid);
            PyObject frame = object("df = pd.DataFrame(np.asarray(grid), columns=['a', 'b'], copy=False); df");
            grid.setDouble(4.5, 2, 1);
            assertThat(eval(python, "float(df['b'].sum())"), is(4.5));
            try (NdArray back = frame.as(NdArray.class)) {
                grid.setDouble(1.25, 0, 0);
                assertThat(back.getDouble(0, 0), is(1.25));
            }
        }
        PyObject column = object("c = pd.Series(np.arange(3.0)); c");
        try (NdArray values = column.as(NdArray.class)) {
            eval(python, "c.iloc[0] = 9.0");
            assertThat(values.getDouble(0), is(9.0));
        }
    }

    @Test
    void groupsComeBack() throws ScriptException {
        python.put("city", new String[] {"Oslo", "Rome", "Oslo"});
        python.put("sales", new double[] {1, 2, 3});
        PyObject sums = object("pd.DataFrame({'city': city, 'sales': sales}).groupby('city')['sales'].sum()");
        assertThat(sums.as(double[].class), is(new double[] {4, 2}));
        Object names = sums.getAttr("index");
        assertThat(((PyObject) names).as(String[].class), is(new String[] {"Oslo", "Rome"}));
        python.put("sums", sums);
        @SuppressWarnings("unchecked")
        Map<String, Object> map = (Map<String, Object>) eval(python, "sums.to_dict()");
        assertThat(map.keySet(), contains("Oslo", "Rome"));
    }
}
