package benchmarks;

import benchmarks.EmbeddingPython.Times;
import benchmarks.Rows.Row;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/**
 * Measures and writes Markdown tables. Row by row, the C program, Python and the engine on each backend take turns, so
 * that what else the machine does hits all of them. System properties:
 *
 * <ul>
 *   <li>{@code workloads}: rows, separated by commas: {@code W1,W4,W10.back}; {@code W13} is the cold start, {@code S}
 *       are those about scaling. All, if empty.
 *   <li>{@code python}: the python executable, with a shared library, and headers for the C program
 *   <li>{@code jdks}: homes, separated by commas; java.lang.foreign is measured on the newest, JNA on the oldest and the
 *       newest
 *   <li>{@code forks}: JVMs for each number, 2 if empty
 *   <li>{@code output}: the file to write
 * </ul>
 */
public final class Measure {

    private static final int ROUNDS_OF_START = 11;

    /** Four times this, on a machine that does nothing else. */
    private static final int WARM_UP_MILLIS = 500;

    /** One column of the tables. */
    private record Way(String backend, Jdk jdk) {
        String title() {
            return (backend.equals("ffm") ? "FFM" : "JNA") + ", JDK " + jdk.version();
        }
    }

    private final String[] wanted = System.getProperty("workloads", "").split(",");
    private final EmbeddingPython python = EmbeddingPython.find();
    private final boolean hasC = python != null && python.compile();
    private final List<Way> ways = new ArrayList<>();
    private final StringBuilder out = new StringBuilder();

    public static void main(String[] none) throws Exception {
        new Measure().run();
        System.exit(0);
    }

    private void run() throws Exception {
        List<Jdk> jdks = Jdk.find();
        Jdk newest = jdks.get(jdks.size() - 1);
        if (newest.hasForeign()) {
            ways.add(new Way("ffm", newest));
        }
        ways.add(new Way("jna", newest));
        if (jdks.size() > 1) {
            ways.add(new Way("jna", jdks.get(0)));
        }
        write(Machine.facts(python, hasC) + "\n");
        writeWorkloads();
        writeScaling();
        if (isWanted("W13")) {
            writeStart();
        }
        write("Load of the machine at the end: " + Machine.load() + "\n");
        Files.writeString(Path.of(System.getProperty("output")), out);
    }

    private void write(String text) {
        System.out.println(text);
        out.append(text).append('\n');
    }

    private boolean isWanted(String key) {
        for (String start : wanted) {
            boolean whole = start.isEmpty() || key.equals(start) || key.startsWith(start + ".");
            if (whole) {
                return true;
            }
        }
        return false;
    }

    // ---- the workloads

    private void writeWorkloads() throws Exception {
        List<Row> rows = Rows.WORKLOADS.stream()
                .filter(row -> isWanted(row.key()))
                .filter(row -> !row.key().startsWith("W10") || (python != null && python.hasNumpy))
                .toList();
        if (rows.isEmpty()) {
            return;
        }
        StringBuilder head = new StringBuilder("| ns | what | Python | C | C, GIL |");
        StringBuilder line = new StringBuilder("|---|---|--:|--:|--:|");
        for (Way way : ways) {
            head.append(' ').append(way.title()).append(" | / C |");
            line.append("--:|--:|");
        }
        write(head + "\n" + line);
        for (Row row : rows) {
            write(workload(row));
        }
        write("");
    }

    private String workload(Row row) throws Exception {
        Map<String, Times> c = hasC ? EmbeddingPython.measured(python.cProgram(row.key())) : Map.of();
        Map<String, Times> pure = python == null ? Map.of() : EmbeddingPython.measured(python.pythonProgram(row.key()));
        Times limit = c.getOrDefault(row.key() + ".gil", c.get(row.key()));
        StringBuilder line = new StringBuilder("| " + row.key() + " | " + row.title() + " |");
        line.append(cell(pure.get(row.key())));
        line.append(cell(c.get(row.key())));
        line.append(cell(c.get(row.key() + ".gil")));
        for (Way way : ways) {
            Times times = times(engine(way, row.benchmark(), row.threads()).get(0), 1);
            line.append(cell(times));
            line.append(limit == null ? " |" : format(" %.2f |", times.median() / limit.median()));
        }
        return line.toString();
    }

    private static String cell(Times times) {
        return times == null
                ? " |"
                : " " + number(times.median()) + " (" + number(times.least()) + "-" + number(times.most()) + ") |";
    }

