package io.github.cpythonengine.wrap;

import io.github.cpythonengine.interpreter.Bridge;

/** Not for users: tells the interpreter what this package does for it. */
public final class Registration {

    private Registration() {}

    /** Called once, before Python is started. */
    public static void register() {
        Bridge.register(new Views());
        Bridge.register(new Buffers());
        io.github.cpythonengine.convert.Registration.register(PyProxies.PLAIN::tryMake);
    }
}
