package io.github.cpythonengine.locate;

import java.util.Objects;

/**
 * A value that somebody set, and where, for messages.
 *
 * @param origin {@code "system property cpython.venv"}, {@code "environment variable
 *     CPYTHON_VENV"}, {@code "PythonOptions"}
 */
public record Setting<T>(T value, String origin) {
    public Setting {
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(origin, "origin");
    }

    /** The value as a message shows it: {@code /opt/py (system property cpython.venv)}. */
    @Override
    public String toString() {
        return value + " (" + origin + ")";
    }
}
