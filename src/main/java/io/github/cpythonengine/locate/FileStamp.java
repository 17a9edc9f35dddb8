package io.github.cpythonengine.locate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/** What changes when a file does: its path, real path, size and time. */
final class FileStamp {
    private FileStamp() {}

    /** The stamp of one file; {@code "-"} for one that is not there. */
    static String of(Path file) {
        try {
            BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
            return String.join(
                    "|",
                    file.toString(),
                    file.toRealPath().toString(),
                    Long.toString(is.size()),
                    Long.toString(is.lastModifiedTime().to(TimeUnit.NANOSECONDS)));
        } catch (IOException e) {
            return "-";
        }
    }

    /** Sixteen hexadecimal digits for a text (FNV-1a): a file name, not a proof. */
    static String hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return Long.toHexString(hash | Long.MIN_VALUE);
    }
}
