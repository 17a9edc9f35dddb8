package io.github.cpythonengine.locate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Asks a python what it is: from the cache if it was asked before, else by running it once. */
final class Probe {
    private final ProbeCache cache;
    private final Duration limit;
    private final Platform platform;

    Probe(Surroundings around, Duration limit) {
        this.cache = new ProbeCache(around);
        this.limit = limit;
        this.platform = around.platform();
    }

    ProbeReport ask(Path executable) throws UnusableException {
        if (!Files.exists(executable)) {
            throw new UnusableException("does not exist");
        }
        if (Files.isDirectory(executable)) {
            throw new UnusableException(
                    "is a folder, not a program", "Use cpython.venv for the folder of an environment.");
        }
        if (!Files.isExecutable(executable)) {
            boolean library = executable.getFileName().toString().matches(".*\\.(so[.0-9]*|dylib|dll)");
            throw new UnusableException(
                    "is not executable",
                    library
                            ? "Use cpython.library to name a library."
                            : "chmod +x '" + executable + "', if it is a program at all.");
        }
        if (executable.toString().contains("\\WindowsApps\\")) {
            throw new UnusableException(
                    "is the Windows Store's Python, which other programs cannot load",
                    "Install CPython from python.org, or use the bundle org.bytedeco:cpython.");
        }
        ProbeReport kept = cache.get(executable);
        if (kept != null) {
            return kept;
        }
        NativeFile.checkProgram(executable, platform);
        return new ProbeProcess(executable, limit).run();
    }

    void keep(Path executable, ProbeReport report, Path library) {
        cache.put(executable, report, library);
    }
}
