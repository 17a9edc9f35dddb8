package io.github.cpythonengine.locate;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The bundle, unpacked. Its list of files is written last and names each with its size: a tree that
 * does not agree with it (cut short, tidied up by somebody's cleaning job) counts as none.
 *
 * @param executable null if the bundle has none
 */
record BundleTree(Path root, String version, Path library, Path executable) {
    private static final String LIST = "cpython-engine.files";
    private static final String END = "end";

    /** The tree in that folder, or null if it is not complete. */
    static BundleTree complete(Path root) {
        try {
            List<String> lines = Files.readAllLines(root.resolve(LIST));
            if (!lines.get(lines.size() - 1).equals(END)) {
                return null;
            }
            String base = root + File.separator;
            for (String line : lines.subList(3, lines.size() - 1)) {
                int space = line.indexOf(' ');
                // File.length is one call to the system; a good thousand of them take 15 ms.
                long size = new File(base.concat(line.substring(space + 1))).length();
                if (size != Long.parseLong(line, 0, space, 10)) {
                    return null;
                }
            }
            return new BundleTree(
                    root,
                    lines.get(0),
                    root.resolve(lines.get(1)),
                    lines.get(2).isEmpty() ? null : root.resolve(lines.get(2)));
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    /** Writes the list of a tree whose files are all there. */
    static void seal(Path root, String version, List<String> files) throws IOException {
        List<String> lines = new ArrayList<>(List.of(version, library(files), executable(files, version)));
        for (String file : files) {
            lines.add(Files.size(root.resolve(file)) + " " + file);
        }
        lines.add(END);
        Files.write(root.resolve(LIST), lines);
    }

    private static String library(List<String> files) throws IOException {
        for (String file : files) {
            if (file.matches("((bin|lib)/)?[^/]*") && LibraryFile.named(Path.of(file)).version != null) {
                return file;
            }
        }
        throw new IOException("the bundle has no libpython");
    }

    private static String executable(List<String> files, String version) {
        String tag = Versions.majorMinor(version);
        for (String name : List.of("bin/python" + tag, "bin/python3", "bin/python.exe", "python.exe")) {
            if (files.contains(name)) {
                return name;
            }
        }
        return "";
    }
}
