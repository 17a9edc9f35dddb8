package io.github.cpythonengine.capi;

import io.github.cpythonengine.interpreter.Interpreter;
import io.github.cpythonengine.locate.PythonSettings;

/** The interpreter of this JVM with all its packages, for tests that do not come by the engine. */
final class StartedPython {

    private StartedPython() {}

    static Interpreter get() {
        io.github.cpythonengine.python.Registration.register();
        io.github.cpythonengine.convert.Registration.register();
        io.github.cpythonengine.wrap.Registration.register();
        io.github.cpythonengine.host.Registration.register();
        return Interpreter.start(PythonSettings::fromEnvironment);
    }

    /** 12 for CPython 3.12. */
    static int minorVersion() {
        return Integer.parseInt(get().version().split("\\.")[1]);
    }
}
