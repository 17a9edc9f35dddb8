package io.github.cpythonengine.host;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.interpreter.*;

/** Not for users. */
public final class Registration {
    private Registration() {}
    /** Called once. */
    public static void register() {
        Bridge.register(new Bridge.JavaObjects() {
            public long wrap(Gil g, Object o) {
                throw new IllegalStateException("no host " + o.getClass());
            }

            public boolean isJavaType(Gil g, long t) {
                return false;
            }

            public Object unwrap(Gil g, long o) {
                return null;
            }

            public long exception(Gil g, Throwable t) {
                t.printStackTrace();
                return C.PyObject_CallNoArgs(Py.exception("RuntimeError"));
            }

            public Throwable throwable(Gil g, long e) {
                return null;
            }
        });
    }
}
