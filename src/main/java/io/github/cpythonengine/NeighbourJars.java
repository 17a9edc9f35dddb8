package io.github.cpythonengine;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * For {@code java -jar}, which knows no class path: the jars that lie beside ours or in a folder {@code lib} there. (A
 * {@code Class-Path} in the manifest would do it, too, and make compilers warn everybody who uses the jar.)
 */
final class NeighbourJars {

    private static final String NEEDED = "com.sun.jna.Native";

    private NeighbourJars() {}

    static boolean areNeeded() {
        try {
            Class.forName(NEEDED, false, NeighbourJars.class.getClassLoader());
            return false;
        } catch (ClassNotFoundException e) {
            return true;
        }
    }

    /** Runs the main class with those jars. */
    static void runMain(String[] arguments) throws ReflectiveOperationException {
        ClassLoader loader = new URLClassLoader(jars().toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        try {
            Class.forName(NEEDED, false, loader);
        } catch (ClassNotFoundException e) {
            System.err.println("The jar of JNA (net.java.dev.jna:jna) is not on the class path. Use java -cp"
                    + " with all jars and the class " + Main.class.getName()
                    + ", or put the jars beside this one for java -jar.");
            System.exit(1);
        }
        Thread.currentThread().setContextClassLoader(loader);
        try {
            loader.loadClass(Main.class.getName())
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static List<URL> jars() {
        List<URL> jars = new ArrayList<>();
        CodeSource source = Main.class.getProtectionDomain().getCodeSource();
        if (source != null) {
            jars.add(source.getLocation());
            try {
                Path folder = Path.of(source.getLocation().toURI()).getParent();
                addJars(folder, jars);
                addJars(folder.resolve("lib"), jars);
            } catch (IOException | URISyntaxException | RuntimeException e) {
                System.err.println("Cannot look for jars beside " + source.getLocation() + ": " + e);
            }
        }
        return jars;
    }

    private static void addJars(Path folder, List<URL> jars) throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.sorted().toList()) {
                    if (file.toString().endsWith(".jar")) {
                        jars.add(file.toUri().toURL());
                    }
                }
            }
        }
    }
}
