package io.github.cpythonengine.locate;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The libraries to load before libpython ({@code cpython.preload}). A path is taken as it is; a
 * name ({@code libffi.so.8}, {@code ffi}) is looked for in the {@code cpython.preload.path}
 * folders, then beside libpython. One that is not there is an error.
 */
final class Preload {
    private final PythonSettings settings;
    private final Platform platform;

    Preload(PythonSettings settings, Platform platform) {
        this.settings = settings;
        this.platform = platform;
    }

    /** The libraries that the settings name, for a Python with that libpython. */
    List<Path> files(Path libpython) {
        if (settings.preload() == null) {
            return List.of();
        }
        List<Path> folders = new ArrayList<>();
        if (settings.preloadPath() != null) {
            settings.preloadPath().value().forEach(each -> folders.add(Surroundings.absolute(each)));
        }
        folders.add(libpython.getParent());
        return settings.preload().value().stream()
                .map(name -> file(name, folders))
                .toList();
    }

    private Path file(String name, List<Path> folders) {
        try {
            Path file = find(name, folders);
            LibraryFile.checkLoadable(file, platform);
            return file;
        } catch (InvalidPathException e) {
            throw failed(name, "is not a path: " + e.getReason(), null);
        } catch (UnusableException e) {
            throw failed(name, e.reason(), e.fix());
        }
    }

    private static Path find(String name, List<Path> folders) throws UnusableException {
        Path given = Path.of(name);
        if (given.isAbsolute() || given.getNameCount() > 1) {
            return Surroundings.absolute(given);
        }
        for (Path folder : folders) {
            for (String each : List.of(name, System.mapLibraryName(name))) {
                if (Files.exists(folder.resolve(each))) {
                    return folder.resolve(each);
                }
            }
        }
        throw new UnusableException(
                "is not in "
                        + String.join(", ", folders.stream().map(Path::toString).toList()),
                "Give its full path, or its folder in cpython.preload.path.");
    }

    private PythonNotFoundException failed(String name, String reason, String fix) {
        return PythonNotFoundException.badSetting(
                settings.preload().origin(), "names " + name + ", which " + reason, fix);
    }
}
