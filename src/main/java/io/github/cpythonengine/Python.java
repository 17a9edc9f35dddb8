package io.github.cpythonengine;

import io.github.cpythonengine.interpreter.Interpreter;

/** Puts the packages together and starts Python at the first use. */
final class Python {

    static {
        io.github.cpythonengine.python.Registration.register();
        io.github.cpythonengine.convert.Registration.register();
        io.github.cpythonengine.wrap.Registration.register();
        io.github.cpythonengine.host.Registration.register();
    }

    private Python() {}

    /**
     * The interpreter, started if need be.
     *
     * @throws IllegalStateException with all that was tried, if it cannot be found or started
     */
    static Interpreter start() {
        return Interpreter.start(PythonOptions::settings);
    }
}
