package io.github.cpythonengine.capi;

import static io.github.cpythonengine.capi.Api.C;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.nullValue;

import com.sun.management.ThreadMXBean;
import io.github.cpythonengine.interpreter.Gil;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Always what Python's own lists of keys and values have. */
class DictTableTest extends HoldingGil {

    private static final int ALL = Integer.MAX_VALUE;

    private long dict;

    @BeforeEach
    void makeDict() {
        dict = gil.own(C.PyDict_New());
    }

    private void set(Object key, Object value) {
        gil.check(C.PyDict_SetItem(dict, gil.python(key), gil.python(value)));
    }

    private void delete(Object key) {
        gil.check(C.PyDict_DelItem(dict, gil.python(key)));
    }

    private static long[] items(long list) {
        long[] items = new long[(int) C.PyList_Size(list)];
        Layout.listItems(list, 0, items);
        return items;
    }

    private void check() {
        long[][] expected = {items(gil.own(C.PyDict_Keys(dict))), items(gil.own(C.PyDict_Values(dict)))};
        assertThat(DictTable.items(dict, ALL), is(expected));
    }

    @Test
    void whateverItsKeys() {
        check();
        for (int i = 0; i < 3_000; i++) {
            set("name" + i, i);
            if (i < 20 || i % 500 == 0) {
                check();
            }
        }
        set(1.5, "not a text");
        check();
        set(null, null);
        check();
    }

    @Test
    void withGapsAndAfterAll() {
        for (int i = 0; i < 100; i++) {
            set("name" + i, i);
        }
        delete("name0");
        check();
        delete("name99");
        check();
        for (int i = 10; i < 90; i++) {
            delete("name" + i);
        }
        check();
        set("name50", "again");
        check();
        C.PyDict_Clear(dict);
        check();
        set(1, 2);
        delete(1);
        check();
    }

    @Test
    void fewThatAreLeftOfManyTakeLittleMemory() {
        int many = 1_000_000;
        for (int i = 0; i < many; i++) {
            try (Gil each = Gil.acquire()) {
                long key = each.python(1000 + i);
                each.check(C.PyDict_SetItem(dict, key, key));
            }
        }
        for (int i = 0; i < many - 5; i++) {
            try (Gil each = Gil.acquire()) {
                each.check(C.PyDict_DelItem(dict, each.python(1000 + i)));
            }
        }
        check();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        DictTable.items(dict, ALL);
        long after = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        assertThat(after - before, is(lessThan(100_000L)));
    }

    @Test
    void moreThanWantedAreNone() {
        set("a", 1);
        set("b", 2);
        assertThat(DictTable.items(dict, 1), is(nullValue()));
        assertThat(DictTable.items(dict, 2)[0].length, is(2));
    }

    @Test
    void attributesOfObjectsWhoseTableIsShared() {
        long type =
                gil.call(C.address("PyType_Type"), gil.str("T"), gil.own(C.PyTuple_New(0)), gil.own(C.PyDict_New()));
        for (int i = 0; i < 5; i++) {
            long object = gil.call(type);
            for (String name : new String[] {"a", "b", "c"}) {
                gil.check(C.PyObject_SetAttr(object, gil.name(name), gil.python(i)));
            }
            dict = gil.attr(object, "__dict__");
            if (DictTable.items(dict, ALL) != null) {
                check();
            }
            set("a", "new");
            set(i, "another table");
            check();
        }
    }
}
