package io.github.cpythonengine.python;

/**
 * A live Java view of a Python object, for example the {@code List} that shows a {@code list}.
 * Passed to Python it is the identical object again.
 */
public interface PyView {

    /** The object behind the view; closing it ends the view. */
    PyObject pyObject();
}
