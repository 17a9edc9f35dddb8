package io.github.cpythonengine.locate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("locate")
class CacheTest {
    private static final Platform LINUX = new Platform(Platform.Os.LINUX, "x86_64");
    private static final Platform MAC = new Platform(Platform.Os.MACOS, "arm64");

    @TempDir
    Path folder;

    @Test
    void thePlatformsOwnPlaceComesBeforeTheTemporaryFolder() {
        Map<String, String> properties = Map.of("user.home", "/home/x", "java.io.tmpdir", "/tmp");
        int uid = Trust.User.uid();
        assertThat(
                Cache.ofThisUser(properties::get, Map.of("XDG_CACHE_HOME", "/xdg")::get, LINUX)
                        .places(),
                is(List.of(
                        Path.of("/xdg/cpython-engine"),
                        Path.of("/home/x/.cache/cpython-engine"),
                        Path.of("/tmp/cpython-engine-" + uid))));
        assertThat(
                Cache.ofThisUser(properties::get, Map.<String, String>of()::get, MAC)
                        .places()
                        .get(0),
                is(Path.of("/home/x/Library/Caches/cpython-engine")));
    }

    @Test
    void aRelativeOrUnknownHomeIsNoPlace() {
        Map<String, String> properties = Map.of("user.home", "?", "java.io.tmpdir", "/tmp");
        Cache cache = Cache.ofThisUser(properties::get, Map.of("XDG_CACHE_HOME", "x")::get, LINUX);
        assertThat(cache.places().size(), is(1));
    }

    @Test
    void whatTheUserSetsIsTheOnlyPlace() {
        Cache cache = Cache.ofThisUser(Map.of("cpython.cache", "/c")::get, Map.of("CPYTHON_CACHE", "/v")::get, LINUX);
        assertThat(cache.places(), is(List.of(Path.of("/c"))));
    }

    @Test
    void aPlaceThatIsNoPathIsAnError() {
        assertThrows(
                PythonNotFoundException.class,
                () -> Cache.ofThisUser(Map.of("cpython.cache", "a\0")::get, name -> null, LINUX));
    }

    @Test
    void foldersAreMadePrivate() throws IOException {
        Path made = new Cache(List.of(folder.resolve("a/b"))).folder("probe");
        assertThat(made, is(folder.resolve("a/b/probe")));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)), is("rwx------"));
    }

    @Test
    void aFolderThatAnybodyMayWriteIsPassedOver() throws IOException {
        Path open = Files.createDirectory(folder.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path other = folder.resolve("other");
        assertThat(new Cache(List.of(open, other)).folder("x"), is(other.resolve("x")));
        IOException e = assertThrows(IOException.class, () -> new Cache(List.of(open)).folder("x"));
        assertThat(e.getMessage(), containsString("anybody may write it"));
    }

    @Test
    void aFolderOfAnotherUserIsPassedOver() throws IOException {
        assumeTrue(Trust.User.uid() == 0, "only root can give a folder away");
        Path foreign = Files.createDirectory(folder.resolve("foreign"));
        Files.setAttribute(foreign, "unix:uid", 12345);
        IOException e = assertThrows(IOException.class, () -> new Cache(List.of(foreign)).folder("x"));
        assertThat(e.getMessage(), containsString("belongs to another user"));
        assertThrows(UnusableException.class, () -> Trust.checkOne(foreign));
    }

    @Test
    void noexecMountsAreRecognised() {
        MountTable table = new MountTable("""
            overlay / overlay rw,relatime 0 0
            tmpfs /tmp tmpfs rw,nosuid,noexec 0 0
            tmpfs /tmp/with\\040space tmpfs rw,nosuid 0 0
            """);
        assertThat(table.forbidsExecution(Path.of("/home/x")), is(false));
        assertThat(table.forbidsExecution(Path.of("/tmp/x")), is(true));
        assertThat(table.forbidsExecution(Path.of("/tmpx")), is(false));
        assertThat(table.forbidsExecution(Path.of("/tmp/with space/x")), is(false));
        assertThat(new MountTable("").forbidsExecution(Path.of("/tmp/x")), is(false));
    }
}
