package io.github.cpythonengine.wrap;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.python.PyException;
import io.github.cpythonengine.python.PyView;
import java.util.List;
import java.util.Set;
import java.util.function.LongUnaryOperator;

/** Looking for any Java object among hashed Python ones. */
final class Lookup {

    private Lookup() {}

    /**
     * The object to look for, owned by the scope; 0 when it has no Python form, so that it cannot be there. A List is
     * looked for as a tuple and a Set as a frozenset, since these are the Python keys that are equal to it in Java.
     */
    static long key(Gil gil, Object key) {
        try {
            if (key instanceof List<?> list && !(key instanceof PyTuple)) {
                return parts(gil, list.toArray(), C::PySequence_Tuple);
            }
            if (key instanceof Set<?> set && !(key instanceof PyView)) {
                return parts(gil, set.toArray(), C::PyFrozenSet_New);
            }
            return gil.python(key);
        } catch (ArithmeticException | ClassCastException e) {
            return 0;
        }
    }

    private static long parts(Gil gil, Object[] items, LongUnaryOperator make) {
        long list = gil.own(C.PyList_New(0));
        for (Object item : items) {
            long part = key(gil, item);
            if (part == 0) {
                return 0;
            }
            gil.check(C.PyList_Append(list, part));
        }
        long made = make.applyAsLong(list);
        if (made == 0) {
            checkAbsent(gil);
            return 0;
        }
        return gil.own(made);
    }

    /** A result of 1, 0 or -1 as whether it is there: an unhashable object is nowhere. */
    static boolean found(Gil gil, int result) {
        if (result < 0) {
            checkAbsent(gil);
        }
        return result > 0;
    }

    /** After an answer that may mean an error: throws it unless it says that the key is unhashable. */
    static void checkAbsent(Gil gil) {
        if (C.PyErr_Occurred() == 0) {
            return;
        }
        RuntimeException error = gil.error();
        // by its text, since the type of a tuple that holds a list does not tell
        boolean unhashable = error instanceof PyException python
                && python.getTypeName().equals("TypeError")
                && python.getText().contains("unhashable type");
        if (!unhashable) {
            throw error;
        }
    }
}
