package io.github.cpythonengine.locate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("locate")
class BundleSourceTest {
    private static final PythonSettings BUNDLE = PythonSettings.NONE.withBundle(PythonSettings.Bundle.TRUE, "test");

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
    void itIsUnpackedAndReady() throws Exception {
        classPath(TinyBundle.jar(folder.resolve("b.jar")));
        PythonHome home = scene.locate(BUNDLE);
        Path root = home.prefix();
        assertThat(root.startsWith(scene.cache.resolve("bundle")), is(true));
        assertThat(root.getFileName().toString(), containsString("cpython-3.14.3-"));
        assertThat(home.version(), is("3.14.3"));
        assertThat(home.library(), is(root.resolve("libpython3.14.so.1.0")));
        assertThat(home.executable(), is(root.resolve("bin/python3.14")));
        assertThat(home.home(), is(nullValue()));
        assertThat(home.preload().isEmpty(), is(true));
        assertThat(Files.isExecutable(root.resolve("bin/pip3")), is(true));
        assertThat(RealPythons.output(folder, List.of(home.executable().toString())), is("tiny"));
    }

    @Test
    void testsAndJavasOwnPartAreLeftOut() throws Exception {
        classPath(TinyBundle.jar(folder.resolve("b.jar")));
        Path root = scene.locate(BUNDLE).prefix();
        Path library = root.resolve("lib/python3.14");
        assertThat(Files.exists(library.resolve("test/test_os.py")), is(false));
        assertThat(Files.exists(root.resolve("libjnipython.so")), is(false));
        assertThat(Files.exists(library.resolve("test/support/__init__.py")), is(true));
        assertThat(Files.exists(library.resolve("unittest/test/x.py")), is(true));
        assertThat(Files.exists(library.resolve("lib-dynload/libffi.so.8")), is(true));
    }

    @Test
    void aSecondUseUnpacksNothing() throws Exception {
        classPath(TinyBundle.jar(folder.resolve("b.jar")));
        Path root = scene.locate(BUNDLE).prefix();
        Object key = Files.readAttributes(root, "unix:ino").get("ino");
        assertThat(scene.locate(BUNDLE).prefix(), is(root));
        assertThat(Files.readAttributes(root, "unix:ino").get("ino"), is(key));
    }

    @Test
    void whatWasDamagedIsUnpackedAgain() throws Exception {
        classPath(TinyBundle.jar(folder.resolve("b.jar")));
        Path root = scene.locate(BUNDLE).prefix();
        Files.delete(root.resolve("lib/python3.14/os.py"));
        assertThat(Files.exists(scene.locate(BUNDLE).prefix().resolve("lib/python3.14/os.py")), is(true));
        Files.writeString(root.resolve("libpython3.14.so.1.0"), "cut");
        assertThat(Files.size(scene.locate(BUNDLE).library()), is((long) Scene.elf().length));
        Files.delete(root.resolve("cpython-engine.files"));
        Files.delete(root.resolve("bin/pip3"));
        assertThat(Files.exists(scene.locate(BUNDLE).prefix().resolve("bin/pip3")), is(true));
        Files.writeString(root.resolve("cpython-engine.files"), "3.14.3\n");
        Files.delete(root.resolve("bin/pip3"));
        assertThat(Files.exists(scene.locate(BUNDLE).prefix().resolve("bin/pip3")), is(true));
        assertThat(unpacked(), contains(root.getFileName().toString()));
    }

    @Test
    void whatKilledProcessesLeftIsClearedAway() throws Exception {
        classPath(TinyBundle.jar(folder.resolve("b.jar")));
        Path root = scene.locate(BUNDLE).prefix();
        Scene.write(root.resolveSibling(root.getFileName() + ".tmp123/lib/x.py"), "half");
        Files.delete(root.resolve("bin/pip3"));
        scene.locate(BUNDLE);
        assertThat(unpacked(), contains(root.getFileName().toString()));
    }

    @Test
    void anotherBundleHasAnotherFolder() throws Exception {
        Path jar = TinyBundle.jar(folder.resolve("b.jar"));
        classPath(jar);
        Path first = scene.locate(BUNDLE).prefix();
        Map<String, byte[]> files = TinyBundle.files();
        files.put("lib/python3.14/new.py", new byte[] {'#'});
        scene.loaders.clear();
        classPath(TinyBundle.jar(folder.resolve("c.jar"), files));
        assertThat(scene.locate(BUNDLE).prefix(), is(not(first)));
        scene.loaders.clear();
        Files.copy(jar, folder.resolve("d.jar"));
        Files.setLastModifiedTime(folder.resolve("d.jar"), FileTime.fromMillis(0));
        classPath(folder.resolve("d.jar"));
        assertThat(scene.locate(BUNDLE).prefix(), is(first));
    }