    private static String number(double value) {
        return format(value < 100 ? "%.1f" : "%,.0f", value);
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private List<RunResult> engine(Way way, String benchmark, int threads) throws RunnerException {
        List<String> options = new ArrayList<>(options(way));
        options.add("-Xmx2g");
        String forks = System.getProperty("forks", "");
        return List.copyOf(new Runner(new OptionsBuilder()
                        .include("benchmarks\\." + benchmark.replace(".", "[.$]") + "$")
                        .jvm(way.jdk.java())
                        .jvmArgs(options.toArray(String[]::new))
                        .threads(threads)
                        .forks(forks.isEmpty() ? 2 : Integer.parseInt(forks))
                        .warmupIterations(4)
                        .warmupTime(TimeValue.milliseconds(WARM_UP_MILLIS * Machine.crowding()))
                        .measurementIterations(6)
                        .measurementTime(TimeValue.milliseconds(300))
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .build())
                .run());
    }

    private List<String> options(Way way) {
        List<String> options = new ArrayList<>(
                List.of("--enable-native-access=ALL-UNNAMED", "-Dcpython.backend=" + way.backend, "-Xshare:auto"));
        if (python != null) {
            options.add("-Dcpython.executable=" + python.executable);
        }
        return options;
    }

    private static Times times(RunResult result, double perElement) {
        Statistics all = result.getPrimaryResult().getStatistics();
        return new Times(all.getPercentile(50) / perElement, all.getMin() / perElement, all.getMax() / perElement);
    }

    // ---- scaling

    private void writeScaling() throws Exception {
        List<Row> rows =
                Rows.SCALING.stream().filter(row -> isWanted(row.key())).toList();
        if (rows.isEmpty()) {
            return;
        }
        StringBuilder head = new StringBuilder("| ns | what | with |");
        StringBuilder line = new StringBuilder("|---|---|---|");
        for (Way way : ways) {
            head.append(' ').append(way.title()).append(" |");
            line.append("--:|");
        }
        write(head + "\n" + line);
        for (Row row : rows) {
            List<List<RunResult>> columns = new ArrayList<>();
            for (Way way : ways) {
                columns.add(engine(way, row.benchmark(), 1));
            }
            for (int i = 0; i < columns.get(0).size(); i++) {
                write(scaling(row, columns, i));
            }
        }
        write("");
    }

    private static String scaling(Row row, List<List<RunResult>> columns, int index) {
        StringBuilder line = new StringBuilder();
        for (List<RunResult> column : columns) {
            RunResult result = column.get(index);
            String name = result.getParams().getParamsKeys().iterator().next();
            String value = result.getParams().getParam(name);
            if (line.isEmpty()) {
                line.append("| " + row.key() + " | " + row.title() + " | " + name + ": " + value + " |");
            }
            line.append(cell(times(result, name.equals("elements") ? Double.parseDouble(value) : 1)));
        }
        return line.toString();
    }

    // ---- W13

    private void writeStart() throws IOException {
        if (python == null) {
            return;
        }
        List<String> titles = new ArrayList<>();
        List<String> command = new ArrayList<>(python.startTimer(String.valueOf(ROUNDS_OF_START)));
        List<String> classPath = List.of("-cp", classPathOfJars(), "benchmarks.Start");
        add(titles, command, "Python alone", List.of(python.executable, "-c", "print(6 * 7)"));
        if (hasC) {
            add(titles, command, "C program", python.cProgram("start"));
        }
        Way newest = ways.get(0);
        add(titles, command, "JVM alone, JDK " + newest.jdk.version(), joined(newest.jdk.java(), List.of(), classPath));
        List<String> script = joined(classPath, List.of("6 * 7"));
        for (Way way : ways) {
            add(titles, command, way.title(), joined(way.jdk.java(), options(way), script));
            if (way.jdk.version() >= 19) {
                String archive = Path.of(System.getProperty("work"), way.backend + ".jsa")
                        .toString();
                List<String> shared = joined(
                        options(way), List.of("-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + archive));
                add(titles, command, way.title() + ", CDS archive", joined(way.jdk.java(), shared, script));
            }
        }
        write("| W13: cold start, ms | wall time | processor time |\n|---|--:|--:|");
        List<String> lines = EmbeddingPython.lines(command);
        for (int i = 0; i < lines.size(); i++) {
            String[] parts = lines.get(i).split("\t");
            write(format("| %s | %s (%s-%s) | %s |", titles.get(i), parts[0], parts[1], parts[2], parts[3]));
        }
        write("");
    }

    /** A CDS archive can be made for jars alone; the one of these classes was built just before. */
    private static String classPathOfJars() {
        List<String> jars = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            jars.add(
                    entry.endsWith("classes")
                            ? Path.of(entry).resolveSibling("benchmarks-1.jar").toString()
                            : entry);
        }
        return String.join(File.pathSeparator, jars);
    }

    private static void add(List<String> titles, List<String> commands, String title, List<String> command) {
        titles.add(title);
        commands.add("--");
        commands.addAll(command);
    }

    private static List<String> joined(String first, List<String> second, List<String> third) {
        return joined(joined(List.of(first), second), third);
    }

    private static List<String> joined(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
