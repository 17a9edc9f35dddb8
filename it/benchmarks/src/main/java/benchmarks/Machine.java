package benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What it was measured on. */
final class Machine {

    private Machine() {}

    static String facts(EmbeddingPython python, boolean hasC) {
        return "- Processor: " + processor() + " (" + Runtime.getRuntime().availableProcessors()
                + " to use)\n"
                + "- System: " + System.getProperty("os.name") + " "
                + System.getProperty("os.version").replaceAll("(\\d+\\.\\d+).*", "$1") + " ("
                + System.getProperty("os.arch") + ")\n"
                + "- Python: " + (python == null ? "the bundle" : "CPython " + python.version)
                + (hasC ? "; C program compiled with -O2 against it" : "; no C program") + "\n"
                + "- Load of the machine at the beginning: " + load() + "\n";
    }

    /** Processes that wanted to run in the last minute, on average. */
    static String load() {
        return String.format(
                Locale.ROOT,
                "%.1f",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /** How many processes share a processor, 8 at most: the JIT compiler needs as much more time. */
    static int crowding() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return (int) Math.max(1, Math.min(8, load / Runtime.getRuntime().availableProcessors()));
    }

    private static String processor() {
        try {
            List<String> lines = Files.readAllLines(Path.of("/proc/cpuinfo"));
            return lines.stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 2))
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
