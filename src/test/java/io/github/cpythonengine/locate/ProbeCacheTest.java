package io.github.cpythonengine.locate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("locate")
class ProbeCacheTest {
    @TempDir
    Path folder;

    private Scene scene;
    private Path root;

    @BeforeEach
    void onePython() throws Exception {
        scene = new Scene(folder);
        root = scene.installation("py", "3.12.1");
    }

    @Test
    void aSecondSearchRunsNothing() throws Exception {
        PythonHome first = locate();
        assertThat(locate(), is(first));
        assertThat(Scene.runs(root), is(1L));
    }

    @Test
    void aSecondProcessRunsNothing() throws Exception {
        PythonHome first = locate();
        Object written = Files.getAttribute(keptFiles().get(0), "unix:ino");
        forgetMemory();
        assertThat(locate(), is(first));
        assertThat(Scene.runs(root), is(1L));
        assertThat(Files.getAttribute(keptFiles().get(0), "unix:ino"), is(written));
    }

    @Test
    void aChangedExecutableIsAskedAgain() throws Exception {
        locate();
        Files.setLastModifiedTime(root.resolve("bin/python3"), FileTime.fromMillis(1_000_000_000_000L));
        locate();
        assertThat(Scene.runs(root), is(2L));
    }

    @Test
    void aMissingLibraryIsNoticed() throws Exception {
        Path other = Files.write(folder.resolve("libpython3.12.so"), Scene.elf());
        locate();
        Files.delete(root.resolve("lib/libpython3.12.so.1.0"));
        assertThat(
                scene.locate(PythonSettings.NONE.withVenv(root, "test").withLibrary(other, "test"))
                        .library(),
                is(other));
        assertThat(Scene.runs(root), is(2L));
    }

    @Test
    void anAnswerWithoutALibraryIsNotKept() throws Exception {
        Path fixed = scene.installation("fixed", "3.12.0", Map.of("library", ""));
        scene.failure(PythonSettings.NONE.withVenv(fixed, "test"));
        scene.failure(PythonSettings.NONE.withVenv(fixed, "test"));
        assertThat(Scene.runs(fixed), is(2L));
    }

    @Test
    void aDamagedFileIsNoAnswer() throws Exception {
        PythonHome first = locate();
        Path file = keptFiles().get(0);
        String good = Files.readString(file);
        for (String bad : List.of("", "garbage", good.substring(0, 99), good.replace("3.12.1", "3.12.2"))) {
            Files.writeString(file, bad);
            long runs = Scene.runs(root);
            forgetMemory();
            assertThat(locate(), is(first));
            assertThat(Scene.runs(root), is(runs + 1));
        }
    }

    @Test
    void filesAreForThisUserOnly() throws Exception {
        locate();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(scene.cache)), is("rwx------"));
        assertThat(keptFiles(), hasSize(1));
    }

    @Test
    void withoutAFolderToKeepItTheAnswerIsStillGood() throws Exception {
        Scene.write(scene.cache, "a file is in the way");
        assertThat(locate().version(), is("3.12.1"));
    }

    @Test
    void anotherChoiceOfPyenvIsNoticed() throws Exception {
        Path shims = Files.createDirectories(folder.resolve("shims"));
        Path chosen = Scene.write(folder.resolve("version"), "3.12.1\n");
        Path other = scene.installation("other", "3.11.7");
        Path shim = Scene.program(
                shims.resolve("python3"),
                "case $(cat '"
                        + chosen
                        + "') in 3.12*) exec '"
                        + root
                        + "/bin/python3';; esac\n"
                        + "exec '"
                        + other
                        + "/bin/python3'");
        PythonSettings settings = PythonSettings.NONE.withExecutable(shim, "test");
        assertThat(scene.locate(settings).version(), is("3.12.1"));
        assertThat(scene.locate(settings).executable(), is(root.resolve("bin/python3")));
        assertThat(Scene.runs(root), is(1L));
        Files.writeString(chosen, "3.11.7, rather\n");
        assertThat(scene.locate(settings).version(), is("3.11.7"));
    }

    private PythonHome locate() {
        return scene.locate(PythonSettings.NONE.withVenv(root, "test"));
    }

    private List<Path> keptFiles() throws Exception {
        try (Stream<Path> files = Files.list(scene.cache.resolve("probe"))) {
            return files.toList();
        }
    }

    private static void forgetMemory() {
        ProbeCache.MEMORY.clear();
    }
}
