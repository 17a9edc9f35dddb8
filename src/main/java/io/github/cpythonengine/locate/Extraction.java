package io.github.cpythonengine.locate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * Unpacks files of jars into a folder of this user's cache, once. Files go to a temporary folder that
 * is renamed when all are there, so nobody sees a tree half made; a lock file keeps a second
 * process from doing the same work, and whoever holds it clears away what killed processes left.
 * One that takes over a second says so in the log.
 */
abstract class Extraction {
    private final Path folder;
    private final String name;
    private final String what;
    private final long start = System.nanoTime();
    private final AtomicBoolean told = new AtomicBoolean();

    /** A file of an archive, and where it goes in the tree. */
    record Item(BundleArchive archive, BundleArchive.Entry file, String path, boolean executable) {}

    /**
     * @param folder where the tree's own folder is to be, next to those of other versions
     * @param name the name of the tree's own folder
     * @param what for the log, as in "Unpacking CPython 3.14.3"
     */
    Extraction(Path folder, String name, String what) {
        this.folder = folder;
        this.name = name;
        this.what = what;
    }

    /** Whether a folder is the whole tree. */
    abstract boolean isComplete(Path root);

    /** Makes the whole tree in an empty folder. */
    abstract void fill(Path root) throws IOException;

    /** The tree's folder, unpacked now if it was not before. */
    final Path root() throws IOException {
        Path target = folder.resolve(name);
        if (isComplete(target)) {
            return target;
        }
        try (FolderLock lock =
                FolderLock.of(folder.resolve(name + ".lock"), () -> tell("Waiting for another process"))) {
            if (isComplete(target)) {
                return target;
            }
            if (lock.isHeld()) {
                clearAway();
            }
            unpack(target);
            return target;
        }
    }

    private void unpack(Path target) throws IOException {
        Path made = Files.createTempDirectory(folder, name + ".tmp");
        try {
            fill(made);
            moveTo(target, made);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            delete(made);
        }
        if (!isComplete(target)) {
            throw new IOException(what + " could not be unpacked completely to " + target);
        }
        unpacked(target);
    }

    /** Called when the tree was made by this process. */
    void unpacked(Path root) {}

    /** Renames the finished folder; an older one that is not complete makes way. */
    private void moveTo(Path target, Path made) throws IOException {
        if (Files.exists(target) && !isComplete(target)) {
            Path old = Files.createTempDirectory(folder, name + ".tmp");
            Files.move(target, old.resolve("old"), StandardCopyOption.ATOMIC_MOVE);
            delete(old);
        }
        try {
            Files.move(made, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!isComplete(target)) {
                throw e;
            } // Else another process was quicker, and its tree is as good.
        }
    }

    final void writeAll(List<Item> items, Path root) throws IOException {
        List<Path> folders = items.stream()
                .map(item -> root.resolve(item.path()).getParent())
                .distinct()
                .toList();
        for (Path each : folders) {
            Files.createDirectories(each);
        }
        writeInParallel(items, root);
    }

    /** Ends when all workers have ended, also after a failure: what they wrote can then be deleted. */
    private void writeInParallel(List<Item> items, Path root) throws IOException {
        AtomicReference<UncheckedIOException> failure = new AtomicReference<>();
        items.parallelStream().forEach(item -> {
            if (failure.get() == null) {
                try {
                    write(item, root);
                } catch (UncheckedIOException e) {
                    failure.compareAndSet(null, e);
                }
            }
        });
        if (failure.get() != null) {
            throw failure.get().getCause();
        }
    }

    private void write(Item item, Path root) {
        tell("Unpacking " + what);
        BundleArchive.Entry file = item.file();
        Path path = root.resolve(item.path()).normalize();
        if (!path.startsWith(root)) {
            throw new UncheckedIOException(new IOException("an entry leads out: " + file.path()));
        }
        try (InputStream in = item.archive().open(file)) {
            long size = Files.copy(in, path);
            if (file.size() >= 0 && size != file.size()) {
                throw new IOException(file.path() + " has " + size + " bytes, not " + file.size());
            }
            if (item.executable() && !path.toFile().setExecutable(true, false)) {
                throw new IOException("cannot make " + path + " executable");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
    private void tell(String doing) {
        if (System.nanoTime() - start > 1_000_000_000L && told.compareAndSet(false, true)) {
            Log.info(doing + ": " + folder.resolve(name) + " (once)");
        }
    }
}
