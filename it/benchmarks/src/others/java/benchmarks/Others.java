package benchmarks;

import benchmarks.EmbeddingPython.Times;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures the engine and other bridges with {@link PlainLoop} and writes a Markdown table. Row by row they take turns,
 * each in a JVM of its own, which has only that bridge on its class path. Times are processor time of the thread, but for
 * Py4J, whose Python is another process, time that passed. System properties, beside {@code workloads}, {@code python}
 * and {@code output} of {@link Measure}:
 *
 * <ul>
 *   <li>{@code others.jep}: Jep's native library, with its Python modules beside it
 *   <li>{@code others.jpy}: the directory of jpy's two native libraries
 *   <li>{@code others.py4j}: the directory that has Py4J's Python package
 * </ul>
 *
 * The libraries must be built for the Python that {@code python} names; what is not told is left out.
 */
public final class Others {

    private static final int ROUNDS_OF_START = 5;

    /** Rows that the other tables do not have. */
    private static final String LIST_AS_ARRAY = "W6.array";

    private static final String LIBRARIES_OF_ALL = "jmh-core|jopt-simple|commons-math3";

    /**
     * @param libraries what it needs of the class path, a pattern
     * @param warmUp seconds
     */
    private record Column(String bridge, String libraries, int warmUp) {}

    private static final List<Column> COLUMNS = List.of(
            new Column("FFM", "cpython-engine|/jna|commons-lang3", 2),
            new Column("JNA", "cpython-engine|/jna|commons-lang3", 2),
            new Column("Jep", "black/ninia", 2),
            new Column("jpy", "jpyconsortium", 2),
            new Column("JavaCPP", "org/bytedeco", 2),
            new Column("Py4J", "sf/py4j", 2),
            new Column("GraalPy", "org/graalvm|bouncycastle", 15));

    /** What compiles GraalPy's Python to machine code. */
    private static final String COMPILER = "/(compiler|truffle-compiler|word|collections)-[^/]*jar";

    private final List<String> wanted =
            List.of(System.getProperty("workloads", "").split(","));
    private final EmbeddingPython python = EmbeddingPython.find();
    private final boolean hasC = python.compile();
    private final List<Column> columns = COLUMNS.stream()
            .filter(column -> !List.of("Jep", "jpy", "Py4J").contains(column.bridge)
                    || !System.getProperty(property(column), "").isEmpty())
            .toList();
    private final StringBuilder out = new StringBuilder();

    public static void main(String[] none) throws Exception {
        new Others().run();
    }

    private static String property(Column column) {
        return "others." + column.bridge.toLowerCase(Locale.ROOT);
    }

    private void run() throws IOException {
        write(Machine.facts(python, hasC) + "- JDK: " + System.getProperty("java.vendor.version") + "\n");
        StringBuilder head = new StringBuilder("| ns | C, GIL |");
        StringBuilder line = new StringBuilder("|---|--:|");
        for (Column column : columns) {
            head.append(' ').append(column.bridge).append(" |");
            line.append("--:|");
        }
        write(head + "\n" + line);
        for (Rows.Row row : Rows.WORKLOADS) {
            if (row.threads() == 1
                    && !row.key().equals("W1.10000")
                    && !row.key().equals("W5.each")) {
                writeRow(row.key());
            }
            if (row.key().equals("W6")) {
                writeRow(LIST_AS_ARRAY);
            }
        }
        write("");
        if (isWanted("W13")) {
            writeStart();
        }
        write("Load of the machine at the end: " + Machine.load());
        Files.writeString(Path.of(System.getProperty("output")), out);
    }

    private void write(String text) {
        System.out.println(text);
        out.append(text).append('\n');
    }

    private boolean isWanted(String key) {
        return wanted.contains("") || wanted.contains(key) || wanted.contains(key.replaceAll("\\..*", ""));
    }

    private void writeRow(String key) throws IOException {
        if (!isWanted(key)) {
            return;
        }
        // The C program takes each of the three steps of W5 for itself, as the bridges do.
        String inC = key.equals("W5") ? "W5.each" : key;
        Map<String, Times> c = hasC ? EmbeddingPython.measured(python.cProgram(inC)) : Map.of();
        Times limit = c.getOrDefault(inC + ".gil", c.get(inC));
        StringBuilder line =
                new StringBuilder("| " + key + " | " + (limit == null ? "" : number(limit.median())) + " |");
        for (Column column : columns) {
            line.append(' ').append(cell(column, key)).append(" |");
        }
        write(line.toString());
    }

    private String cell(Column column, String key) throws IOException {
        String operations = key.equals("W11") ? "10000" : key.equals("W9") || key.startsWith("W12") ? "1000" : "1";
        List<String> lines = EmbeddingPython.lines(command(column, key, operations, String.valueOf(column.warmUp)));
        if (lines.isEmpty()) {
            return "-";
        }
        System.err.println(key + "\t" + column.bridge + "\t" + lines.get(lines.size() - 1));
        String[] times = lines.get(lines.size() - 1).split("\t");
        boolean isOtherProcess = column.bridge.equals("Py4J");
        return number(Double.parseDouble(times[isOtherProcess ? 3 : 0]));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%,.0f", value);
    }

    private void writeStart() throws IOException {
        List<String> command = new ArrayList<>(python.startTimer(String.valueOf(ROUNDS_OF_START)));
        for (Column column : columns) {
            command.add("--");
            command.addAll(command(column, "W13"));
        }
        write("| W13: cold start, ms | wall time | processor time |\n|---|--:|--:|");
        List<String> lines = EmbeddingPython.lines(command);
        for (int i = 0; i < lines.size(); i++) {
            String[] parts = lines.get(i).split("\t");
            write("| " + columns.get(i).bridge + " | " + parts[0] + " (" + parts[1] + "-" + parts[2] + ") | " + parts[3]
                    + " |");
        }
        write("");
    }

    private List<String> command(Column column, String... arguments) {
        List<String> classPath = new ArrayList<>();
        List<String> modules = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            String path = entry.replace('\\', '/');
            boolean isJar = path.endsWith(".jar");
            if (path.matches(".*" + COMPILER)) {
                modules.add(entry);
            } else if (!isJar || path.matches(".*(" + LIBRARIES_OF_ALL + "|" + column.libraries + ").*")) {
                classPath.add(entry);
            }
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx2g",
                "-Dcpython.executable=" + python.executable,
                "-Dpython=" + python.executable,
                "-Dpython.home=" + Path.of(python.executable).getParent().getParent(),
                "-Dpython.library=" + python.library(),
                "-Dservice=" + System.getProperty("service")));
        switch (column.bridge) {
            case "FFM", "JNA" -> command.add("-Dcpython.backend=" + column.bridge.toLowerCase(Locale.ROOT));
            case "GraalPy" ->
                command.addAll(List.of(
                        "-XX:+UnlockExperimentalVMOptions",
                        "-XX:+EnableJVMCI",
                        "--sun-misc-unsafe-memory-access=allow",
                        "--upgrade-module-path=" + String.join(File.pathSeparator, modules)));
            default -> command.add("-D" + property(column) + "=" + System.getProperty(property(column)));
        }
        command.addAll(
                List.of("-cp", String.join(File.pathSeparator, classPath), "benchmarks.PlainLoop", column.bridge));
        command.addAll(List.of(arguments));
        return command;
    }
}
