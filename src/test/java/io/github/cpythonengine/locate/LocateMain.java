package io.github.cpythonengine.locate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A process that locates its Python and prints it, for tests that need a process of its own. */
final class LocateMain {
    private LocateMain() {}

    public static void main(String[] args) {
        try {
            PythonHome home = PythonLocator.locate(PythonSettings.fromEnvironment());
            System.out.println("library=" + home.library());
            System.out.println("executable=" + home.executable());
            System.out.println("home=" + home.home());
            System.out.println("origin=" + home.origin());
        } catch (PythonNotFoundException e) {
            System.out.println(e.getMessage());
        }
    }

    /** Such a process, its output on standard output; variables with null are removed. */
    static Process start(Path folder, Map<String, String> variables, List<Path> extraClassPath, String... options)
            throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        String classPath = System.getProperty("java.class.path");
        for (Path extra : extraClassPath) {
            classPath += java.io.File.pathSeparator + extra;
        }
        command.addAll(List.of("-cp", absolute(classPath), LocateMain.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(key -> key.startsWith("CPYTHON_"));
        variables.forEach((name, value) -> {
            if (value == null) {
                builder.environment().remove(name);
            } else {
                builder.environment().put(name, value);
            }
        });
        return builder.redirectErrorStream(true).start();
    }

    static String output(Process process) throws Exception {
        String text = new String(process.getInputStream().readAllBytes());
        process.waitFor();
        return text;
    }

    private static String absolute(String classPath) {
        List<String> entries = new ArrayList<>();
        for (String entry : classPath.split(java.io.File.pathSeparator)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(java.io.File.pathSeparator, entries);
    }
}
