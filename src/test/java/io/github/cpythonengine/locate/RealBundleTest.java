package io.github.cpythonengine.locate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The CPython that Maven brings, unpacked for real. */
@Tag("slow")
@Tag("locate")
class RealBundleTest {
    @TempDir
    Path folder;

    private Scene scene;
    private Path jar;

    @BeforeEach
    void theJar() throws Exception {
        scene = new Scene(folder);
        jar = RealPythons.bundle();
    }

    @Test
    void itsPythonRunsByItselfAndMakesEnvironments() throws Exception {
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            scene.loaders.add(loader);
            PythonHome home = scene.locate();
            assertThat(home.origin(), is("bundle org.bytedeco:cpython"));
            String code = "import ssl, ctypes, sys, os; print(os.path.realpath(sys.prefix));"
                    + " print('%d.%d.%d' % sys.version_info[:3])";
            String python = home.executable().toString();
            assertThat(
                    RealPythons.output(folder, List.of(python, "-I", "-c", code)),
                    is(home.prefix().toRealPath() + "\n" + home.version()));
            assertThat(Files.isDirectory(home.prefix().resolve("lib/python3.14/json/__pycache__")), is(true));
            Path venv = folder.resolve("my venv");
            RealPythons.output(folder, List.of(python, "-m", "venv", "--without-pip", venv.toString()));
            scene.env.put("VIRTUAL_ENV", venv.toString());
            PythonHome inVenv = scene.locate();
            assertThat(inVenv.origin(), is("VIRTUAL_ENV"));
            assertThat(inVenv.prefix(), is(venv));
            assertThat(inVenv.library(), is(home.library()));
            assertThat(inVenv.home(), is(nullValue()));
        }
    }

    @Test
    void twoProcessesAtOnceBothGetIt() throws Exception {
        Process one = start();
        Process two = start();
        String first = LocateMain.output(one);
        assertThat(first, containsString("origin=bundle org.bytedeco:cpython"));
        assertThat(
                LocateMain.output(two)
                        .lines()
                        .filter(line -> line.contains("="))
                        .toList(),
                is(first.lines().filter(line -> line.contains("=")).toList()));
    }

    @Test
    void aKilledProcessDoesNoHarm() throws Exception {
        Process killed = start();
        long end = System.nanoTime() + 10_000_000_000L;
        while (!halfUnpacked()) {
            assertThat("it never began", System.nanoTime(), lessThan(end));
            assertThat("it was too quick", killed.isAlive(), is(true));
        }
        killed.destroyForcibly().waitFor();
        String output = LocateMain.output(start());
        assertThat(output, containsString("origin=bundle org.bytedeco:cpython"));
        try (Stream<Path> files = Files.list(scene.cache.resolve("bundle"))) {
            for (Path file : files.toList()) {
                assertThat(file.getFileName().toString(), not(containsString(".tmp")));
            }
        }
    }

    private boolean halfUnpacked() throws Exception {
        Path bundle = scene.cache.resolve("bundle");
        if (!Files.isDirectory(bundle)) {
            return false;
        }
        try (Stream<Path> files = Files.list(bundle)) {
            return files.anyMatch(
                    file -> file.toString().contains(".tmp") && Files.exists(file.resolve("bin/python3")));
        }
    }

    private Process start() throws Exception {
        Map<String, String> variables = new HashMap<>();
        variables.put("VIRTUAL_ENV", null);
        variables.put("CONDA_PREFIX", null);
        variables.put("CPYTHON_CACHE", scene.cache.toString());
        return LocateMain.start(folder, variables, List.of(jar));
    }
}
