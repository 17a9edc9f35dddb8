package host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import javax.script.ScriptEngine;
import javax.script.ScriptEngineManager;
import org.apache.jmeter.engine.StandardJMeterEngine;
import org.apache.jmeter.samplers.SampleEvent;
import org.apache.jmeter.samplers.SampleListener;
import org.apache.jmeter.samplers.SampleResult;
import org.apache.jmeter.save.SaveService;
import org.apache.jmeter.testelement.AbstractTestElement;
import org.apache.jmeter.util.JMeterUtils;
import org.apache.jorphan.collections.HashTree;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A plan with samplers, a post-processor and an assertion in Python, compiled once, in ten threads. */
class JMeterTest {

    private static final int THREADS = 10;
    private static final int LOOPS = 20;

    /** All that JMeter measured. */
    private static final Queue<SampleResult> RESULTS = new ConcurrentLinkedQueue<>();

    /** JMeter clones its test elements for each thread; these collect in one place. */
    public static final class Collector extends AbstractTestElement implements SampleListener {
        private static final long serialVersionUID = 1;

        @Override
        public void sampleOccurred(SampleEvent event) {
            RESULTS.add(event.getResult());
        }

        @Override
        public void sampleStarted(SampleEvent event) {}

        @Override
        public void sampleStopped(SampleEvent event) {}
    }

    @BeforeAll
    static void runPlan() throws Exception {
        Path home = Path.of("target/jmeter");
        Files.createDirectories(home.resolve("bin"));
        for (String name : List.of("jmeter.properties", "saveservice.properties", "upgrade.properties")) {
            try (InputStream in = JMeterTest.class.getResourceAsStream("/bin/" + name)) {
                Files.write(home.resolve("bin").resolve(name), in.readAllBytes());
            }
        }
        JMeterUtils.setJMeterHome(home.toString());
        JMeterUtils.loadJMeterProperties(home.resolve("bin/jmeter.properties").toString());
        JMeterUtils.initLocale();
        SaveService.loadProperties();

        HashTree plan = SaveService.loadTree(new File("src/test/resources/plan.jmx"));
        plan.add(plan.getArray()[0], new Collector());
        StandardJMeterEngine engine = new StandardJMeterEngine();
        engine.configure(plan);
        engine.run(); // until the last thread ends
    }

    private static List<SampleResult> results(String label) {
        List<SampleResult> found = RESULTS.stream()
                .filter(result -> result.getSampleLabel().equals(label))
                .toList();
        assertEquals(THREADS * LOOPS, found.size(), label);
        return found;
    }

    @Test
    void samplersFillTheirResults() {
        for (SampleResult order : results("order")) {
            assertEquals("201 Created", order.getResponseCode() + " " + order.getResponseMessage());
            assertTrue(order.getResponseDataAsString().matches("id=\\d+;tea=[1-5];milk=[1-5]"));
        }
        long different = results("order").stream()
                .map(SampleResult::getResponseDataAsString)
                .map(text -> text.split(";")[0])
                .distinct()
                .count();
        assertEquals(THREADS * LOOPS, different);
    }

    @Test
    void postProcessorsSeeThePreviousResultAndSharedProperties() {
        Properties props = JMeterUtils.getJMeterProperties();
        List<String> orders = props.stringPropertyNames().stream()
                .filter(name -> name.startsWith("order."))
                .toList();
        assertEquals(THREADS * LOOPS, orders.size());
        for (String order : orders) {
            int thread = Integer.parseInt(order.substring("order.".length())) / 1000;
            assertEquals("customers 1-" + (thread + 1), props.getProperty(order));
        }
    }

    @Test
    void scriptsLog() throws Exception {
        try (Stream<String> lines = Files.lines(Path.of("target/jmeter.log"))) {
            long orders = lines.filter(line -> line.contains(" INFO ") && line.contains(" orders at corner: {"))
                    .count();
            assertEquals(THREADS * LOOPS, orders);
        }
    }

    @Test
    void assertionsFailWhatTheyShould() {
        List<SampleResult> failed = results("order").stream()
                .filter(result -> !result.isSuccessful())
                .toList();
        assertEquals(THREADS * 2, failed.size()); // of the visits 1 to 20, the 7th and the 14th
        for (SampleResult order : failed) {
            String id = order.getResponseDataAsString().split("[=;]")[1];
            assertEquals("visit of " + id, order.getAssertionResults()[0].getFailureMessage());
        }
    }

    @Test
    void theValueOfASamplerIsItsResponse() {
        for (SampleResult answer : results("answer")) {
            assertTrue(answer.getResponseDataAsString().matches("the answer to id=\\d+"));
            assertTrue(answer.isSuccessful());
        }
    }

    @Test
    void mistakesAreFailedSamplesThatSayWhere() {
        for (SampleResult mistake : results("mistake")) {
            assertEquals("500", mistake.getResponseCode());
            assertTrue(mistake.getResponseMessage().contains("KeyError: 'corner'"), mistake.getResponseMessage());
            assertTrue(mistake.getResponseMessage().contains("at line number 2"), mistake.getResponseMessage());
        }
    }

    @Test
    void theBackendIsTheOneOfThisJdk() throws Exception {
        ScriptEngine python = new ScriptEngineManager().getEngineByName("cpython");
        python.eval("1");
        String expected = Runtime.version().feature() < 22 ? "jna" : "ffm";
        assertEquals(expected, python.getFactory().getParameter("cpython.backend"));
    }
}
