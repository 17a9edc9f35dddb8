package io.github.cpythonengine.locate;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which versions of CPython we run: 3.9 to 3.14, with the GIL. */
final class Versions {
    private static final Pattern MAJOR_MINOR = Pattern.compile("(\\d+)\\.(\\d+).*");
    private static final int OLDEST = 9;
    private static final int NEWEST = 14;

    private Versions() {}

    /**
     * A newer Python is not taken unasked: its object layouts and start-up are not known here, and an
     * older one further down the search will run. Whoever names it explicitly gets it.
     */
    static void check(String version, boolean explicit) throws UnusableException {
        Matcher parts = MAJOR_MINOR.matcher(version);
        if (!parts.matches()) {
            throw new UnusableException("has a strange version, " + version);
        }
        int minor = Integer.parseInt(parts.group(2));
        if (!parts.group(1).equals("3") || minor < OLDEST) {
            throw new UnusableException("is Python " + version + ", which is too old", "Use a CPython 3.9 - 3.14.");
        }
        if (minor > NEWEST && !explicit) {
            throw new UnusableException(
                    "is Python " + version + ", newer than the versions tried (3.9 - 3.14)",
                    "Name it explicitly (cpython.executable) to use it anyway.");
        }
    }

    /** Whether both begin with the same major and minor version. */
    static boolean same(String one, String other) {
        return majorMinor(one).equals(majorMinor(other));
    }

    static String majorMinor(String version) {
        Matcher parts = MAJOR_MINOR.matcher(version);
        return parts.matches() ? parts.group(1) + "." + parts.group(2) : version;
    }

    static UnusableException freeThreaded(String version) {
        return new UnusableException(
                "is a free-threaded build (" + version + "t), which is not supported yet",
                "Use the ordinary build of the same version (with the GIL).");
    }
}
