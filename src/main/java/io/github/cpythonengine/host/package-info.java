/**
 * Java objects as Python sees them, and the only way into Java from Python: one Python class per Java class, overload
 * resolution, packages as modules, and {@link io.github.cpythonengine.host.ClassAccess}, the rules of what a script
 * may reach.
 *
 * <p>A Java object in Python is a header and the number of a handle, which keeps the object as long as Python does. A
 * Java exception is a Python exception as well as an instance of its Java class, and stays the same object on its way
 * through both languages. Members are looked up when they are first used and then are part of the Python class.
 *
 * <p>Java's declarations tell what a container holds (a method that gives a {@code List<Long>}); that is remembered with
 * the handle, and what Python puts in is converted to it.
 *
 * <p>The user's Java code runs without the GIL, always.
 */
package io.github.cpythonengine.host;
