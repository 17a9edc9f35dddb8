package io.github.cpythonengine.locate;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Remembers which jar was unpacked to which folder, so that a start need not open the jar and read
 * its 3,600 names again: a small file per jar, good as long as the jar's size and time are the
 * same.
 */
record BundleIndex(Path folder, String jar) {

    /** The index for the jar that such a URL leads into; null if it is not simply a file. */
    static BundleIndex of(Path folder, URL resource) {
        String text = resource.toString();
        int end = text.indexOf("!/");
        if (!text.startsWith("jar:file:") || end < 0) {
            return null;
        }
        try {
            String stamp = FileStamp.of(Path.of(java.net.URI.create(text.substring(4, end))));
            return stamp.equals("-") ? null : new BundleIndex(folder, stamp);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The tree that the jar was unpacked to, if it is still complete; else null. */
    BundleTree tree() {
        try {
            String[] lines = Files.readString(file()).split("\n");
            return lines.length == 2 && lines[0].equals(jar) ? BundleTree.complete(folder.resolve(lines[1])) : null;
        } catch (IOException | InvalidPathException e) {
            return null;
        }
    }

    /** Remembers the tree. Failing to is no failure. */
    void put(BundleTree tree) {
        try {
            Path made = Files.createTempFile(folder, "jar", ".tmp");
            try {
                Files.writeString(made, jar + "\n" + tree.root().getFileName());
                Files.move(made, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(made);
            }
        } catch (IOException e) {
            // The next start opens the jar again.
        }
    }

    private Path file() {
        return folder.resolve(FileStamp.hash(jar) + ".jar");
    }
}
