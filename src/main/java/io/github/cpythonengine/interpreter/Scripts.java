package io.github.cpythonengine.interpreter;

import java.util.Map;

/** The Python half of namespaces and code, {@code scripts.py}. */
public final class Scripts {

    private Scripts() {}

    /** A function of it, borrowed. */
    static long member(Gil gil, String name) {
        return PythonHalf.load(gil, "scripts", Map.of("look_up", Scripts::lookUp))
                .member(gil, name);
    }

    /** Imports a module, whose name may be dotted, as a user's object. GIL held. */
    public static Object importModule(Gil gil, String name) {
        return gil.objectOf(gil.call(member(gil, "import_module"), gil.str(name)));
    }

    /** {@code look_up(names)}: brings in names that text which the script itself compiled is about to use. */
    private static long lookUp(Gil gil, Arguments arguments) throws Exception {
        Run run = Gil.currentRun();
        if (run != null && run.isWatching()) {
            run.namespace().using(Code.texts(gil, arguments.get(0)));
            run.apply(gil, gil.withoutGil(run::fetch));
        }
        return gil.newRef(Py.NONE);
    }
}
