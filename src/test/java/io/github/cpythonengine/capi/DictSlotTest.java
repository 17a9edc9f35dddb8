package io.github.cpythonengine.capi;

import static io.github.cpythonengine.capi.Api.C;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each time the answer is Python's own, however the dict came to be what it is. */
class DictSlotTest extends HoldingGil {

    private long dict;
    private long key;
    private DictSlot slot;

    @BeforeEach
    void makeDict() {
        dict = gil.own(C.PyDict_New());
        key = gil.name("slot_test");
        slot = new DictSlot(key);
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

    /** So often that the slot looks for the key, and then finds it there. */
    private void check() {
        for (int i = 0; i < 40; i++) {
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
        assertThat(place(), is(MISSING));
        set("slot_test", 1);
        assertThat(place(), is(not(MISSING)));
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
        assertThat(slot.value(dict), is(MISSING));
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
    void followsAKeyThatIsDeletedAndSetAllTheTime() {
        add(0, 100);
        for (int i = 0; i < 200; i++) {
            set("slot_test", i);
            check(i);
            gil.check(C.PyDict_DelItem(dict, key));
            check();
        }
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
