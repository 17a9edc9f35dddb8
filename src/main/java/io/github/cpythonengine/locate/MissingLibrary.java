package io.github.cpythonengine.locate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What to do about a Python that has no shared library: it depends on who built it. */
final class MissingLibrary {
    private MissingLibrary() {}

    static String fix(ProbeReport report, Platform platform) {
        return fix(report, platform, osRelease());
    }

    static String fix(ProbeReport report, Platform platform, String osRelease) {
        String version = Versions.majorMinor(report.get("version"));
        Path base = Path.of(report.get("base_prefix"));
        String place = base.toString().replace('\\', '/').toLowerCase(Locale.ROOT);
        if (place.contains("pyenv")) {
            return "this pyenv build is static; build it again with its library:"
                    + " PYTHON_CONFIGURE_OPTS=--enable-shared pyenv install --force "
                    + base.getFileName();
        }
        if (Files.isDirectory(base.resolve("conda-meta"))) {
            return "conda install -p '" + base + "' --force-reinstall python";
        }
        if (base.equals(Path.of("/usr")) && platform.os() == Platform.Os.LINUX) {
            return distribution(version, osRelease);
        }
        if (platform.isWindows()) {
            return "install the full CPython from python.org (not the embeddable package), or repair it.";
        }
        return "build this Python with its library (./configure --enable-shared),"
                + " or use another one; Pythons from python.org, conda and uv have it.";
    }

    private static String distribution(String version, String osRelease) {
        if (osRelease.matches("(?s).*\\b(debian|ubuntu)\\b.*")) {
            return "sudo apt-get install libpython" + version;
        }
        if (osRelease.matches("(?s).*\\b(fedora|rhel|centos)\\b.*")) {
            return "sudo dnf install python3-libs (python" + version + "-libs for a version of its own)";
        }
        if (osRelease.matches("(?s).*\\b(suse|opensuse)\\b.*")) {
            return "sudo zypper install libpython" + version.replace(".", "_") + "-1_0";
        }
        if (osRelease.matches("(?s).*\\balpine\\b.*")) {
            return "apk add python3 (its library comes with it)";
        }
        return "install your distribution's package with libpython" + version + ".so.1.0";
    }

    /** The lines of os-release that say which distribution this is. */
    private static String osRelease() {
        try {
            StringBuilder ids = new StringBuilder();
            for (String line : Files.readAllLines(Path.of("/etc/os-release"))) {
                if (line.startsWith("ID=") || line.startsWith("ID_LIKE=")) {
                    ids.append(line).append('\n');
                }
            }
            return ids.toString();
        } catch (IOException e) {
            return "";
        }
    }
}
