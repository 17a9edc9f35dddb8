package io.github.cpythonengine.locate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The folder of an environment (venv, conda) or of an installation: where its python is. */
final class EnvironmentFolder {
    private EnvironmentFolder() {}

    static Path executable(Path root, Platform platform) throws UnusableException {
        if (!Files.exists(root)) {
            throw new UnusableException("does not exist");
        }
        if (!Files.isDirectory(root)) {
            throw new UnusableException("is not a folder", "Use cpython.executable to name a python executable.");
        }
        List<String> names = platform.isWindows()
                ? List.of("Scripts/python.exe", "python.exe")
                : List.of("bin/python3", "bin/python");
        for (String name : names) {
            if (Files.exists(root.resolve(name))) {
                return Surroundings.absolute(root.resolve(name));
            }
        }
        throw new UnusableException(
                Files.exists(root.resolve("pyvenv.cfg"))
                        ? "is a virtual environment whose Python is gone (no " + names.get(0) + ")"
                        : "has no " + names.get(0),
                Files.exists(root.resolve("pyvenv.cfg")) ? "Make the environment anew." : null);
    }
}
