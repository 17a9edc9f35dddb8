package io.github.cpythonengine.capi;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Chooses and loads the {@link CPython} of this class loader: {@code java.lang.foreign} where the
 * JDK and the jar have it, else JNA; the system property {@code cpython.backend} ({@code ffm},
 * {@code jna}) forces one. What is not chosen is not even loaded.
 */
public final class Backend {

    private static Loader loader;
    private static CPython loaded;

    private Backend() {}

    /**
     * The libpython that already runs in this process, started by another bridge or by this library
     * in another class loader. It is to be joined: a second one cannot live beside it.
     *
     * @throws IllegalArgumentException when {@code cpython.backend} names no backend that is there
     * @throws IllegalStateException when Java was told to deny native access
     */
    public static Optional<Path> running() {
        String path = mappedLibpython();
        return path != null && loader().isInitialized(path) ? Optional.of(Path.of(path)) : Optional.empty();
    }

    /** Libraries of the process by its memory map, which also shows those loaded RTLD_LOCAL. */
    private static String mappedLibpython() {
        byte[] maps;
        try (InputStream in = new FileInputStream("/proc/self/maps")) {
            maps = in.readAllBytes();
        } catch (IOException e) {
            return null; // a platform without it
        }
        String lines = new String(maps, StandardCharsets.ISO_8859_1);
        String name = "/libpython3."; // and a digit: libpython3.so only refers to the real one
        for (int at = lines.indexOf(name); at >= 0; at = lines.indexOf(name, at + 1)) {
            int end = lines.indexOf('\n', at);
            if (Character.isDigit(lines.charAt(at + name.length())) && lines.lastIndexOf('/', end) == at) {
                int start = lines.indexOf('/', lines.lastIndexOf('\n', at) + 1);
                String path = new String(maps, start, end - start, StandardCharsets.UTF_8);
                if (Files.exists(Path.of(path))) {
                    return path;
                }
            }
        }
        return null;
    }

    /**
     * Begins what takes the JVM longest when it loads its first library, on a thread of its own, so
     * that Python can be searched meanwhile.
     */
    public static void prepare() {
        Thread thread = new Thread("cpython-prepare") {
            @Override
            public void run() {
                try {
                    loader().prepare();
                } catch (RuntimeException | LinkageError e) {
                    // whoever needs it meets it again
                }
            }
        };
        thread.setDaemon(true);
        thread.start();
    }

    /** Loads libraries that libpython or its extension modules need to find already there. */
    public static void preload(List<Path> libraries) {
        for (Path library : libraries) {
            loader().preload(library.toString());
        }
    }

    /**
     * Loads libpython. Once per class loader.
     *
     * @throws UnsatisfiedLinkError with the loader's own words when it cannot be loaded or lacks a
     *     function
     * @throws IllegalArgumentException when {@code cpython.backend} names no backend that is there
     * @throws IllegalStateException when Java was told to deny native access
     */
    public static synchronized CPython load(Path library) {
        if (loaded == null) {
            loaded = loader().open(library.toString());
        }
        return loaded;
    }

    /** {@code jna} or {@code ffm}; null before {@link #load}. */
    public static synchronized String name() {
        return loaded == null ? null : loader.name();
    }

    /** Whether Python calls Java at about the price of a Python function; by JNA it costs twenty times that. */
    public static boolean hasCheapUpcalls() {
        return "ffm".equals(name());
    }

    static synchronized CPython loaded() {
        if (loaded == null) {
            throw new IllegalStateException("libpython is not loaded");
        }
        return loaded;
    }

    private static synchronized Loader loader() {
        if (loader == null) {
            loader = choose(System.getProperty("cpython.backend", "").toLowerCase(Locale.ROOT));
        }
        return loader;
    }

    private static Loader choose(String wanted) {
        if (wanted.equals("jna")) {
            return new JnaLoader();
        }
        if (!wanted.isEmpty() && !wanted.equals("ffm")) {
            throw new IllegalArgumentException("cpython.backend is \"" + wanted + "\"; it can be \"jna\" or \"ffm\"");
        }
        Loader foreign = ForeignLoader.find();
        if (foreign != null) {
            return foreign;
        }
        if (wanted.equals("ffm")) {
            throw new IllegalArgumentException("cpython.backend=ffm needs Java 22 or newer and the multi-release jar"
                    + " built with it; this is Java "
                    + Runtime.version().feature()
                    + " and "
                    + Backend.class.getProtectionDomain().getCodeSource().getLocation());
        }
        return new JnaLoader();
    }
}
