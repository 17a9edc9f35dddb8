package io.github.cpythonengine.locate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Unpacks the bundle. The tests of the standard library (33 of 90 MB) are left out, but for {@code
 * test.support}, as Debian does.
 */
final class BundleExtraction extends Extraction {
    /** Part of the folder's name: a change of what is unpacked, or how, makes a new folder. */
    private static final int FORMAT = 1;

    private final BundleArchive archive;
    private final String version;

    /**
     * @param folder where the tree's own folder is to be, next to those of other versions
     */
    BundleExtraction(BundleArchive archive, Platform platform, Path folder) throws IOException {
        this(archive, platform, folder, archive.version());
    }

    private BundleExtraction(BundleArchive archive, Platform platform, Path folder, String version) {
        super(
                folder,
                String.join("-", "cpython", version, platform.classifier(), archive.fingerprint(), "" + FORMAT),
                "CPython " + version);
        this.archive = archive;
        this.version = version;
    }

    /** The tree, unpacked now if it was not before. */
    BundleTree tree() throws IOException {
        return BundleTree.complete(root());
    }

    @Override
    boolean isComplete(Path root) {
        return BundleTree.complete(root) != null;
    }

    @Override
    void fill(Path root) throws IOException {
        List<Item> items = archive.files.values().stream()
                .filter(file -> isWanted(file.path()))
                .map(file -> new Item(archive, file, file.path(), isProgram(file.path())))
                .toList();
        writeAll(items, root);
        List<String> written = new ArrayList<>();
        for (Item item : items) {
            written.add(item.path());
            String beside = besideExtensions(item.path(), root);
            if (beside != null) {
                Files.copy(root.resolve(item.path()), root.resolve(beside));
                written.add(beside);
            }
        }
        BundleTree.seal(root, version, written);
    }

    @Override
    void unpacked(Path root) {
        BundleWarmUp.run(BundleTree.complete(root));
    }

    private static boolean isProgram(String path) {
        return path.startsWith("bin/") || path.matches("python[^/]*");
    }

    static boolean isWanted(String path) {
        if (path.matches("(lib/python3\\.\\d+|[Ll]ib)/test/.*")) {
            return path.matches(".*/test/(__init__\\.py|support/.*)");
        }
        return !path.matches("(lib)?jnipython\\.(so|dylib|dll)");
    }

    /**
     * Where {@code _ctypes} looks for libffi first, which is beside itself, and where the bundle has
     * none: with a copy there it works on a machine without libffi, in child processes too.
     */
    private String besideExtensions(String path, Path root) {
        String extensions = "lib/python" + Versions.majorMinor(version) + "/lib-dynload";
        return path.matches("libffi\\.so\\.\\d+") && Files.isDirectory(root.resolve(extensions))
                ? extensions + "/" + path
                : null;
    }
}
