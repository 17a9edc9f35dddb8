package io.github.cpythonengine.locate;

import java.util.ArrayList;
import java.util.List;

/** One run of the search: what it was given, and the notes it takes. One thread. */
final class Search {
    private final PythonSettings settings;
    private final Surroundings around;
    private final Probe probe;
    private final List<String> tried = new ArrayList<>();
    private final List<String> fixes = new ArrayList<>();

    Search(PythonSettings settings, Surroundings around) {
        this.settings = settings;
        this.around = around;
        this.probe = new Probe(around, ProbeProcess.TIME_LIMIT);
    }

    PythonSettings settings() {
        return settings;
    }

    Surroundings around() {
        return around;
    }

    Platform platform() {
        return around.platform();
    }

    Probe probe() {
        return probe;
    }

    String env(String name) {
        return around.env(name);
    }

    void note(String line) {
        tried.add(line);
    }

    void noteFound(String where, PythonHome home) {
        tried.add(where
                + ": "
                + (home.version() == null ? "a CPython" : "CPython " + home.version())
                + ", library "
                + home.library());
    }

    void noteUnusable(String where, UnusableException why) {
        tried.add(where + " " + why.reason());
        if (why.fix() != null) {
            fixes.add(where + ": " + why.fix());
        }
    }

    List<String> tried() {
        return tried;
    }

    List<String> fixes() {
        return fixes;
    }
}
