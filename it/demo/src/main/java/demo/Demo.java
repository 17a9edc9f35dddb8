package demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.script.Invocable;
import javax.script.ScriptEngine;
import javax.script.ScriptEngineManager;

/** Runs planets.py inside this JVM, and gets at its functions, variables and values. */
public final class Demo {
    public static void main(String[] args) throws Exception {
        ScriptEngine python = new ScriptEngineManager().getEngineByName("cpython");
        python.put("table", "planets.csv");
        python.put(ScriptEngine.FILENAME, "planets.py");
        python.eval(Files.newBufferedReader(Path.of("planets.py")));

        System.out.println("In Java:    it ran on CPython " + python.get("python") + " in Java "
                + Runtime.version().feature() + "; the variable 'planets' is a " + kind(python.get("planets")));

        Invocable functions = (Invocable) python;
        List<?> planets = (List<?>) python.get("planets");
        Map<?, ?> last = (Map<?, ?>) planets.get(planets.size() - 1);
        System.out.println("csv:        the last one is " + last.get("name") + ", " + last.get("distance_e6km")
                + " million km from the sun");

        double exponent = (Double) functions.invokeFunction("exponent", planets);
        System.out.printf(
                "statistics: a year grows with the distance to the power of %.3f (Kepler says 3/2)%n", exponent);

        Map<?, ?> summary = (Map<?, ?>) functions.invokeFunction("summary", planets);
        summary.forEach((kind, facts) -> System.out.println("            " + kind + " planets: " + facts));

        Path json = Path.of("target", "planets.json");
        Files.createDirectories(json.getParent());
        functions.invokeFunction("write", summary, json.toString());
        System.out.println("json:       " + json + " has " + Files.size(json) + " bytes");

        List<?> heavy = (List<?>) functions.invokeFunction("heavier_than", planets, 100);
        System.out.println("sqlite3:    "
                + (heavy == null
                        ? "not here: this machine has no libsqlite3, which the bundled Python takes from the system"
                        : "heavier than 10^26 kg are " + heavy));
    }

    private static String kind(Object value) {
        return value instanceof List<?> ? "java.util.List" : value.getClass().getName();
    }

    private Demo() {}
}
