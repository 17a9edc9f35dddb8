package io.github.cpythonengine.capi;

/** One way into native code: loads libraries and makes the {@link CPython} of one of them. */
interface Loader {

    /** {@code RTLD_LAZY | RTLD_GLOBAL | RTLD_NODELETE}, or as much of it as the platform has. */
    static int openFlags() {
        // global: extension modules find libpython's symbols; nodelete: nobody unloads a live interpreter
        return System.getProperty("os.name").startsWith("Mac") ? 0x1 | 0x8 | 0x80 : 0x1 | 0x100 | 0x1000;
    }

    static boolean isWindows() {
        return System.getProperty("os.name").startsWith("Windows");
    }

    /** As the property {@code cpython.backend} calls it. */
    String name();

    /** Does what the first load needs; any thread, and others need not wait for it. */
    void prepare();

    /** Loads a library for good, its symbols visible to all that are loaded later. */
    void preload(String path);

    /** Whether the Python of a library that is in this process already has been started. */
    boolean isInitialized(String path);

    /**
     * Loads libpython.
     *
     * @throws UnsatisfiedLinkError when it cannot be loaded or lacks a function
     */
    CPython open(String path);
}
