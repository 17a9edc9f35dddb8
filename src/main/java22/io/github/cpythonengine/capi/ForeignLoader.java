package io.github.cpythonengine.capi;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;

/** Loads by {@code java.lang.foreign}. */
final class ForeignLoader implements Loader {

    private static SharedLibrary libpython;

    private ForeignLoader() {}

    /**
     * The loader; other Java versions have a class of this name that finds none.
     *
     * @throws IllegalStateException when Java was told to deny it
     */
    static Loader find() {
        try {
            MemorySegment.NULL.reinterpret(0);
        } catch (IllegalCallerException e) {
            Module module = ForeignLoader.class.getModule();
            throw new IllegalStateException(
                    "Java denies native access, without which Python cannot be loaded: start java with"
                            + " --enable-native-access="
                            + (module.isNamed() ? module.getName() : "ALL-UNNAMED"),
                    e);
        }
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
        Upcalls.stub(null, 0);
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
