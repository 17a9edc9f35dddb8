package io.github.cpythonengine.locate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is set explicitly is used, or it is an error. */
@Tag("locate")
class ExplicitSourceTest {
    private static final PythonSettings NONE = PythonSettings.NONE;

    @TempDir
    Path folder;

    private Scene scene;
    private Path root;

    @BeforeEach
    void onePython() throws Exception {
        scene = new Scene(folder);
        root = scene.installation("py", "3.12.1");
        Path good = scene.installation("good", "3.11.7");
        scene.env.put("PATH", good.resolve("bin").toString());
        scene.env.put("VIRTUAL_ENV", good.toString());
    }

    @Test
    void anExecutableIsUsed() {
        PythonHome home = scene.locate(NONE.withExecutable(root.resolve("bin/python3"), "test"));
        assertThat(home.version(), is("3.12.1"));
        assertThat(home.executable(), is(root.resolve("bin/python3")));
        assertThat(home.library(), is(root.resolve("lib/libpython3.12.so.1.0")));
        assertThat(home.home(), is(nullValue()));
        assertThat(home.prefix(), is(root));
        assertThat(home.origin(), is("test"));
    }

    @Test
    void anEnvironmentIsUsed() {
        assertThat(scene.locate(NONE.withVenv(root, "test")).version(), is("3.12.1"));
    }

    @Test
    void aHomeAloneIsTheFolderOfAnInstallation() {
        PythonHome home = scene.locate(NONE.withHome(root.toString(), "test"));
        assertThat(home.version(), is("3.12.1"));
        assertThat(home.home(), is(root.toString()));
    }

    @Test
    void aLibraryAloneRunsNothingAndFindsItsInstallation() throws Exception {
        Path executable = Scene.program(root.resolve("bin/python3.12"), "exit 1");
        Path library = root.resolve("lib/libpython3.12.so.1.0");
        PythonHome home = scene.locate(NONE.withLibrary(library, "test"));
        assertThat(home.library(), is(library));
        assertThat(home.executable(), is(executable));
        assertThat(home.prefix(), is(root));
        assertThat(home.home(), is(nullValue()));
        assertThat(home.version(), is("3.12"));
        assertThat(Scene.runs(root), is(0L));
    }

    @Test
    void aLibraryWithoutExecutableIsToldItsHome() {
        Path library = root.resolve("lib/libpython3.12.so.1.0");
        PythonHome home = scene.locate(NONE.withLibrary(library, "test"));
        assertThat(home.executable(), is(nullValue()));
        assertThat(home.home(), is(root.toString()));
    }

    @Test
    void aLibraryFarFromAnyPythonIsLeftToItself() throws Exception {
        Path library = Files.write(folder.resolve("libpython3.12.so"), Scene.elf());
        PythonHome home = scene.locate(NONE.withLibrary(library, "test"));
        assertThat(home.home(), is(nullValue()));
        assertThat(home.executable(), is(nullValue()));
        assertThat(home.prefix(), is(nullValue()));
    }

    @Test
    void aLibraryAndAHome() throws Exception {
        Path library = root.resolve("lib/libpython3.12.so.1.0");
        Path other = folder.resolve("other");
        Scene.write(other.resolve("lib/python3.12/os.py"), "");
        PythonHome home = scene.locate(NONE.withLibrary(library, "test").withHome(other.toString(), "test"));
        assertThat(home.home(), is(other.toString()));
        assertThat(home.prefix(), is(other));
    }

    @Test
    void aHomeWithoutAStandardLibraryIsAnError() {
        Path library = root.resolve("lib/libpython3.12.so.1.0");
        String reason = "home /nowhere (B), where the standard library of Python 3.12 is not (encodings";
        assertFails(NONE.withLibrary(library, "A").withHome("/nowhere", "B"), reason);
        assertFails(NONE.withVenv(root, "A").withHome("/nowhere", "B"), reason);
        assertFails(NONE.withHome("/nowhere", "B"), "B names /nowhere, which does not exist");
    }

    @Test
    void aBareNameIsNotLookedFor() {
        assertFails(
                NONE.withExecutable(Path.of("python3"), "test"),
                "names python3 (" + Path.of("python3").toAbsolutePath() + "), which does not exist",
                "Give the full path");
    }

    @Test
    void aLibraryAndAnEnvironmentOfTheSameVersion() throws Exception {
        Path library = Files.write(folder.resolve("libpython3.12.so.1.0"), Scene.elf());
        PythonHome home = scene.locate(NONE.withLibrary(library, "test").withVenv(root, "test"));
        assertThat(home.library(), is(library));
        assertThat(home.executable(), is(root.resolve("bin/python3")));
    }

    @Test
    void aLibraryOfAnotherVersionThanTheExecutableIsRefused() throws Exception {
        Path library = Files.write(folder.resolve("libpython3.11.so.1.0"), Scene.elf());
        assertFails(
                NONE.withLibrary(library, "the one").withVenv(root, "the other"),
                "is CPython 3.12.1, but the library " + library + " is of 3.11");
    }

    @Test
    void aRelativePathIsRelativeToTheCurrentFolder() {
        Path relative = Path.of("").toAbsolutePath().relativize(root.resolve("bin/python3"));
        PythonHome home = scene.locate(NONE.withExecutable(relative, "test"));
        assertThat(home.executable(), is(root.resolve("bin/python3")));
    }

    @Test
    void aMissingExecutableIsAnErrorAndNothingElseIsTried() {
        assertFails(
                NONE.withExecutable(Path.of("/nowhere/python3"), "system property cpython.executable"),
                "system property cpython.executable names /nowhere/python3, which does not exist");
    }

