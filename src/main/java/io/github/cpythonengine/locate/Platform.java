package io.github.cpythonengine.locate;

import java.util.Locale;

/** The operating system and the processor this JVM was built for. */
record Platform(Os os, String arch) {
    enum Os {
        LINUX,
        MACOS,
        WINDOWS,
        OTHER
    }

    static final Platform CURRENT = of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));

    static Platform of(String osName, String osArch) {
        String name = osName.toLowerCase(Locale.ROOT);
        Os os = name.startsWith("linux")
                ? Os.LINUX
                : name.startsWith("mac") ? Os.MACOS : name.startsWith("windows") ? Os.WINDOWS : Os.OTHER;
        String arch = switch (osArch.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64", "x64" -> "x86_64";
            case "aarch64", "arm64" -> "arm64";
            case "x86", "i386", "i486", "i586", "i686" -> "x86";
            default -> osArch.toLowerCase(Locale.ROOT);
        };
        return new Platform(os, arch);
    }

    boolean isWindows() {
        return os == Os.WINDOWS;
    }

    /** As the bundle's jars write it: {@code linux-x86_64}, {@code macosx-arm64}. */
    String classifier() {
        return (os == Os.MACOS ? "macosx" : os.name().toLowerCase(Locale.ROOT)) + "-" + arch;
    }

    @Override
    public String toString() {
        return classifier();
    }
}
