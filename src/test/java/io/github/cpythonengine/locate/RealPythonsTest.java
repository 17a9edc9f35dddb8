package io.github.cpythonengine.locate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Pythons that this machine has. */
@Tag("locate")
class RealPythonsTest {
    private static final PythonSettings NONE = PythonSettings.NONE;

    @TempDir
    Path folder;

    private Scene scene;

    @BeforeEach
    void emptyScene() {
        scene = new Scene(folder);
    }

    /** Or JUnit warns of each link that leads out of its folder. */
    @AfterEach
    void removeLinks() throws Exception {
        List<Path> links;
        try (Stream<Path> files = Files.walk(folder)) {
            links = files.filter(Files::isSymbolicLink).toList();
        }
        for (Path link : links) {
            Files.delete(link);
        }
    }

    @Test
    void everyPyenvPythonIsUsedOrPolitelyRefused() {
        List<Path> versions = RealPythons.pyenvVersions();
        assumeTrue(!versions.isEmpty(), "no pyenv");
        for (Path version : versions) {
            PythonSettings settings = NONE.withVenv(version, "test");
            if (version.getFileName().toString().matches("3\\.(9|1[0-4])\\..*")) {
                PythonHome home = scene.locate(settings);
                assertThat(home.version(), is(version.getFileName().toString()));
                assertThat(home.library().startsWith(version), is(true));
                assertThat(home.prefix(), is(version));
                assertThat(home.home(), is(nullValue()));
            } else if (version.getFileName().toString().matches("[23]\\..*")) {
                assertThat(
                        scene.failure(settings).getMessage(),
                        anyOf(containsString("too old"), containsString("older than 3.4")));
            }
        }
    }

    @Test
    void aLibraryAloneLeadsToItsExecutable() {
        Path version = RealPythons.pyenv("3.12");
        PythonHome home = scene.locate(NONE.withLibrary(version.resolve("lib/libpython3.12.so"), "test"));
        assertThat(home.executable(), is(version.resolve("bin/python3.12")));
        assertThat(home.prefix(), is(version));
        assertThat(home.home(), is(nullValue()));
    }

    @Test
    void aMovedInstallationUsesItsOwnLibrary() throws Exception {
        Path version = RealPythons.pyenv("3.12");
        Path moved = folder.resolve("moved");
        Path own = moved.resolve("lib/libpython3.12.so.1.0");
        Files.createDirectories(moved.resolve("lib"));
        Files.createDirectories(moved.resolve("bin"));
        Files.copy(version.resolve("bin/python3.12"), moved.resolve("bin/python3"));
        Files.copy(version.resolve("lib/libpython3.12.so.1.0"), own);
        Files.createSymbolicLink(moved.resolve("lib/python3.12"), version.resolve("lib/python3.12"));
        PythonHome home = scene.locate(NONE.withVenv(moved, "test"));
        assertThat(home.library(), is(own));
        assertThat(home.prefix(), is(moved));
        assertThat(home.home(), is(nullValue()));
    }

    @Test
    void debiansPythonHasItsLibraryElsewhere() {
        Path python = RealPythons.debian();
        try {
            PythonHome home = scene.locate(NONE.withExecutable(python, "test"));
            assertThat(home.executable(), is(python));
            assertThat(home.prefix(), is(Path.of("/usr")));
            assertThat(home.home(), is(nullValue()));
            PythonHome alone = scene.locate(NONE.withLibrary(home.library(), "test"));
            assertThat(alone.prefix(), is(Path.of("/usr")));
            assertThat(alone.executable().toString(), containsString("/usr/bin/python3."));
        } catch (PythonNotFoundException e) {
            assertThat(e.getMessage(), containsString("sudo apt-get install libpython3."));
        }
    }

    @Test
    void aShimLeadsToTheRealPython() {
        Path version = RealPythons.pyenv("3");
        Path shim = version.getParent().resolveSibling("shims").resolve("python3");
        assumeTrue(Files.exists(shim), "no pyenv shim");
        scene.env.put("PATH", shim.getParent().toString());
        PythonHome home = scene.locate();
        assertThat(home.executable().startsWith(version.getParent()), is(true));
        assertThat(home.origin(), is("PATH (" + shim.getParent() + ")"));
    }

