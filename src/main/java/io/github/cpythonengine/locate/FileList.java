package io.github.cpythonengine.locate;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The list of the files of an unpacked tree. It is written last and names each with its size: a tree that
 * does not agree with it (cut short, tidied up by somebody's cleaning job) counts as none.
 */
final class FileList {
    private static final String NAME = "cpython-engine.files";
    private static final String END = "end";

    private FileList() {}

    /** The first lines of a tree's list, or null if the tree is not complete. */
    static List<String> head(Path root, int lines) {
        try {
            List<String> all = Files.readAllLines(root.resolve(NAME));
            if (!all.get(all.size() - 1).equals(END)) {
                return null;
            }
            String base = root + File.separator;
            for (String line : all.subList(lines, all.size() - 1)) {
                int space = line.indexOf(' ');
                // File.length is one call to the system; a good thousand of them take 15 ms.
                long size = new File(base.concat(line.substring(space + 1))).length();
                if (size != Long.parseLong(line, 0, space, 10)) {
                    return null;
                }
            }
            return all.subList(0, lines);
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    /** Writes the list of a tree whose files are all there. */
    static void seal(Path root, List<String> head, List<String> files) throws IOException {
        List<String> lines = new ArrayList<>(head);
        for (String file : files) {
            lines.add(Files.size(root.resolve(file)) + " " + file);
        }
        lines.add(END);
        Files.write(root.resolve(NAME), lines);
    }
}
