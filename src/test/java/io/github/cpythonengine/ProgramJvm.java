package io.github.cpythonengine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A JVM of its own for a test: with the class path of this one and the same Python.
 *
 * @param code the exit code
 */
record ProgramJvm(int code, String out, String err) {

    private static final long SECONDS = 60;

    /** How to start one. */
    static final class Start {
        private final List<String> options = new ArrayList<>(List.of("--enable-native-access=ALL-UNNAMED"));
        private final Map<String, String> properties = new TreeMap<>();
        private String classPath =
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        private final Map<String, String> environment = new HashMap<>();
        private Path folder = Path.of("");
        private String input = "";
        private boolean terminal;

        Start() {
            for (String name : System.getProperties().stringPropertyNames()) {
                if (name.startsWith("cpython.")) {
                    properties.put(name, System.getProperty(name));
                }
            }
        }

        Start classPath(String path) {
            classPath = path;
            return this;
        }

        /** A system property; null removes it. */
        Start property(String name, String value) {
            properties.put(name, value);
            return this;
        }

        /** An environment variable; null removes it. */
        Start variable(String name, String value) {
            environment.put(name, value);
            return this;
        }

        Start in(Path workingFolder) {
            folder = workingFolder;
            return this;
        }

        /** A terminal, made by the script command of Linux, which then has both outputs. */
        Start terminal() {
            terminal = true;
            return this;
        }

        Start input(String text) {
            input = text;
            return this;
        }

        ProgramJvm main(String... arguments) throws IOException, InterruptedException {
            List<String> command = new ArrayList<>(List.of("-cp", classPath, Main.class.getName()));
            command.addAll(List.of(arguments));
            return java(command);
        }

        ProgramJvm java(List<String> arguments) throws IOException, InterruptedException {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(options);
            properties.forEach((name, value) -> {
                if (value != null) {
                    command.add("-D" + name + "=" + value);
                }
            });
            command.addAll(arguments);
            return run(terminal ? inTerminal(command) : command);
        }

        private static List<String> inTerminal(List<String> command) {
            String line = command.stream()
                    .map(word -> "'" + word.replace("'", "'\\''") + "'")
                    .collect(Collectors.joining(" "));
            return List.of("script", "-qec", line, "/dev/null");
        }

        private ProgramJvm run(List<String> command) throws IOException, InterruptedException {
            Path in = write(input);
            Path out = write("");
            Path err = write("");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toAbsolutePath().toFile())
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            environment.forEach((name, value) -> {
                if (value == null) {
                    builder.environment().remove(name);
                } else {
                    builder.environment().put(name, value);
                }
            });
            Process process = builder.start();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError(
                        "still running: " + command + "\n" + Files.readString(out) + Files.readString(err));
            }
            ProgramJvm ended = new ProgramJvm(process.exitValue(), read(out), read(err));
            Files.delete(in);
            return ended;
        }

        private static Path write(String text) throws IOException {
            return Files.writeString(Files.createTempFile("child", ".txt"), text);
        }

        private static String read(Path file) throws IOException {
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            Files.delete(file);
            return text.replace("\r\n", "\n");
        }
    }
}
