package io.github.cpythonengine;

import static io.github.cpythonengine.TestEngines.eval;
import static io.github.cpythonengine.TestEngines.fails;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.sameInstance;

import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.script.Bindings;
import javax.script.Invocable;
import javax.script.ScriptContext;
import javax.script.ScriptEngine;
import javax.script.ScriptEngineManager;
import javax.script.SimpleBindings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** GLOBAL_SCOPE and the further scopes of a host's own context: searched by name after ENGINE_SCOPE, never copied. */
class GlobalScopeTest {

    private final ScriptEngineManager manager = new ScriptEngineManager();
    private final ScriptEngine engine = manager.getEngineByName("cpython");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "g",
                "(lambda: g)()",
                "[g for _ in range(1)][0]",
                "def f():\n    return g\nf()",
                "def f():\n    return (lambda: [g for _ in '1'][0])()\nf()",
                "class A:\n    y = g\nA.y",
                "class A:\n    def m(self): return g\nA().m()",
                "y = 0\ny = g\ny",
                "eval('g') if g else 0"
            })
    void namesAreFoundWhereverTheyAreUsed(String script) throws Exception {
        manager.put("g", 42);
        assertThat(engine.eval(script), is(42));
        assertThat("not copied", engine.getBindings(ScriptContext.ENGINE_SCOPE).containsKey("g"), is(false));
    }

    @Test
    void assignmentGoesToTheEngineScope() throws Exception {
        manager.put("g", 1);
        engine.eval("g = g + 1");
        assertThat(engine.get("g"), is(2));
        assertThat(manager.get("g"), is(1));
        assertThat("ENGINE_SCOPE is first", engine.eval("g"), is(2));
        engine.eval("del g");
        assertThat(engine.eval("g"), is(1));
    }

    @Test
    void deletingANameOfTheGlobalScopeIsANameError() {
        manager.put("g", 1);
        assertThat(fails(engine, "del g").getMessage().startsWith("NameError"), is(true));
        assertThat(manager.get("g"), is(1));
    }

    @Test
    void newValuesAreSeenByFunctionsMadeBefore() throws Exception {
        manager.put("g", 1);
        engine.eval("def f(): return g");
        assertThat(engine.eval("f()"), is(1));
        manager.put("g", 2);
        assertThat(engine.eval("f()"), is(2));
        assertThat(((Invocable) engine).invokeFunction("f"), is(2));
        manager.put("g", 3);
        assertThat(((Invocable) engine).invokeFunction("f"), is(3));
        manager.getBindings().remove("g");
        fails(engine, "f()");
    }

    @Test
    void aNameThatComesLaterIsSeenByFunctionsMadeBefore() throws Exception {
        engine.eval("def f(): return later");
        fails(engine, "f()");
        manager.put("later", 5);
        assertThat(engine.eval("f()"), is(5));
        assertThat(((Invocable) engine).invokeFunction("f"), is(5));
    }

    @Test
    void valuesPutInMidRunAreSeen() throws Exception {
        manager.put("g", 1);
        engine.put("host", TestEngines.callback(() -> {
            manager.put("g", 2);
            manager.put("fresh", 3);
            return null;
        }));
        assertThat(eval(engine, "a = g", "host[0]", "(a, g, fresh) == (1, 2, 3)"), is(true));
    }

    @Test
    void aBoundNameWinsOverABuiltinForThatRunOnly() throws Exception {
        manager.put("list", "mine");
        manager.put("id", 7);
        assertThat(eval(engine, "def f(): return list", "(list, id, f()) == ('mine', 7, 'mine')"), is(true));
        manager.getBindings().remove("list");
        assertThat(engine.eval("list('ab') == ['a', 'b']"), is(true));
        assertThat(engine.eval("f() is list"), is(true));
        assertThat(TestEngines.engine().eval("id is __import__('builtins').id"), is(true));
    }

    @Test
    void theBuiltinsModuleIsNotChanged() throws Exception {
        manager.put("g", 1);
        manager.put("len", "mine");
        assertThat(
                eval(engine, "import builtins", "(len, g)", "hasattr(builtins, 'g'), builtins.len('abc')"),
                is(List.of(false, 3)));
    }

    @Test
    void laterAdditionsToBuiltinsAreSeen() throws Exception {
        manager.put("g", 1);
        try {
            eval(engine, "import builtins", "g", "builtins.added_later = 5");
            assertThat(engine.eval("added_later + g"), is(6));
        } finally {
            engine.eval("del builtins.added_later");
        }
        fails(engine, "added_later");
    }

    @Test
    void nullIsNoneAndAbsenceIsANameError() throws Exception {
        manager.put("nothing", null);
        assertThat(engine.eval("nothing is None"), is(true));
        fails(engine, "absent");
    }

    @Test
    void theGlobalScopeMayBeNull() throws Exception {
        engine.getContext().setBindings(null, ScriptContext.GLOBAL_SCOPE);
        assertThat(eval(engine, "x = 1", "def f(): return x + len('ab')", "f()"), is(3));
        fails(engine, "absent");
    }

    @Test
    void onlyUsedNamesOfForeignGlobalsAreTouched() throws Exception {
        WatchedBindings global = new WatchedBindings();
        global.values.put("used", 1);
        global.values.put("unused", 2);
        engine.setBindings(global, ScriptContext.GLOBAL_SCOPE);
        assertThat(eval(engine, "x = used", "x"), is(1));
        assertThat(global.names("refused"), empty());
        assertThat(global.names("put"), empty());
        assertThat(global.names("remove"), empty());
        assertThat(global.calls.toString(), global.calls.contains("get unused"), is(false));
    }

    @Test
    void theEnginesOwnKindWorksAsGlobalScope() throws Exception {
        Bindings global = engine.createBindings();
        engine.eval("g = 5\ndef twice(n): return n * 2", global);
        engine.setBindings(global, ScriptContext.GLOBAL_SCOPE);
        assertThat(engine.eval("twice(g)"), is(10));
        assertThat(engine.eval("x = 1; 'g' in globals()"), is(false));
        assertThat(global.containsKey("x"), is(false));
    }

    @Test
    void theSameBindingsMayBeBothScopes() throws Exception {
        Bindings both = engine.getBindings(ScriptContext.ENGINE_SCOPE);
        engine.setBindings(both, ScriptContext.GLOBAL_SCOPE);
        assertThat(eval(engine, "x = 1", "def f(): return x", "f()"), is(1));
        fails(engine, "absent");
    }

    @Test
    void theIdenticalJavaObjectArrives() throws Exception {
        Object thing = new Object();
        manager.put("thing", thing);
        assertThat(engine.eval("thing"), sameInstance(thing));
    }

    // ---- further scopes

    @Test
    void scopesAreSearchedInOrder() throws Exception {
        ScopedContext context = new ScopedContext(100, 150, 200, 250);
        for (int scope : List.of(150, 200, 250)) {
            context.scopes.get(scope).put("in" + scope, scope);
        }
        context.scopes.get(250).put("in150", "hidden");
        context.scopes.get(100).put("in200", "engine scope wins");
        assertThat(engine.eval("in150", context), is(150));
        assertThat(engine.eval("(lambda: in250)()", context), is(250));
        assertThat(engine.eval("in200", context), is("engine scope wins"));
        engine.eval("new = in150", context);
        assertThat(context.scopes.get(100).get("new"), is(150));
        assertThat(context.scopes.get(150).containsKey("new"), is(false));
        assertThat(engine.get("new"), nullValue());
    }

    @Test
    void aFurtherScopeMayBeNull() throws Exception {
        ScopedContext context = new ScopedContext(100, 150, 200);
        context.scopes.put(200, null);
        context.scopes.get(150).put("x", 1);
        assertThat(engine.eval("x", context), is(1));
        context.scopes.put(150, null);
        assertThat(engine.eval("y = 2\ny", context), is(2));
    }

    /** A context with any scopes. */
    private static final class ScopedContext implements ScriptContext {
        final Map<Integer, Bindings> scopes = new TreeMap<>();
        private Writer writer = new StringWriter();
        private Writer errorWriter = new StringWriter();
        private Reader reader = new StringReader("");

        ScopedContext(int... numbers) {
            for (int number : numbers) {
                scopes.put(number, new SimpleBindings());
            }
        }

        @Override
        public void setBindings(Bindings bindings, int scope) {
            scopes.put(scope, bindings);
        }

        @Override
        public Bindings getBindings(int scope) {
            if (!scopes.containsKey(scope)) {
                throw new IllegalArgumentException("scope " + scope);
            }
            return scopes.get(scope);
        }

        @Override
        public void setAttribute(String name, Object value, int scope) {
            getBindings(scope).put(name, value);
        }

        @Override
        public Object getAttribute(String name, int scope) {
            Bindings bindings = getBindings(scope);
            return bindings == null ? null : bindings.get(name);
        }

        @Override
        public Object removeAttribute(String name, int scope) {
            return getBindings(scope).remove(name);
        }

        @Override
        public Object getAttribute(String name) {
            int scope = getAttributesScope(name);
            return scope < 0 ? null : scopes.get(scope).get(name);
        }

        @Override
        public int getAttributesScope(String name) {
            for (Map.Entry<Integer, Bindings> each : scopes.entrySet()) {
                if (each.getValue() != null && each.getValue().containsKey(name)) {
                    return each.getKey();
                }
            }
            return -1;
        }

        @Override
        public List<Integer> getScopes() {
            return List.copyOf(scopes.keySet());
        }

        @Override
        public Writer getWriter() {
            return writer;
        }

        @Override
        public Writer getErrorWriter() {
            return errorWriter;
        }

        @Override
        public void setWriter(Writer writer) {
            this.writer = writer;
        }

        @Override
        public void setErrorWriter(Writer writer) {
            this.errorWriter = writer;
        }

        @Override
        public Reader getReader() {
            return reader;
        }

        @Override
        public void setReader(Reader reader) {
            this.reader = reader;
        }
    }
}
