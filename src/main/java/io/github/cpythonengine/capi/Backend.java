package io.github.cpythonengine.capi;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Chooses and loads the {@link CPython} of this class loader: {@code java.lang.foreign} where the
 * JDK and the jar have it, else JNA; the system property {@code cpython.backend} ({@code ffm},
 * {@code jna}) forces one.
 */
public final class Backend {

    private static CPython loaded;
    private static String name;

    private Backend() {}

    /**
     * The libpython that already runs in this process, started by another bridge or by this library
     * in another class loader. It is to be joined: a second one cannot live beside it.
     */
    public static Optional<Path> running() {
        return mappedLibpython().filter(path -> JnaCPython.isInitialized(path.toString()));
    }

    /** Libraries of the process by its memory map, which also shows those loaded RTLD_LOCAL. */
    private static Optional<Path> mappedLibpython() {
        Path maps = Path.of("/proc/self/maps");
        if (!Files.isReadable(maps)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(maps, StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.indexOf('/') > 0)
                    .map(line -> line.substring(line.indexOf('/')))
                    .filter(path -> path.substring(path.lastIndexOf('/')).matches("/libpython3\\.\\d+.*"))
                    .findFirst()
                    .map(Path::of)
                    .filter(Files::exists);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Loads libraries that libpython or its extension modules need to find already there. */
    public static void preload(List<Path> libraries) {
        for (Path library : libraries) {
            JnaCPython.preload(library.toString());
        }
    }

    /**
     * Loads libpython. Once per class loader.
     *
     * @throws UnsatisfiedLinkError with the loader's own words when it cannot be loaded or lacks a
     *     function
     * @throws IllegalArgumentException when {@code cpython.backend} names no backend that is there
     */
    public static synchronized CPython load(Path library) {
        if (loaded == null) {
            loaded = open(library.toString());
        }
        return loaded;
    }

    /** {@code jna} or {@code ffm}; null before {@link #load}. */
    public static synchronized String name() {
        return name;
    }

    static synchronized CPython loaded() {
        if (loaded == null) {
            throw new IllegalStateException("libpython is not loaded");
        }
        return loaded;
    }

    private static CPython open(String path) {
        String wanted = System.getProperty("cpython.backend", "").toLowerCase(Locale.ROOT);
        switch (wanted) {
            case "jna":
                break;
            case "ffm":
                return foreign(path)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "cpython.backend=ffm needs JDK 22 or newer and the multi-release jar; this"
                                        + " is Java "
                                        + Runtime.version().feature()));
            case "":
                Optional<CPython> foreign = foreign(path);
                if (foreign.isPresent()) {
                    return foreign.get();
                }
                break;
            default:
                throw new IllegalArgumentException(
                        "cpython.backend is \"" + wanted + "\"; it can be \"jna\" or \"ffm\"");
        }
        name = "jna";
        return new JnaCPython(path);
    }

    private static Optional<CPython> foreign(String path) {
        if (Runtime.version().feature() < 22) {
            return Optional.empty();
        }
        try {
            CPython foreign = (CPython) Class.forName("io.github.cpythonengine.capi.FfmCPython")
                    .getDeclaredConstructor(String.class)
                    .newInstance(path);
            name = "ffm";
            return Optional.of(foreign);
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        } catch (InvocationTargetException e) {
            throw new LinkageError(String.valueOf(e.getCause().getMessage()), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the java.lang.foreign backend does not start", e);
        }
    }
}
