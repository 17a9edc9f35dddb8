package io.github.cpythonengine;

import io.github.cpythonengine.interpreter.Interpreter;
import io.github.cpythonengine.locate.PythonHome;
import io.github.cpythonengine.locate.PythonLocator;
import io.github.cpythonengine.locate.PythonSettings;
import io.github.cpythonengine.locate.Setting;
import java.io.PrintStream;

/** Tells step by step how a Python is found and started, also when that fails. */
final class Diagnosis {

    private final PrintStream out;

    Diagnosis(PrintStream out) {
        this.out = out;
    }

    /** The exit code: 0 when Python runs. */
    int run() {
        out.println("cpython-engine " + Info.engineVersion() + ", Java " + System.getProperty("java.version") + ", "
                + System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        try {
            PythonSettings settings = PythonOptions.settings();
            tellSettings(settings);
            tellSearch(PythonLocator.locate(settings));
            tellStart();
            return 0;
        } catch (RuntimeException | LinkageError e) {
            out.println(e.getMessage() == null ? e : e.getMessage());
            return 1;
        }
    }

    private void tellSettings(PythonSettings settings) {
        out.println("Settings:");
        tell("library", settings.library());
        tell("executable", settings.executable());
        tell("home", settings.home());
        tell("venv", settings.venv());
        tell("bundle", settings.bundle());
        tell("preload", settings.preload());
        tell("preload.path", settings.preloadPath());
        tell("isolated", settings.isolated());
        tellProperty("cpython.backend");
        tellProperty("cpython.cache");
        tellProperty("cpython.names");
        if (settings.equals(PythonSettings.NONE)) {
            out.println("  none says which Python to use");
        }
    }

    private void tell(String name, Setting<?> setting) {
        if (setting != null) {
            out.println("  cpython." + name + " = " + setting);
        }
    }

    private void tellProperty(String name) {
        String value = System.getProperty(name);
        if (value != null) {
            out.println("  " + name + " = " + value + " (system property " + name + ")");
        }
    }

    private void tellSearch(PythonHome home) {
        out.println("Tried:");
        home.tried().forEach(line -> out.println("  - " + line));
        out.println("Chosen: " + home.origin());
    }

    private void tellStart() {
        Interpreter python = Python.start();
        out.println(Info.version() + (python.isJoined() ? " was running already" : " has been started"));
        out.println("Python objects held by Java: " + Interpreter.heldObjects() + "; Python thread states: "
                + Interpreter.threadStates());
    }
}
