package io.github.cpythonengine.host;

import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.PythonHalf;

/** Java packages as Python modules, and {@code java_type} among Python's built-in functions. */
final class Imports {

    private Imports() {}

    static void install(Gil gil) {
        gil.call(PythonHalf.load(gil, "host_imports", ClassFinder.functions()).member(gil, "install"));
    }
}
