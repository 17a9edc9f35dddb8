package io.github.cpythonengine.convert;

import io.github.cpythonengine.interpreter.Bridge;

/** Not for users: tells the interpreter what this package does for it. */
public final class Registration {

    private Registration() {}

    /** Called once, before Python is started. */
    public static void register() {
        Bridge.register(new Values());
    }

    /** Called by the package that knows how to implement interfaces. */
    public static void register(ProxyMaker proxies) {
        Targets.use(proxies);
    }
}
