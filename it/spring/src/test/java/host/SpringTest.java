package host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.script.ScriptEngine;
import javax.script.ScriptEngineManager;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.scripting.ScriptCompilationException;
import org.springframework.scripting.ScriptEvaluator;
import org.springframework.scripting.support.ResourceScriptSource;
import org.springframework.scripting.support.StandardScriptEvaluator;
import org.springframework.scripting.support.StaticScriptSource;

/** Spring's evaluator of JSR-223 scripts, as a bean and by itself. */
class SpringTest {
    @Configuration
    static class Beans {
        @Bean
        ScriptEvaluator python() {
            StandardScriptEvaluator evaluator = new StandardScriptEvaluator();
            evaluator.setLanguage("cpython");
            return evaluator;
        }
    }

    private static StandardScriptEvaluator named(String name) {
        StandardScriptEvaluator evaluator = new StandardScriptEvaluator();
        evaluator.setEngineName(name);
        return evaluator;
    }

    @Test
    void textWithArguments() {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Beans.class)) {
            ScriptEvaluator python = context.getBean(ScriptEvaluator.class);
            Map<String, Object> arguments = Map.of("names", List.of("b", "a"));
            assertEquals("a b", python.evaluate(new StaticScriptSource("' '.join(sorted(names))"), arguments));
            assertEquals(3, python.evaluate(new StaticScriptSource("1 + 2")));
        }
    }

    @Test
    void resourceWithArguments() {
        ResourceScriptSource script = new ResourceScriptSource(new ClassPathResource("price.py"));
        assertEquals(119.0, named("cpython").evaluate(script, new HashMap<>(Map.of("net", 100, "rate", 0.19))));
    }

    @Test
    void languageByTheNameOfTheFile() {
        ResourceScriptSource script = new ResourceScriptSource(new ClassPathResource("price.py"));
        Map<String, Object> arguments = new HashMap<>(Map.of("net", 10, "rate", 0.5));
        assertEquals(15.0, new StandardScriptEvaluator().evaluate(script, arguments));
    }

    @Test
    void argumentsOfOneRunAreUnknownToTheNext() {
        StandardScriptEvaluator python = named("cpython");
        assertEquals(1, python.evaluate(new StaticScriptSource("x"), Map.of("x", 1)));
        StaticScriptSource asksForX = new StaticScriptSource("x");
        assertThrows(ScriptCompilationException.class, () -> python.evaluate(asksForX, Map.of("y", 2)));
    }

    @Test
    void globalBindingsAreSeen() {
        StandardScriptEvaluator python = new StandardScriptEvaluator(new ScriptEngineManager());
        python.setEngineName("cpython");
        python.setGlobalBindings(Map.of("shared", "everywhere"));
        assertEquals("everywhere", python.evaluate(new StaticScriptSource("shared")));
    }

    @Test
    void failureNamesThePythonException() {
        StaticScriptSource script = new StaticScriptSource("{}['absent']");
        ScriptCompilationException e = assertThrows(
                ScriptCompilationException.class, () -> named("cpython").evaluate(script));
        String message = e.getCause().getMessage();
        assertTrue(message.contains("KeyError: 'absent'"), message);
    }

    @Test
    void theBackendIsTheOneOfThisJdk() throws Exception {
        ScriptEngine python = new ScriptEngineManager().getEngineByName("cpython");
        python.eval("1");
        String expected = Runtime.version().feature() < 22 ? "jna" : "ffm";
        assertEquals(expected, python.getFactory().getParameter("cpython.backend"));
    }
}
