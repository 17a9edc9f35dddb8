/**
 * Java objects as Python sees them, and the only way into Java from Python: one Python class per Java class, overload
 * resolution, the rules of what a script may reach, and the streams of the run in progress.
 *
 * <p>A Java exception is a Python exception as well as an instance of its Java class, and stays the same object on its
 * way through both languages.
 */
package io.github.cpythonengine.host;
