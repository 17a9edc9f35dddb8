package host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import javax.script.ScriptEngine;
import javax.script.ScriptEngineManager;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.ScriptEvaluationException;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A process whose script tasks, listeners, parameters and conditions are in Python. */
class CamundaTest {

    private static ProcessEngine engine;

    @BeforeAll
    static void deploy() {
        engine = ProcessEngineConfiguration.createStandaloneInMemProcessEngineConfiguration()
                .setJdbcUrl("jdbc:h2:mem:camunda")
                .buildProcessEngine();
        engine.getRepositoryService()
                .createDeployment()
                .addClasspathResource("order.bpmn")
                .deploy();
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    private static String order(Map<String, Object> items, boolean vip) {
        return engine.getRuntimeService()
                .startProcessInstanceByKey("order", Map.of("items", items, "vip", vip))
                .getId();
    }

    private static Object variable(String instance, String name) {
        return engine.getHistoryService()
                .createHistoricVariableInstanceQuery()
                .processInstanceId(instance)
                .variableName(name)
                .singleResult()
                .getValue();
    }

    /** Where an instance ended, or null. */
    private static String end(String instance) {
        HistoricProcessInstance found = engine.getHistoryService()
                .createHistoricProcessInstanceQuery()
                .processInstanceId(instance)
                .singleResult();
        return found.getEndActivityId();
    }

    @Test
    void scriptTasksSetVariablesAndGiveResults() {
        String instance = order(Map.of("tea", 2, "jam", 0), false);
        assertEquals(new BigDecimal("5.00"), variable(instance, "total"));
        assertEquals(List.of("jam"), variable(instance, "unknown"));
        assertEquals(List.of(Map.of("item", "tea", "price", new BigDecimal("2.50"))), variable(instance, "receipt"));
        assertEquals("Price", variable(instance, "task"));
        assertEquals(8, variable(instance, "left"));
        assertEquals("sent", end(instance));
        assertEquals(true, variable(instance, "deployed"));
    }

    @Test
    void conditionsChooseTheWay() {
        String instance = order(Map.of("tea", 4, "milk", 1), false);
        Task review = engine.getTaskService()
                .createTaskQuery()
                .processInstanceId(instance)
                .singleResult();
        assertEquals("Review 11.20 for ada", review.getName() + " for " + review.getAssignee());
        String summary = (String) engine.getTaskService().getVariable(review.getId(), "summary");
        assertTrue(summary.equals("4 tea, 1 milk") || summary.equals("1 milk, 4 tea"), summary);
        engine.getTaskService().complete(review.getId());
        assertEquals("sent", end(instance));

        assertEquals("sent", end(order(Map.of("tea", 4, "milk", 1), true)));
    }

    @Test
    void errorsOfTheProcessAreCaughtByBoundaryEvents() {
        String instance = order(Map.of("tea", 11), true);
        assertEquals("sorry", end(instance));
        assertEquals("out-of-stock", variable(instance, "code"));
        assertEquals("10 tea left of 11", variable(instance, "why"));
    }

    @Test
    void otherExceptionsFailTheCommand() {
        ScriptEvaluationException e =
                assertThrows(ScriptEvaluationException.class, () -> order(Map.of("tea", -1), true));
        assertTrue(e.getMessage().contains("IllegalStateException: -1 tea"), e.getMessage());
        Throwable cause = e.getCause().getCause();
        assertEquals(
                "-1 tea", assertInstanceOf(IllegalStateException.class, cause).getMessage());
    }

    @Test
    void theBackendIsTheOneOfThisJdk() throws Exception {
        ScriptEngine python = new ScriptEngineManager().getEngineByName("cpython");
        python.eval("1");
        String expected = Runtime.version().feature() < 22 ? "jna" : "ffm";
        assertEquals(expected, python.getFactory().getParameter("cpython.backend"));
    }
}
