package benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A JDK to measure on. */
record Jdk(Path home, int version) {

    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(\\d+)");

    /** Those that the system property {@code jdks} lists, else this one and those beside it; 17 and newer, oldest first. */
    static List<Jdk> find() throws IOException {
        String wanted = System.getProperty("jdks", "");
        List<Path> homes = new ArrayList<>();
        if (wanted.isEmpty()) {
            Path here = Path.of(System.getProperty("java.home")).toRealPath();
            homes.add(here);
            try (Stream<Path> beside = Files.list(here.getParent())) {
                beside.filter(Files::isDirectory).forEach(homes::add);
            }
        } else {
            for (String home : wanted.split(",")) {
                homes.add(Path.of(home));
            }
        }
        List<Jdk> found = new ArrayList<>();
        for (Path home : homes) {
            Jdk jdk = of(home.toRealPath());
            if (jdk != null && jdk.version >= 17 && !found.contains(jdk)) {
                found.add(jdk);
            }
        }
        found.sort(Comparator.comparing(Jdk::version));
        return found;
    }

    private static Jdk of(Path home) throws IOException {
        Path release = home.resolve("release");
        if (!Files.exists(release) || !Files.exists(home.resolve("bin/java"))) {
            return null;
        }
        Matcher version = VERSION.matcher(Files.readString(release));
        return version.find() ? new Jdk(home, Integer.parseInt(version.group(1))) : null;
    }

    String java() {
        return home.resolve("bin/java").toString();
    }

    boolean hasForeign() {
        return version >= 22;
    }
}
