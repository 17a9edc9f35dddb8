package io.github.cpythonengine.capi;

import static io.github.cpythonengine.capi.Api.C;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.arrayContaining;
import static org.hamcrest.Matchers.emptyArray;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommonValuesTest extends HoldingGil {

    private static final Object OTHER = "other";

    private Object[] read(int others, long... objects) {
        Object[] values = new Object[objects.length];
        assertThat(CommonValues.read(objects, values, OTHER), is(others));
        return values;
    }

    private Object[] there(Object... values) {
        long[] objects = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            objects[i] = gil.python(values[i]);
        }
        return read(0, objects);
    }

    @Test
    void eachCommonTypeInAnyOrder() {
        Object[] values = {
            1, "a", null, -5, 257, 1.5, true, "", 1L << 40, false, -(1L << 59), Integer.MIN_VALUE, Double.NaN, "b", null
        };
        assertThat(there(values), is(arrayContaining(values)));
        assertThat(there(), is(emptyArray()));
    }

    @Test
    void textsOfEachLengthAndWidth() {
        List<String> texts = new ArrayList<>();
        for (int length = 0; length < 70; length++) {
            texts.add("x".repeat(length));
            texts.add("\u00e9".repeat(length) + "\0");
            texts.add("a".repeat(length) + "\u20ac");
            texts.add("\ud83d\ude00" + "z".repeat(length));
        }
        texts.add("\ud83d");
        texts.add("y".repeat(100_000));
        Object[] values = texts.toArray();
        assertThat(there(values), is(arrayContaining(values)));
    }

    @Test
    void moreThanAreReadAtATime() {
        Object[] values = new Object[2_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 3 == 0 ? (Object) i : "text " + i;
        }
        assertThat(there(values), is(arrayContaining(values)));
    }

    @Test
    void othersAreLeft() {
        long large = gil.own(C.PyLong_FromLongLong(Long.MAX_VALUE));
        long list = gil.own(C.PyList_New(0));
        long bases = gil.own(C.PyTuple_New(1));
        C.PyTuple_SetItem(bases, 0, gil.newRef(C.address("PyUnicode_Type")));
        long type = gil.call(C.address("PyType_Type"), gil.str("Text"), bases, gil.own(C.PyDict_New()));
        long text = gil.call(type, gil.str("text"));
        Object[] values = read(4, list, gil.str("a"), large, text, gil.python(1), type);
        assertThat(values, is(arrayContaining(OTHER, "a", OTHER, OTHER, 1, OTHER)));
    }

    /** Of C extensions for Python up to 3.11: to encode it Python looks for a codec, by Python code. */
    @Test
    void textsOfTheOldShapeAreLeft() {
        assumeTrue(C.address("PyUnicode_FromUnicode") != 0, "no such texts any more");
        long text = gil.own(C.call("PyUnicode_FromUnicode", 0, 3));
        assertThat(read(2, text, gil.str("a"), text), is(arrayContaining(OTHER, "a", OTHER)));
    }
}
