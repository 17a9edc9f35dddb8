package io.github.cpythonengine.locate;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The Pythons of the machine that runs the tests; a test that needs one it lacks is skipped. */
final class RealPythons {
    private RealPythons() {}

    /** The pyenv version that begins with those digits ({@code "3.12"}). */
    static Path pyenv(String version) {
        Path found = pyenvVersions().stream()
                .filter(each -> each.getFileName().toString().startsWith(version + "."))
                .findFirst()
                .orElse(null);
        assumeTrue(found != null, "no pyenv Python " + version);
        return found;
    }

    static List<Path> pyenvVersions() {
        String set = System.getenv("PYENV_ROOT");
        Path root = set != null ? Path.of(set) : Path.of(System.getProperty("user.home"), ".pyenv");
        try (Stream<Path> versions = Files.list(root.resolve("versions"))) {
            return versions.filter(each -> Files.exists(each.resolve("bin/python")))
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Debian's python3 with its library package. */
    static Path debian() {
        Path python = Path.of("/usr/bin/python3");
        assumeTrue(Files.exists(python), "no /usr/bin/python3");
        assumeTrue(Files.exists(Path.of("/etc/debian_version")), "not a Debian");
        return python;
    }

    /** The jar of the bundle for this platform: from the class path, or from Maven's repository. */
    static Path bundle() throws IOException {
        String name = Platform.CURRENT.classifier() + ".jar";
        Path repository = Path.of(System.getProperty("user.home"), ".m2/repository/org/bytedeco");
        Optional<Path> jar = Stream.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                .filter(each -> each.contains("cpython") && each.endsWith(name))
                .map(Path::of)
                .findFirst();
        if (jar.isEmpty() && Files.isDirectory(repository.resolve("cpython"))) {
            try (Stream<Path> files = Files.walk(repository.resolve("cpython"))) {
                jar = files.filter(file -> file.toString().endsWith(name)).findFirst();
            }
        }
        assumeTrue(jar.isPresent(), "no bundle org.bytedeco:cpython for " + Platform.CURRENT);
        return jar.get();
    }

    /** What a command prints; it must succeed. */
    static String output(Path folder, List<String> command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new AssertionError(command + ": " + text);
        }
        return text.strip();
    }
}