    @Test
    void manyAtOnceGetOneTree() throws Exception {
        classPath(TinyBundle.jar(folder.resolve("b.jar")));
        List<Path> found = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(new Thread(() -> found.add(scene.locate(BUNDLE).prefix())));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(found, hasSize(8));
        assertThat(unpacked(), hasSize(1));
    }

    @Test
    void aFolderOnTheClassPathWillDo() throws Exception {
        Path root = folder.resolve("classes").resolve(BundleArchive.ROOT);
        for (Map.Entry<String, byte[]> each : TinyBundle.files().entrySet()) {
            Path file = root.resolve(Platform.CURRENT.classifier()).resolve(each.getKey());
            Files.createDirectories(file.getParent());
            Files.write(file, each.getValue());
        }
        classPath(folder.resolve("classes"));
        assertThat(scene.locate(BUNDLE).version(), is("3.14.3"));
    }

    @Test
    void aBrokenJarIsAClearErrorAndLeavesNothing() throws Exception {
        Path jar = TinyBundle.jar(folder.resolve("b.jar"));
        byte[] content = Files.readAllBytes(jar);
        for (int i = 300; i < 1000; i++) {
            content[i] ^= 0x55;
        }
        Files.write(jar, content);
        classPath(jar);
        String message = scene.failure(BUNDLE).getMessage();
        assertThat(message, containsString("asks for the bundle, which could not be unpacked"));
        assertThat(message, containsString("Set cpython.cache"));
        assertThat(unpacked(), hasSize(0));
    }

    @Test
    void whenItCannotBeUnpackedTheSearchGoesOn() throws Exception {
        Map<String, byte[]> files = TinyBundle.files();
        files.remove("libpython3.14.so.1.0");
        classPath(TinyBundle.jar(folder.resolve("b.jar"), files));
        Path other = scene.installation("other", "3.9.1");
        scene.env.put("PATH", other.resolve("bin").toString());
        PythonHome home = scene.locate();
        assertThat(home.version(), is("3.9.1"));
        assertThat(home.tried(), hasItem(containsString("the bundle has no libpython")));
    }

    @Test
    void anEntryThatLeadsOutIsRefused() throws Exception {
        Map<String, byte[]> files = TinyBundle.files();
        files.put("../../../../../evil", new byte[1]);
        classPath(TinyBundle.jar(folder.resolve("b.jar"), files));
        assertThat(scene.failure(BUNDLE).getMessage(), containsString("leads out"));
    }

    @Test
    void withoutAFolderToUnpackToTheMessageNamesTheProperty() throws Exception {
        classPath(TinyBundle.jar(folder.resolve("b.jar")));
        Scene.write(scene.cache, "a file is in the way");
        String message = scene.failure(BUNDLE).getMessage();
        assertThat(message, containsString(scene.cache.toString()));
        assertThat(message, containsString("Set cpython.cache (or CPYTHON_CACHE)"));
    }

    @Test
    void thePartForThisPlatformMayBeMissing() throws Exception {
        Path classes = folder.resolve("classes");
        Scene.write(classes.resolve(BundleArchive.ROOT + "PyObject.class"), "");
        classPath(classes);
        assertThat(
                scene.failure(BUNDLE).getMessage(),
                containsString("Add the jar with the classifier " + Platform.CURRENT));
    }

    @Test
    void pythonhomeIsOverruled() throws Exception {
        classPath(TinyBundle.jar(folder.resolve("b.jar")));
        scene.env.put("PYTHONHOME", "/nowhere");
        PythonHome home = scene.locate(BUNDLE);
        assertThat(home.home(), is(home.prefix().toString()));
    }

    private void classPath(Path entry) throws Exception {
        URLClassLoader loader = new URLClassLoader(new URL[] {entry.toUri().toURL()}, null);
        open.add(loader);
        scene.loaders.add(loader);
    }

    private List<String> unpacked() throws Exception {
        try (Stream<Path> files = Files.list(scene.cache.resolve("bundle"))) {
            return files.filter(Files::isDirectory)
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }
}
