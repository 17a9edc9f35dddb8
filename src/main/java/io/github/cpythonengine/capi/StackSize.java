package io.github.cpythonengine.capi;

/** Asks the platform for the size of the calling thread's stack. */
final class StackSize {

    /** Ample: a {@code pthread_attr_t} has 56 bytes on glibc and on musl. */
    private static final int ATTRIBUTES = 256;

    /** Calls a function of the process, with pointers and integers. */
    @FunctionalInterface
    interface Caller {
        /** @throws UnsatisfiedLinkError when there is none of this name */
        long call(String function, long... args);
    }

    private StackSize() {}

    /** In bytes; 0 when the platform does not tell. */
    static long ofThisThread(CPython memory, Caller process) {
        try {
            String os = System.getProperty("os.name");
            if (os.startsWith("Linux")) {
                return linux(memory, process);
            }
            return os.startsWith("Mac") ? process.call("pthread_get_stacksize_np", process.call("pthread_self")) : 0;
        } catch (UnsatisfiedLinkError e) {
            return 0; // a C library without the function
        }
    }

    private static long linux(CPython memory, Caller process) {
        long attributes = memory.allocate(ATTRIBUTES + 2L * Long.BYTES);
        long lowest = attributes + ATTRIBUTES;
        long size = lowest + Long.BYTES;
        try {
            if ((int) process.call("pthread_getattr_np", process.call("pthread_self"), attributes) != 0) {
                return 0;
            }
            process.call("pthread_attr_getstack", attributes, lowest, size);
            process.call("pthread_attr_destroy", attributes);
            return memory.getLong(size);
        } finally {
            memory.free(attributes);
        }
    }
}
