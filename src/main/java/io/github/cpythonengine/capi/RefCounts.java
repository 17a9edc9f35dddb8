package io.github.cpythonengine.capi;

import static io.github.cpythonengine.capi.Api.C;

import java.nio.ByteOrder;

/**
 * {@code Py_INCREF} and {@code Py_DECREF} as C programs have them: counting in place, without a call
 * while the object lives on. The count is the first word of an object, of which 32 bits suffice;
 * from 3.12 on an object with the highest of them set is immortal and not counted.
 *
 * <p>Initialised at the first use, which must hold the GIL, as all of it must.
 */
public final class RefCounts {

    private static final boolean IN_PLACE = check();
    private static final boolean IMMORTALS = C.getInt(C.address("_Py_NoneStruct")) < 0;

    private static final long STR = C.address("PyUnicode_Type");
    private static final long INT = C.address("PyLong_Type");
    private static final long FLOAT = C.address("PyFloat_Type");

    private RefCounts() {}

    /** Takes one more reference. */
    public static void increment(long object) {
        if (IN_PLACE) {
            int count = C.getInt(object);
            if (count > 0 && count < Integer.MAX_VALUE) {
                C.putInt(object, count + 1);
                return;
            }
            if (count < 0 && IMMORTALS) {
                return;
            }
        }
        C.Py_IncRef(object);
    }

    /** Gives one reference up; the last one may run Python code. */
    public static void decrement(long object) {
        if (IN_PLACE) {
            int count = C.getInt(object);
            if (count > 1) {
                C.putInt(object, count - 1);
                return;
            }
            if (count == 1 && isPlain(object)) {
                free(object);
                return;
            }
            if (count < 0 && IMMORTALS) {
                return;
            }
        }
        C.Py_DecRef(object);
    }

    /** Whether no Python code runs when it is freed, not even by a weak reference. */
    private static boolean isPlain(long object) {
        long type = Layout.typeOf(object);
        return type == STR || type == INT || type == FLOAT;
    }

    private static void free(long plain) {
        if (Layout.typeOf(plain) != INT || !FreeInts.keep(plain)) {
            C.putInt(plain, 0);
            C._Py_Dealloc(plain);
        }
    }

    private static boolean check() {
        // a debug build keeps a sum of all counts, too
        if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN
                || C.address("_Py_RefTotal") != 0
                || C.address("_Py_INCREF_IncRefTotal") != 0) {
            return false;
        }
        long object = C.PyList_New(0);
        boolean right = C.getLong(object) << Integer.SIZE == 1L << Integer.SIZE;
        C.Py_IncRef(object);
        right &= C.getInt(object) == 2;
        C.Py_DecRef(object);
        right &= C.getInt(object) == 1;
        C.Py_DecRef(object);
        return right;
    }
}
