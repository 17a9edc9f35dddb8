package io.github.cpythonengine.wrap;

import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.PythonHalf;
import io.github.cpythonengine.python.PyObject;
import java.util.Map;

/** The views' Python half, {@code wrap.py}. */
final class Half {

    private Half() {}

    /** Calls a function of it with borrowed arguments; the result is owned by the scope. */
    static long call(Gil gil, String function, long... arguments) {
        return gil.call(PythonHalf.load(gil, "wrap", Map.of()).member(gil, function), arguments);
    }

    /** A part of an object that shows its memory, by a function of it that takes the object and a text. */
    static PyObject derive(PyObject object, String function, String text) {
        return Gil.with(gil -> (PyObject) gil.objectOf(call(gil, function, gil.use(object), gil.str(text))));
    }
}
