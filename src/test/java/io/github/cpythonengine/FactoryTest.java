package io.github.cpythonengine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.sameInstance;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.cpythonengine.interpreter.Interpreter;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.StreamSupport;
import javax.script.Bindings;
import javax.script.Compilable;
import javax.script.Invocable;
import javax.script.ScriptContext;
import javax.script.ScriptEngine;
import javax.script.ScriptEngineFactory;
import javax.script.ScriptEngineManager;
import javax.script.ScriptException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code javax.script.ScriptEngineFactory}, found as a host finds it. */
class FactoryTest {

    private final ScriptEngineFactory factory = TestEngines.engine().getFactory();

    @ParameterizedTest
    @ValueSource(strings = {"cpython", "CPython", "python3", "python", "py"})
    void managerFindsTheEngineByName(String name) {
        ScriptEngine engine = new ScriptEngineManager().getEngineByName(name);
        assertThat(engine, notNullValue());
        assertThat(engine.getFactory().getEngineName(), is("CPython"));
        assertThat(factory.getNames(), hasItem(name));
    }

    @Test
    void managerFindsTheEngineByExtension() {
        assertThat(
                new ScriptEngineManager()
                        .getEngineByExtension("py")
                        .getFactory()
                        .getEngineName(),
                is("CPython"));
        assertThat(factory.getExtensions(), hasItem("py"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/x-python", "application/x-python"})
    void managerFindsTheEngineByMimeType(String type) {
        assertThat(new ScriptEngineManager().getEngineByMimeType(type), notNullValue());
        assertThat(factory.getMimeTypes(), hasItem(type));
    }

    @Test
    void theServiceIsDeclaredOnce() {
        List<ScriptEngineFactory> all = StreamSupport.stream(
                        ServiceLoader.load(ScriptEngineFactory.class).spliterator(), false)
                .filter(each -> each.getEngineName().equals("CPython"))
                .toList();
        assertThat(all, hasSize(1));
    }

    @Test
    void factoryIsAPublicClassWithAPublicConstructor() throws Exception {
        assertThat(Modifier.isPublic(factory.getClass().getModifiers()), is(true));
        assertThat(factory.getClass().getConstructor().newInstance(), instanceOf(ScriptEngineFactory.class));
    }

    @Test
    void theLanguageIsOneOfTheNames() {
        assertThat(factory.getNames(), hasItem(factory.getLanguageName()));
    }

    @Test
    void namesExtensionsAndTypesAreImmutable() {
        for (List<String> each : List.of(factory.getNames(), factory.getExtensions(), factory.getMimeTypes())) {
            assertThrows(UnsupportedOperationException.class, () -> each.add("perl"));
            assertThrows(UnsupportedOperationException.class, () -> each.remove(0));
            assertThrows(UnsupportedOperationException.class, () -> each.set(0, "perl"));
        }
    }

    @Test
    void parametersEqualTheGetters() {
        assertThat(factory.getParameter(ScriptEngine.ENGINE), is(factory.getEngineName()));
        assertThat(factory.getParameter(ScriptEngine.ENGINE_VERSION), is(factory.getEngineVersion()));
        assertThat(factory.getParameter(ScriptEngine.LANGUAGE), is(factory.getLanguageName()));
        assertThat(factory.getParameter(ScriptEngine.LANGUAGE_VERSION), is(factory.getLanguageVersion()));
        assertThat(factory.getNames(), hasItem((String) factory.getParameter(ScriptEngine.NAME)));
        assertThat(factory.getParameter("THREADING"), is("MULTITHREADED"));
    }

    @Test
    void theBackendIsKnownOncePythonRuns() throws ScriptException {
        factory.getScriptEngine().eval("1");
        assertThat(
                factory.getParameter("cpython.backend"),
                is(Interpreter.running().backend()));
    }

    @Test
    void versionsAreNotEmpty() {
        assertThat(factory.getEngineVersion(), both(notNullValue(String.class)).and(not("")));
        assertThat(
                factory.getLanguageVersion(), both(notNullValue(String.class)).and(not("")));
    }

    @Test
    void anUnknownParameterIsNull() {
        assertThat(factory.getParameter("no such parameter"), nullValue());
        assertThat(factory.getParameter(""), nullValue());
    }

    @Test
    void aNullParameterIsRefused() {
        assertThrows(NullPointerException.class, () -> factory.getParameter(null));
    }

    @Test
    void languageVersionIsTheRealOneOncePythonHasStarted() throws Exception {
        ScriptEngine engine = factory.getScriptEngine();
        String version = (String) engine.eval("import sys; sys.version");
        assertThat(version, startsWith(factory.getLanguageVersion()));
        assertThat(factory.getLanguageVersion(), startsWith((String) engine.eval("'%d.%d' % sys.version_info[:2]")));
    }

    @Test
    void eachEngineIsNew() {
        ScriptEngine one = factory.getScriptEngine();
        ScriptEngine two = factory.getScriptEngine();
        assertThat(one, not(sameInstance(two)));
        assertThat(one.getContext(), not(sameInstance(two.getContext())));
        assertThat(one, both(instanceOf(Compilable.class)).and(instanceOf(Invocable.class)));
        assertThat(one, instanceOf(AutoCloseable.class));
    }

    @Test
    void engineTellsItsFactory() {
        assertThat(factory.getScriptEngine().getFactory().getNames(), hasItems("cpython", "CPython"));
    }

    @Test
    void engineOfAManagerHasTheManagersGlobalScope() throws Exception {
        ScriptEngineManager manager = new ScriptEngineManager();
        manager.put("shared", 41);
        ScriptEngine engine = manager.getEngineByName("cpython");
        assertThat(engine.eval("shared + 1"), is(42));
        assertThat(engine.getBindings(ScriptContext.GLOBAL_SCOPE), sameInstance(manager.getBindings()));
        Bindings other = engine.createBindings();
        manager.setBindings(other);
        assertThat(manager.getEngineByName("cpython").getBindings(ScriptContext.GLOBAL_SCOPE), is(other));
    }

    @Test
    void makingAnEngineIsCheap() {
        for (int i = 0; i < 20_000; i++) {
            factory.getScriptEngine();
        }
        long best = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < 1_000; i++) {
                factory.getScriptEngine();
            }
            best = Math.min(best, (System.nanoTime() - start) / 1_000);
        }
        assertThat("nanoseconds for an engine", best, lessThan(20_000L));
    }

    @Test
    void refusesNullsInWhatItWrites() {
        assertThrows(NullPointerException.class, () -> factory.getMethodCallSyntax(null, "m"));
        assertThrows(NullPointerException.class, () -> factory.getMethodCallSyntax("o", null));
        assertThrows(NullPointerException.class, () -> factory.getMethodCallSyntax("o", "m", (String[]) null));
        assertThrows(NullPointerException.class, () -> factory.getMethodCallSyntax("o", "m", "a", null));
        assertThrows(NullPointerException.class, () -> factory.getOutputStatement(null));
        assertThrows(NullPointerException.class, () -> factory.getProgram((String[]) null));
        assertThrows(NullPointerException.class, () -> factory.getProgram("a = 1", null));
    }
}
