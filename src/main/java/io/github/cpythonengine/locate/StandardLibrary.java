package io.github.cpythonengine.locate;

import java.nio.file.Files;
import java.nio.file.Path;

/** The landmarks by which a prefix is known to hold Python's standard library. */
final class StandardLibrary {
    private StandardLibrary() {}

    static boolean isUnder(Path prefix, String version, Platform platform) {
        String tag = Versions.majorMinor(version);
        String zip = "python" + tag.replace(".", "") + ".zip";
        if (platform.isWindows()) {
            return Files.exists(prefix.resolve("Lib/os.py")) || Files.exists(prefix.resolve(zip));
        }
        return Files.exists(prefix.resolve("lib/python" + tag + "/os.py"))
                || Files.exists(prefix.resolve("lib64/python" + tag + "/os.py"))
                || Files.exists(prefix.resolve("lib/" + zip));
    }
}
