/**
 * Python in Java: {@link io.github.cpythonengine.python.PyObject} is any object, {@link
 * io.github.cpythonengine.python.PyException} any exception, and {@link
 * io.github.cpythonengine.python.Kwargs} are keyword arguments.
 *
 * <p>All of it may be used from any thread, also from a virtual one.
 */
package io.github.cpythonengine.python;
