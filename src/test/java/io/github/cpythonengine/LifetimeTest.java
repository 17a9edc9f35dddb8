package io.github.cpythonengine;

import static io.github.cpythonengine.TestEngines.afterGc;
import static io.github.cpythonengine.TestEngines.callback;
import static io.github.cpythonengine.TestEngines.eval;
import static io.github.cpythonengine.TestEngines.scaled;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.cpythonengine.python.PyObject;
import java.io.StringWriter;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.script.ScriptContext;
import javax.script.ScriptEngine;
import javax.script.ScriptException;
import javax.script.SimpleBindings;
import javax.script.SimpleScriptContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is dropped is freed, on both heaps. */
class LifetimeTest {

    private final ScriptEngine engine = TestEngines.engine();

    private int count(String expression) {
        try {
            return (Integer) engine.eval(expression);
        } catch (ScriptException e) {
            throw new IllegalStateException(e);
        }
    }

    private void tokens() throws ScriptException {
        eval(
                engine,
                "import weakref, gc",
                "class Token: pass",
                "tokens = weakref.WeakSet()",
                "def token():",
                "    t = Token(); tokens.add(t); return t");
    }

    @Test
    void aForgottenPythonObjectIsReleased() throws Exception {
        tokens();
        for (int i = 0; i < 500; i++) {
            assertThat(engine.eval("token()"), notNullValue());
        }
        assertThat(afterGc(() -> count("len(tokens)") == 0), is(true));
    }

    @Test
    void aHeldPythonObjectStays() throws Exception {
        tokens();
        Object held = engine.eval("token()");
        for (int i = 0; i < 5; i++) {
            System.gc();
            Thread.sleep(10);
            assertThat(count("gc.collect(); len(tokens)"), is(1));
        }
        engine.put("held", held);
        assertThat(engine.eval("held in tokens"), is(true));
    }

    @Test
    void closingAPythonObjectReleasesItAtOnce() throws Exception {
        tokens();
        PyObject object = (PyObject) engine.eval("token()");
        assertThat(count("len(tokens)"), is(1));
        object.close();
        object.close();
        assertThat(count("len(tokens)"), is(0));
        assertThrows(IllegalStateException.class, () -> object.getAttr("x"));
        assertThat(object.toString(), notNullValue());
    }

