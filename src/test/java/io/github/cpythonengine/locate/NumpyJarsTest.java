package io.github.cpythonengine.locate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("locate")
class NumpyJarsTest {
    private static final String SUFFIX = ".cpython-314-x.so";

    @TempDir
    Path folder;

    private final List<URLClassLoader> open = new ArrayList<>();
    private Scene scene;

    @BeforeEach
    void emptyScene() {
        scene = new Scene(folder);
    }

    @AfterEach
    void closeLoaders() throws Exception {
        for (URLClassLoader each : open) {
            each.close();
        }
    }

    @Test
    void isUnpackedWithItsLibraries() throws Exception {
        classPath(numpy(), openblas());
        Path modules = NumpyJars.modules(SUFFIX, scene.surroundings());
        assertThat(modules.startsWith(scene.cache.resolve("bundle")), is(true));
        assertThat(Files.exists(modules.resolve("numpy/_core/_multiarray_umath" + SUFFIX)), is(true));
        assertThat(Files.exists(modules.resolve("numpy/tests/test_it.py")), is(false));
        assertThat(
                names(modules.resolveSibling("lib")),
                contains("libgcc_s.so.1", "libgfortran.so.5", "libopenblas.so.0", "libquadmath.so.0"));
        assertThat(
                Files.readString(modules.resolve("numpy/_distributor_init_local.py")),
                containsString(
                        "(\"libgcc_s.so.1\", \"libquadmath.so.0\", \"libgfortran.so.5\", \"libopenblas.so.0\", )"));
        assertThat(NumpyJars.modules(SUFFIX, scene.surroundings()), is(modules));
    }

    @Test
    void isNotThereWithoutTheJar() throws Exception {
        classPath(openblas());
        assertThat(NumpyJars.modules(SUFFIX, scene.surroundings()), is(nullValue()));
        assertThat(Files.exists(scene.cache), is(false));
    }

    @Test
    void wantsTheOtherJar() throws Exception {
        classPath(numpy());
        assertThat(
                failure(SUFFIX),
                containsString("without org.bytedeco:openblas. Add its jar with the classifier " + Platform.CURRENT));
    }

    @Test
    void isForOneVersionOfPython() throws Exception {
        classPath(numpy(), openblas());
        assertThat(
                failure(".cpython-311-x.so"),
                allOf(containsString("another version of Python"), containsString("cpython-311")));
    }

    @Test
    void whatWasDamagedIsUnpackedAgain() throws Exception {
        classPath(numpy(), openblas());
        Path modules = NumpyJars.modules(SUFFIX, scene.surroundings());
        Files.writeString(modules.resolveSibling("lib/libopenblas.so.0"), "cut");
        Scene.write(modules.getParent().resolveSibling(modules.getParent().getFileName() + ".tmp1/x"), "half");
        assertThat(NumpyJars.modules(SUFFIX, scene.surroundings()), is(modules));
        assertThat(Files.size(modules.resolveSibling("lib/libopenblas.so.0")), is((long) Scene.elf().length));
        assertThat(trees(), hasSize(1));
    }

    @Test
    void manyAtOnceGetOneTree() throws Exception {
        classPath(numpy(), openblas());
        List<Path> found = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(new Thread(() -> {
                try {
                    found.add(NumpyJars.modules(SUFFIX, scene.surroundings()));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(found, hasSize(8));
        assertThat(trees(), hasSize(1));
    }

    @Test
    void withoutAFolderToUnpackToTheMessageNamesTheProperty() throws Exception {
        classPath(numpy(), openblas());
        Scene.write(scene.cache, "a file is in the way");
        assertThat(failure(SUFFIX), containsString("Set cpython.cache (or CPYTHON_CACHE)"));
    }

    private String failure(String suffix) {
        return assertThrows(IOException.class, () -> NumpyJars.modules(suffix, scene.surroundings()))
                .getMessage();
    }

    private Path numpy() throws IOException {
        return jar(
                "numpy",
                "python/numpy/__init__.py",
                "python/numpy/_core/_multiarray_umath" + SUFFIX,
                "python/numpy/tests/test_it.py",
                "python/numpy-2.4.2.dist-info/METADATA",
                "libjninumpy.so");
    }

    private Path openblas() throws IOException {
        return jar(
                "openblas",
                "include/cblas.h",
                "libopenblas.so.0",
                "libgcc_s.so.1",
                "libjniopenblas.so",
                "libquadmath.so.0",
                "libgfortran.so.5");
    }

    private Path jar(String name, String... files) throws IOException {
        Path file = folder.resolve(name + ".jar");
        String root = "org/bytedeco/" + name + "/" + Platform.CURRENT.classifier() + "/";
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out)) {
            for (String each : files) {
                jar.putNextEntry(new JarEntry(root + each));
                jar.write(each.contains(".so") ? Scene.elf() : "pass\n".getBytes(StandardCharsets.UTF_8));
            }
        }
        return file;
    }

    private void classPath(Path... entries) throws Exception {
        for (Path entry : entries) {
            URLClassLoader loader = new URLClassLoader(new URL[] {entry.toUri().toURL()}, null);
            open.add(loader);
            scene.loaders.add(loader);
        }
    }

    private List<String> trees() throws IOException {
        return names(scene.cache.resolve("bundle")).stream()
                .filter(name -> Files.isDirectory(scene.cache.resolve("bundle").resolve(name)))
                .toList();
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
