package io.github.cpythonengine.locate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The {@code pyvenv.cfg} that makes a folder a virtual environment. */
final class VenvConfig {
    private VenvConfig() {}

    /** The folder of the base executable ({@code home = ...}), or null if this is no venv. */
    static Path homeOf(Path executable) throws IOException {
        Path folder = executable.getParent();
        for (Path config : new Path[] {folder.resolve("pyvenv.cfg"), folder.resolveSibling("pyvenv.cfg")}) {
            if (Files.isRegularFile(config)) {
                String home = value(config, "home");
                try {
                    return home == null ? null : Path.of(home);
                } catch (InvalidPathException e) {
                    return null;
                }
            }
        }
        return null;
    }

    private static String value(Path config, String key) throws IOException {
        for (String line : Files.readAllLines(config)) {
            int equals = line.indexOf('=');
            if (equals > 0 && line.substring(0, equals).strip().equalsIgnoreCase(key)) {
                return line.substring(equals + 1).strip();
            }
        }
        return null;
    }
}
