package io.github.cpythonengine.wrap;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.python.PyException;

/** Looking for any Java object among hashed Python ones. */
final class Lookup {

    private Lookup() {}

    /** The object to look for, owned by the scope; 0 when it has no Python form, so that it cannot be there. */
    static long key(Gil gil, Object key) {
        try {
            return gil.python(key);
        } catch (ArithmeticException | ClassCastException e) {
            return 0;
        }
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
