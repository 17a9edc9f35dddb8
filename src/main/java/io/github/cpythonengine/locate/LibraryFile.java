package io.github.cpythonengine.locate;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a shared library file says about itself before anybody loads it: by its header, whether this
 * JVM can load it at all (a loader's own messages are poor), and by its name, which Python it is.
 */
final class LibraryFile {
  /** {@code libpython3.11.so.1.0}, {@code libpython3.13td.dylib}, {@code python311_d.dll}. */
  private static final Pattern NAME =
      Pattern.compile("(?:libpython(\\d)\\.(\\d+)([a-z]*)\\.(?:so|dylib).*"
          + "|python(\\d)(\\d+)(t?(?:_d)?)\\.dll)");

  private static final Pattern FRAMEWORK = Pattern.compile(".*/Versions/(\\d)\\.(\\d+)(t?)/Python");

  /** Of Python, from the file's name: {@code "3.11"}, or null. */
  final String version;

  final boolean freeThreaded;
  final boolean debug;

  private LibraryFile(String version, String flags) {
    this.version = version;
    this.freeThreaded = flags.contains("t");
    this.debug = flags.contains("d");
  }

  /** What the name says, symbolic links resolved ({@code libpython3.so} to the real thing). */
  static LibraryFile named(Path library) {
    Path real = library;
    try {
      real = library.toRealPath();
    } catch (IOException e) {
      // The name as given will do.
    }
    Matcher name = NAME.matcher(real.getFileName().toString());
    if (name.matches()) {
      boolean windows = name.group(1) == null;
      return new LibraryFile(
          windows ? name.group(4) + "." + name.group(5) : name.group(1) + "." + name.group(2),
          windows ? name.group(6) : name.group(3));
    }
    Matcher framework = FRAMEWORK.matcher(real.toString().replace('\\', '/'));
    if (framework.matches()) {
      return new LibraryFile(framework.group(1) + "." + framework.group(2), framework.group(3));
    }
    return new LibraryFile(null, "");
  }

  /** Checks that the file may be the Python to load. */
  static void check(Path library, Platform platform) throws UnusableException {
    if (library.getFileName().toString().matches("libpython3\\.(so|dylib)|python3\\.dll")) {
      throw new UnusableException(
          "is only the stable-ABI shim, not Python itself",
          "Name the versioned library beside it (libpython3.12.so.1.0, say).");
    }
    checkLoadable(library, platform);
  }

  /** Checks that the file is a complete shared library for this JVM's processor. */
  static void checkLoadable(Path library, Platform platform) throws UnusableException {
    if (!Files.exists(library)) {
      throw new UnusableException("does not exist");
    }
    if (Files.isDirectory(library)) {
      throw new UnusableException(
          "is a folder, not a library",
          "Name the libpython file itself, or use cpython.venv for the folder of an environment.");
    }
    if (!Files.isRegularFile(library)) {
      throw new UnusableException("is not a regular file");
    }
    try (InputStream in = new FileInputStream(library.toFile())) {
      byte[] head = in.readNBytes(4096);
      checkHeader(ByteBuffer.wrap(head), library.toFile().length(), platform);
    } catch (IOException e) {
      throw new UnusableException("cannot be read: " + e);
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw truncated();
    }
  }

  private static void checkHeader(ByteBuffer head, long size, Platform platform)
      throws UnusableException {
    if (head.limit() == 0) {
      throw new UnusableException("is an empty file");
    }
    int magic = head.limit() < 4 ? 0 : head.order(ByteOrder.BIG_ENDIAN).getInt(0);
    switch (platform.os()) {
      case WINDOWS -> checkPe(head, platform);
      case MACOS -> checkMachO(head, magic, platform);
      default -> {
        if (magic != 0x7f454c46) {
          throw new UnusableException("is not an ELF shared library");
        }
        checkElf(head, size, platform);
      }
    }
  }

  private static void checkElf(ByteBuffer head, long size, Platform platform)
      throws UnusableException {
    boolean wide = head.get(4) == 2;
    head.order(head.get(5) == 2 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    int machine = head.getShort(18) & 0xffff;
    String arch =
        switch (machine) {
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
    if (head.getShort(16) == 2) {
      throw program();
    }
    if (head.getShort(16) != 3) {
      throw new UnusableException("is an ELF file, but not a shared library");
    }
    checkSegments(head, wide, size);
  }

  /** The file must hold all segments to load; a program (with an interpreter) is no library. */
  private static void checkSegments(ByteBuffer head, boolean wide, long size)
      throws UnusableException {
    long table = wide ? head.getLong(32) : head.getInt(28) & 0xffffffffL;
    int entry = head.getShort(wide ? 54 : 42) & 0xffff;
    int count = head.getShort(wide ? 56 : 44) & 0xffff;
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

  private static void checkMachO(ByteBuffer head, int magic, Platform platform)
      throws UnusableException {
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
    String arch =
        switch (machine) {
          case 0x8664 -> "x86_64";
          case 0xaa64 -> "arm64";
          case 0x14c -> "x86";
          default -> "PE machine " + machine;
        };
    checkArchitecture(arch, arch, platform);
  }

  /** An architecture that we have no name for (null) passes if the JVM's has none either. */
  private static void checkArchitecture(String arch, String shown, Platform platform)
      throws UnusableException {
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

  private static final java.util.Set<String> KNOWN = java.util.Set.of("x86_64", "x86", "arm64");

  private static boolean sameArch(String arch, String jvm) {
    return arch.equals(jvm) || (!KNOWN.contains(jvm) && !KNOWN.contains(arch));
  }

  private static UnusableException program() {
    return new UnusableException(
        "is a program, not a library", "Use cpython.executable to name a python executable.");
  }

  private static UnusableException truncated() {
    return new UnusableException(
        "is not complete (a library file cut short)", "Install it again.");
  }
}
