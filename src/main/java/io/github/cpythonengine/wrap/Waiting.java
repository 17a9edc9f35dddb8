package io.github.cpythonengine.wrap;

/**
 * How much of Python's memory Java holds and perhaps has forgotten. Java's garbage collector does not see how large it
 * is, so it is asked to look when there is much, as {@code java.nio} does for its own memory. Guarded by the GIL.
 */
final class Waiting {

    private static final long FEW = 20_000;

    private static long count;
    private static long bytes;
    private static long mostCount = FEW;
    private static long mostBytes = Runtime.getRuntime().maxMemory();

    /** Views of one array come one after the other, and its memory counts once. */
    private static long lastAddress;

    private Waiting() {}

    /** Gives what to {@link #remove} later. */
    static long add(long address, long length) {
        long size = address == lastAddress ? 0 : length;
        lastAddress = address;
        count++;
        bytes += size;
        if (count > mostCount || bytes > mostBytes) {
            System.gc();
            // what is still in use is not looked for again and again
            mostCount = Math.max(FEW, 2 * count);
            mostBytes = Math.max(Runtime.getRuntime().maxMemory(), 2 * bytes);
        }
        return size;
    }

    static void remove(long size) {
        count--;
        bytes -= size;
        if (count < mostCount / 4 && bytes < mostBytes / 4) {
            mostCount = Math.max(FEW, mostCount / 2);
            mostBytes = Math.max(Runtime.getRuntime().maxMemory(), mostBytes / 2);
        }
    }
}
