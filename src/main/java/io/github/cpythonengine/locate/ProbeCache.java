package io.github.cpythonengine.locate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;

/**
 * Reports of earlier probes, in memory and on disk, so that one executable is run once. A report is
 * good as long as the executable (and its {@code pyvenv.cfg}) and the library it led to are the
 * same files. Only reports that led to a usable Python are kept: a missing library may be installed
 * at any time. A file that is damaged or not for us is as good as none.
 */
final class ProbeCache {
    static final Map<String, String> MEMORY = new ConcurrentHashMap<>();
    private static final int FORMAT = 1;

    private final Surroundings around;

    ProbeCache(Surroundings around) {
        this.around = around;
    }

    /** The kept report, or null. */
    ProbeReport get(Path executable) {
        String stamp = stamp(executable);
        if (stamp == null) {
            return null;
        }
        try {
            Path file = file(stamp);
            String entry = MEMORY.get(file.toString());
            if (entry == null && Files.size(file) < 64 * 1024) {
                entry = Files.readString(file);
                MEMORY.put(file.toString(), entry);
            }
            return entry == null ? null : read(entry, stamp);
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    private static ProbeReport read(String entry, String stamp) {
        String[] lines = entry.split("\n", 4);
        if (lines.length < 4
                || !lines[0].equals(checksum(entry.substring(lines[0].length() + 1)))
                || !lines[1].equals(ProbeReport.encode(stamp))) {
            return null;
        }
        String library = ProbeReport.decode(lines[2]);
        return library.equals(FileStamp.of(Path.of(library.substring(0, library.indexOf('|')))))
                ? ProbeReport.parse(lines[3])
                : null;
    }

    /** Keeps a report that led to that library. Failing to keep it is no failure. */
    void put(Path executable, ProbeReport report, Path library) {
        String stamp = stamp(executable);
        if (stamp == null) {
            return;
        }
        String body =
                String.join("\n", ProbeReport.encode(stamp), ProbeReport.encode(FileStamp.of(library)), report.text());
        String entry = checksum(body) + "\n" + body;
        try {
            Path file = file(stamp);
            if (entry.equals(MEMORY.put(file.toString(), entry))) {
                return; // It came from there.
            }
            Path made = Files.createTempFile(file.getParent(), "probe", ".tmp");
            try {
                Files.writeString(made, entry);
                Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(made);
            }
        } catch (IOException e) {
            // No place to keep it: the next start asks again.
        }
    }

    private Path file(String stamp) throws IOException {
        String path = stamp.substring(0, stamp.indexOf('|'));
        return around.cache().get().folder("probe").resolve(FileStamp.hash(path));
    }

    /**
     * What the answer depends on; null if that cannot be known. A version manager's shim stays the
     * same file when another version is chosen: pyenv's choice is a file and a variable, of others we
     * do not know.
     */
    private String stamp(Path executable) {
        StringBuilder stamp = new StringBuilder(FileStamp.of(executable));
        if (stamp.length() == 1) {
            return null;
        }
        Path folder = executable.getParent();
        stamp.append('|').append(FORMAT);
        for (Path config : List.of(folder, folder.resolve(".."))) {
            stamp.append('|').append(FileStamp.of(config.resolve("pyvenv.cfg").normalize()));
        }
        if (folder.endsWith("shims")) {
            Path chosen = folder.resolveSibling("version");
            if (!Files.exists(chosen)) {
                return null;
            }
            stamp.append('|').append(FileStamp.of(chosen));
            stamp.append('|').append(around.env("PYENV_VERSION"));
        }
        return stamp.toString();
    }

    private static String checksum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue());
    }
}
