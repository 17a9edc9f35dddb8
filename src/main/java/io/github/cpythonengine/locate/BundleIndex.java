package io.github.cpythonengine.locate;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Remembers which jars were unpacked to which folder, so that a start need not open them and read
 * their thousands of names again: a small file, good as long as the jars' sizes and times are the
 * same.
 */
record BundleIndex(Path folder, String jars) {

    /** The index for the jars that such URLs lead into; null if they are not simply files. */
    static BundleIndex of(Path folder, URL... resources) {
        List<String> stamps = new ArrayList<>();
        for (URL resource : resources) {
            String text = resource.toString();
            int end = text.indexOf("!/");
            if (!text.startsWith("jar:file:") || end < 0) {
                return null;
            }
            try {
                stamps.add(FileStamp.of(Path.of(URI.create(text.substring(4, end)))));
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
        return stamps.contains("-") ? null : new BundleIndex(folder, String.join(" ", stamps));
    }

    /** The folder that the jars were unpacked to, whether it is there or not; null when that is not known. */
    Path root() {
        try {
            String[] lines = Files.readString(file()).split("\n");
            return lines.length == 2 && lines[0].equals(jars) ? folder.resolve(lines[1]) : null;
        } catch (IOException | InvalidPathException e) {
            return null;
        }
    }

    /** Remembers the folder. Failing to is no failure. */
    void put(Path root) {
        try {
            Path made = Files.createTempFile(folder, "jar", ".tmp");
            try {
                Files.writeString(made, jars + "\n" + root.getFileName());
                Files.move(made, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(made);
            }
        } catch (IOException e) {
            // The next start opens the jars again.
        }
    }

    private Path file() {
        return folder.resolve(FileStamp.hash(jars) + ".jar");
    }
}
