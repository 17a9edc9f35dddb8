package io.github.cpythonengine.locate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * Unpacks the bundle into a folder of this user's cache, once. Files go to a temporary folder that
 * is renamed when all are there, so nobody sees a tree half made; a lock file keeps a second
 * process from doing the same work, and whoever holds it clears away what killed processes left.
 * One that takes over a second says so in the log.
 *
 * <p>The tests of the standard library (33 of 90 MB) are left out, but for {@code test.support}, as
 * Debian does.
 */
final class BundleExtraction {
    /** Part of the folder's name: a change of what is unpacked, or how, makes a new folder. */
    private static final int FORMAT = 1;

    private final BundleArchive archive;
    private final Path folder;
    private final String version;
    private final String name;
    private final long start = System.nanoTime();
    private final AtomicBoolean told = new AtomicBoolean();

    /**
     * @param folder where the tree's own folder is to be, next to those of other versions
     */
    BundleExtraction(BundleArchive archive, Platform platform, Path folder) throws IOException {
        this.archive = archive;
        this.folder = folder;
        this.version = archive.version();
        this.name = String.join("-", "cpython", version, platform.classifier(), archive.fingerprint(), "" + FORMAT);
    }

    /** The tree, unpacked now if it was not before. */
    BundleTree tree() throws IOException {
        Path target = folder.resolve(name);
        BundleTree tree = BundleTree.complete(target);
        if (tree != null) {
            return tree;
        }
        try (FolderLock lock =
                FolderLock.of(folder.resolve(name + ".lock"), () -> tell("Waiting for another process"))) {
            tree = BundleTree.complete(target);
            if (tree != null) {
                return tree;
            }
            if (lock.isHeld()) {
                clearAway();
            }
            return unpack(target);
        }
    }

    private BundleTree unpack(Path target) throws IOException {
        Path made = Files.createTempDirectory(folder, name + ".tmp");
        try {
            BundleTree.seal(made, version, writeAll(made));
            moveTo(target, made);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            delete(made);
        }
        BundleTree tree = BundleTree.complete(target);
        if (tree == null) {
            throw new IOException("the bundle could not be unpacked completely to " + target);
        }
        BundleWarmUp.run(tree);
        return tree;
    }

    /** Renames the finished folder; an older one that is not complete makes way. */
    private void moveTo(Path target, Path made) throws IOException {
        if (Files.exists(target) && BundleTree.complete(target) == null) {
            Path old = Files.createTempDirectory(folder, name + ".tmp");
            Files.move(target, old.resolve("old"), StandardCopyOption.ATOMIC_MOVE);
            delete(old);
        }
        try {
            Files.move(made, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (BundleTree.complete(target) == null) {
                throw e;
            } // Else another process was quicker, and its tree is as good.
        }
    }

    private List<String> writeAll(Path root) throws IOException {
        List<BundleArchive.Entry> files = archive.files.values().stream()
                .filter(file -> isWanted(file.path()))
                .toList();
        List<Path> folders = files.stream()
                .map(file -> root.resolve(file.path()).getParent())
                .distinct()
                .toList();
        for (Path each : folders) {
            Files.createDirectories(each);
        }
        writeInParallel(files, root);
        List<String> written = new ArrayList<>();
        for (BundleArchive.Entry file : files) {
            written.add(file.path());
            String beside = besideExtensions(file.path(), root);
            if (beside != null) {
                Files.copy(root.resolve(file.path()), root.resolve(beside));
                written.add(beside);
            }
        }
        return written;
    }

    /** Ends when all workers have ended, also after a failure: what they wrote can then be deleted. */
    private void writeInParallel(List<BundleArchive.Entry> files, Path root) throws IOException {
        AtomicReference<UncheckedIOException> failure = new AtomicReference<>();
        files.parallelStream().forEach(file -> {
            if (failure.get() == null) {
                try {
                    write(file, root);
                } catch (UncheckedIOException e) {
                    failure.compareAndSet(null, e);
                }
            }
        });
        if (failure.get() != null) {
            throw failure.get().getCause();
        }
    }

    private void write(BundleArchive.Entry file, Path root) {
        tell("Unpacking CPython " + version);
        Path path = root.resolve(file.path()).normalize();
        if (!path.startsWith(root)) {
            throw new UncheckedIOException(new IOException("an entry leads out: " + file.path()));
        }
        try (InputStream in = archive.open(file)) {
            long size = Files.copy(in, path);
            if (file.size() >= 0 && size != file.size()) {
                throw new IOException(file.path() + " has " + size + " bytes, not " + file.size());
            }
            if (isProgram(file.path()) && !path.toFile().setExecutable(true, false)) {
                throw new IOException("cannot make " + path + " executable");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    private void clearAway() throws IOException {
        List<Path> left;
        try (Stream<Path> list = Files.list(folder)) {
            left = list.filter(p -> p.getFileName().toString().startsWith(name + ".tmp"))
                    .toList();
        }
        for (Path each : left) {
            delete(each);
        }
    }

    private static void delete(Path tree) throws IOException {
        if (Files.exists(tree)) {
            try (Stream<Path> walk = Files.walk(tree)) {
                for (Path file : walk.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** Logs once, when a second has gone by. */
    private void tell(String what) {
        if (System.nanoTime() - start > 1_000_000_000L && told.compareAndSet(false, true)) {
            Log.info(what + ": " + folder.resolve(name) + " (once)");
        }
    }
}
