package host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.script.ScriptEngine;
import javax.script.ScriptEngineManager;
import org.apache.nifi.util.MockFlowFile;
import org.apache.nifi.util.TestRunner;
import org.apache.nifi.util.TestRunners;
import org.junit.jupiter.api.Test;

/** Scripts as they are written for NiFi's ExecuteScript: callbacks that are Python classes read and write flow files. */
class NifiTest {

    private static TestRunner script(String name) {
        TestRunner runner = TestRunners.newTestRunner(ExecutePython.class);
        runner.setProperty(ExecutePython.SCRIPT_FILE, "src/test/resources/" + name);
        return runner;
    }

    @Test
    void aStreamCallbackRewritesTheContent() {
        TestRunner runner = script("translate.py");
        String ratings = "{\"rating\": {\"primary\": {\"value\": 3}, \"quality\": {\"value\": 5}}}";
        runner.enqueue(ratings, Map.of("filename", "a.json"));
        runner.enqueue(ratings.replace('5', '4'), Map.of("filename", "b.json"));
        runner.run(3); // the third finds nothing to do
        runner.assertAllFlowFilesTransferred(ExecutePython.SUCCESS, 2);
        MockFlowFile first =
                runner.getFlowFilesForRelationship(ExecutePython.SUCCESS).get(0);
        first.assertAttributeEquals("filename", "a_translated.json");
        first.assertContentEquals("""
                {
                    "Range": 5,
                    "Rating": 3,
                    "SecondaryRatings": {
                        "quality": 5
                    }
                }""");
    }

    @Test
    void flowFilesAreReadCreatedAndRemoved() {
        TestRunner runner = script("split.py");
        runner.setProperty("prefix", "${filename}: ");
        runner.enqueue("tea\nm\u00e4lk", Map.of("filename", "orders"));
        runner.enqueue("", Map.of("filename", "empty"));
        runner.run();
        List<MockFlowFile> lines = runner.getFlowFilesForRelationship(ExecutePython.SUCCESS);
        assertEquals(
                List.of("orders: TEA", "orders: M\u00c4LK"),
                lines.stream().map(MockFlowFile::getContent).toList());
        lines.get(1).assertAttributeEquals("line.number", "2");
        lines.get(1).assertAttributeEquals("line.length", "4");
        assertEquals(2, runner.getCounterValue("lines"));

        MockFlowFile failed =
                runner.getFlowFilesForRelationship(ExecutePython.FAILURE).get(0);
        failed.assertAttributeEquals("error", "no lines");
        failed.assertAttributeEquals("size", "0");
        String message = runner.getLogger().getErrorMessages().get(0).getMsg();
        assertTrue(message.contains("empty cannot be split: no lines"), message);
    }

    @Test
    void failuresRollBack() {
        TestRunner runner = script("faulty.py");
        runner.enqueue("whole");
        Throwable e = assertThrows(AssertionError.class, runner::run);
        assertTrue(
                Stream.iterate(e, found -> found != null, Throwable::getCause)
                        .anyMatch(found -> found instanceof IOException
                                && found.getMessage().equals("disk full")),
                () -> String.valueOf(e.getCause()));
        runner.assertTransferCount(ExecutePython.SUCCESS, 0);
        assertEquals(1, runner.getQueueSize().getObjectCount());
    }

    @Test
    void theBackendIsTheOneOfThisJdk() throws Exception {
        ScriptEngine python = new ScriptEngineManager().getEngineByName("cpython");
        python.eval("1");
        String expected = Runtime.version().feature() < 22 ? "jna" : "ffm";
        assertEquals(expected, python.getFactory().getParameter("cpython.backend"));
    }
}
