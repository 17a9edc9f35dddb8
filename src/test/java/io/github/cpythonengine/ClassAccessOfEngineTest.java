package io.github.cpythonengine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.cpythonengine.host.ClassAccess;
import java.util.ArrayList;
import java.util.List;
import javax.script.Compilable;
import javax.script.Invocable;
import javax.script.ScriptException;
import org.junit.jupiter.api.Test;

class ClassAccessOfEngineTest {

    private final CPythonScriptEngine limited = (CPythonScriptEngine) TestEngines.engine();

    private static final String TAKE = "from java.lang import System\nSystem.getProperty('java.version')";

    @Test
    void withoutLimitsEveryPublicClassIsThere() throws Exception {
        assertThat(limited.eval(TAKE), is(System.getProperty("java.version")));
    }

    @Test
    void anEngineReachesWhatItsHostAllows() throws Exception {
        limited.setClassAccess(ClassAccess.only("java.util.*"));
        assertThat(limited.eval("from java.util import ArrayList\nlen(ArrayList([1, 2]))"), is(2));
        ScriptException refused = assertThrows(ScriptException.class, () -> limited.eval(TAKE));
        assertThat(refused.getMessage(), containsString("java.lang.System"));
        limited.put("given", new ArrayList<>(List.of("handed out")));
        assertThat(limited.eval("given.get(0)"), is("handed out"));
    }

    @Test
    void theLimitsHoldForCompiledCodeAndFunctionsAndNotForOtherEngines() throws Exception {
        limited.eval("def take():\n    from java.lang import System\n    return System.lineSeparator()");
        limited.setClassAccess(ClassAccess.none());
        assertThrows(
                ScriptException.class,
                () -> ((Compilable) limited).compile(TAKE).eval());
        assertThrows(ScriptException.class, () -> ((Invocable) limited).invokeFunction("take"));
        assertThat(TestEngines.engine().eval(TAKE), instanceOf(String.class));
    }

    @Test
    void rulesMustNotBeNull() {
        assertThrows(NullPointerException.class, () -> limited.setClassAccess(null));
    }
}
