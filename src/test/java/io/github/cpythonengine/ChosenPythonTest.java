package io.github.cpythonengine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import javax.script.ScriptEngine;
import javax.script.ScriptEngineManager;
import javax.script.ScriptException;
import org.junit.jupiter.api.Test;

/** That a run meant for one Python really had it: {@code -Dtest.python=3.11}, or {@code 3.11d} for a debug build. */
class ChosenPythonTest {
    private static final String VERSION = "'%d.%d' % __import__('sys').version_info[:2]"
            + " + ('d' if hasattr(__import__('sys'), 'gettotalrefcount') else '')";

    @Test
    void runsOnThePythonThatWasAskedFor() throws ScriptException {
        String wanted = System.getProperty("test.python");
        assumeTrue(wanted != null, "no -Dtest.python given");
        ScriptEngine python = new ScriptEngineManager().getEngineByName("cpython");
        assertThat("an engine named cpython", python, notNullValue());
        assertThat(python.eval(VERSION), is(wanted));
    }
}
