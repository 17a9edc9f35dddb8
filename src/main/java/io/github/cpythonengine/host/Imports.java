package io.github.cpythonengine.host;

import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.PythonFunction;
import io.github.cpythonengine.interpreter.PythonHalf;
import java.util.HashMap;
import java.util.Map;

/** Java packages as Python modules, and {@code java_type} among Python's built-in functions. */
final class Imports {

    private Imports() {}

    static void install(Gil gil) {
        Map<String, PythonFunction> functions = new HashMap<>(ClassFinder.functions());
        functions.putAll(Numpy.functions());
        gil.call(PythonHalf.load(gil, "host_imports", functions).member(gil, "install"));
    }
}
