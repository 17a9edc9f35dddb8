package io.github.cpythonengine.locate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The NumPy that Maven brings, {@code org.bytedeco:numpy}, when it is on the class path. No Java code of it is
 * used: its Python files are unpacked into this user's cache, when they are first asked for.
 */
public final class NumpyJars {
    private static final String NUMPY = "org/bytedeco/numpy/";
    private static final String OPENBLAS = "org/bytedeco/openblas/";
    private static final String CORE = "python/numpy/_core/_multiarray_umath";

    private NumpyJars() {}

    /**
     * The folder to put on {@code sys.path}, unpacked if need be. Without the GIL: can take a second or two.
     *
     * @param suffix of extension modules of this Python: {@code .cpython-314-x86_64-linux-gnu.so}
     * @return null when it is not on the class path
     * @throws IOException if it cannot be used; the message says why and what to do
     */
    public static Path modules(String suffix) throws IOException {
        return modules(suffix, Surroundings.ofThisProcess());
    }

    static Path modules(String suffix, Surroundings around) throws IOException {
        String root = around.platform().classifier() + "/";
        URL numpy = find(around, NUMPY + root + CORE + suffix);
        if (numpy == null) {
            if (find(around, NUMPY + root + "python/numpy/__init__.py") != null) {
                throw new IOException(
                        "org.bytedeco:numpy on the class path is for another version of Python: it has no "
                                + CORE.substring("python/".length()) + suffix
                                + ". Use the one for this Python, or install NumPy where this Python finds it.");
            }
            return null;
        }
        URL openblas = find(around, OPENBLAS + root + "include/cblas.h");
        if (openblas == null) {
            throw new IOException("org.bytedeco:numpy is on the class path without org.bytedeco:openblas."
                    + " Add its jar with the classifier " + around.platform() + ".");
        }
        return NumpyExtraction.modules(unpacked(numpy, openblas, around));
    }

    private static URL find(Surroundings around, String resource) {
        for (ClassLoader loader : around.loaders()) {
            URL url = loader.getResource(resource);
            if (url != null) {
                return url;
            }
        }
        return null;
    }

    /** The tree in the first cache folder that will do. */
    private static Path unpacked(URL numpy, URL openblas, Surroundings around) throws IOException {
        List<String> reasons = new ArrayList<>();
        for (Path place : around.cache().get().places()) {
            try {
                return unpackedIn(Cache.forPrograms(place), numpy, openblas, around.platform());
            } catch (IOException | UncheckedIOException e) {
                reasons.add(place + ": " + e);
            }
        }
        throw new IOException("org.bytedeco:numpy could not be unpacked (" + String.join("; ", reasons)
                + "). Set cpython.cache (or CPYTHON_CACHE) to a folder of your own with 80 MB of space,"
                + " not mounted noexec.");
    }

    private static Path unpackedIn(Path folder, URL numpy, URL openblas, Platform platform) throws IOException {
        BundleIndex index = BundleIndex.of(folder, numpy, openblas);
        Path known = index == null ? null : index.root();
        if (known != null && NumpyExtraction.complete(known)) {
            return known;
        }
        String root = platform.classifier() + "/";
        try (BundleArchive modules = BundleArchive.open(numpy, NUMPY + root);
                BundleArchive libraries = BundleArchive.open(openblas, OPENBLAS + root)) {
            Path tree = new NumpyExtraction(modules, libraries, platform, folder).root();
            if (index != null) {
                index.put(tree);
            }
            return tree;
        }
    }
}
