package io.github.cpythonengine.locate;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether Python must be told its home. {@code program_name} alone gives the right prefixes and
 * keeps {@code sys._base_executable} right, so the home is told only when the user set it, when a
 * {@code PYTHONHOME} in the environment would mislead, or when the standard library is not where
 * Python looks: above the folder of the real executable.
 */
final class HomeRule {
    private final Search search;
    private final ProbeReport report;

    HomeRule(Search search, ProbeReport report) {
        this.search = search;
        this.report = report;
    }

    /** The value for {@code home}, or null. */
    String home() {
        if (search.settings().home() != null) {
            return search.settings().home().value();
        }
        Path base = Path.of(report.get("base_prefix"));
        boolean misled = search.env("PYTHONHOME") != null && !search.settings().isIsolated();
        return misled || !foundWithout(base) ? told(base) : null;
    }

    private String told(Path base) {
        Path exec = Path.of(report.get("base_exec_prefix"));
        return same(base, exec)
                ? base.normalize().toString()
                : base.normalize() + File.pathSeparator + exec.normalize();
    }

    /** Whether the search upwards from the base executable arrives at the base prefix. */
    private boolean foundWithout(Path base) {
        Path executable = Path.of(report.get("executable"));
        Path start = executable.getParent();
        try {
            start = VenvConfig.homeOf(executable);
            if (start == null) {
                start = executable.toRealPath().getParent();
            }
        } catch (IOException e) {
            // As given, then.
        }
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (StandardLibrary.isUnder(folder, report.get("version"), search.platform())) {
                return same(folder, base);
            }
        }
        return false;
    }

    private static boolean same(Path one, Path other) {
        try {
            return one.equals(other) || Files.isSameFile(one, other);
        } catch (IOException e) {
            return false;
        }
    }
}
