package io.github.cpythonengine.locate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which Python is taken when nobody asked for a particular one. */
@Tag("locate")
class SearchOrderTest {
    @TempDir
    Path folder;

    private Scene scene;
    private Path onPath;

    @BeforeEach
    void aPythonOnThePath() throws Exception {
        scene = new Scene(folder);
        onPath = scene.installation("path", "3.9.1");
        scene.env.put("PATH", onPath.resolve("bin").toString());
    }

    @Test
    void anActiveVirtualEnvironmentComesFirst() throws Exception {
        scene.env.put("VIRTUAL_ENV", scene.installation("venv", "3.11.1").toString());
        scene.env.put("CONDA_PREFIX", scene.installation("conda", "3.12.1").toString());
        scene.loaders.add(bundle());
        assertThat(scene.locate().origin(), is("VIRTUAL_ENV"));
    }

    @Test
    void thenAnActiveCondaEnvironment() throws Exception {
        scene.env.put("CONDA_PREFIX", scene.installation("conda", "3.12.1").toString());
        scene.loaders.add(bundle());
        assertThat(scene.locate().origin(), is("CONDA_PREFIX"));
    }

    @Test
    void thenTheBundle() throws Exception {
        scene.loaders.add(bundle());
        assertThat(scene.locate().origin(), is("bundle org.bytedeco:cpython"));
    }

    @Test
    void thenThePath() {
        PythonHome home = scene.locate();
        assertThat(home.origin(), is("PATH (" + onPath.resolve("bin") + ")"));
        assertThat(
                home.tried(),
                contains(
                        "VIRTUAL_ENV: not set",
                        "CONDA_PREFIX: not set",
                        "bundle org.bytedeco:cpython is not on the class path",
                        "PATH: "
                                + onPath.resolve("bin/python3")
                                + ": CPython 3.9.1, library "
                                + onPath.resolve("lib/libpython3.9.so.1.0")));
    }

    @Test
    void theBundleCanBeLeftOut() throws Exception {
        scene.loaders.add(bundle());
        PythonHome home = scene.locate(PythonSettings.NONE.withBundle(PythonSettings.Bundle.FALSE, "test"));
        assertThat(home.version(), is("3.9.1"));
        assertThat(home.tried(), hasItem("bundle org.bytedeco:cpython: not used (test)"));
    }

    @Test
    void theBundleCanBeDemanded() throws Exception {
        scene.env.put("VIRTUAL_ENV", scene.installation("venv", "3.11.1").toString());
        PythonSettings demanded =
                PythonSettings.NONE.withBundle(PythonSettings.Bundle.TRUE, "system property cpython.bundle");
        PythonNotFoundException e = scene.failure(demanded);
        assertThat(
                e.getMessage(), containsString("cpython.bundle asks for the bundle, which is not on the class path"));
        scene.loaders.add(bundle());
        assertThat(scene.locate(demanded).origin(), is("bundle org.bytedeco:cpython"));
    }

    @Test
    void aBrokenVariableIsPassedOverWithItsReason() {
        scene.env.put("VIRTUAL_ENV", "/nowhere");
        PythonHome home = scene.locate();
        assertThat(home.version(), is("3.9.1"));
        assertThat(home.tried(), hasItem("VIRTUAL_ENV: /nowhere does not exist"));
    }

    @Test
    void anEnvironmentWithoutALibraryIsPassedOverWithItsReason() throws Exception {
        Path fixed = scene.installation("fixed", "3.12.0", Map.of("library", ""));
        scene.env.put("VIRTUAL_ENV", fixed.toString());
        PythonHome home = scene.locate();
        assertThat(home.version(), is("3.9.1"));
        assertThat(
                home.tried(),
                hasItem("VIRTUAL_ENV: " + fixed + " is CPython 3.12.0 without a shared library (libpython)"));
    }

    @Test
    void aRelativeVariableIsPassedOver() {
        scene.env.put("CONDA_PREFIX", "env");
        assertThat(scene.locate().tried(), hasItem("CONDA_PREFIX: env is not an absolute path"));
    }

    @Test
    void relativeAndEmptyAndCurrentPathEntriesAreSkipped() {
        String path = ".:" + ":bin:" + scene.env.get("PATH");
        scene.env.put("PATH", path);
        PythonHome home = scene.locate();
        assertThat(home.version(), is("3.9.1"));
        assertThat(home.tried(), hasItem("PATH: entry '.' skipped (not an absolute path)"));
        assertThat(home.tried(), hasItem("PATH: entry '' skipped (not an absolute path)"));
        assertThat(home.tried(), hasItem("PATH: entry 'bin' skipped (not an absolute path)"));
    }

