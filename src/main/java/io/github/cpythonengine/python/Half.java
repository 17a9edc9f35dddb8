package io.github.cpythonengine.python;

import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.PythonHalf;
import java.util.Map;

/** The Python half of {@link PyObject}, {@code objects.py}. */
final class Half {

    private Half() {}

    /** A function of it, borrowed, good for ever. */
    static long member(Gil gil, String function) {
        return PythonHalf.load(gil, "objects", Map.of()).member(gil, function);
    }

    /** Calls a function of it with borrowed arguments; the result is owned by the scope. */
    static long call(Gil gil, String function, long... arguments) {
        return gil.call(member(gil, function), arguments);
    }
}
