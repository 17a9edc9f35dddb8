package io.github.cpythonengine;

import io.github.cpythonengine.python.PyObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.script.Bindings;
import javax.script.ScriptEngine;
import javax.script.ScriptException;

/**
 * A run of the command line: one engine, whose namespace is the interpreter's own {@code __main__}. What {@code python}
 * does around a script is in {@code command_line.py}.
 */
final class Program {

    private final CommandLine line;
    private final CPythonScriptEngine engine;

    /** Of our Python files, apart from those of the script. */
    private final Bindings names;

    private final PyObject python;

    Program(CommandLine line) {
        this.line = line;
        Python.start();
        engine = (CPythonScriptEngine) new CPythonScriptEngineFactory().getScriptEngine();
        names = engine.createBindings();
        python = load("command_line.py");
    }

    /** The value of the expression at the end of a file of ours. */
    private PyObject load(String file) {
        names.put(ScriptEngine.FILENAME, "cpython-engine/" + file);
        try (InputStream in = Program.class.getResourceAsStream(file)) {
            return (PyObject) engine.eval(new String(in.readAllBytes(), StandardCharsets.UTF_8), names);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ScriptException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The exit code. */
    int run() {
        boolean terminal = call("begin") instanceof Boolean yes && yes;
        int code;
        if (line.kind() == CommandLine.Kind.UNSAID && (terminal || line.inspect())) {
            call("prepare_prompt");
            code = prompt(terminal);
        } else {
            code = runScript();
            if (line.inspect()) {
                code = prompt(terminal);
            }
        }
        call("wait_for_threads");
        return hasJavaThreads() && code == 0 ? code : number(call("end", code));
    }

    private int runScript() {
        List<Object> words = new ArrayList<>();
        String kind =
                line.kind() == CommandLine.Kind.UNSAID ? "stdin" : line.kind().toString();
        words.add(kind.toLowerCase(Locale.ROOT));
        words.add(line.target());
        words.add(line.inspect());
        words.add(line.verbose());
        words.addAll(line.arguments());
        return number(call("run", words.toArray()));
    }

    private int prompt(boolean terminal) {
        return new Prompt(engine, load("prompt.py"), terminal).run();
    }

    /**
     * Whether threads of Java would keep the JVM alive; this one, and the one that waits for the end, do not count.
     */
    static boolean hasJavaThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(it -> !it.isDaemon()
                        && it != Thread.currentThread()
                        && !it.getName().equals("DestroyJavaVM")
                        && !it.getName().equals("main"));
    }

    private Object call(String function, Object... arguments) {
        try {
            return engine.invokeMethod(python, function, arguments);
        } catch (ScriptException e) {
            if (line.verbose()) {
                e.printStackTrace();
                return 1;
            }
            throw new IllegalStateException(e.getMessage(), e);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int number(Object value) {
        return ((Number) value).intValue();
    }
}
