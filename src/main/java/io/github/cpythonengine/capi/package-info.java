/**
 * Not API. The C API of CPython as a Java interface: one method per C function, with its C name and {@code long}
 * pointers, no error checks and no reference counting. {@code com.sun.jna} and {@code java.lang.foreign} are used in
 * this package only; what they do stays behind the interface.
 *
 * <p>A method that returns an object says whether the reference is new or borrowed, a parameter says when its reference
 * is stolen. A function that some supported CPython lacks is not in the common table, since direct mapping binds all
 * functions of a class or none.
 *
 * @see <a href="https://docs.python.org/3/c-api/">Python/C API Reference Manual</a>
 */
package io.github.cpythonengine.capi;