    @ParameterizedTest
    @CsvSource({
        "3.9, plain",
        "3.9, with two  spaces",
        "3.9, é‑日本",
        "3.9, LONG",
        "3.9, LINK",
        "3.9, --system-site-packages",
        "3.11, é‑日本",
        "3.13, with two  spaces",
        "3.13, LONG",
        "3.13, LINK",
        "3.13, --symlinks",
        "3.13, --copies",
    })
    void aVirtualEnvironmentIsWhatItsOwnPythonSays(String version, String kind) throws Exception {
        Path venv = venv(RealPythons.pyenv(version).resolve("bin/python3"), kind);
        scene.env.put("VIRTUAL_ENV", venv.toString());
        PythonHome home = scene.locate();
        List<String> own = askItself(venv.resolve("bin/python3"));
        assertThat(home.executable().toString(), is(own.get(0)));
        assertThat(home.prefix().toString(), is(own.get(1)));
        assertThat(home.basePrefix().toString(), is(own.get(2)));
        assertThat(home.library().startsWith(home.basePrefix()), is(true));
        assertThat(home.home(), is(nullValue()));
        assertThat(scene.locate(), is(home));
    }

    /** PYTHONHOME that leads nowhere, modules that lie in wait, a relative entry before the real. */
    @Test
    void aHostileEnvironmentChangesNothing() throws Exception {
        Path real = RealPythons.pyenv("3.12").resolve("bin");
        Path evil = folder.resolve("evil");
        for (String name : List.of("encodings.py", "site.py", "os.py", "sysconfig.py")) {
            Scene.write(evil.resolve(name), "import sys; sys.exit('evil')\n");
        }
        Scene.program(evil.resolve("python3"), "echo evil");
        Scene.program(evil.resolve(".venv/bin/python3"), "echo evil");
        Map<String, String> variables = new HashMap<>();
        variables.put("PATH", ".::" + real);
        variables.put("PYTHONHOME", "/nowhere");
        variables.put("PYTHONPATH", evil.toString());
        variables.put("PYTHONSTARTUP", evil.resolve("site.py").toString());
        variables.put("VIRTUAL_ENV", null);
        variables.put("CONDA_PREFIX", null);
        variables.put("CPYTHON_BUNDLE", "false");
        variables.put("CPYTHON_CACHE", scene.cache.toString());
        String output = LocateMain.output(LocateMain.start(evil, variables, List.of()));
        assertThat(output, containsString("executable=" + real.resolve("python3") + "\n"));
        assertThat(output, containsString("home=" + real.getParent() + "\n"));
        assertThat(output, containsString("origin=PATH (" + real + ")\n"));
        assertThat(output, not(containsString("evil")));
    }

    private Path venv(Path python, String kind) throws Exception {
        String name = kind.startsWith("--") ? "venv" : kind;
        assumeTrue(
                name.matches("\\p{ASCII}*")
                        || System.getProperty("sun.jnu.encoding").equals("UTF-8"),
                "this JVM cannot name such a path");
        if (kind.equals("LONG")) {
            name = "long/" + "x".repeat(120) + "/" + "y".repeat(120);
        }
        Path venv = folder.resolve(name);
        List<String> command = new ArrayList<>(List.of(python.toString(), "-m", "venv", "--without-pip"));
        if (kind.startsWith("--")) {
            command.add(kind);
        }
        command.add(venv.toString());
        RealPythons.output(folder, command);
        if (kind.equals("LINK")) {
            return Files.createSymbolicLink(folder.resolve("a link"), venv);
        }
        return venv;
    }

    private List<String> askItself(Path python) throws Exception {
        String code = "import sys; sys.stdout.reconfigure(encoding='utf-8');"
                + " print(sys.executable, sys.prefix, sys.base_prefix, sep='\\n')";
        return RealPythons.output(folder, List.of(python.toString(), "-I", "-c", code))
                .lines()
                .toList();
    }
}
