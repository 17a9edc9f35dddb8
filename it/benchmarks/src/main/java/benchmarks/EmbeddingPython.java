package benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The Python that all measure: the engine, the C program, which is compiled for it, and Python itself. It is what the
 * system property {@code python} names, else {@code python3} on the PATH.
 */
final class EmbeddingPython {

    private static final String FACTS = """
            import sys, sysconfig, os, importlib.util
            get = sysconfig.get_config_var
            print(sys.executable)
            print(sys.version.split()[0])
            print(get("Py_ENABLE_SHARED") or 0)
            print(sysconfig.get_path("include"))
            print(get("LIBDIR"))
            print(get("LDVERSION"))
            print("numpy" if importlib.util.find_spec("numpy") else "")
            """;

    /** What was measured: median, least and most, in nanoseconds. */
    record Times(double median, double least, double most) {}

    final String executable;
    final String version;
    final boolean hasNumpy;
    final boolean hasSharedLibrary;
    private final String include;
    private final String libraries;
    private final String name;
    private final Path natives = Path.of(System.getProperty("natives"));
    private final Path program = Path.of(System.getProperty("work"), "workloads");

    private EmbeddingPython(List<String> facts) {
        executable = facts.get(0);
        version = facts.get(1);
        hasSharedLibrary = facts.get(2).equals("1");
        include = facts.get(3);
        libraries = facts.get(4);
        name = "python" + facts.get(5);
        hasNumpy = facts.get(6).equals("numpy");
    }

    /** Null when there is none to run. */
    static EmbeddingPython find() {
        String wanted = System.getProperty("python", "");
        try {
            return new EmbeddingPython(lines(List.of(wanted.isEmpty() ? "python3" : wanted, "-c", FACTS)));
        } catch (IOException e) {
            if (!wanted.isEmpty()) {
                throw new IllegalArgumentException(wanted + " does not run: " + e.getMessage(), e);
            }
            return null;
        }
    }

    /** Whether there was what it takes: a compiler, and Python's headers and library. */
    boolean compile() {
        if (!hasSharedLibrary || !Files.exists(Path.of(include, "Python.h"))) {
            return false;
        }
        String compiler = System.getenv().getOrDefault("CC", "cc");
        try {
            lines(List.of(
                    compiler,
                    "-O2",
                    "-o",
                    program.toString(),
                    natives.resolve("workloads.c").toString(),
                    "-I" + include,
                    "-L" + libraries,
                    "-Wl,-rpath," + libraries,
                    "-l" + name,
                    "-pthread"));
            return true;
        } catch (IOException e) {
            System.err.println("No C program to compare with: " + e.getMessage());
            return false;
        }
    }

    String library() {
        return Path.of(libraries, System.mapLibraryName(name)).toString();
    }

    List<String> cProgram(String... arguments) {
        return command(List.of(program.toString()), arguments);
    }

    List<String> pythonProgram(String... arguments) {
        return command(List.of(executable, natives.resolve("workloads.py").toString()), arguments);
    }

    List<String> startTimer(String... arguments) {
        return command(List.of(executable, natives.resolve("start.py").toString()), arguments);
    }

    private static List<String> command(List<String> start, String... arguments) {
        List<String> command = new ArrayList<>(start);
        command.addAll(List.of(arguments));
        return command;
    }

    /** Runs one of the programs: its rows by key. */
    static Map<String, Times> measured(List<String> command) throws IOException {
        Map<String, Times> rows = new TreeMap<>();
        for (String line : lines(command)) {
            String[] parts = line.split("\t");
            rows.put(
                    parts[0],
                    new Times(
                            Double.parseDouble(parts[1]), Double.parseDouble(parts[2]), Double.parseDouble(parts[3])));
        }
        return rows;
    }

    /** Runs a command that must succeed: the lines it prints. */
    static List<String> lines(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String text = new String(process.getInputStream().readAllBytes());
        try {
            int status = process.waitFor();
            if (status != 0) {
                throw new IOException(command.get(0) + " ended with " + status);
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        return text.lines().toList();
    }
}
