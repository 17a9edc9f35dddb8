package io.github.cpythonengine;

import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import javax.script.ScriptEngine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts as they are written for Jython, their calls of Java unchanged; each checks for itself. */
class PortedScriptsTest {

    @ParameterizedTest
    @ValueSource(strings = {"text", "collected", "concurrent", "files", "documents", "rules"})
    void runs(String name) throws Exception {
        ScriptEngine python = TestEngines.engine();
        python.put(ScriptEngine.FILENAME, name + ".py");
        try (Reader script = new InputStreamReader(
                PortedScriptsTest.class.getResourceAsStream("ported/" + name + ".py"), StandardCharsets.UTF_8)) {
            python.eval(script);
        }
    }
}
