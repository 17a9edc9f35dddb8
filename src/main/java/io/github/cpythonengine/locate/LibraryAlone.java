package io.github.cpythonengine.locate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A Python of which only the library was named. No process is run: the installation is found from
 * the library's own place, by the executable and the standard library near it, and what remains
 * unknown stays null.
 */
final class LibraryAlone {
    /** {@code /usr/lib/x86_64-linux-gnu/libpython3.11.so.1.0} belongs to {@code /usr}. */
    private static final int LEVELS = 4;

    private final Search search;
    private final Path library;

    LibraryAlone(Search search, Path library) {
        this.search = search;
        this.library = library;
    }

    PythonHome home(String origin) throws UnusableException {
        LibraryFile.check(library, search.platform());
        LibraryFile named = LibraryFile.named(library);
        if (named.version != null) {
            Versions.check(named.version, true);
        }
        if (named.freeThreaded) {
            throw Versions.freeThreaded(named.version);
        }
        ExplicitSource.checkHome(search, named.version);
        Path prefix = prefix(named);
        Path executable = prefix == null ? null : executable(prefix, named);
        return new PythonHome(
                library,
                executable,
                homeValue(prefix, executable),
                named.version,
                prefix,
                prefix,
                named.debug,
                List.of(),
                origin,
                List.of());
    }

    /** The user's home, or the library's own place when the executable does not show it. */
    private String homeValue(Path prefix, Path executable) {
        if (search.settings().home() != null) {
            return search.settings().home().value();
        }
        boolean misled = search.env("PYTHONHOME") != null && !search.settings().isIsolated();
        return prefix != null && (executable == null || misled) ? prefix.toString() : null;
    }

    /** The folder above the library (or the user's home) that holds the standard library, or null. */
    private Path prefix(LibraryFile named) throws UnusableException {
        if (search.settings().home() != null) {
            return ExplicitSource.firstPart(search.settings().home().value());
        }
        if (named.version == null) {
            return null;
        }
        Path asGiven = prefixAbove(library, named.version);
        try {
            return asGiven != null ? asGiven : prefixAbove(library.toRealPath(), named.version);
        } catch (IOException e) {
            return null;
        }
    }

    private Path prefixAbove(Path file, String version) {
        Path folder = file.getParent();
        for (int i = 0; i < LEVELS && folder != null; i++, folder = folder.getParent()) {
            if (StandardLibrary.isUnder(folder, version, search.platform())) {
                return folder;
            }
        }
        return null;
    }

    private Path executable(Path prefix, LibraryFile named) {
        List<String> names = search.platform().isWindows()
                ? List.of("python.exe")
                : named.version == null
                        ? List.of("bin/python3")
                        : named.debug
                                ? List.of("bin/python" + named.version + "d", "bin/python" + named.version)
                                : List.of("bin/python" + named.version);
        for (String name : names) {
            if (Files.isExecutable(prefix.resolve(name))) {
                return prefix.resolve(name);
            }
        }
        return null;
    }
}
