package io.github.cpythonengine.locate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Python is told its home only when it would not find it. */
@Tag("locate")
class HomeRuleTest {
    private static final PythonSettings NONE = PythonSettings.NONE;

    @TempDir
    Path folder;

    private Scene scene;
    private Path base;

    @BeforeEach
    void onePython() throws Exception {
        scene = new Scene(folder);
        base = scene.installation("base", "3.12.1");
    }

    @Test
    void anInstallationFindsItself() {
        assertThat(home(base), is(nullValue()));
    }

    @Test
    void aVirtualEnvironmentFindsItsBase() throws Exception {
        assertThat(home(venv(base.resolve("bin"))), is(nullValue()));
    }

    @Test
    void aLinkToTheExecutableLeadsToTheInstallation() throws Exception {
        Files.createSymbolicLink(folder.resolve("python3"), base.resolve("bin/python3"));
        PythonHome home = scene.locate(NONE.withExecutable(folder.resolve("python3"), "test"));
        assertThat(home.home(), is(nullValue()));
    }

    @Test
    void aLibraryElsewhereMustBeTold() throws Exception {
        Path other = scene.installation("other", "3.12.1");
        Path odd = scene.installation(
                "odd", "3.12.1", Map.of("base_prefix", other.toString(), "base_exec_prefix", other.toString()));
        assertThat(home(odd), is(other.toString()));
    }

    @Test
    void twoPrefixesAreToldAsTwo() throws Exception {
        Path odd = scene.installation("odd", "3.12.1", Map.of("base_prefix", "/p", "base_exec_prefix", "/e"));
        assertThat(home(odd), is("/p:/e"));
    }

    @Test
    void aPythonhomeInTheEnvironmentIsOverruled() throws Exception {
        scene.env.put("PYTHONHOME", "/nowhere");
        assertThat(home(base), is(base.toString()));
        assertThat(home(venv(base.resolve("bin"))), is(base.toString()));
        Scene.program(base.resolve("bin/python3.12"), "exit 1");
        Path library = base.resolve("lib/libpython3.12.so.1.0");
        assertThat(scene.locate(NONE.withLibrary(library, "test")).home(), is(base.toString()));
    }

    @Test
    void anIsolatedPythonDoesNotSeePythonhome() {
        scene.env.put("PYTHONHOME", "/nowhere");
        PythonSettings isolated = NONE.withVenv(base, "test").withIsolated(true, "test");
        assertThat(scene.locate(isolated).home(), is(nullValue()));
    }

    @Test
    void theUsersWordStands() {
        String told = base + ":/e";
        PythonSettings settings = NONE.withVenv(base, "test").withHome(told, "test");
        assertThat(scene.locate(settings).home(), is(told));
    }

    private String home(Path root) {
        return scene.locate(NONE.withVenv(root, "test")).home();
    }

    private Path venv(Path home) throws Exception {
        Path venv = scene.installation(
                "venv", "3.12.1", Map.of("base_prefix", base.toString(), "base_exec_prefix", base.toString()));
        Files.delete(venv.resolve("lib/python3.12/os.py"));
        Scene.write(venv.resolve("pyvenv.cfg"), "home = " + home + "\nversion = 3.12.1\n");
        return venv;
    }
}
