package io.github.cpythonengine.capi;

/**
 * The stack of a thread, as the platform tells it.
 *
 * @param start lowest address, 0 when the platform does not tell
 * @param size in bytes, 0 when the platform does not tell
 */
public record ThreadStack(long start, long size) {

    /** Ample: a {@code pthread_attr_t} has 56 bytes on glibc and on musl. */
    private static final int ATTRIBUTES = 256;

    private static final ThreadStack UNKNOWN = new ThreadStack(0, 0);

    /** Calls a function of the process, with pointers and integers. */
    @FunctionalInterface
    interface Caller {
        /** @throws UnsatisfiedLinkError when there is none of this name */
        long call(String function, long... args);
    }

    /** That of the calling thread. */
    static ThreadStack ofThisThread(CPython memory, Caller process) {
        try {
            String os = System.getProperty("os.name");
            if (os.startsWith("Linux")) {
                return linux(memory, process);
            }
            return os.startsWith("Mac") ? mac(process) : UNKNOWN;
        } catch (UnsatisfiedLinkError e) {
            return UNKNOWN; // a C library without the function
        }
    }

    private static ThreadStack linux(CPython memory, Caller process) {
        long attributes = memory.allocate(ATTRIBUTES + 2L * Long.BYTES);
        long start = attributes + ATTRIBUTES;
        long size = start + Long.BYTES;
        try {
            if ((int) process.call("pthread_getattr_np", process.call("pthread_self"), attributes) != 0) {
                return UNKNOWN;
            }
            process.call("pthread_attr_getstack", attributes, start, size);
            process.call("pthread_attr_destroy", attributes);
            return new ThreadStack(memory.getLong(start), memory.getLong(size));
        } finally {
            memory.free(attributes);
        }
    }

    private static ThreadStack mac(Caller process) {
        long self = process.call("pthread_self");
        long size = process.call("pthread_get_stacksize_np", self);
        return new ThreadStack(process.call("pthread_get_stackaddr_np", self) - size, size);
    }
}
