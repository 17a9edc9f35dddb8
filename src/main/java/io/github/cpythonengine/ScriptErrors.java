package io.github.cpythonengine;

import io.github.cpythonengine.interpreter.Bridge;
import io.github.cpythonengine.python.PyException;
import java.util.Optional;
import javax.script.ScriptException;

/** Makes the {@link ScriptException} of what went wrong in a script. */
final class ScriptErrors {

    private ScriptErrors() {}

    /**
     * The cause is the Python exception; or, when it stands for a Java exception that the script did not catch, that
     * very exception, since hosts look one level deep.
     *
     * @param file the script's file, for an error without a position
     */
    static ScriptException of(PyException error, String file) {
        PyException.Position at = error.getPosition().orElse(null);
        ScriptException made = at == null
                ? new ScriptException(error.getMessage(), file, -1, -1)
                : new ScriptException(error.getMessage(), at.file(), at.line(), at.column());
        Bridge.errors().end(error, made);
        Optional<Throwable> java = error.getJavaException();
        made.initCause(java.orElse(error));
        if (java.isPresent()) {
            made.addSuppressed(error);
            showPython(java.get(), error);
        }
        return made;
    }

    /**
     * Where Python saw a Java exception, told with that exception too: once, since the host may keep it, and without the
     * live one, which refers to the Java exception.
     */
    private static void showPython(Throwable java, PyException error) {
        for (Throwable known : java.getSuppressed()) {
            if (known instanceof PyException) {
                return;
            }
        }
        java.addSuppressed(error.detached());
    }

    /** For what failed outside Python: reading the script, converting its result, the host's Bindings. */
    static ScriptException of(Throwable error, String file) {
        if (error instanceof PyException python) {
            return of(python, file);
        }
        if (error instanceof ScriptException script) {
            return script;
        }
        ScriptException made = new ScriptException(String.valueOf(error.getMessage()), file, -1, -1);
        made.initCause(error);
        return made;
    }
}
