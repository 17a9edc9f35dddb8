/**
 * Python in Java: {@link io.github.cpythonengine.python.PyObject} is any object, {@link
 * io.github.cpythonengine.python.PyException} any exception, {@link io.github.cpythonengine.python.Kwargs} are keyword
 * arguments; {@link io.github.cpythonengine.python.PyCallable} is a function to call often, {@link
 * io.github.cpythonengine.python.PyContext} a context manager that was entered, and {@link
 * io.github.cpythonengine.python.TypeRef} a wanted type with its arguments.
 *
 * <p>All of it may be used from any thread, also from a virtual one.
 */
package io.github.cpythonengine.python;
