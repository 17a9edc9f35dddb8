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

    private static volatile PythonSettings applied = PythonSettings.NONE;

    private final PythonSettings settings;

    /** Who says it, for messages. */
    private final String origin;

    private PythonOptions(PythonSettings settings, String origin) {
        this.settings = settings;
        this.origin = origin;
    }

    /** Nothing said. */
    public static PythonOptions none() {
        return saidBy("PythonOptions");
    }

    static PythonOptions saidBy(String origin) {
        return new PythonOptions(PythonSettings.NONE, origin);
    }

    private PythonOptions with(PythonSettings changed) {
        return new PythonOptions(changed, origin);
    }

    /** A libpython file; property {@code cpython.library}. */
    public PythonOptions library(Path file) {
        return with(settings.withLibrary(Objects.requireNonNull(file, "file"), origin));
    }

    /** A python executable; property {@code cpython.executable}. */
    public PythonOptions executable(Path file) {
        return with(settings.withExecutable(Objects.requireNonNull(file, "file"), origin));
    }

    /** The prefix of an installation, as in {@code PYTHONHOME}; property {@code cpython.home}. */
    public PythonOptions home(String prefix) {
        return with(settings.withHome(Objects.requireNonNull(prefix, "prefix"), origin));
    }

    /** The root of a virtual or conda environment; property {@code cpython.venv}. */
    public PythonOptions venv(Path root) {
        return with(settings.withVenv(Objects.requireNonNull(root, "root"), origin));
    }

    /** Libraries to load before libpython, names or paths, in order; property {@code cpython.preload}. */
    public PythonOptions preload(List<String> libraries) {
        return with(settings.withPreload(List.copyOf(libraries), origin));
    }

    /** The folders where preload names lie; property {@code cpython.preload.path}. */
    public PythonOptions preloadPath(List<Path> folders) {
        return with(settings.withPreloadPath(List.copyOf(folders), origin));
    }

    /** Whether Python ignores its environment variables and the user's packages; {@code cpython.isolated}. */
    public PythonOptions isolated(boolean isolated) {
        return with(settings.withIsolated(isolated, origin));
    }

    /** Whether to use the CPython that Maven brings, or never to; property {@code cpython.bundle}. */
    public PythonOptions bundle(boolean use) {
        PythonSettings.Bundle choice = use ? PythonSettings.Bundle.TRUE : PythonSettings.Bundle.FALSE;
        return with(settings.withBundle(choice, origin));
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
