package io.github.cpythonengine.capi;

import static io.github.cpythonengine.capi.Api.C;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.github.cpythonengine.interpreter.Gil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each time the answer is Python's own, however the dict came to be what it is. */
class DictSlotTest {

    private Gil gil;
    private long dict;
    private long key;
    private DictSlot slot;

    @BeforeAll
    static void start() {
        StartedPython.get();
    }

    @BeforeEach
    void enter() {
        gil = Gil.acquire();
        dict = gil.own(C.PyDict_New());
        key = gil.name("slot_test");
        slot = new DictSlot(key);
    }

    @AfterEach
    void leave() {
        long error = C.PyErr_Occurred();
        C.PyErr_Clear();
        gil.close();
        assertThat("a Python error was left behind", error, is(0L));
    }

    private void set(Object name, Object value) {
        long object = name.equals("slot_test") ? key : gil.python(name);
        gil.check(C.PyDict_SetItem(dict, object, gil.python(value)));
    }

    private void add(int from, int to) {
        for (int i = from; i < to; i++) {
            set("other" + i, i);
        }
    }

    /** Twice: the first time looks, the second finds. */
    private void check() {
        for (int i = 0; i < 2; i++) {
            assertThat(slot.value(dict), is(C.PyDict_GetItemWithError(dict, key)));
        }
    }

    private void check(int value) {
        check();
        assertThat(gil.toJava(slot.value(dict)), is(value));
    }

    private long place() {
        return DictLayout.place(DictLayout.table(dict), key);
    }

    @Test
    void everyCPythonKeepsItsDictsWhereTheyAreLookedFor() {
        assertThat(DictLayout.isKnown(), is(true));
        add(0, 10);
        assertThat(place(), is(0L));
        set("slot_test", 1);
        assertThat(place(), is(not(0L)));
        assertThat(C.getLong(place()), is(key));
        assertThat(C.getLong(place() + Long.BYTES), is(C.PyDict_GetItemWithError(dict, key)));
    }

    @Test
    void followsTheValue() {
        check();
        set("slot_test", 1);
        check(1);
        set("slot_test", 2);
        check(2);
        gil.check(C.PyDict_DelItem(dict, key));
        check();
        assertThat(slot.value(dict), is(0L));
        add(0, 3);
        set("slot_test", 3);
        check(3);
        C.PyDict_Clear(dict);
        check();
        set("slot_test", 4);
        check(4);
    }

    @Test
    void followsTheTableAsItGrows() {
        set("slot_test", 1);
        for (int size = 0; size < 70_000; size = 2 * size + 5) {
            add(size / 2, size);
            check(1);
        }
        for (int i = 0; i < 60_000; i++) {
            C.PyDict_DelItem(dict, gil.str("other" + i));
            C.PyErr_Clear();
        }
        check(1);
        add(0, 10);
        check(1);
    }

    @Test
    void followsATableThatChangesItsKind() {
        set("slot_test", 1);
        check(1);
        set(12.5, "not a str");
        check(1);
        set("slot_test", 2);
        check(2);
    }

    @Test
    void anEqualKeyThatIsAnotherObjectIsFoundToo() {
        long equal = gil.str("slot_test");
        assertThat(equal, is(not(key)));
        gil.check(C.PyDict_SetItem(dict, equal, gil.python(1)));
        for (int i = 0; i < 20; i++) {
            check(1);
        }
        C.PyDict_Clear(dict);
        set("slot_test", 2);
        check(2);
    }

    @Test
    void servesSeveralDicts() {
        long first = dict;
        set("slot_test", 1);
        check(1);
        dict = gil.own(C.PyDict_New());
        check();
        set("slot_test", 2);
        check(2);
        dict = first;
        check(1);
    }
}
