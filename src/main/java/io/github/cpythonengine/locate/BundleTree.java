package io.github.cpythonengine.locate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The bundle, unpacked.
 *
 * @param executable null if the bundle has none
 */
record BundleTree(Path root, String version, Path library, Path executable) {

    /** The tree in that folder, or null if it is not complete. */
    static BundleTree complete(Path root) {
        List<String> head = FileList.head(root, 3);
        return head == null
                ? null
                : new BundleTree(
                        root,
                        head.get(0),
                        root.resolve(head.get(1)),
                        head.get(2).isEmpty() ? null : root.resolve(head.get(2)));
    }

    /** Writes the list of a tree whose files are all there. */
    static void seal(Path root, String version, List<String> files) throws IOException {
        FileList.seal(root, List.of(version, library(files), executable(files, version)), files);
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
