package io.github.cpythonengine.locate;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * The Python that was chosen, and all that is needed to load and start it.
 *
 * @param library the shared library, absolute
 * @param executable the value for {@code program_name}: the absolute path of the environment's own
 *     python, symbolic links <em>not</em> resolved (they are what makes a virtual environment);
 *     null when unknown
 * @param home the value for {@code Py_SetPythonHome} and the like ({@code prefix} or {@code
 *     prefix:exec_prefix}); null unless Python would not find its standard library without it
 * @param version {@code "3.12.1"}; or {@code "3.12"} when only the library's name is known; or null
 * @param prefix what {@code sys.prefix} will be; null when unknown
 * @param basePrefix what {@code sys.base_prefix} will be; null when unknown
 * @param debug whether it is a {@code Py_DEBUG} build
 * @param preload libraries to load first, {@code RTLD_GLOBAL}, in this order
 * @param origin how it was found: {@code "system property cpython.venv"}, {@code "VIRTUAL_ENV"},
 *     {@code "bundle org.bytedeco:cpython"}, {@code "PATH (/usr/bin)"}
 * @param tried one line for every place looked at, in order, and what came of it
 */
public record PythonHome(
        Path library,
        Path executable,
        String home,
        String version,
        Path prefix,
        Path basePrefix,
        boolean debug,
        List<Path> preload,
        String origin,
        List<String> tried) {

    public PythonHome {
        Objects.requireNonNull(library, "library");
        Objects.requireNonNull(origin, "origin");
        preload = List.copyOf(preload);
        tried = List.copyOf(tried);
    }

    PythonHome withPreload(List<Path> libraries) {
        return new PythonHome(library, executable, home, version, prefix, basePrefix, debug, libraries, origin, tried);
    }

    PythonHome withTried(List<String> lines) {
        return new PythonHome(library, executable, home, version, prefix, basePrefix, debug, preload, origin, lines);
    }
}
