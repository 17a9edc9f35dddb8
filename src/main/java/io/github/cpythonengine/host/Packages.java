package io.github.cpythonengine.host;

import java.io.File;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.WeakHashMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * Which Java packages there are, and which classes are in them, as far as class loaders tell: the
 * modules of the JVM, folders and jars of the class path and of {@code URLClassLoader}s, resources,
 * and packages that have been used already. Without the GIL: reads files.
 */
final class Packages {

    /** The packages of a jar or of a folder of classes and all before them: {@code org}, {@code org.junit}. */
    private static final Map<String, Set<String>> BY_PLACE = new HashMap<>();

    private static final Map<ClassLoader, Set<URI>> PLACES = Collections.synchronizedMap(new WeakHashMap<>());

    private Packages() {}

    /** Whether it is a package or the beginning of one's name. */
    static boolean exists(String name) {
        if (inModules(name)) {
            return true;
        }
        for (ClassLoader loader : ClassFinder.loaders()) {
            for (ClassLoader each = loader; each != null; each = each.getParent()) {
                if (isDefined(each, name)
                        || places(each).stream()
                                .anyMatch(place -> packages(place).contains(name))) {
                    return true;
                }
            }
            if (isFolder(loader, name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean inModules(String name) {
        return ModuleNames.ALL.contains(name);
    }

    private static final class ModuleNames {
        static final Set<String> ALL = withBeginnings(ModuleLayer.boot().modules().stream()
                .flatMap(module -> module.getPackages().stream().filter(module::isExported)));
    }

    private static Set<String> withBeginnings(Stream<String> packages) {
        Set<String> all = new HashSet<>();
        packages.forEach(name -> {
            String rest = name;
            while (all.add(rest) && rest.indexOf('.') > 0) {
                rest = rest.substring(0, rest.lastIndexOf('.'));
            }
        });
        return all;
    }

    private static boolean isDefined(ClassLoader loader, String name) {
        return Arrays.stream(loader.getDefinedPackages())
                .anyMatch(each -> each.getName().equals(name) || each.getName().startsWith(name + "."));
    }

    /** Loaders of hosts mostly show folders of classes as resources, and jars that have entries for folders. */
    private static boolean isFolder(ClassLoader loader, String name) {
        return loader.getResource(name.replace('.', '/') + "/") != null;
    }

    // ---- places: jars and folders

    private static Set<URI> places(ClassLoader loader) {
        Set<URI> known = PLACES.get(loader);
        if (known != null) {
            return known;
        }
        Set<URI> found = new TreeSet<>();
        if (loader == ClassLoader.getSystemClassLoader()) {
            for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator)) {
                if (!entry.isEmpty()) {
                    add(found, Path.of(entry).toUri());
                }
            }
        }
        if (loader instanceof URLClassLoader urls) {
            for (URL url : urls.getURLs()) {
                try {
                    add(found, url.toURI());
                } catch (URISyntaxException e) {
                    // no file
                }
            }
        }
        PLACES.put(loader, found);
        return found;
    }

    /** A place and those that its manifest names. */
    private static void add(Set<URI> places, URI place) {
        Path path = file(place);
        if (path == null || !places.add(place) || !Files.isRegularFile(path)) {
            return;
        }
        try (JarFile jar = new JarFile(path.toFile())) {
            Manifest manifest = jar.getManifest();
            String more = manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            if (more != null) {
                for (String each : more.trim().split("\\s+")) {
                    add(places, place.resolve(each));
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            // no jar
        }
    }

    private static Path file(URI place) {
        try {
            Path path = "file".equals(place.getScheme()) ? Path.of(place) : null;
            return path != null && Files.exists(path) ? path : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static synchronized Set<String> packages(URI place) {
        Path path = file(place);
        if (path == null) {
            return Set.of();
        }
        if (Files.isDirectory(path)) {
            return Set.of(); // its folders are resources, and classes may still come
        }
        return BY_PLACE.computeIfAbsent(path.toString(), key -> withBeginnings(jarPackages(path)));
    }

    private static Stream<String> jarPackages(Path path) {
        try (JarFile jar = new JarFile(path.toFile())) {
            return jar.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith(".class") && name.indexOf('/') > 0 && !name.startsWith("META-INF"))
                    .map(name -> name.substring(0, name.lastIndexOf('/')).replace('/', '.'))
                    .distinct()
                    .toList()
                    .stream();
        } catch (IOException e) {
            return Stream.of();
        }
    }

    // ---- the classes of a package

    /** Simple names of the top-level classes, public or not. */
    static Set<String> classes(String name) {
        Set<String> classes = new TreeSet<>();
        String folder = name.replace('.', '/');
        addFromModules(name, folder, classes);
        for (ClassLoader loader : ClassFinder.loaders()) {
            for (ClassLoader each = loader; each != null; each = each.getParent()) {
                for (URI place : places(each)) {
                    addFromPlace(file(place), folder, classes);
                }
            }
            addFromResources(loader, folder, classes);
        }
        return classes;
    }

    private static void addFromModules(String name, String folder, Set<String> classes) {
        ModuleLayer.boot().modules().stream()
                .filter(module -> module.getPackages().contains(name) && module.isExported(name))
                .forEach(module -> {
                    FileSystem modules = FileSystems.getFileSystem(URI.create("jrt:/"));
                    addFromFolder(modules.getPath("modules", module.getName(), folder), classes);
                });
    }

    private static void addFromPlace(Path place, String folder, Set<String> classes) {
        if (place == null) {
            return;
        }
        if (Files.isDirectory(place)) {
            addFromFolder(place.resolve(folder), classes);
            return;
        }
        try (JarFile jar = new JarFile(place.toFile())) {
            addFromJar(jar, folder, classes);
        } catch (IOException e) {
            // no jar
        }
    }

    private static void addFromFolder(Path folder, Set<String> classes) {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                files.forEach(file -> addClass(file.getFileName().toString(), classes));
            } catch (IOException e) {
                // then without
            }
        }
    }

    private static void addFromJar(JarFile jar, String folder, Set<String> classes) {
        jar.stream()
                .map(entry -> entry.getName())
                .filter(name -> name.startsWith(folder + "/") && name.indexOf('/', folder.length() + 1) < 0)
                .forEach(name -> addClass(name.substring(folder.length() + 1), classes));
    }

    private static void addFromResources(ClassLoader loader, String folder, Set<String> classes) {
        List<URL> urls = new ArrayList<>();
        try {
            Enumeration<URL> found = loader.getResources(folder + "/");
            urls.addAll(Collections.list(found));
        } catch (IOException e) {
            return;
        }
        for (URL url : urls) {
            try {
                if (url.getProtocol().equals("file")) {
                    addFromFolder(Path.of(url.toURI()), classes);
                } else {
                    URLConnection connection = url.openConnection();
                    if (connection instanceof JarURLConnection jar) {
                        addFromJar(jar.getJarFile(), folder, classes);
                    }
                }
            } catch (IOException | URISyntaxException | IllegalArgumentException e) {
                // then without
            }
        }
    }

    private static void addClass(String file, Set<String> classes) {
        if (file.endsWith(".class") && file.indexOf('$') < 0 && !file.contains("-info")) {
            classes.add(file.substring(0, file.length() - ".class".length()));
        }
    }
}
