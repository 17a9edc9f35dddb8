package io.github.cpythonengine.capi;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

/** Loads by {@code java.lang.foreign}. */
final class ForeignLoader implements Loader {

    private static SharedLibrary libpython;

    private ForeignLoader() {}

    /** The loader; other Java versions have a class of this name that finds none. */
    static Loader find() {
        return new ForeignLoader();
    }

    @Override
    public String name() {
        return "ffm";
    }

    @Override
    public void prepare() {
        long memory = Memory.allocate(Long.BYTES);
        Memory.ALL.set(JAVA_LONG_UNALIGNED, memory, Memory.ALL.get(JAVA_LONG_UNALIGNED, memory));
        Memory.free(memory);
        Downcalls.prepare();
        Upcalls.stub(null);
    }

    @Override
    public void preload(String path) {
        SharedLibrary.open(path);
    }

    @Override
    public boolean isInitialized(String path) {
        return (int) Downcalls.invoke(SharedLibrary.open(path).function("Py_IsInitialized")) != 0;
    }

    @Override
    public CPython open(String path) {
        libpython = SharedLibrary.open(path);
        try {
            return new FfmCPython();
        } catch (ExceptionInInitializerError e) {
            if (e.getCause() instanceof UnsatisfiedLinkError missing) {
                throw missing;
            }
            throw e;
        }
    }

    /** The library that {@link FfmCPython} binds to, once, when its class is initialised. */
    static SharedLibrary libpython() {
        return libpython;
    }
}
