package io.github.cpythonengine.locate;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A Python on this machine, known by its executable: what it says about itself is judged, and its
 * library chosen.
 */
final class InstalledPython {
    private final Search search;
    private final Path executable;
    private final boolean explicit;

    /**
     * @param explicit whether the user named it: then neither owner nor permissions matter, and a
     *     version newer than those we know is tried
     */
    InstalledPython(Search search, Path executable, boolean explicit) {
        this.search = search;
        this.executable = Surroundings.absolute(executable);
        this.explicit = explicit;
    }

    /** The Python with its own library. */
    PythonHome home(String origin) throws UnusableException {
        return home(origin, null);
    }

    /** The Python with that library, or with its own if that is null. */
    PythonHome home(String origin, Path library) throws UnusableException {
        if (!explicit) {
            checkTrust(executable);
        }
        ProbeReport report = search.probe().ask(executable);
        try {
            checkKind(report);
            ExplicitSource.checkHome(search, report.get("version"));
            Path chosen = library != null ? checked(library, report) : ownLibrary(report);
            search.probe().keep(executable, report, chosen);
            return new PythonHome(
                    chosen,
                    reportedExecutable(report),
                    new HomeRule(search, report).home(),
                    report.get("version"),
                    Path.of(report.get("prefix")),
                    Path.of(report.get("base_prefix")).normalize(),
                    report.is("debug"),
                    List.of(),
                    origin,
                    List.of());
        } catch (InvalidPathException e) {
            throw UnusableException.unnameable(e);
        }
    }

    private static void checkTrust(Path executable) throws UnusableException {
        if (Files.exists(executable)) {
            Trust.check(executable);
        }
    }

    private void checkKind(ProbeReport report) throws UnusableException {
        String implementation = report.get("implementation");
        if (!implementation.equals("cpython")) {
            String name = switch (implementation) {
                case "pypy" -> "PyPy";
                case "graalpy" -> "GraalPy";
                default -> implementation;
            };
            throw new UnusableException(
                    "is " + name + " " + report.get("version") + ", not CPython", "Use a CPython 3.9 - 3.14.");
        }
        Versions.check(report.get("version"), explicit);
        if (report.is("free_threaded")) {
            throw Versions.freeThreaded(report.get("version"));
        }
        if (report.get("bits").equals("32") == is64Bit(search.platform().arch())) {
            throw new UnusableException("is a "
                    + report.get("bits")
                    + "-bit Python, but this JVM is "
                    + search.platform().arch());
        }
    }

    private static boolean is64Bit(String arch) {
        return arch.equals("x86_64") || arch.equals("arm64");
    }

    /** The first of the reported libraries that can be loaded. */
    private Path ownLibrary(ProbeReport report) throws UnusableException {
        List<String> reasons = new ArrayList<>();
        UnusableException first = null;
        for (String name : report.all("library")) {
            Path library = Path.of(name);
            try {
                if (!explicit) {
                    Trust.check(library);
                }
                return checked(library, report);
            } catch (UnusableException e) {
                first = first == null ? e : first;
                reasons.add(library + " " + e.reason());
            }
        }
        if (first != null) {
            throw new UnusableException(
                    "is CPython " + report.get("version") + ", but " + String.join("; ", reasons), first.fix());
        }
        throw new UnusableException(
                "is CPython " + report.get("version") + " without a shared library (libpython)",
                MissingLibrary.fix(report, search.platform()));
    }

    private Path checked(Path library, ProbeReport report) throws UnusableException {
        LibraryFile.check(library, search.platform());
        LibraryFile named = LibraryFile.named(library);
        String version = report.get("version");
        if (named.version != null && !Versions.same(named.version, version)) {
            throw new UnusableException(
                    "is CPython " + version + ", but the library " + library + " is of " + named.version,
                    "Let library and executable be of one installation.");
        }
        if (named.freeThreaded) {
            throw Versions.freeThreaded(named.version);
        }
        return library;
    }

    /** What the Python calls itself: behind a version manager's shim that is the real one. */
    private Path reportedExecutable(ProbeReport report) {
        String reported = report.get("executable");
        return reported.isEmpty() ? executable : Path.of(reported);
    }
}
