package io.github.cpythonengine;

import io.github.cpythonengine.python.PyException;
import io.github.cpythonengine.python.PyObject;
import java.io.IOException;
import java.io.PrintStream;
import javax.script.ScriptException;

/** The interactive session: reads a statement, runs it, shows its value; {@code prompt.py} is the Python side. */
final class Prompt {

    private static final String KEYBOARD_INTERRUPT = "KeyboardInterrupt";

    private final CPythonScriptEngine engine;
    private final PyObject python;
    private final boolean terminal;

    Prompt(CPythonScriptEngine engine, PyObject type, boolean terminal) {
        this.engine = engine;
        this.terminal = terminal;
        python = (PyObject) call(type, "__call__");
    }

    /** Until the input or the user ends it; the exit code. */
    int run() {
        PrintStream out = Main.out();
        out.println(Info.version() + ", Java " + Runtime.version().feature());
        try (LineEditor editor = editor(out)) {
            while (true) {
                try {
                    String text = editor.read();
                    if (text == null) {
                        return 0;
                    }
                    if (call(python, "run", text) instanceof Integer code) {
                        return code;
                    }
                } catch (PyException e) {
                    // Ctrl-C that came a moment too late, or input that is no text
                    out.println(e.getTypeName().equals(KEYBOARD_INTERRUPT) ? KEYBOARD_INTERRUPT : e.getMessage());
                }
            }
        }
    }

    private LineEditor editor(PrintStream out) {
        if (terminal) {
            try {
                return new JLineEditor(python);
            } catch (NoClassDefFoundError e) {
                out.println("(no history and no editing of lines: add org.jline:jline to the class path)");
            } catch (IOException e) {
                out.println("(no history and no editing of lines: " + e.getMessage() + ")");
            }
        }
        return LineEditor.plain(python);
    }

    /** As a run of the engine, so that {@code __main__} is its namespace. */
    private Object call(PyObject object, String method, Object... arguments) {
        try {
            return engine.invokeMethod(object, method, arguments);
        } catch (ScriptException e) {
            if (e.getCause() instanceof PyException error) {
                throw error;
            }
            throw new IllegalStateException(e.getMessage(), e);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }
}
