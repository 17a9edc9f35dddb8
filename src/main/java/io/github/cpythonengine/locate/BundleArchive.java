package io.github.cpythonengine.locate;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** The files under one folder of a jar, or in a folder of the class path: the bundle for one platform, say. */
abstract class BundleArchive implements Closeable {
    /** What the bundle's jars contain for a platform lies under this and the classifier. */
    static final String ROOT = "org/bytedeco/cpython/";

    private static final Pattern VERSION = Pattern.compile("#define\\s+PY_VERSION\\s+\"([^\"]+)\"");

    /**
     * Files by their path below the platform's folder, sorted; the stamp changes with the content.
     */
    final TreeMap<String, Entry> files = new TreeMap<>();

    record Entry(String path, long size, String stamp, Object source) {}

    abstract InputStream open(Entry file) throws IOException;

    /** Where the loader sees the bundle for that platform, or null. */
    static URL find(ClassLoader loader, Platform platform) {
        String root = ROOT + platform.classifier() + "/";
        URL url = loader.getResource(root);
        for (int minor = 14; url == null && minor >= 9; minor--) {
            // A jar without entries for folders, as some repackaging tools make them.
            url = loader.getResource(root + "include/python3." + minor + "/patchlevel.h");
        }
        return url;
    }

    /** The bundle that was found there. */
    static BundleArchive open(URL url, Platform platform) throws IOException {
        return open(url, ROOT + platform.classifier() + "/");
    }

    /**
     * @param url of anything below the root, or of the root itself
     */
    static BundleArchive open(URL url, String root) throws IOException {
        URLConnection connection = url.openConnection();
        if (connection instanceof JarURLConnection jar) {
            jar.setUseCaches(false);
            return new InJar(jar.getJarFile(), root);
        }
        if (url.getProtocol().equals("file")) {
            try {
                Path path = Path.of(url.toURI());
                String text = path.toString().replace('\\', '/') + "/";
                String folder = text.substring(0, text.lastIndexOf(root) + root.length());
                return new InFolder(Path.of(folder));
            } catch (URISyntaxException e) {
                throw new IOException(e);
            }
        }
        throw new IOException("cannot be read from a class path entry of the kind " + url);
    }

    /** The version of the bundle's Python, from the C headers: {@code 3.14.3}. */
    final String version() throws IOException {
        for (Entry file : files.values()) {
            if (file.path().matches("[Ii]nclude/(python3\\.\\d+/)?patchlevel\\.h")) {
                try (InputStream in = open(file)) {
                    Matcher version = VERSION.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
                    if (version.find()) {
                        return version.group(1);
                    }
                }
            }
        }
        throw new IOException("the bundle does not say its version (no include/.../patchlevel.h)");
    }

    /** A text that is the same for the same content. */
    final String fingerprint() {
        StringBuilder all = new StringBuilder();
        files.values()
                .forEach(f -> all.append(f.path).append('|').append(f.stamp).append('\n'));
        return FileStamp.hash(all.toString());
    }

    private static final class InJar extends BundleArchive {
        private final JarFile jar;

        InJar(JarFile jar, String root) {
            this.jar = jar;
            jar.stream()
                    .filter(entry -> !entry.isDirectory() && entry.getName().startsWith(root))
                    .forEach(entry -> {
                        String path = entry.getName().substring(root.length());
                        String stamp = Long.toHexString(entry.getCrc());
                        files.put(path, new Entry(path, entry.getSize(), stamp, entry));
                    });
        }

        @Override
        InputStream open(Entry file) throws IOException {
            return jar.getInputStream((ZipEntry) file.source());
        }

        @Override
        public void close() throws IOException {
            jar.close();
        }
    }

    private static final class InFolder extends BundleArchive {
        InFolder(Path folder) throws IOException {
            List<Path> paths = new ArrayList<>();
            try (Stream<Path> walk = Files.walk(folder)) {
                walk.filter(Files::isRegularFile).forEach(paths::add);
            }
            for (Path file : paths) {
                String path = folder.relativize(file).toString().replace('\\', '/');
                String stamp = Files.getLastModifiedTime(file).toString();
                files.put(path, new Entry(path, Files.size(file), stamp + Files.size(file), file));
            }
        }

        @Override
        InputStream open(Entry file) throws IOException {
            return Files.newInputStream((Path) file.source());
        }

        @Override
        public void close() {}
    }
}
