package io.github.cpythonengine.locate;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What the user said about which Python to use. Null stands for "not set".
 *
 * <p>Settings come from three places; the first that has one wins: the API, the system properties
 * ({@code cpython.venv}), the environment variables ({@code CPYTHON_VENV}). <em>Which</em> Python
 * is one question: {@code library}, {@code executable}, {@code home}, {@code venv} and {@code
 * bundle} are taken together from the first place that answers it, so that a property naming a
 * virtual environment is not crossed with a library named by an environment variable.
 *
 * <p>A relative path is relative to the current directory. A blank value is a value not set; a
 * blank property also hides the environment variable.
 *
 * @param library a libpython file
 * @param executable a python executable
 * @param home the prefix of an installation; {@code prefix:exec_prefix} as in {@code PYTHONHOME}
 * @param venv the root of a virtual or conda environment, or of an installation
 * @param preload libraries to load before libpython: names or paths
 * @param preloadPath the directories where preload names are looked for
 * @param isolated whether Python ignores {@code PYTHON*} variables and the user's site-packages
 * @param bundle whether the bundle on the class path is used
 */
public record PythonSettings(
        Setting<Path> library,
        Setting<Path> executable,
        Setting<String> home,
        Setting<Path> venv,
        Setting<List<String>> preload,
        Setting<List<Path>> preloadPath,
        Setting<Boolean> isolated,
        Setting<Bundle> bundle) {

    /** Whether to use the CPython that Maven brings. */
    public enum Bundle {
        /** When it is on the class path and no environment is active. */
        AUTO,
        /** It and nothing else; an error when it is not there. */
        TRUE,
        /** Never. */
        FALSE
    }

    /** Nothing set. */
    public static final PythonSettings NONE = new PythonSettings(null, null, null, null, null, null, null, null);

    /**
     * The settings of this process: system properties over environment variables.
     *
     * @throws PythonNotFoundException if a value makes no sense
     */
    public static PythonSettings fromEnvironment() {
        return fromEnvironment(System::getProperty, System::getenv);
    }

    static PythonSettings fromEnvironment(UnaryOperator<String> property, UnaryOperator<String> variable) {
        return SettingsText.properties(property)
                .settings()
                .over(SettingsText.variables(variable, property).settings());
    }

    /** These settings, and those of {@code other} where these say nothing. */
    public PythonSettings over(PythonSettings other) {
        PythonSettings choice = choosesPython() ? this : other;
        return new PythonSettings(
                choice.library,
                choice.executable,
                choice.home,
                choice.venv,
                preload != null ? preload : other.preload,
                preloadPath != null ? preloadPath : other.preloadPath,
                isolated != null ? isolated : other.isolated,
                bundle != null || choosesPython() ? bundle : other.bundle);
    }

    /** Whether a particular Python is asked for. */
    public boolean choosesPython() {
        return namesPython() || (bundle != null && bundle.value() == Bundle.TRUE);
    }

    /** Whether a Python of this machine is asked for, and not the bundle. */
    boolean namesPython() {
        return library != null || executable != null || home != null || venv != null;
    }

    public boolean isIsolated() {
        return isolated != null && isolated.value();
    }

    public PythonSettings withLibrary(Path path, String origin) {
        return new PythonSettings(set(path, origin), executable, home, venv, preload, preloadPath, isolated, bundle);
    }

    public PythonSettings withExecutable(Path path, String origin) {
        return new PythonSettings(library, set(path, origin), home, venv, preload, preloadPath, isolated, bundle);
    }

    public PythonSettings withHome(String prefix, String origin) {
        return new PythonSettings(
                library, executable, set(prefix, origin), venv, preload, preloadPath, isolated, bundle);
    }

    public PythonSettings withVenv(Path path, String origin) {
        return new PythonSettings(library, executable, home, set(path, origin), preload, preloadPath, isolated, bundle);
    }

    public PythonSettings withPreload(List<String> libraries, String origin) {
        return new PythonSettings(
                library, executable, home, venv, set(libraries, origin), preloadPath, isolated, bundle);
    }

    public PythonSettings withPreloadPath(List<Path> directories, String origin) {
        return new PythonSettings(library, executable, home, venv, preload, set(directories, origin), isolated, bundle);
    }

    public PythonSettings withIsolated(Boolean yes, String origin) {
        return new PythonSettings(library, executable, home, venv, preload, preloadPath, set(yes, origin), bundle);
    }

    public PythonSettings withBundle(Bundle use, String origin) {
        return new PythonSettings(library, executable, home, venv, preload, preloadPath, isolated, set(use, origin));
    }

    private static <T> Setting<T> set(T value, String origin) {
        return value == null ? null : new Setting<>(value, origin);
    }
}
