package host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.script.ScriptEngine;
import javax.script.ScriptEngineManager;
import org.apache.logging.log4j.CloseableThreadContext;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.MarkerManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Filters and a pattern selector in Python; src/test/resources/log4j2-test.xml has them. */
class Log4jTest {

    private static final Logger SHOP = LogManager.getLogger("shop.Orders");

    @BeforeAll
    static void log() throws Exception {
        SHOP.info("opened at {}", 8);
        SHOP.debug("login with {}", "Password=secret");
        SHOP.warn("password = {}", "secret");
        SHOP.warn("{} is out", "tea");
        try (var ignored = CloseableThreadContext.put("customer", "gold")) {
            SHOP.warn("{} waits", "Ada");
            SHOP.info("{} has been served", "Ada");
        }
        SHOP.error("closed", new IllegalStateException("flooded"));
        SHOP.trace(MarkerManager.getMarker("EXIT").addParents(MarkerManager.getMarker("FLOW")), "main {}", 0);

        Thread[] threads = new Thread[4];
        for (int i = 0; i < threads.length; i++) {
            String name = "till " + i;
            threads[i] = new Thread(() -> {
                for (int n = 0; n < 25; n++) {
                    LogManager.getLogger("tills").fatal("{} {}", name, n);
                }
            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static List<String> lines(String file, boolean tills) throws IOException {
        return Files.readAllLines(Path.of("target", file)).stream()
                .filter(line -> line.contains("till ") == tills)
                .toList();
    }

    @Test
    void filtersDenyAndPatternsAreSelected() throws Exception {
        assertEquals(
                List.of(
                        "INFO opened at 8",
                        "WARN tea is out",
                        "WARN Ada waits",
                        "INFO Ada has been served",
                        "ERROR closed: flooded",
                        "-> main 0"),
                lines("all.log", false));
    }

    @Test
    void filtersOfAppendersLookAtEvents() throws Exception {
        List<String> lines = lines("important.log", false);
        assertEquals(List.of("Orders WARN Ada waits", "Orders ERROR closed"), lines.subList(0, 2));
    }

    @Test
    void filtersServeManyThreads() throws Exception {
        assertEquals(100, lines("all.log", true).stream().distinct().count());
        assertEquals(100, lines("important.log", true).stream().distinct().count());
    }

    @Test
    void theBackendIsTheOneOfThisJdk() throws Exception {
        ScriptEngine python = new ScriptEngineManager().getEngineByName("cpython");
        python.eval("1");
        String expected = Runtime.version().feature() < 22 ? "jna" : "ffm";
        assertEquals(expected, python.getFactory().getParameter("cpython.backend"));
    }
}
