/**
 * Not API. The native seam: CPython's C API as a Java interface under its C names, with pointers as
 * {@code long}, and the backends that implement it. No other package knows JNA or {@code
 * java.lang.foreign}.
 *
 * <p>Nothing here checks errors, counts references or takes the GIL; {@code interpreter} does.
 */
package io.github.cpythonengine.capi;
