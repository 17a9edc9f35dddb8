package io.github.cpythonengine.host;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;

/** Errors that are Python's own. */
final class Errors {

    private Errors() {}

    /** To be thrown: a Python exception of a built-in class. */
    static RuntimeException python(Gil gil, String exception, String message) {
        C.PyErr_SetString(Py.exception(exception), Py.cString(message));
        return gil.error();
    }

    static RuntimeException type(Gil gil, String message) {
        return python(gil, "TypeError", message);
    }
}
