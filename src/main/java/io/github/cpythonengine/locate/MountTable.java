package io.github.cpythonengine.locate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The mounted file systems of a Linux machine, as {@code /proc/self/mounts} lists them. */
record MountTable(String text) {

    /** Empty where there is no such file. */
    static MountTable ofThisMachine() {
        try {
            return new MountTable(Files.readString(Path.of("/proc/self/mounts")));
        } catch (IOException e) {
            return new MountTable("");
        }
    }

    /** Whether nothing in that folder can be executed, nor loaded as a library. */
    boolean forbidsExecution(Path folder) {
        Path real = folder;
        try {
            real = folder.toRealPath();
        } catch (IOException e) {
            // Not there yet: as given.
        }
        boolean forbids = false;
        int depth = -1;
        for (String line : text.split("\n")) {
            String[] fields = line.split(" ");
            if (fields.length < 4) {
                continue;
            }
            Path mount = Path.of(unescaped(fields[1]));
            if (real.startsWith(mount) && mount.getNameCount() >= depth) {
                depth = mount.getNameCount();
                forbids = ("," + fields[3] + ",").contains(",noexec,");
            }
        }
        return forbids;
    }

    private static String unescaped(String field) {
        return field.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\");
    }
}
