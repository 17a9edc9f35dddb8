package io.github.cpythonengine.locate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("locate")
class PreloadTest {
    @TempDir
    Path folder;

    private Scene scene;
    private Path root;
    private Path extra;

    @BeforeEach
    void librariesInTwoPlaces() throws Exception {
        scene = new Scene(folder);
        root = scene.installation("py", "3.12.1");
        extra = Files.createDirectories(folder.resolve("extra"));
        Files.write(root.resolve("lib/libone.so"), Scene.elf());
        Files.write(root.resolve("lib/libtwo.so.2"), Scene.elf());
        Files.write(extra.resolve("libone.so"), Scene.elf());
    }

    @Test
    void namesAreFoundBesideThePython() {
        assertThat(
                preload(PythonSettings.NONE, "one", "libtwo.so.2"),
                contains(root.resolve("lib/libone.so"), root.resolve("lib/libtwo.so.2")));
    }

    @Test
    void thePreloadPathComesFirst() {
        assertThat(
                preload(PythonSettings.NONE.withPreloadPath(List.of(extra), "x"), "libtwo.so.2", "one"),
                contains(root.resolve("lib/libtwo.so.2"), extra.resolve("libone.so")));
    }

    @Test
    void aPathIsTakenAsItIs() {
        String path = extra.resolve("libone.so").toString();
        assertThat(preload(PythonSettings.NONE, path), contains(Path.of(path)));
    }

    @Test
    void aMissingOneIsAnError() {
        PythonSettings settings = PythonSettings.NONE.withVenv(root, "test");
        assertThat(
                scene.failure(settings.withPreload(List.of("three"), "cpython.preload"))
                        .getMessage(),
                containsString("cpython.preload names three, which is not in " + root.resolve("lib")));
        assertThat(
                scene.failure(settings.withPreload(List.of("/a/b.so"), "cpython.preload"))
                        .getMessage(),
                containsString("names /a/b.so, which does not exist"));
    }

    private List<Path> preload(PythonSettings settings, String... names) {
        return scene.locate(settings.withVenv(root, "test").withPreload(List.of(names), "test"))
                .preload();
    }
}
