package io.github.cpythonengine.locate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Unpacks NumPy and the libraries that it needs. Its extension modules name a folder of the machine that built
 * them, so a module that NumPy imports before them, if there is one ({@code _distributor_init_local}, made for
 * distributors), loads these libraries from where they are, in child processes too. NumPy's own tests are left out.
 */
final class NumpyExtraction extends Extraction {
    /** Part of the folder's name: a change of what is unpacked, or how, makes a new folder. */
    private static final int FORMAT = 1;

    private static final String LOADER = """
            import ctypes
            import os

            _folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "lib")
            _libraries = [ctypes.CDLL(os.path.join(_folder, name)) for name in (%s)]
            """;

    /** In an order in which each finds what it needs. */
    private static final List<String> LIBRARIES = List.of("winpthread", "gcc_s", "quadmath", "gfortran", "openblas");

    private final BundleArchive numpy;
    private final BundleArchive openblas;

    /**
     * @param folder where the tree's own folder is to be, next to those of other versions
     */
    NumpyExtraction(BundleArchive numpy, BundleArchive openblas, Platform platform, Path folder) {
        super(folder, name(numpy, openblas, platform), "NumPy");
        this.numpy = numpy;
        this.openblas = openblas;
    }

    private static String name(BundleArchive numpy, BundleArchive openblas, Platform platform) {
        String version = numpy.files.keySet().stream()
                .filter(path -> path.matches("python/numpy-[^/]*\\.dist-info/METADATA"))
                .map(path -> path.replaceAll(".*/numpy-(.*)\\.dist-info/.*", "$1"))
                .findFirst()
                .orElse("0");
        String fingerprint = FileStamp.hash(numpy.fingerprint() + openblas.fingerprint());
        return String.join("-", "numpy", version, platform.classifier(), fingerprint, "" + FORMAT);
    }

    /** The folder for {@code sys.path} in such a tree. */
    static Path modules(Path root) {
        return root.resolve("python");
    }

    static boolean complete(Path root) {
        return FileList.head(root, 0) != null;
    }

    @Override
    boolean isComplete(Path root) {
        return complete(root);
    }

    @Override
    void fill(Path root) throws IOException {
        List<Item> libraries = openblas.files.values().stream()
                .filter(file -> place(file.path()) >= 0)
                .sorted(Comparator.comparingInt(file -> place(file.path())))
                .map(file -> new Item(openblas, file, "lib/" + file.path(), false))
                .toList();
        List<Item> all = Stream.concat(
                        numpy.files.values().stream()
                                .filter(file -> isWanted(file.path()))
                                .map(file -> new Item(numpy, file, file.path(), false)),
                        libraries.stream())
                .toList();
        writeAll(all, root);
        String loader = "python/numpy/_distributor_init_local.py";
        StringBuilder names = new StringBuilder();
        libraries.forEach(item ->
                names.append('"').append(item.path().substring("lib/".length())).append("\", "));
        Files.writeString(root.resolve(loader), LOADER.formatted(names));
        List<String> written = new ArrayList<>(all.stream().map(Item::path).toList());
        written.add(loader);
        FileList.seal(root, List.of(), written);
    }

    private static boolean isWanted(String path) {
        return path.startsWith("python/") && !path.contains("/tests/");
    }

    /** Where in the order such a library is; -1 for any other file. */
    private static int place(String path) {
        for (int i = 0; i < LIBRARIES.size(); i++) {
            if (path.matches("(lib)?" + LIBRARIES.get(i) + "[^/]*\\.(so(\\.\\d+)*|dylib|dll)")
                    && !path.contains("nolapack")) {
                return i;
            }
        }
        return -1;
    }
}
