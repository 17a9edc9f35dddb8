package io.github.cpythonengine;

import io.github.cpythonengine.interpreter.Interpreter;
import java.util.List;
import java.util.Objects;
import javax.script.ScriptEngine;
import javax.script.ScriptEngineFactory;

/**
 * Makes script engines for CPython. Starts nothing and cannot fail: Python is looked for at the first use of an engine.
 *
 * <p>Names: {@code cpython}, {@code CPython}, {@code python3}; also {@code python} and {@code py}, the extension {@code
 * py} and the usual MIME types of Python, unless Jython's engine is on the class path, whose scripts would change their
 * language. The system property {@code cpython.names} decides either way: {@code all} or {@code own}.
 */
public final class CPythonScriptEngineFactory implements ScriptEngineFactory {

    private static final String VERSION = "0.1.0";
    private static final String JYTHON = "org.python.jsr223.PyScriptEngineFactory";

    private static final List<String> OWN_NAMES = List.of("cpython", "CPython", "python3");
    private static final List<String> ALL_NAMES = List.of("cpython", "CPython", "python3", "python", "Python", "py");
    private static final List<String> OWN_MIME_TYPES = List.of("text/x-cpython", "application/x-cpython");
    private static final List<String> ALL_MIME_TYPES = List.of(
            "text/x-cpython",
            "application/x-cpython",
            "text/x-python",
            "application/x-python",
            "text/python",
            "application/python",
            "text/x-python3",
            "application/x-python-code");

    /** Whether Python's general names are ours, too. */
    private final boolean all = takesAllNames();

    /** For {@link java.util.ServiceLoader}. */
    public CPythonScriptEngineFactory() {}

    private static boolean takesAllNames() {
        String wanted = System.getProperty("cpython.names", "");
        if (wanted.equals("all") || wanted.equals("own")) {
            return wanted.equals("all");
        }
        return !isThere(JYTHON, Thread.currentThread().getContextClassLoader())
                && !isThere(JYTHON, CPythonScriptEngineFactory.class.getClassLoader());
    }

    private static boolean isThere(String name, ClassLoader loader) {
        return loader != null && loader.getResource(name.replace('.', '/') + ".class") != null;
    }

    @Override
    public String getEngineName() {
        return "CPython";
    }

    @Override
    public String getEngineVersion() {
        return VERSION;
    }

    @Override
    public List<String> getExtensions() {
        return all ? List.of("py") : List.of();
    }

    @Override
    public List<String> getMimeTypes() {
        return all ? ALL_MIME_TYPES : OWN_MIME_TYPES;
    }

    @Override
    public List<String> getNames() {
        return all ? ALL_NAMES : OWN_NAMES;
    }

    @Override
    public String getLanguageName() {
        return all ? "python" : "cpython";
    }

    /** The version of the Python that runs; before one was started, {@code "3"}. */
    @Override
    public String getLanguageVersion() {
        Interpreter running = Interpreter.running();
        return running == null ? "3" : running.version();
    }

    /**
     * Besides JSR-223's keys, {@code cpython.backend}: {@code ffm} or {@code jna}; null before Python was started.
     */
    @Override
    public Object getParameter(String key) {
        Objects.requireNonNull(key, "key");
        return switch (key) {
            case ScriptEngine.ENGINE -> getEngineName();
            case ScriptEngine.ENGINE_VERSION -> getEngineVersion();
            case ScriptEngine.LANGUAGE -> getLanguageName();
            case ScriptEngine.LANGUAGE_VERSION -> getLanguageVersion();
            case ScriptEngine.NAME -> getNames().get(0);
            case "THREADING" -> "MULTITHREADED";
            case "cpython.backend" -> backend();
            default -> null;
        };
    }

    private static String backend() {
        Interpreter running = Interpreter.running();
        return running == null ? null : running.backend();
    }

    @Override
    public String getMethodCallSyntax(String object, String method, String... arguments) {
        Objects.requireNonNull(object, "object");
        Objects.requireNonNull(method, "method");
        return object + "." + method + "(" + String.join(", ", List.of(arguments)) + ")";
    }

    @Override
    public String getOutputStatement(String toDisplay) {
        return "print(" + PythonLiteral.of(toDisplay) + ")";
    }

    /** The statements, a line each. */
    @Override
    public String getProgram(String... statements) {
        return String.join("\n", List.of(statements));
    }

    @Override
    public ScriptEngine getScriptEngine() {
        return new CPythonScriptEngine(this);
    }
}