    @Test
    void aFolderThatAnybodyMayWriteIsSkipped() throws Exception {
        Path open = scene.installation("open", "3.12.0").resolve("bin");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        scene.env.put("PATH", open + ":" + scene.env.get("PATH"));
        assertThat(scene.locate().version(), is("3.9.1"));
        assertThat(Scene.runs(open.getParent()), is(0L));
    }

    @Test
    void aProgramThatAnybodyMayWriteIsNotRun() throws Exception {
        Path open = scene.installation("open", "3.12.0");
        Files.setPosixFilePermissions(open.resolve("bin/python3"), PosixFilePermissions.fromString("rwxrwxrwx"));
        scene.env.put("PATH", open.resolve("bin") + ":" + scene.env.get("PATH"));
        PythonHome home = scene.locate();
        assertThat(home.version(), is("3.9.1"));
        assertThat(Scene.runs(open), is(0L));
        assertThat(home.tried(), hasItem(containsString("because anybody may write " + open)));
    }

    @Test
    void aLibraryThatAnybodyMayWriteIsNotLoaded() throws Exception {
        Path open = scene.installation("open", "3.12.0");
        Files.setPosixFilePermissions(
                open.resolve("lib/libpython3.12.so.1.0"), PosixFilePermissions.fromString("rw-rw-rw-"));
        scene.env.put("PATH", open.resolve("bin") + ":" + scene.env.get("PATH"));
        assertThat(scene.locate().version(), is("3.9.1"));
        PythonSettings named = PythonSettings.NONE.withVenv(open, "test");
        assertThat(scene.locate(named).version(), is("3.12.0"));
    }

    @Test
    void python3IsSoughtEverywhereBeforePython() throws Exception {
        Path other = scene.installation("other", "3.12.0");
        Files.move(other.resolve("bin/python3"), other.resolve("bin/python"));
        scene.env.put("PATH", other.resolve("bin") + ":" + scene.env.get("PATH"));
        assertThat(scene.locate().version(), is("3.9.1"));
        scene.env.put("PATH", other.resolve("bin").toString());
        assertThat(scene.locate().version(), is("3.12.0"));
    }

    @Test
    void aNewerPythonThanTheKnownOnesIsPassedOver() throws Exception {
        Path next = scene.installation("next", "3.15.0");
        scene.env.put("PATH", next.resolve("bin") + ":" + scene.env.get("PATH"));
        PythonHome home = scene.locate();
        assertThat(home.version(), is("3.9.1"));
        assertThat(home.tried(), hasItem(containsString("newer than the versions tried")));
    }

    @Test
    void whenThereIsNoneTheMessageSaysWhereItLookedAndWhatToDo() throws Exception {
        Path pypy = scene.installation("pypy", "3.10.14", Map.of("implementation", "pypy"));
        Path fixed = scene.installation(
                "fixed", "3.11.2", Map.of("library", "", "base_prefix", "/opt/.pyenv/versions/3.11.2"));
        scene.env.put("SECRET", "swordfish");
        scene.env.put("PATH", pypy.resolve("bin") + ":" + fixed.resolve("bin") + ":relative");
        PythonNotFoundException e = scene.failure(PythonSettings.NONE);
        String text = e.getMessage();
        assertThat(text, startsWith("No CPython 3.9 - 3.14 that can be loaded. Tried:\n"));
        assertThat(text, containsString("\n  - VIRTUAL_ENV: not set"));
        assertThat(text, containsString("\n  - CONDA_PREFIX: not set"));
        assertThat(text, containsString("\n  - bundle org.bytedeco:cpython is not on the class path"));
        assertThat(text, containsString("pypy/bin/python3 is PyPy 3.10.14, not CPython"));
        assertThat(text, containsString("is CPython 3.11.2 without a shared library"));
        assertThat(text, containsString("\nFix: PATH: " + fixed.resolve("bin/python3")));
        assertThat(text, containsString("pyenv install --force 3.11.2"));
        assertThat(text, containsString("cpython.executable (CPYTHON_EXECUTABLE)"));
        assertThat(text, containsString("classifier"));
        assertThat(text, not(containsString("swordfish")));
        assertThat(e.tried(), hasItem("VIRTUAL_ENV: not set"));
    }

    @Test
    void withoutAPathTheMessageSaysSo() {
        scene.env.clear();
        assertThat(scene.failure(PythonSettings.NONE).tried(), hasItem("PATH: not set"));
        scene.env.put("PATH", folder.toString());
        assertThat(scene.failure(PythonSettings.NONE).tried(), hasItem("PATH: no python3 and no python in 1 folders"));
    }

    /** A class loader that sees a small bundle. */
    private ClassLoader bundle() throws Exception {
        Path jar = TinyBundle.jar(folder.resolve("bundle.jar"));
        return new URLClassLoader(new URL[] {jar.toUri().toURL()}, null);
    }
}
