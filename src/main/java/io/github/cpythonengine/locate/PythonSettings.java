package io.github.cpythonengine.locate;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What the user said about which Python to use. Null stands for "not set".
 *
 * <p>Settings come from three places; the first that has one wins: the API, the system properties
 * ({@code cpython.venv}), the environment variables ({@code CPYTHON_VENV}). <em>Which</em> Python is
 * one question: {@code library}, {@code executable}, {@code home}, {@code venv} and {@code bundle}
 * are taken together from the first place that answers it, so that a property naming a virtual
 * environment is not crossed with a library named by an environment variable.
 *
 * <p>A relative path is relative to the current directory. A blank value is a value not set; a blank
 * property also hides the environment variable.
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
  public static final PythonSettings NONE =
      new PythonSettings(null, null, null, null, null, null, null, null);

  /**
   * The settings of this process: system properties over environment variables.
   *
   * @throws PythonNotFoundException if a value makes no sense
   */
  public static PythonSettings fromEnvironment() {
    return fromEnvironment(System::getProperty, System::getenv);
  }

  static PythonSettings fromEnvironment(
      UnaryOperator<String> property, UnaryOperator<String> variable) {
    return new Text(property, "system property ", key -> key)
        .settings()
        .over(
            new Text(
                    key -> property.apply(key(key)) == null ? variable.apply(key) : null,
                    "environment variable ",
                    key -> key.toUpperCase(Locale.ROOT).replace('.', '_'))
                .settings());
  }

  /** {@code CPYTHON_PRELOAD_PATH} to {@code cpython.preload.path}. */
  private static String key(String variable) {
    return variable.toLowerCase(Locale.ROOT).replace('_', '.');
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
    return library != null
        || executable != null
        || home != null
        || venv != null
        || (bundle != null && bundle.value() == Bundle.TRUE);
  }

  public boolean isIsolated() {
    return isolated != null && isolated.value();
  }

  public PythonSettings withLibrary(Path path, String origin) {
    return new PythonSettings(
        set(path, origin), executable, home, venv, preload, preloadPath, isolated, bundle);
  }

  public PythonSettings withExecutable(Path path, String origin) {
    return new PythonSettings(
        library, set(path, origin), home, venv, preload, preloadPath, isolated, bundle);
  }

  public PythonSettings withHome(String prefix, String origin) {
    return new PythonSettings(
        library, executable, set(prefix, origin), venv, preload, preloadPath, isolated, bundle);
  }

  public PythonSettings withVenv(Path path, String origin) {
    return new PythonSettings(
        library, executable, home, set(path, origin), preload, preloadPath, isolated, bundle);
  }

  public PythonSettings withPreload(List<String> libraries, String origin) {
    return new PythonSettings(
        library, executable, home, venv, set(libraries, origin), preloadPath, isolated, bundle);
  }

  public PythonSettings withPreloadPath(List<Path> directories, String origin) {
    return new PythonSettings(
        library, executable, home, venv, preload, set(directories, origin), isolated, bundle);
  }

  public PythonSettings withIsolated(Boolean yes, String origin) {
    return new PythonSettings(
        library, executable, home, venv, preload, preloadPath, set(yes, origin), bundle);
  }

  public PythonSettings withBundle(Bundle use, String origin) {
    return new PythonSettings(
        library, executable, home, venv, preload, preloadPath, isolated, set(use, origin));
  }

  private static <T> Setting<T> set(T value, String origin) {
    return value == null ? null : new Setting<>(value, origin);
  }

  /** Settings written as text, in properties or in environment variables. */
  private record Text(
      UnaryOperator<String> source, String kind, UnaryOperator<String> nameOf) {

    PythonSettings settings() {
      return new PythonSettings(
          get("cpython.library", Path::of),
          get("cpython.executable", Path::of),
          get("cpython.home", text -> text),
          get("cpython.venv", Path::of),
          get("cpython.preload", Text::list),
          get("cpython.preload.path", text -> list(text).stream().map(Path::of).toList()),
          get("cpython.isolated", Text::bool),
          get("cpython.bundle", Text::bundle));
    }

    private <T> Setting<T> get(String key, Function<String, T> parse) {
      String name = nameOf.apply(key);
      String text = source.apply(name);
      if (text == null || text.isBlank()) {
        return null;
      }
      try {
        return new Setting<>(parse.apply(text.strip()), kind + name);
      } catch (InvalidPathException e) {
        throw PythonNotFoundException.badSetting(
            kind + name,
            "is not a path that this JVM can name: " + e.getReason(),
            "Give a plain path; for a path with non-ASCII characters start the JVM in a UTF-8"
                + " locale (LC_ALL=C.UTF-8).");
      } catch (IllegalArgumentException e) {
        throw PythonNotFoundException.badSetting(
            kind + name, "is '" + text + "'", "Set it to " + e.getMessage() + ".");
      }
    }

    /** Entries between commas or path separators. */
    private static List<String> list(String text) {
      List<String> entries = new ArrayList<>();
      for (String entry : text.split("[," + java.io.File.pathSeparator + "]")) {
        if (!entry.isBlank()) {
          entries.add(entry.strip());
        }
      }
      return List.copyOf(entries);
    }

    private static boolean bool(String text) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "true", "yes", "on", "1" -> true;
        case "false", "no", "off", "0" -> false;
        default -> throw new IllegalArgumentException("true or false");
      };
    }

    private static Bundle bundle(String text) {
      if (text.equalsIgnoreCase("auto")) {
        return Bundle.AUTO;
      }
      try {
        return bool(text) ? Bundle.TRUE : Bundle.FALSE;
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("auto, true or false");
      }
    }
  }
}
