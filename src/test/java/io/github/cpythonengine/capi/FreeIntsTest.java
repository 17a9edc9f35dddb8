package io.github.cpythonengine.capi;

import static io.github.cpythonengine.capi.Api.C;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever became of an {@code int} object, no number ever changes for anybody. */
class FreeIntsTest extends HoldingGil {

    private static final int ENOUGH = 200;

    @BeforeEach
    void useUp() {
        assumeTrue(C.address("_Py_RefTotal") == 0 && C.address("_Py_INCREF_IncRefTotal") == 0, "a debug build");
        while (FreeInts.take(1) != MISSING) {
            // each is lost, and there are few
        }
    }

    private static long made(long value) {
        return C.PyLong_FromLongLong(value);
    }

    @Test
    void whatJavaGivesUpIsTheNextNumber() {
        long first = made(1000);
        RefCounts.decrement(first);
        long second = FreeInts.take(2000);
        assertThat(second, is(first));
        assertThat(gil.toJava(gil.own(second)), is(2000));
        assertThat(gil.text(gil.own(C.PyObject_Str(second))), is("2000"));
        assertThat(FreeInts.take(3000), is(MISSING));
    }

    @Test
    void whatPythonKeepsIsLeftAlone() {
        long list = gil.own(C.PyList_New(0));
        long kept = made(1000);
        C.PyList_Append(list, kept);
        RefCounts.decrement(kept);
        assertThat(FreeInts.take(2000), is(MISSING));
        assertThat(gil.toJava(C.PyList_GetItem(list, 0)), is(1000));
    }

    @Test
    void onlyPositiveNumbersOfOneDigitAreOfUse() {
        for (long value : new long[] {-1000, 1L << 30, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE}) {
            RefCounts.decrement(made(value));
            assertThat("" + value, FreeInts.take(2000), is(MISSING));
        }
        RefCounts.decrement(made((1 << 30) - 1));
        for (long value : new long[] {0, -1, 1 << 30, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertThat("" + value, FreeInts.take(value), is(MISSING));
        }
        assertThat(gil.toJava(gil.own(FreeInts.take((1 << 30) - 1))), is((1 << 30) - 1));
    }

    @Test
    void objectsOfASubclassAreNoSuchNumbers() {
        long bases = gil.own(C.PyTuple_New(1));
        C.PyTuple_SetItem(bases, 0, gil.newRef(C.address("PyLong_Type")));
        long type = gil.call(C.address("PyType_Type"), gil.str("Number"), bases, gil.own(C.PyDict_New()));
        RefCounts.decrement(gil.callRaw(type, 1, new long[] {gil.own(made(1000))}));
        assertThat(FreeInts.take(2000), is(MISSING));
        RefCounts.decrement(C.PyObject_CallNoArgs(C.address("PyBool_Type")));
        assertThat(FreeInts.take(2000), is(MISSING));
    }

    @Test
    void fewAreKept() {
        List<Long> all = new ArrayList<>();
        for (int i = 0; i < ENOUGH; i++) {
            all.add(made(1000 + i));
        }
        all.forEach(RefCounts::decrement);
        int found = 0;
        while (FreeInts.take(2000) != MISSING) {
            found++;
        }
        assertThat(found, is(not(0)));
        assertThat(found < ENOUGH, is(true));
    }

    @Test
    void argumentsResultsAndVariablesKeepTheirValues() {
        long list = gil.own(C.PyList_New(0));
        long append = gil.attr(list, "append");
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            gil.call(append, new Object[] {1000 + i});
            expected.add(1000 + i);
            gil.toJava(gil.call(gil.attr(list, "index"), new Object[] {1000 + i / 2}));
        }
        long[] items = new long[expected.size()];
        Layout.listItems(list, 0, items);
        assertThat(List.of(gil.toJava(items)[0]), is(expected));
    }
}
