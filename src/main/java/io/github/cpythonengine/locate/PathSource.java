package io.github.cpythonengine.locate;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * {@code python3}, then {@code python}, in the absolute entries of {@code PATH}. Empty, relative
 * and world-writable entries are skipped: they would let others choose what runs in this process.
 */
final class PathSource implements PythonSource {
    @Override
    public PythonHome find(Search search) {
        String path = search.env("PATH");
        if (path == null) {
            search.note("PATH: not set");
            return null;
        }
        Set<Path> folders = folders(path, search);
        Set<Path> seen = new LinkedHashSet<>();
        for (String name : List.of("python3", "python")) {
            for (Path folder : folders) {
                Path file = folder.resolve(search.platform().isWindows() ? name + ".exe" : name);
                if (Files.exists(file) && !Files.isDirectory(file) && seen.add(identity(file))) {
                    PythonHome home = tryOne(file, folder, search);
                    if (home != null) {
                        return home;
                    }
                }
            }
        }
        if (seen.isEmpty()) {
            search.note("PATH: no python3 and no python in " + folders.size() + " folders");
        }
        return null;
    }

    /** Without the developer tools macOS's own python3 only opens a window that offers them. */
    private static boolean isAppleStub(Path file, Platform platform) {
        return platform.os() == Platform.Os.MACOS
                && file.startsWith("/usr/bin")
                && !Files.exists(Path.of("/Library/Developer/CommandLineTools/usr/bin/python3"))
                && !Files.exists(Path.of("/Applications/Xcode.app"));
    }

    /** {@code /bin/python3} is often {@code /usr/bin/python3}: one Python, tried once. */
    private static Path identity(Path file) {
        try {
            return file.getParent().toRealPath().resolve(file.getFileName());
        } catch (IOException e) {
            return file;
        }
    }

    private static PythonHome tryOne(Path file, Path folder, Search search) {
        try {
            if (isAppleStub(file, search.platform())) {
                throw new UnusableException("is Apple's stub, and the developer tools are absent");
            }
            PythonHome home = new InstalledPython(search, file, false).home("PATH (" + folder + ")");
            search.noteFound("PATH: " + file, home);
            return home;
        } catch (UnusableException e) {
            search.noteUnusable("PATH: " + file, e);
            return null;
        }
    }

    private static Set<Path> folders(String path, Search search) {
        Set<Path> folders = new LinkedHashSet<>();
        for (String entry : path.split(File.pathSeparator, -1)) {
            try {
                Path folder = entry.isBlank() ? null : Path.of(entry);
                if (folder == null || !folder.isAbsolute()) {
                    search.note("PATH: entry '" + entry + "' skipped (not an absolute path)");
                } else if (Files.isDirectory(folder)) {
                    Trust.checkOne(folder);
                    folders.add(folder.normalize());
                }
            } catch (InvalidPathException | IOException e) {
                search.note("PATH: entry '" + entry + "' skipped (" + e.getMessage() + ")");
            } catch (UnusableException e) {
                search.note("PATH: " + entry + " " + e.reason());
            }
        }
        return folders;
    }
}
