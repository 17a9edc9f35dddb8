package io.github.cpythonengine;

import io.github.cpythonengine.interpreter.Interpreter;
import io.github.cpythonengine.locate.PythonSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Which Python to use, said by the program: {@code PythonOptions.none().venv(path).apply()}. Goes before system
 * properties and environment variables.
 *
 * <p>One process has one Python, which starts at the first use of an engine; {@link #apply} must come before. Immutable.
 * Each method replaces the option of its name; its argument must not be null.
 */
public final class PythonOptions {

    private static final String ORIGIN = "PythonOptions";

    private static volatile PythonSettings applied = PythonSettings.NONE;

    private final PythonSettings settings;

    private PythonOptions(PythonSettings settings) {
        this.settings = settings;
    }

    /** Nothing said. */
    public static PythonOptions none() {
        return new PythonOptions(PythonSettings.NONE);
    }

    /** A libpython file; property {@code cpython.library}. */
    public PythonOptions library(Path file) {
        return new PythonOptions(settings.withLibrary(Objects.requireNonNull(file, "file"), ORIGIN));
    }

    /** A python executable; property {@code cpython.executable}. */
    public PythonOptions executable(Path file) {
        return new PythonOptions(settings.withExecutable(Objects.requireNonNull(file, "file"), ORIGIN));
    }

    /** The prefix of an installation, as in {@code PYTHONHOME}; property {@code cpython.home}. */
    public PythonOptions home(String prefix) {
        return new PythonOptions(settings.withHome(Objects.requireNonNull(prefix, "prefix"), ORIGIN));
    }

    /** The root of a virtual or conda environment; property {@code cpython.venv}. */
    public PythonOptions venv(Path root) {
        return new PythonOptions(settings.withVenv(Objects.requireNonNull(root, "root"), ORIGIN));
    }

    /** Libraries to load before libpython, names or paths, in order; property {@code cpython.preload}. */
    public PythonOptions preload(List<String> libraries) {
        return new PythonOptions(settings.withPreload(List.copyOf(libraries), ORIGIN));
    }

    /** The folders where preload names lie; property {@code cpython.preload.path}. */
    public PythonOptions preloadPath(List<Path> folders) {
        return new PythonOptions(settings.withPreloadPath(List.copyOf(folders), ORIGIN));
    }

    /** Whether Python ignores its environment variables and the user's packages; {@code cpython.isolated}. */
    public PythonOptions isolated(boolean isolated) {
        return new PythonOptions(settings.withIsolated(isolated, ORIGIN));
    }

    /** Whether to use the CPython that Maven brings, or never to; property {@code cpython.bundle}. */
    public PythonOptions bundle(boolean use) {
        PythonSettings.Bundle choice = use ? PythonSettings.Bundle.TRUE : PythonSettings.Bundle.FALSE;
        return new PythonOptions(settings.withBundle(choice, ORIGIN));
    }

    /**
     * Makes these the options of the process, in place of those applied before.
     *
     * @throws IllegalStateException if Python runs already
     */
    public void apply() {
        if (Interpreter.running() != null) {
            throw new IllegalStateException(
                    "Python has been started; options must be applied before the first use" + " of an engine");
        }
        applied = settings;
    }

    static PythonSettings settings() {
        return applied.over(PythonSettings.fromEnvironment());
    }
}
