package io.github.cpythonengine.wrap;

import io.github.cpythonengine.interpreter.Bridge;
import io.github.cpythonengine.interpreter.Gil;

/** Not for users. */
public final class Registration {
    private Registration() {}
    /** Called once. */
    public static void register() {
        Bridge.register(new Bridge.Views() {
            public Object list(Gil g, long o) {
                return g.objectOf(o);
            }

            public Object tuple(Gil g, long o) {
                return g.objectOf(o);
            }

            public Object dict(Gil g, long o) {
                return g.objectOf(o);
            }

            public Object set(Gil g, long o) {
                return g.objectOf(o);
            }

            public Object iterator(Gil g, long o) {
                return g.objectOf(o);
            }
        });
    }
}