    @Test
    void aJavaObjectIsFreedWhenPythonForgetsIt() throws Exception {
        WeakReference<Object> thing = put("x");
        engine.eval("y = [x, {'k': x}]; del x");
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(10);
        }
        assertThat(thing.get(), notNullValue());
        engine.eval("del y");
        assertThat(afterGc(() -> thing.get() == null), is(true));
    }

    private WeakReference<Object> put(String name) {
        Object thing = new Object();
        engine.put(name, thing);
        return new WeakReference<>(thing);
    }

    @Test
    void closingAnEngineFreesItsNamesAtOnce() throws Exception {
        tokens();
        ScriptEngine other = TestEngines.engine();
        other.put("make", engine.eval("token"));
        other.eval("held = [make() for _ in range(10)]; cycle = [make()]; cycle.append(cycle)");
        WeakReference<Object> thing = putInto(other);
        assertThat(count("len(tokens)"), is(11));
        TestEngines.close(other);
        assertThat(count("gc.collect(); len(tokens)"), is(0));
        assertThat(afterGc(() -> thing.get() == null), is(true));
    }

    private static WeakReference<Object> putInto(ScriptEngine engine) {
        Object thing = new Object();
        engine.put("thing", thing);
        return new WeakReference<>(thing);
    }

    @Test
    void aDroppedEngineFreesItsNames() throws Exception {
        tokens();
        for (int i = 0; i < 20; i++) {
            ScriptEngine other = TestEngines.engine();
            other.put("make", engine.eval("token"));
            other.eval("held = make()\ndef f(): return held");
            other = null;
        }
        assertThat(afterGc(() -> count("gc.collect(); len(tokens)") == 0), is(true));
    }

    @Test
    void droppedForeignBindingsFreeTheirNames() throws Exception {
        tokens();
        for (int i = 0; i < 20; i++) {
            SimpleBindings bindings = new SimpleBindings();
            bindings.put("make", engine.eval("token"));
            engine.eval("held = make()\ndef f(): return held", bindings);
            bindings = null;
        }
        assertThat("at the next use of others", afterGc(() -> {
            try {
                engine.eval("1", new SimpleBindings());
            } catch (ScriptException e) {
                throw new IllegalStateException(e);
            }
            return count("gc.collect(); len(tokens)") == 0;
        }));
    }

    @Test
    void droppedCreatedBindingsFreeTheirNames() throws Exception {
        tokens();
        for (int i = 0; i < 20; i++) {
            var bindings = engine.createBindings();
            bindings.put("make", engine.eval("token"));
            engine.eval("held = make()\ndef f(): return held", bindings);
            bindings = null;
        }
        assertThat(afterGc(() -> count("gc.collect(); len(tokens)") == 0), is(true));
    }

    @Test
    void aViewHeldAloneKeepsItsObject() throws Exception {
        List<?> list = (List<?>) TestEngines.engine().eval("items = [1, 2, 3]; items");
        for (int i = 0; i < 5; i++) {
            System.gc();
            Thread.sleep(10);
        }
        assertThat(list, is(List.of(1, 2, 3)));
    }

    @Test
    void aCycleThroughBothHeapsIsFreedByClosing() throws Exception {
        tokens();
        ScriptEngine other = TestEngines.engine();
        WeakReference<Object> map = cycle(other);
        TestEngines.close(other);
        assertThat(afterGc(() -> map.get() == null && count("gc.collect(); len(tokens)") == 0), is(true));
    }

    private WeakReference<Object> cycle(ScriptEngine other) throws ScriptException {
        Map<String, Object> map = new HashMap<>();
        other.put("make", engine.eval("token"));
        other.put("map", map);
        map.put("dict", other.eval("d = {'map': map, 'token': make()}; d"));
        return new WeakReference<>(map);
    }

    @Test
    void anEngineIsClosedWhateverItsClassesDo() throws Exception {
        ScriptEngine other = TestEngines.engine();
        eval(
                other,
                "class Meta(type):",
                "    def __getattribute__(cls, name): raise SystemExit",
                "class Hostile(metaclass=Meta):",
                "    def __getattribute__(self, name): raise SystemExit",
                "hostile = [Hostile, Hostile()]");
        WeakReference<Object> thing = putInto(other);
        TestEngines.close(other);
        assertThat(afterGc(() -> thing.get() == null), is(true));
    }

    /** Keeps a callback as Java's listeners are kept. */
    public static final class Source {
        public Supplier<Object> listener;
    }

    @Test
    void aCallbackLivesAsLongAsJavaHoldsItAndNotLonger() throws Exception {
        tokens();
        Source source = new Source();
        engine.put("source", source);
        eval(
                engine,
                "def listen():",
                "    mine = token()",
                "    source.listener = lambda: [mine]",
                "listen()",
                "del source, listen");
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(10);
            assertThat(count("gc.collect(); len(tokens)"), is(1));
        }
        assertThat(((List<?>) source.listener.get()).size(), is(1));
        source.listener = null;
        assertThat(afterGc(() -> count("gc.collect(); len(tokens)") == 0), is(true));
    }

    @Test
    void aCallbackThatRefersToItsSourceIsFreedByClosing() throws Exception {
        tokens();
        ScriptEngine other = TestEngines.engine();
        WeakReference<Object> source = listening(other);
        System.gc();
        assertThat("a cycle through both heaps", source.get(), notNullValue());
        TestEngines.close(other);
        assertThat(afterGc(() -> source.get() == null && count("gc.collect(); len(tokens)") == 0), is(true));
    }

    private WeakReference<Object> listening(ScriptEngine other) throws ScriptException {
        Source source = new Source();
        other.put("make", engine.eval("token"));
        other.put("source", source);
        eval(other, "mine = make()", "source.listener = lambda: (source, mine)");
        assertThat(source.listener.get(), notNullValue());
        return new WeakReference<>(source);
    }

    @Test
    void enginesByTheThousandLeaveNothing() throws Exception {
        engine.eval("import gc, sys");
        for (int i = 0; i < 50; i++) {
            TestEngines.engine().eval("x = [1] * 100");
        }
        System.gc();
        int before = count("gc.collect(); len(gc.get_objects())");
        for (int i = 0; i < scaled(2_000); i++) {
            ScriptEngine other = TestEngines.engine();
            other.eval("x = [1]\ndef f(): return x");
            if (i % 2 == 0) {
                TestEngines.close(other);
            }
        }
        assertThat(afterGc(() -> count("gc.collect(); len(gc.get_objects())") < before + 2_000), is(true));
    }

    @Test
    @Tag("slow")
    void millionsOfObjectsEachWayLeaveMemoryFlat() throws Exception {
        engine.eval("import gc, sys\nclass A: pass");
        engine.put("host", callback(index -> new Object()));
        String script = "n = 0\nfor i in range(200): n += host[i] is not None\n[A() for _ in range(200)]";
        for (int i = 0; i < 100; i++) {
            engine.eval(script);
        }
        int before = count("gc.collect(); sys.getallocatedblocks()");
        for (int i = 0; i < scaled(500); i++) {
            for (Object each : (List<?>) engine.eval(script)) {
                assertThat(each, notNullValue());
            }
        }
        assertThat(afterGc(() -> count("gc.collect(); sys.getallocatedblocks()") < before + 20_000), is(true));
    }

    @Test
    void failedRunsLeaveNothing() throws Exception {
        tokens();
        for (int i = 0; i < 50; i++) {
            assertThrows(
                    ScriptException.class,
                    () -> engine.eval("t = token(); del t\nmine = token()\nraise ValueError(mine)"));
        }
        engine.eval("del mine");
        assertThat(afterGc(() -> count("gc.collect(); len(tokens)") == 0), is(true));
    }

    @Test
    void destructorsThatMisbehaveDoNoHarm() throws Exception {
        engine.put("host", callback(() -> engine.eval("1 + 1")));
        List<Object> held = new ArrayList<>();
        engine.getContext().setErrorWriter(new StringWriter());
        eval(
                engine,
                "log = []",
                "class Raises:",
                "    def __del__(self): raise ValueError('in destructor')",
                "class Calls:",
                "    def __del__(self): log.append(host[0])",
                "class Lives:",
                "    def __del__(self): log.append(self)");
        for (int i = 0; i < 50; i++) {
            held.add(engine.eval("Raises()"));
            held.add(engine.eval("Calls()"));
            held.add(engine.eval("Lives()"));
        }
        held.clear();
        assertThat(afterGc(() -> count("len(log)") == 100), is(true));
        assertThat(engine.eval("log.count(2)"), is(50));
    }

    @Test
    void deeplyNestedObjectsAreFreed() throws Exception {
        eval(engine, "x = []", "for _ in range(1_000_000): x = [x]");
        Object held = engine.get("x");
        assertThat(held, notNullValue());
        engine.eval("del x");
        held = null;
        System.gc();
        Thread.sleep(50);
        assertThat(engine.eval("1 + 1"), is(2));
    }

    @Test
    void aContextIsNotKeptByTheEngine() throws Exception {
        WeakReference<ScriptContext> context = useAContext();
        assertThat(afterGc(() -> context.get() == null), is(true));
    }

    private WeakReference<ScriptContext> useAContext() throws ScriptException {
        ScriptContext context = new SimpleScriptContext();
        context.setWriter(new StringWriter());
        engine.eval("print('x'); y = 1", context);
        return new WeakReference<>(context);
    }

    @Test
    void aFormerContextIsNotKeptByTheEngine() throws Exception {
        WeakReference<ScriptContext> context = new WeakReference<>(useContextOfItsOwn());
        engine.setContext(new SimpleScriptContext());
        assertThat(afterGc(() -> context.get() == null), is(true));
    }

    private ScriptContext useContextOfItsOwn() throws ScriptException {
        ScriptContext context = new SimpleScriptContext();
        context.setBindings(engine.createBindings(), ScriptContext.ENGINE_SCOPE);
        engine.setContext(context);
        engine.eval("x = 1");
        engine.eval("x = 2");
        return context;
    }

    @Test
    void lateUseOfAnObjectOfAClosedEngineIsNoCrash() throws Exception {
        ScriptEngine other = TestEngines.engine();
        PyObject function = (PyObject) other.eval("n = 1\ndef f(): return n\nf");
        List<?> list = (List<?>) other.eval("[1, 2]");
        TestEngines.close(other);
        try {
            function.call();
        } catch (RuntimeException e) {
            assertThat(e.getMessage().length(), greaterThan(3));
        }
        try {
            assertThat(list.size(), lessThan(3));
        } catch (IllegalStateException e) {
            assertThat(e.getMessage(), notNullValue());
        }
        assertThat(engine.eval("1 + 1"), is(2));
    }
}
