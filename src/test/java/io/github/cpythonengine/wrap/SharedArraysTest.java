package io.github.cpythonengine.wrap;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.cpythonengine.python.PyObject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.IntBuffer;
import javax.script.ScriptEngine;
import javax.script.ScriptEngineManager;
import javax.script.ScriptException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Arrays that Java makes for both languages. */
class SharedArraysTest {

    private final ScriptEngine python = new ScriptEngineManager().getEngineByName("cpython");

    @BeforeEach
    void start() throws ScriptException {
        python.eval("None");
    }

    @AfterEach
    void close() throws Exception {
        ((AutoCloseable) python).close();
    }

    @Test
    void bothSeeWhatEitherWrites() throws ScriptException {
        try (NdArray array = NdArray.zeros(double.class, 2, 3)) {
            array.setDouble(1.5, 1, 2);
            python.put("a", array);
            python.eval("assert a.shape == (2, 3) and memoryview(a)[1, 2] == 1.5; memoryview(a)[0, 1] = -2");
            assertThat(array.getDouble(0, 1), is(-2.0));
            DoubleBuffer items = array.as(DoubleBuffer.class);
            items.put(0, 7);
            assertThat(python.eval("memoryview(a)[0, 0]"), is(7.0));
            assertThat(((PyObject) python.get("a")).as(NdArray.class).pyObject(), is(array.pyObject()));
        }
    }

    @Test
    void ofEachPrimitiveType() throws ScriptException {
        Class<?>[] types = {
            boolean.class, byte.class, char.class, short.class, int.class, long.class, float.class, double.class
        };
        String[] names = {"bool", "int8", "uint16", "int16", "int32", "int64", "float32", "float64"};
        for (int i = 0; i < types.length; i++) {
            try (NdArray array = NdArray.zeros(types[i], 3)) {
                assertThat(array.dtype().toString(), is(names[i]));
                python.put("a", array);
                assertThat(python.eval("memoryview(a).tolist() == [0, 0, 0]"), is(true));
            }
        }
        assertThrows(IllegalArgumentException.class, () -> NdArray.zeros(String.class, 3));
        assertThrows(IllegalArgumentException.class, () -> NdArray.zeros(void.class, 3));
        assertThrows(IllegalArgumentException.class, () -> NdArray.zeros(int.class, 3, -1));
    }

    @Test
    void emptyAndSingle() {
        try (NdArray none = NdArray.zeros(int.class, 0);
                NdArray one = NdArray.zeros(int.class)) {
            assertThat(none.size(), is(0L));
            assertThat(one.get(), is(0));
        }
    }

    @Test
    void aBufferGetsAShape() throws ScriptException {
        ByteBuffer memory = ByteBuffer.allocateDirect(56).order(ByteOrder.nativeOrder());
        DoubleBuffer items = memory.asDoubleBuffer().position(1);
        try (NdArray array = NdArray.of(items, 2, 3)) {
            python.put("a", array);
            python.eval("assert a.shape == (2, 3); memoryview(a)[1, 0] = 4.5");
            assertThat(items.get(4), is(4.5));
            items.put(1, 9.5);
            assertThat(array.getDouble(0, 0), is(9.5));
        }
        IllegalArgumentException wrong = assertThrows(IllegalArgumentException.class, () -> NdArray.of(items, 2, 2));
        assertThat(wrong.getMessage(), containsString("an array of shape [2, 2] has not 6 items"));
        try (NdArray flat = NdArray.of(memory)) {
            assertThat(flat.size(), is(56L));
        }
    }

    @Test
    void theOtherByteOrderWithSeveralAxesNeedsNumpy() throws ScriptException {
        boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
        ByteOrder other = little ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        IntBuffer items =
                ByteBuffer.allocateDirect(24).order(other).asIntBuffer().put(4, 7);
        if (python.eval("import importlib.util; importlib.util.find_spec('numpy') is None")
                .equals(true)) {
            RuntimeException none = assertThrows(RuntimeException.class, () -> NdArray.of(items, 2, 3));
            assertThat(none.getMessage(), containsString("use the native byte order"));
            return;
        }
        try (NdArray array = NdArray.of(items, 2, 3)) {
            assertThat(array.get(1, 1), is(7));
        }
    }

    @Test
    void ofAReadOnlyBufferCannotBeWritten() {
        try (NdArray array = NdArray.of(ByteBuffer.allocateDirect(8).asReadOnlyBuffer(), 2, 4)) {
            assertThat(array.isReadOnly(), is(true));
            assertThrows(UnsupportedOperationException.class, () -> array.set(1, 0, 0));
        }
    }

    @Test
    void pythonsMemoryGoesThroughJavaAndBack() throws ScriptException {
        PyObject numbers = (PyObject) python.eval("import array; n = array.array('d', [1, 2, 3]); n");
        DoubleBuffer inJava = numbers.as(DoubleBuffer.class);
        python.put("b", inJava);
        python.eval("memoryview(b)[2] = 5; assert n[2] == 5 and not memoryview(b).readonly");
        assertThat(inJava.get(2), is(5.0));
        assertThat(python.get("b"), is(sameInstance(inJava)));
        assertThat(python.get("n"), is(numbers));
    }
}
