package io.github.cpythonengine.host;

import io.github.cpythonengine.interpreter.Arguments;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import io.github.cpythonengine.interpreter.PythonFunction;
import io.github.cpythonengine.interpreter.PythonHalf;
import io.github.cpythonengine.locate.NumpyJars;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What is done for NumPy when a script imports it. */
final class Numpy {

    private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

    private Numpy() {}

    static Map<String, PythonFunction> functions() {
        return Map.of("numpy_folder", Numpy::folder, "numpy_guard", Numpy::guard);
    }

    /** The folder of the NumPy that Maven brings, or None: a program that only asks whether there is one gets its answer. */
    private static long folder(Gil gil, Arguments arguments) throws Exception {
        String suffix = arguments.text(0);
        Path folder = gil.released(() -> modules(suffix));
        return gil.newRef(folder == null ? Py.NONE : gil.str(folder.toString()));
    }

    private static Path modules(String suffix) {
        try {
            return NumpyJars.modules(suffix);
        } catch (IOException e) {
            if (WARNED.add(e.getMessage())) {
                System.getLogger("io.github.cpythonengine").log(Level.WARNING, e.getMessage());
            }
            return null;
        }
    }

    /** The Python function that sees to it that its module of linear algebra has the stack that it needs. */
    private static long guard(Gil gil, Arguments arguments) {
        PythonHalf half = PythonHalf.load(
                gil, "numpy_stacks", Map.of("stack_of_this_thread", (inner, none) -> inner.toPython(inner.levels(1))));
        return gil.newRef(half.member(gil, "guard"));
    }
}