    @Test
    void aMissingEnvironmentIsAnError() {
        assertFails(NONE.withVenv(Path.of("/nowhere"), "CPYTHON_VENV"), "CPYTHON_VENV names /nowhere");
    }

    @Test
    void anEnvironmentWhosePythonIsGoneIsAnError() throws Exception {
        Scene.write(folder.resolve("old/pyvenv.cfg"), "home = /gone/bin\n");
        Files.createDirectories(folder.resolve("old/bin"));
        Files.createSymbolicLink(folder.resolve("old/bin/python3"), Path.of("/gone/bin/python3"));
        assertFails(NONE.withVenv(folder.resolve("old"), "test"), "whose Python is gone", "anew");
    }

    @Test
    void aFolderForAnExecutableIsPointedOut() {
        assertFails(NONE.withExecutable(root, "test"), "is a folder, not a program", "cpython.venv");
    }

    @Test
    void anExecutableForALibraryIsPointedOut() throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        assertFails(NONE.withLibrary(java, "test"), "is a program", "cpython.executable");
    }

    @Test
    void aLibraryForAnExecutableIsPointedOut() {
        assertFails(
                NONE.withExecutable(root.resolve("lib/libpython3.12.so.1.0"), "test"),
                "is not executable",
                "cpython.library");
    }

    @Test
    void aFileForAnEnvironmentIsPointedOut() {
        assertFails(NONE.withVenv(root.resolve("bin/python3"), "test"), "not a folder", "cpython.executable");
    }

    @Test
    void anExecutableOutsideTheEnvironmentContradictsIt() throws Exception {
        assertFails(
                NONE.withVenv(root, "A").withExecutable(folder.resolve("good/bin/python3"), "B"),
                "B asks for an executable",
                "and A for an environment",
                "Set only one");
    }

    @Test
    void theBundleAndAnotherPythonContradict() {
        assertFails(
                NONE.withVenv(root, "A").withBundle(PythonSettings.Bundle.TRUE, "B"),
                "B asks for the bundle",
                "Set only one");
    }

    @Test
    void aPythonThatIsTooNewIsUsedWhenNamed() throws Exception {
        Path next = scene.installation("next", "3.15.0");
        assertThat(scene.locate(NONE.withVenv(next, "test")).version(), is("3.15.0"));
    }

    @Test
    void aFreeThreadedBuildIsRefused() throws Exception {
        Path free = scene.installation("free", "3.13.0", Map.of("free_threaded", "1"));
        assertFails(NONE.withVenv(free, "test"), "is a free-threaded build (3.13.0t)");
        Path library = Files.write(folder.resolve("libpython3.13t.so.1.0"), Scene.elf());
        assertFails(NONE.withLibrary(library, "test"), "free-threaded build (3.13t)");
    }

    @Test
    void otherPythonsAreRefusedByName() throws Exception {
        Path pypy = scene.installation("pypy", "3.10.14", Map.of("implementation", "pypy"));
        Path graal = scene.installation("graal", "3.11.7", Map.of("implementation", "graalpy"));
        assertFails(NONE.withVenv(pypy, "test"), "is PyPy 3.10.14, not CPython");
        assertFails(NONE.withVenv(graal, "test"), "is GraalPy 3.11.7, not CPython");
    }

    @Test
    void anOldPythonIsRefused() throws Exception {
        Path old = scene.installation("old", "3.8.18");
        assertFails(NONE.withVenv(old, "test"), "Python 3.8.18, which is too old", "3.9 - 3.14");
        Path library = Files.write(folder.resolve("libpython2.7.so.1.0"), Scene.elf());
        assertFails(NONE.withLibrary(library, "test"), "Python 2.7, which is too old");
    }

    @Test
    void a32BitPythonIsRefused() throws Exception {
        Path narrow = scene.installation("narrow", "3.12.0", Map.of("bits", "32"));
        assertFails(NONE.withVenv(narrow, "test"), "is a 32-bit Python");
    }

    @Test
    void anExecutableForAnotherProcessorIsRefused() throws Exception {
        boolean arm = Platform.CURRENT.arch().equals("arm64");
        Path other = folder.resolve("python3");
        Files.write(other, Scene.elf(arm ? 62 : 183));
        Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertFails(
                NONE.withExecutable(other, "test"), "is built for " + (arm ? "x86_64" : "arm64") + ", but this JVM is");
    }

    @Test
    void aDebugBuildIsKnownAsOne() throws Exception {
        Path debug = scene.installation("debug", "3.12.0", Map.of("debug", "1"));
        assertThat(scene.locate(NONE.withVenv(debug, "test")).debug(), is(true));
    }

    @Test
    void aPythonWithoutALibraryIsAnErrorWithAdvice() throws Exception {
        Path fixed = scene.installation(".pyenv/versions/3.12.9", "3.12.9", Map.of("library", ""));
        assertFails(
                NONE.withVenv(fixed, "test"),
                "is CPython 3.12.9 without a shared library (libpython)",
                "PYTHON_CONFIGURE_OPTS=--enable-shared pyenv install --force 3.12.9");
    }

    @Test
    void aPendingInterruptNeitherStopsTheSearchNorIsLost() {
        Thread.currentThread().interrupt();
        PythonHome home = scene.locate(NONE.withVenv(root, "test"));
        assertThat(Thread.interrupted(), is(true));
        assertThat(home.library().toString(), endsWith("libpython3.12.so.1.0"));
    }

    private void assertFails(PythonSettings settings, String... parts) {
        PythonNotFoundException e = scene.failure(settings);
        for (String part : parts) {
            assertThat(e.getMessage(), containsString(part));
        }
        assertThat(e.getMessage(), allOf(containsString("set explicitly"), not(containsString("3.11.7 "))));
    }
}
