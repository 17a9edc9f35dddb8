package io.github.cpythonengine.locate;

import java.nio.file.Path;
import java.util.List;

/** Finds the Python to load. Any thread; no state but the cache of probes. */
public final class PythonLocator {
    private PythonLocator() {}

    /**
     * The Python that the settings ask for, or else the first that will do: an activated environment,
     * the bundle, {@code PATH}.
     *
     * @throws PythonNotFoundException if there is none, or if what the settings ask for cannot be had
     */
    public static PythonHome locate(PythonSettings settings) {
        return locate(settings, Surroundings.ofThisProcess());
    }

    static PythonHome locate(PythonSettings settings, Surroundings around) {
        boolean interrupted = Thread.interrupted(); // Would break each file operation below.
        try {
            Search search = new Search(settings, around);
            for (PythonSource source : sources(settings)) {
                PythonHome home = source.find(search);
                if (home != null) {
                    List<Path> preload = new Preload(settings, around.platform()).files(home.library());
                    return home.withPreload(preload).withTried(search.tried());
                }
            }
            throw PythonNotFoundException.nothingFound(
                    search.tried(), search.fixes(), around.platform().classifier());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static List<PythonSource> sources(PythonSettings settings) {
        if (settings.namesPython()) {
            return List.of(new ExplicitSource());
        }
        if (settings.choosesPython()) {
            return List.of(new BundleSource(settings.bundle()));
        }
        return List.of(
                new EnvironmentSource("VIRTUAL_ENV"),
                new EnvironmentSource("CONDA_PREFIX"),
                new BundleSource(settings.bundle()),
                new PathSource());
    }
}
