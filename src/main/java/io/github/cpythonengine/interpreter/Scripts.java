package io.github.cpythonengine.interpreter;

import java.util.Map;

/** The Python half of namespaces and code, {@code scripts.py}. */
final class Scripts {

    private Scripts() {}

    /** A function of it, borrowed. */
    static long member(Gil gil, String name) {
        return PythonHalf.load(gil, "scripts", Map.of()).member(gil, name);
    }
}
