package io.github.cpythonengine.capi;

/**
 * The one {@link CPython} of this class loader. A {@code static final} field, so that the JIT sees
 * through the interface; initialised at the first use after {@link Backend#load}.
 */
public final class Api {

    /** The C API of the loaded libpython. */
    public static final CPython C = Backend.loaded();

    private Api() {}
}
