package io.github.cpythonengine.locate;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/**
 * A lock between processes, and between class loaders of one process: a locked file, which the
 * system unlocks when its process dies. Where it cannot be had (some network file systems; somebody
 * stopped in the middle for two minutes) work goes on without.
 */
final class FolderLock implements AutoCloseable {
    private static final long LIMIT = TimeUnit.MINUTES.toNanos(2);

    private final FileChannel channel;
    private final FileLock lock;

    private FolderLock(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * @param waiting is called again and again while another has the lock
     */
    static FolderLock of(Path file, Runnable waiting) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            return new FolderLock(channel, acquire(channel, waiting));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static FileLock acquire(FileChannel channel, Runnable waiting) throws IOException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < LIMIT) {
            try {
                FileLock lock = channel.tryLock();
                if (lock != null) {
                    return lock;
                }
            } catch (OverlappingFileLockException e) {
                // Another class loader of this process has it.
            } catch (IOException e) {
                return null;
            }
            waiting.run();
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while another process had the lock");
            }
        }
        return null;
    }

    boolean isHeld() {
        return lock != null;
    }

    @Override
    public void close() throws IOException {
        channel.close(); // And with it the lock.
    }
}
