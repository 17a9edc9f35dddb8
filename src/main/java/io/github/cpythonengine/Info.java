package io.github.cpythonengine;

import io.github.cpythonengine.interpreter.Interpreter;
import io.github.cpythonengine.locate.PythonHome;
import java.util.Objects;
import javax.script.ScriptEngine;
import javax.script.ScriptException;

/** Which Python runs here, for people. Starts it. */
final class Info {

    private static final String PATHS = """
            import sys, sysconfig
            '\\n'.join(["%-16s%s" % line for line in [
                ("sys.executable", sys.executable),
                ("sys.prefix", sys.prefix),
                ("sys.base_prefix", sys.base_prefix),
                ("site-packages", sysconfig.get_path("purelib"))]
                + [("sys.path", path) for path in sys.path]])
            """;

    private final StringBuilder text = new StringBuilder();

    private Info() {}

    /** {@code Python 3.14.3 (cpython-engine 0.1.0, jna)} */
    static String version() {
        Interpreter python = Python.start();
        return "Python " + python.version() + " (cpython-engine " + engineVersion() + ", " + python.backend() + ")";
    }

    static String all() {
        Interpreter python = Python.start();
        Info info = new Info();
        info.line("cpython-engine", engineVersion());
        info.line("Java", System.getProperty("java.version") + ", " + System.getProperty("java.home"));
        info.line("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        info.line("backend", python.backend());
        info.python(python);
        return info.text + paths();
    }

    private void python(Interpreter python) {
        PythonHome home = python.home();
        line("Python", python.version() + (home.debug() ? " (debug build)" : ""));
        line("found by", python.isJoined() ? "joined: it was running in this process" : home.origin());
        line("library", home.library());
        line("executable", home.executable());
        line("home", home.home());
        home.preload().forEach(library -> line("loaded first", library));
    }

    private void line(String name, Object value) {
        if (value != null) {
            text.append("%-16s%s%n".formatted(name, value));
        }
    }

    private static String paths() {
        ScriptEngine engine = new CPythonScriptEngineFactory().getScriptEngine();
        try {
            return Objects.toString(engine.eval(PATHS));
        } catch (ScriptException e) {
            return "sys.path is not known: " + e.getMessage();
        }
    }

    /** The jar's own, when there is a jar. */
    static String engineVersion() {
        String jar = Info.class.getPackage().getImplementationVersion();
        return jar != null ? jar : new CPythonScriptEngineFactory().getEngineVersion();
    }
}
