package io.github.cpythonengine.locate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("locate")
class LibraryFileTest {
    private static final Platform LINUX = new Platform(Platform.Os.LINUX, "x86_64");
    private static final Platform MAC = new Platform(Platform.Os.MACOS, "arm64");
    private static final Platform WINDOWS = new Platform(Platform.Os.WINDOWS, "x86_64");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "libpython3.11.so.1.0, 3.11, false, false",
        "libpython3.9.so, 3.9, false, false",
        "libpython3.13t.so.1.0, 3.13, true, false",
        "libpython3.14td.so.1.0, 3.14, true, true",
        "libpython3.11d.so.1.0, 3.11, false, true",
        "libpython3.12.dylib, 3.12, false, false",
        "python312.dll, 3.12, false, false",
        "python313t.dll, 3.13, true, false",
        "python312_d.dll, 3.12, false, true",
        "Python.framework/Versions/3.12/Python, 3.12, false, false",
        "Python3.framework/Versions/3.9/Python3, 3.9, false, false",
        "PythonT.framework/Versions/3.13t/Python, 3.13, true, false",
        "libssl.so.3, , false, false",
        "python3.dll, , false, false",
    })
    void theNameSaysWhichPythonItIs(String name, String version, boolean free, boolean debug) {
        LibraryFile file = LibraryFile.named(Path.of("/x").resolve(name));
        assertThat(file.version, version == null ? nullValue() : is(version));
        assertThat(file.freeThreaded, is(free));
        assertThat(file.debug, is(debug));
    }

    @Test
    void aLinkSaysWhatItLeadsTo() throws Exception {
        Files.write(folder.resolve("libpython3.11.so.1.0"), Scene.elf(62));
        Path link = folder.resolve("libpython.so");
        Files.createSymbolicLink(link, Path.of("libpython3.11.so.1.0"));
        assertThat(LibraryFile.named(link).version, is("3.11"));
    }

    @Test
    void aLibraryOfThisMachinePasses() throws Exception {
        LibraryFile.check(write(Scene.elf(62)), LINUX);
    }

    @Test
    void anotherProcessorIsNamed() throws Exception {
        assertRefused(Scene.elf(183), LINUX, "is built for arm64, but this JVM is x86_64");
        assertRefused(Scene.elf(62), new Platform(Platform.Os.LINUX, "arm64"), "built for x86_64");
        byte[] narrow = Scene.elf(3);
        narrow[4] = 1;
        assertRefused(narrow, LINUX, "is built for x86, but this JVM is x86_64");
        assertRefused(Scene.elf(999), LINUX, "is built for ELF machine 999");
    }

    @Test
    void whatIsNoLibraryIsRefused() throws Exception {
        assertRefused(new byte[0], LINUX, "is an empty file");
        assertRefused("INPUT(libpython3.12.so.1.0)".getBytes(), LINUX, "is not an ELF shared library");
        assertRefused(new byte[] {0x7f}, LINUX, "is not an ELF shared library");
        assertRefused(Arrays.copyOf(Scene.elf(62), 30), LINUX, "is not complete");
        byte[] object = Scene.elf(62);
        object[16] = 1;
        assertRefused(object, LINUX, "but not a shared library");
        object[16] = 2;
        assertRefused(object, LINUX, "is a program");
    }

    @Test
    void aFolderAndAMissingFileAreRefused() {
        assertRefused(folder, LINUX, "is a folder");
        assertRefused(folder.resolve("none"), LINUX, "does not exist");
        assertRefused(Path.of("/dev/null"), LINUX, "is not a regular file");
    }

    @Test
    void theStableAbiShimIsRefused() throws Exception {
        Path shim = Files.write(folder.resolve("libpython3.so"), Scene.elf(62));
        assertRefused(shim, LINUX, "stable-ABI shim");
    }

    @Test
    void aRealLibraryPassesAndOneCutShortDoesNot() throws Exception {
        Path real = RealPythons.pyenv("3").resolve("lib");
        try (var files = Files.newDirectoryStream(real, "libpython3.*.so.1.0")) {
            for (Path file : files) {
                LibraryFile.check(file, Platform.CURRENT);
                byte[] content = Files.readAllBytes(file);
                assertRefused(Arrays.copyOf(content, content.length / 2), Platform.CURRENT, "is not complete");
            }
        }
    }

    @Test
    void machOFilesAreToldApart() throws Exception {
        byte[] thin = bytes(ByteOrder.LITTLE_ENDIAN, 0xfeedfacf, 0x0100000c);
        byte[] intel = bytes(ByteOrder.LITTLE_ENDIAN, 0xfeedfacf, 0x01000007);
        byte[] fat = bytes(ByteOrder.BIG_ENDIAN, 0xcafebabe, 2, 0x01000007, 0, 0, 0, 0, 0x0100000c, 0, 0, 0, 0);
        byte[] oneFat = bytes(ByteOrder.BIG_ENDIAN, 0xcafebabe, 1, 0x01000007, 0, 0, 0, 0);
        LibraryFile.check(write(thin), MAC);
        LibraryFile.check(write(fat), MAC);
        assertRefused(intel, MAC, "is built for x86_64, but this JVM is arm64");
        assertRefused(oneFat, MAC, "is built for x86_64, but this JVM is arm64");
        assertRefused(Scene.elf(62), MAC, "is not a Mach-O library");
    }

    @Test
    void dllsAreToldApart() throws Exception {
        ByteBuffer dll = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
        dll.putShort(0, (short) 0x5a4d).putInt(60, 64).putInt(64, 0x4550);
        dll.putShort(68, (short) 0x8664);
        LibraryFile.check(write(dll.array()), WINDOWS);
        dll.putShort(68, (short) 0xaa64);
        assertRefused(dll.array(), WINDOWS, "is built for arm64, but this JVM is x86_64");
        assertRefused(Scene.elf(62), WINDOWS, "is not a DLL");
    }

    private Path write(byte[] content) throws Exception {
        return Files.write(folder.resolve("libpython3.12.so.1.0"), content);
    }

    private void assertRefused(byte[] content, Platform platform, String reason) throws Exception {
        assertRefused(write(content), platform, reason);
    }

    private static void assertRefused(Path file, Platform platform, String reason) {
        UnusableException e = assertThrows(UnusableException.class, () -> LibraryFile.check(file, platform));
        assertThat(e.reason(), containsString(reason));
    }

    private static byte[] bytes(ByteOrder order, int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length * 4).order(order);
        for (int value : values) {
            buffer.putInt(value);
        }
        return buffer.array();
    }
}
