package io.github.cpythonengine.locate;

import java.util.List;

/**
 * No Python to load. The message says what was wanted, every place tried and why it would not do,
 * and what to do about it. It names paths, and no other values of environment variables.
 */
public final class PythonNotFoundException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final String HOW_TO_CHOOSE = """
      To choose a Python, set one system property (or environment variable):
        cpython.executable (CPYTHON_EXECUTABLE)  a python 3.9 - 3.14 executable
        cpython.venv       (CPYTHON_VENV)        the folder of a virtual or conda environment
        cpython.library    (CPYTHON_LIBRARY)     the libpython file itself
      or add org.bytedeco:cpython to the class path, with the classifier of this platform (%s).\
      """;

    private final transient List<String> tried;

    private PythonNotFoundException(String message, List<String> tried) {
        super(message);
        this.tried = List.copyOf(tried);
    }

    /** One line for every place looked at, in order. */
    public List<String> tried() {
        return tried == null ? List.of() : tried;
    }

    /** An explicit setting that cannot be followed. */
    static PythonNotFoundException badSetting(String origin, String reason, String fix) {
        return badSetting(origin, reason, fix, List.of());
    }

    static PythonNotFoundException badSetting(String origin, String reason, String fix, List<String> tried) {
        StringBuilder text = new StringBuilder("The Python that was asked for cannot be used: ");
        text.append(origin).append(' ').append(reason);
        if (!reason.endsWith(".")) {
            text.append('.');
        }
        appendFix(text, fix);
        text.append("\nNo other Python was tried, because this one was set explicitly.");
        return new PythonNotFoundException(text.toString(), tried);
    }

    /** The whole search was in vain. */
    static PythonNotFoundException nothingFound(List<String> tried, List<String> fixes, String platform) {
        StringBuilder text = new StringBuilder("No CPython 3.9 - 3.14 that can be loaded. Tried:");
        for (String line : tried) {
            text.append("\n  - ").append(line);
        }
        fixes.stream().distinct().forEach(fix -> appendFix(text, fix));
        text.append('\n').append(HOW_TO_CHOOSE.formatted(platform));
        return new PythonNotFoundException(text.toString(), tried);
    }

    private static void appendFix(StringBuilder text, String fix) {
        if (fix != null) {
            text.append("\nFix: ").append(fix);
        }
    }
}
