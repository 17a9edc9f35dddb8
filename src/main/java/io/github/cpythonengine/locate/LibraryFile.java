package io.github.cpythonengine.locate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a shared library file says about itself before anybody loads it: by its header, whether this
 * JVM can load it at all (a loader's own messages are poor), and by its name, which Python it is.
 */
final class LibraryFile {
    /** {@code libpython3.11.so.1.0}, {@code libpython3.13td.dylib}, {@code python311_d.dll}. */
    private static final Pattern NAME = Pattern.compile(
            "(?:libpython(\\d)\\.(\\d+)([a-z]*)\\.(?:so|dylib).*" + "|python(\\d)(\\d+)(t?(?:_d)?)\\.dll)");

    private static final Pattern FRAMEWORK = Pattern.compile(".*/Versions/(\\d)\\.(\\d+)(t?)/Python[3T]?");

    /** Of Python, from the file's name: {@code "3.11"}, or null. */
    final String version;

    final boolean freeThreaded;
    final boolean debug;

    private LibraryFile(String version, String flags) {
        this.version = version;
        this.freeThreaded = flags.contains("t");
        this.debug = flags.contains("d");
    }

    /** What the name says, symbolic links resolved ({@code libpython3.so} to the real thing). */
    static LibraryFile named(Path library) {
        Path real = library;
        try {
            real = library.toRealPath();
        } catch (IOException e) {
            // The name as given will do.
        }
        Matcher name = NAME.matcher(real.getFileName().toString());
        if (name.matches()) {
            boolean windows = name.group(1) == null;
            return new LibraryFile(
                    windows ? name.group(4) + "." + name.group(5) : name.group(1) + "." + name.group(2),
                    windows ? name.group(6) : name.group(3));
        }
        Matcher framework = FRAMEWORK.matcher(real.toString().replace('\\', '/'));
        if (framework.matches()) {
            return new LibraryFile(framework.group(1) + "." + framework.group(2), framework.group(3));
        }
        return new LibraryFile(null, "");
    }

    /** Checks that the file may be the Python to load. */
    static void check(Path library, Platform platform) throws UnusableException {
        if (library.getFileName().toString().matches("libpython3\\.(so|dylib)|python3\\.dll")) {
            throw new UnusableException(
                    "is only the stable-ABI shim, not Python itself",
                    "Name the versioned library beside it (libpython3.12.so.1.0, say).");
        }
        checkLoadable(library, platform);
    }

    /** Checks that the file is a complete shared library for this JVM's processor. */
    static void checkLoadable(Path library, Platform platform) throws UnusableException {
        if (!Files.exists(library)) {
            throw new UnusableException("does not exist");
        }
        if (Files.isDirectory(library)) {
            throw new UnusableException(
                    "is a folder, not a library",
                    "Name the libpython file itself, or use cpython.venv for the folder of an environment.");
        }
        if (!Files.isRegularFile(library)) {
            throw new UnusableException("is not a regular file");
        }
        NativeFile.checkLibrary(library, platform);
    }
}
