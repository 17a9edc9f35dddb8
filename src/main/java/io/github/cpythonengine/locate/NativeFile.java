package io.github.cpythonengine.locate;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Set;

/**
 * The header of a library or program: whether it is one at all, complete, and for this JVM's
 * processor. A loader's own messages about that are poor, and a wrong program's are worse.
 */
final class NativeFile {
    private static final int ELF = 0x7f454c46;
    private static final Set<String> KNOWN = Set.of("x86_64", "x86", "arm64");

    private NativeFile() {}

    /** Checks that the file is a complete shared library. */
    static void checkLibrary(Path library, Platform platform) throws UnusableException {
        try {
            checkLibrary(head(library), library.toFile().length(), platform);
        } catch (IOException e) {
            throw new UnusableException("cannot be read: " + e.getMessage());
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw truncated();
        }
    }

    /** Checks the processor that a program was built for; a script runs on any. */
    static void checkProgram(Path program, Platform platform) throws UnusableException {
        try {
            ByteBuffer head = head(program);
            if (magic(head) == ELF && platform.os() == Platform.Os.LINUX) {
                checkElfArchitecture(head, platform);
            }
        } catch (IOException | IndexOutOfBoundsException e) {
            // Running it will tell.
        }
    }

    private static ByteBuffer head(Path file) throws IOException {
        try (InputStream in = new FileInputStream(file.toFile())) {
            return ByteBuffer.wrap(in.readNBytes(4096));
        }
    }

    private static int magic(ByteBuffer head) {
        return head.limit() < 4 ? 0 : head.order(ByteOrder.BIG_ENDIAN).getInt(0);
    }

    private static void checkLibrary(ByteBuffer head, long size, Platform platform) throws UnusableException {
        if (head.limit() == 0) {
            throw new UnusableException("is an empty file");
        }
        switch (platform.os()) {
            case WINDOWS -> checkPe(head, platform);
            case MACOS -> checkMachO(head, magic(head), platform);
            default -> {
                if (magic(head) != ELF) {
                    throw new UnusableException("is not an ELF shared library");
                }
                checkElf(head, size, platform);
            }
        }
    }

    private static void checkElf(ByteBuffer head, long size, Platform platform) throws UnusableException {
        checkElfArchitecture(head, platform);
        if (head.getShort(16) == 2) {
            throw program();
        }
        if (head.getShort(16) != 3) {
            throw new UnusableException("is an ELF file, but not a shared library");
        }
        checkSegments(head, head.get(4) == 2, size);
    }

    private static void checkElfArchitecture(ByteBuffer head, Platform platform) throws UnusableException {
        boolean wide = head.get(4) == 2;
        head.order(head.get(5) == 2 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        int machine = head.getShort(18) & 0xffff;
        String arch = switch (machine) {
            case 62 -> wide ? "x86_64" : "x32";
            case 3 -> "x86";
            case 183 -> "arm64";
            case 40 -> "arm";
            case 243 -> "riscv" + (wide ? "64" : "32");
            case 21 -> "ppc64" + (head.order() == ByteOrder.LITTLE_ENDIAN ? "le" : "");
            case 22 -> "s390" + (wide ? "x" : "");
            default -> null;
        };
        checkArchitecture(arch, arch == null ? "ELF machine " + machine : arch, platform);
    }

    /**
     * The file must hold all segments to load, and the table of sections that comes last; a program
     * (with an interpreter) is no library.
     */
    private static void checkSegments(ByteBuffer head, boolean wide, long size) throws UnusableException {
        long table = wide ? head.getLong(32) : head.getInt(28) & 0xffffffffL;
        int entry = head.getShort(wide ? 54 : 42) & 0xffff;
        int count = head.getShort(wide ? 56 : 44) & 0xffff;
        long sections = wide ? head.getLong(40) : head.getInt(32) & 0xffffffffL;
        if (sections + (long) head.getShort(wide ? 58 : 46) * head.getShort(wide ? 60 : 48) > size) {
            throw truncated();
        }
        for (int i = 0; i < count; i++) {
            int at = Math.toIntExact(Math.min(table + (long) i * entry, 1 << 20));
            int type = head.getInt(at);
            if (type == 3) {
                throw program();
            }
            long offset = wide ? head.getLong(at + 8) : head.getInt(at + 4) & 0xffffffffL;
            long length = wide ? head.getLong(at + 32) : head.getInt(at + 16) & 0xffffffffL;
            if (type == 1 && offset + length > size) {
                throw truncated();
            }
        }
    }

    private static void checkMachO(ByteBuffer head, int magic, Platform platform) throws UnusableException {
        if (magic == 0xcafebabe || magic == 0xcafebabf) {
            StringBuilder found = new StringBuilder();
            int count = head.getInt(4);
            for (int i = 0; i < count && i < 16; i++) {
                String arch = machArch(head.getInt(8 + i * (magic == 0xcafebabe ? 20 : 32)));
                if (platform.arch().equals(arch)) {
                    return;
                }
                found.append(i == 0 ? "" : " and ").append(arch);
            }
            checkArchitecture("", found.toString(), platform);
        } else if (magic == 0xcffaedfe || magic == 0xcefaedfe) {
            String arch = machArch(head.order(ByteOrder.LITTLE_ENDIAN).getInt(4));
            checkArchitecture(arch, arch, platform);
        } else {
            throw new UnusableException("is not a Mach-O library");
        }
    }

    private static String machArch(int cpu) {
        return switch (cpu) {
            case 0x01000007 -> "x86_64";
            case 0x0100000c -> "arm64";
            case 7 -> "x86";
            default -> "Mach-O CPU type " + cpu;
        };
    }

    private static void checkPe(ByteBuffer head, Platform platform) throws UnusableException {
        head.order(ByteOrder.LITTLE_ENDIAN);
        if (head.getShort(0) != 0x5a4d || head.getInt(head.getInt(60)) != 0x4550) {
            throw new UnusableException("is not a DLL");
        }
        int machine = head.getShort(head.getInt(60) + 4) & 0xffff;
        String arch = switch (machine) {
            case 0x8664 -> "x86_64";
            case 0xaa64 -> "arm64";
            case 0x14c -> "x86";
            default -> "PE machine " + machine;
        };
        checkArchitecture(arch, arch, platform);
    }

    /** An architecture that we have no name for (null) passes if the JVM's has none either. */
    private static void checkArchitecture(String arch, String shown, Platform platform) throws UnusableException {
        if (arch == null ? KNOWN.contains(platform.arch()) : !sameArch(arch, platform.arch())) {
            throw new UnusableException(
                    "is built for " + shown + ", but this JVM is " + platform.arch(),
                    "Install a Python for "
                            + platform.arch()
                            + ", or run a JVM built for "
                            + shown
                            + (platform.os() == Platform.Os.MACOS ? " (Rosetta runs x86_64 JVMs)." : "."));
        }
    }

    private static boolean sameArch(String arch, String jvm) {
        return arch.equals(jvm) || (!KNOWN.contains(jvm) && !KNOWN.contains(arch));
    }

    private static UnusableException program() {
        return new UnusableException(
                "is a program, not a library", "Use cpython.executable to name a python executable.");
    }

    private static UnusableException truncated() {
        return new UnusableException("is not complete (a library file cut short)", "Install it again.");
    }
}
