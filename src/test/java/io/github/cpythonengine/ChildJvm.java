package io.github.cpythonengine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.emptyArray;
import static org.hamcrest.Matchers.is;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs what may kill or hang a JVM in a JVM of its own: same JDK, class path, {@code cpython.*} properties and {@code
 * -X} options as this one, in an empty folder, with a time limit.
 *
 * <pre>{@code
 * new ChildJvm(Recursion.class).args("json").run().exitsWith(0).prints("RecursionError");
 * }</pre>
 */
final class ChildJvm {

    private final Class<?> main;
    private final List<String> options = new ArrayList<>();
    private final List<String> arguments = new ArrayList<>();
    private final List<String> classPath = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Map<String, String> files = new LinkedHashMap<>();
    private int seconds = 60;

    ChildJvm(Class<?> main) {
        this.main = main;
    }

    /** Options of the JVM; they come last, so they win over this JVM's. */
    ChildJvm jvm(String... more) {
        options.addAll(List.of(more));
        return this;
    }

    ChildJvm args(String... more) {
        arguments.addAll(List.of(more));
        return this;
    }

    /** A variable of the environment; null takes it away. */
    ChildJvm env(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Put before the class path. */
    ChildJvm classPath(Path entry) {
        classPath.add(entry.toString());
        return this;
    }

    /** A file in its working folder. */
    ChildJvm file(String name, String text) {
        files.put(name, text);
        return this;
    }

    ChildJvm limit(int seconds) {
        this.seconds = seconds;
        return this;
    }

    Result run() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("child");
        Path out = folder.resolve("output.txt");
        Path cwd = Files.createDirectory(folder.resolve("cwd"));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(cwd.resolve(file.getKey()), file.getValue());
        }
        ProcessBuilder builder = new ProcessBuilder(command(folder))
                .directory(cwd.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null").exists() ? new File("/dev/null") : new File("NUL"))
                .redirectOutput(out.toFile());
        environment.forEach((name, value) -> {
            if (value == null) {
                builder.environment().remove(name);
            } else {
                builder.environment().put(name, value);
            }
        });
        long start = System.nanoTime();
        Process process = builder.start();
        boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        long millis = (System.nanoTime() - start) / 1_000_000;
        String output = Files.readString(out, UTF_8);
        assertThat("ended within " + seconds + " s; it printed:\n" + output, ended);
        Result result =
                new Result(process.exitValue(), output, millis, folder.toFile().list(ChildJvm::isCrashReport));
        delete(folder);
        return result;
    }

    private static boolean isCrashReport(File folder, String name) {
        return name.startsWith("hs_err");
    }

    private List<String> command(Path folder) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (option.startsWith("-Xss") || option.startsWith("-Xcheck") || option.startsWith("--enable-native")) {
                command.add(option);
            }
        }
        command.add("-XX:ErrorFile=" + folder.resolve("hs_err_%p.log"));
        System.getProperties().forEach((key, value) -> {
            String name = key.toString();
            if (name.startsWith("cpython.") || name.startsWith("jna.") || name.equals("test.scale")) {
                command.add("-D" + name + "=" + value);
            }
        });
        command.addAll(options);
        command.add("-cp");
        classPath.add(System.getProperty("java.class.path"));
        command.add(String.join(File.pathSeparator, classPath));
        command.add(main.getName());
        command.addAll(arguments);
        return command;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted((a, b) -> b.compareTo(a)).forEach(path -> path.toFile().delete());
        }
    }

    /** How it went; a crash report fails at once. */
    record Result(int exitCode, String output, long millis, String[] crashReports) {

        Result {
            assertThat("no crash; it printed:\n" + output, crashReports, emptyArray());
        }

        Result exitsWith(int expected) {
            assertThat("exit code; it printed:\n" + output, exitCode, is(expected));
            return this;
        }

        Result prints(String expected) {
            assertThat("it prints \"" + expected + "\"; it printed:\n" + output, output.contains(expected));
            return this;
        }

        Result doesNotPrint(String unwanted) {
            assertThat("it does not print \"" + unwanted + "\"; it printed:\n" + output, !output.contains(unwanted));
            return this;
        }
    }
}
