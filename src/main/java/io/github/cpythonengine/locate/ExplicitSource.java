package io.github.cpythonengine.locate;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The Python that the user named: by its executable, by an environment's folder, by its library or
 * by its prefix. What does not work is an error; nothing else is tried. Owners and permissions do
 * not matter here: the user said so.
 */
final class ExplicitSource implements PythonSource {
    @Override
    public PythonHome find(Search search) {
        PythonSettings settings = search.settings();
        Setting<?> main = main(settings);
        checkCombination(settings, search);
        String where = main.origin() + ": " + main.value();
        try {
            PythonHome home = follow(search, main);
            search.noteFound(where, home);
            return home;
        } catch (UnusableException e) {
            search.noteUnusable(where, e);
            throw PythonNotFoundException.badSetting(
                    main.origin(),
                    "names " + shown(main.value()) + ", which " + e.reason(),
                    e.fix() != null ? e.fix() : fixForName(main.value()),
                    search.tried());
        }
    }

    /** The setting that decides, which is also the one to name in messages. */
    private static Setting<?> main(PythonSettings settings) {
        return settings.executable() != null
                ? settings.executable()
                : settings.venv() != null
                        ? settings.venv()
                        : settings.library() != null ? settings.library() : settings.home();
    }

    private static PythonHome follow(Search search, Setting<?> main) throws UnusableException {
        PythonSettings settings = search.settings();
        Path library = settings.library() == null
                ? null
                : Surroundings.absolute(settings.library().value());
        if (settings.executable() != null) {
            return new InstalledPython(search, settings.executable().value(), true).home(main.origin(), library);
        }
        if (settings.venv() != null) {
            Path root = Surroundings.absolute(settings.venv().value());
            return inFolder(search, root, main.origin(), library);
        }
        if (library != null) {
            return new LibraryAlone(search, library).home(main.origin());
        }
        return inFolder(search, firstPart(settings.home().value()), main.origin(), null);
    }

    /** A relative path with what it was taken for. */
    private static String shown(Object value) {
        return value instanceof Path path && !path.isAbsolute()
                ? path + " (" + Surroundings.absolute(path) + ")"
                : value.toString();
    }

    private static String fixForName(Object value) {
        return value instanceof Path path && path.getNameCount() == 1 && !path.isAbsolute()
                ? "Give the full path; a bare name is not looked for."
                : null;
    }

    private static PythonHome inFolder(Search search, Path root, String origin, Path library) throws UnusableException {
        Path executable = EnvironmentFolder.executable(root, search.platform());
        return new InstalledPython(search, executable, true).home(origin, library);
    }

    /**
     * Checks that the user's home, if there is one, has the standard library of that version: Python
     * could not start, and would only say that it has no {@code encodings}.
     */
    static void checkHome(Search search, String version) throws UnusableException {
        Setting<String> home = search.settings().home();
        if (home == null || version == null) {
            return;
        }
        Path prefix = firstPart(home.value());
        if (!StandardLibrary.isUnder(prefix, version, search.platform())) {
            throw new UnusableException(
                    "would start with the home "
                            + home
                            + ", where the standard library of Python "
                            + Versions.majorMinor(version)
                            + " is not (encodings, os, ...)",
                    "Set cpython.home to the folder that has lib/python"
                            + Versions.majorMinor(version)
                            + " in it, or do not set it: it is seldom needed.");
        }
    }

    /** The prefix in {@code prefix:exec_prefix}. */
    static Path firstPart(String home) throws UnusableException {
        try {
            return Surroundings.absolute(Path.of(home.split(File.pathSeparator, 2)[0]));
        } catch (InvalidPathException e) {
            throw UnusableException.unnameable(e);
        }
    }

    private static void checkCombination(PythonSettings settings, Search search) {
        Setting<?> executable = settings.executable();
        if (executable != null && settings.venv() != null && !inside(settings)) {
            throw contradiction(executable, "an executable", settings.venv(), "an environment", search);
        }
        if (settings.bundle() != null && settings.bundle().value() == PythonSettings.Bundle.TRUE) {
            throw contradiction(settings.bundle(), "the bundle", main(settings), "another Python", search);
        }
    }

    private static boolean inside(PythonSettings settings) {
        Path venv = Surroundings.absolute(settings.venv().value());
        Path executable = Surroundings.absolute(settings.executable().value());
        return executable.startsWith(venv) && Files.exists(executable);
    }

    private static PythonNotFoundException contradiction(
            Setting<?> one, String what, Setting<?> other, String otherwise, Search search) {
        return PythonNotFoundException.badSetting(
                one.origin(),
                "asks for "
                        + what
                        + " ("
                        + one.value()
                        + ") and "
                        + other.origin()
                        + " for "
                        + otherwise
                        + " ("
                        + other.value()
                        + ")",
                "Set only one of them.",
                search.tried());
    }
}
