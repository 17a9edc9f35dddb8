package io.github.cpythonengine.locate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A "python" may be anything at all; whatever it does, there is a clear answer in time. */
@Tag("locate")
class ProbeProcessTest {
    @TempDir
    Path folder;

    @Test
    void anAnswerIsReadAndOtherLinesAreIgnored() throws Exception {
        ProbeReport report = run("echo 'hello from a site hook'; echo cpython-engine:version=3.12.1;"
                + " echo 'cpython-engine:prefix=/a%20b%C3%A9'; echo cpython-engine:end=");
        assertThat(report.get("version"), is("3.12.1"));
        assertThat(report.get("prefix"), is("/a bé"));
    }

    @Test
    void anAnswerCountsEvenIfTheExitCodeIsBad() throws Exception {
        String answer = "echo cpython-engine:version=3.12.1; echo cpython-engine:end=; exit 3";
        assertThat(run(answer).get("version"), is("3.12.1"));
    }

    @Test
    void windowsCanCarryTheQuestion() throws Exception {
        try (InputStream in = ProbeProcess.class.getResourceAsStream("probe.py")) {
            assertThat(new String(in.readAllBytes()), not(containsString("\"")));
        }
    }

    @Test
    void garbageIsShown() {
        assertFails("echo 'command not found: §$%&'; exit 1", "not a working Python: exit code 1");
        assertFails("echo 'what is -I?'; exit 1", "output: what is -I?");
        assertFails("exit 0", "exit code 0, no output");
    }

    @Test
    void halfAnAnswerIsNone() {
        assertFails("echo cpython-engine:version=3.12.1; kill -9 $$", "not a working Python");
    }

    @Test
    void anOldPythonIsNamed() {
        assertFails("echo 'Unknown option: -I' >&2; exit 2", "is a Python 2 or older than 3.4");
    }

    @Test
    void oneThatHangsIsKilledWithItsChildren() {
        long start = System.nanoTime();
        assertFails("sleep 1000 & sleep 1000", Duration.ofMillis(300), "gave no answer within");
        assertThat(System.nanoTime() - start, lessThan(3_000_000_000L));
        assertNoChildren();
    }

    @Test
    void oneThatWaitsForInputGetsNone() {
        assertFails("cat; echo done", "output: done");
    }

    @Test
    void oneThatPrintsWithoutEndIsKilled() {
        long start = System.nanoTime();
        assertFails("while :; do echo 0123456789012345678901234567890123456789; done", "more than 64");
        assertThat(System.nanoTime() - start, lessThan(5_000_000_000L));
        assertNoChildren();
    }

    @Test
    void aGrandchildThatKeepsTheOutputOpenDoesNotHoldUsUp() throws Exception {
        long start = System.nanoTime();
        ProbeReport report = run("sleep 1000 & echo cpython-engine:version=3.9.0; echo cpython-engine:end=");
        assertThat(report.get("version"), is("3.9.0"));
        assertThat(System.nanoTime() - start, lessThan(5_000_000_000L));
    }

    @Test
    void itRunsInItsOwnFolder() throws Exception {
        run("pwd > where; echo cpython-engine:version=3.9.0; echo cpython-engine:end=");
        assertThat(
                Files.readString(folder.resolve("where")).strip(),
                is(folder.toRealPath().toString()));
    }

    @Test
    void noProgramAtAllIsAClearError() throws Exception {
        Path file = Files.write(folder.resolve("python3"), new byte[] {1, 2, 3, 4});
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        UnusableException e =
                assertThrows(UnusableException.class, () -> new ProbeProcess(file, Duration.ofSeconds(5)).run());
        assertThat(e.reason(), containsString("not a working Python"));
    }

    private ProbeReport run(String shell) throws Exception {
        return new ProbeProcess(Scene.program(folder.resolve("python3"), shell), Duration.ofSeconds(9)).run();
    }

    private void assertFails(String shell, String part) {
        assertFails(shell, Duration.ofSeconds(9), part);
    }

    private void assertFails(String shell, Duration limit, String part) {
        UnusableException e = assertThrows(
                UnusableException.class,
                () -> new ProbeProcess(Scene.program(folder.resolve("python3"), shell), limit).run());
        assertThat(e.reason(), containsString(part));
    }

    private static void assertNoChildren() {
        long end = System.nanoTime() + 2_000_000_000L;
        while (ProcessHandle.current().descendants().anyMatch(ProcessHandle::isAlive)) {
            assertThat("children are left", System.nanoTime(), lessThan(end));
            Thread.onSpinWait();
        }
    }
}
