package io.github.cpythonengine.locate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("locate")
class MissingLibraryTest {
    private static final Platform LINUX = new Platform(Platform.Os.LINUX, "x86_64");

    @Test
    void eachDistributionHasItsPackage() {
        assertThat(fix("/usr", "ID=debian"), is("sudo apt-get install libpython3.11"));
        assertThat(fix("/usr", "ID=linuxmint\nID_LIKE=\"ubuntu debian\""), is("sudo apt-get install libpython3.11"));
        assertThat(fix("/usr", "ID=fedora"), containsString("dnf install python3-libs"));
        assertThat(fix("/usr", "ID=opensuse-leap"), containsString("libpython3_11-1_0"));
        assertThat(fix("/usr", "ID=alpine"), containsString("apk add"));
        assertThat(fix("/usr", ""), containsString("libpython3.11.so.1.0"));
    }

    @Test
    void aStaticBuildOfPyenvIsBuiltAgain() {
        assertThat(
                fix("/home/x/.pyenv/versions/3.11.9", "ID=debian"),
                containsString("PYTHON_CONFIGURE_OPTS=--enable-shared pyenv install --force 3.11.9"));
    }

    @Test
    void aSourceBuildIsConfiguredAnew() {
        assertThat(fix("/usr/local", "ID=debian"), containsString("--enable-shared"));
    }

    @Test
    void condaReinstalls(@TempDir Path base) throws Exception {
        Files.createDirectories(base.resolve("conda-meta"));
        assertThat(fix(base.toString(), "ID=debian"), containsString("conda install"));
    }

    private static String fix(String base, String osRelease) {
        ProbeReport report = new ProbeReport(Map.of("version", List.of("3.11.2"), "base_prefix", List.of(base)));
        return MissingLibrary.fix(report, LINUX, osRelease);
    }
}
