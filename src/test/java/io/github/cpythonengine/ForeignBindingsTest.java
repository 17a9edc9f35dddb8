package io.github.cpythonengine;

import static io.github.cpythonengine.TestEngines.eval;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.cpythonengine.convert.Conversions;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.python.PyObject;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.script.Bindings;
import javax.script.Compilable;
import javax.script.Invocable;
import javax.script.ScriptContext;
import javax.script.ScriptEngine;
import javax.script.ScriptException;
import javax.script.SimpleScriptContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bindings of the host's own kind as ENGINE_SCOPE: asked by name, written by name, nothing else. */
class ForeignBindingsTest {

    private final ScriptEngine engine = TestEngines.engine();
    private final WatchedBindings bindings = new WatchedBindings();

    private Object run(String... lines) throws ScriptException {
        return engine.eval(String.join("\n", lines), bindings);
    }

    private ScriptException runFails(String... lines) {
        return assertThrows(ScriptException.class, () -> run(lines));
    }

    @AfterEach
    void onlySingleNamesWereAskedFor() {
        assertThat(bindings.names("refused"), empty());
        for (String method : List.of("get", "containsKey", "put", "remove")) {
            for (String name : bindings.names(method)) {
                assertThat(method + " " + name, name.matches("__\\w+__"), is(false));
            }
        }
    }

    // ---- reading

    @Test
    void usedNamesAreAskedForAndOthersAreNotTouched() throws Exception {
        bindings.values.put("used", 20);
        bindings.values.put("unused", 21);
        assertThat(run("used + 1"), is(21));
        assertThat(bindings.names("get"), everyItem(is("used")));
        assertThat(bindings.names("put"), empty());
        assertThat(bindings.names("remove"), empty());
        assertThat(bindings.calls, not(hasItem("get unused")));
        assertThat(bindings.calls, not(hasItem("containsKey unused")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "(lambda: x)()",
                "(lambda: (lambda: x)())()",
                "[x for _ in range(1)][0]",
                "list(x for _ in range(1))[0]",
                "def f():\n    return x\nf()",
                "def f():\n    def g():\n        return x\n    return g()\nf()",
                "class A:\n    y = x\nA.y",
                "class A:\n    def m(self): return x\nA().m()",
                "def f(y=x): return y\nf()",
                "def f():\n    global x\n    return x\nf()",
                "f'{x}' and x",
                "if True:\n    y = x\ny",
                "eval('x') if x else 0",
            })
    void namesAreFoundWhereverTheyAreUsed(String script) throws Exception {
        bindings.values.put("x", 42);
        assertThat(run(script), is(42));
        assertThat(bindings.names("put"), not(hasItem("x")));
    }

    @Test
    void namesOfAttributesAndKeywordsAndLocalsAreNotAskedFor() throws Exception {
        run("'-'.join(sorted([], reverse=True))", "def f(arg):", "    loc = arg", "    return loc", "f(arg=1)");
        for (String name : List.of("join", "reverse", "arg", "loc")) {
            assertThat(bindings.calls, not(hasItem("get " + name)));
            assertThat(bindings.calls, not(hasItem("containsKey " + name)));
        }
    }

    @Test
    void nullIsNoneAndAbsenceIsANameError() throws Exception {
        bindings.values.put("nothing", null);
        assertThat(run("nothing is None"), is(true));
        assertThat(runFails("absent").getMessage().startsWith("NameError"), is(true));
    }

    @Test
    void aBoundNameWinsOverABuiltin() throws Exception {
        bindings.values.put("list", "mine");
        bindings.values.put("id", 7);
        assertThat(run("(list, id) == ('mine', 7)"), is(true));
        bindings.values.remove("list");
        assertThat(run("list('ab') == ['a', 'b']"), is(true));
    }

    @Test
    void theHostSeesAndSetsValuesBetweenRuns() throws Exception {
        bindings.values.put("x", 1);
        assertThat(run("x"), is(1));
        bindings.values.put("x", 2);
        assertThat(run("x"), is(2));
        bindings.values.remove("x");
        runFails("x");
    }

    @Test
    void functionsWorkInLaterRunsAndSeeNewValues() throws Exception {
        bindings.values.put("rate", 2);
        run("def price(n):", "    return n * rate");
        assertThat(bindings.values.get("price"), instanceOf(PyObject.class));
        assertThat(run("price(10)"), is(20));
        bindings.values.put("rate", 3);
        assertThat(run("price(10)"), is(30));
        bindings.values.remove("rate");
        runFails("price(10)");
        bindings.values.put("rate", 4);
        assertThat(run("r = price(10)", "r"), is(40));
    }

    @Test
    void namesUsedByExecutedTextAreFound() throws Exception {
        bindings.values.put("hidden", 5);
        assertThat(run("eval('hid' + 'den')"), is(5));
        assertThat(run("exec('y = hid' + 'den')", "y"), is(5));
        assertThat(bindings.values.get("y"), is(5));
    }

    // ---- writing

    @Test
    void assignedNamesAreWrittenBackOnceAndAlone() throws Exception {
        bindings.values.put("x", 1);
        run("x = x + 1", "x = x + 1", "y = 'new'");
        assertThat(bindings.values, is(Map.of("x", 3, "y", "new")));
        assertThat(bindings.names("put").size(), is(2));
        assertThat(bindings.names("remove"), empty());
    }

    @Test
    void nothingAssignedIsNothingWritten() throws Exception {
        bindings.values.put("items", List.of(1, 2));
        run("total = 0", "def f(): return items");
        bindings.calls.clear();
        assertThat(run("len(items) + len(f())"), is(4));
        assertThat(bindings.names("put"), empty());
        assertThat(bindings.names("remove"), empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "y = 5",
                "globals()['y'] = 5",
                "exec('y = 5')",
                "def f():\n    global y\n    y = 5\nf()",
                "for y in (4, 5): pass",
                "(y := 5)",
                "[y := n for n in (4, 5)]",
                "y, z = 5, 6",
                "y: int = 5",
                "y = 1\ny += 4",
                "globals().update(y=5)",
                "import contextlib\nwith contextlib.nullcontext(5) as y: pass",
                "try:\n    raise ValueError\nexcept ValueError as e:\n    y = 5",
                "setattr(__import__('__main__'), 'y', 5)"
            })
    void everyWayToAssignIsWrittenBack(String script) throws Exception {
        run(script);
        assertThat(bindings.values.get("y"), is(5));
        assertThat(bindings.values.containsKey("e"), is(false));
    }

    @Test
    void importsFunctionsAndClassesAreWrittenBack() throws Exception {
        run("import json", "def f(): return 1", "class A: pass");
        for (String name : List.of("json", "f", "A")) {
            assertThat(name, bindings.values.get(name), instanceOf(PyObject.class));
        }
        assertThat(((PyObject) bindings.values.get("f")).call(), is(1));
    }

    @Test
    void deletedNamesAreRemoved() throws Exception {
        bindings.values.put("x", 1);
        run("x", "del x", "t = 1", "del t");
        assertThat(bindings.values.containsKey("x"), is(false));
        assertThat(bindings.values.containsKey("t"), is(false));
        assertThat(bindings.names("remove"), hasItem("x"));
        run("a = 1");
        run("del a");
        assertThat(bindings.values.containsKey("a"), is(false));
    }

    @Test
    void namesAreWrittenBackAfterAFailedRun() {
        runFails("x = 5", "raise ValueError");
        assertThat(bindings.values, is(Map.of("x", 5)));
        runFails("del x", "import sys", "sys.exit(2)");
        assertThat(bindings.values.containsKey("x"), is(false));
    }

    @Test
    void pythonsOwnNamesAreNeverTouched() throws Exception {
        run("__secret__ = 1", "x = __name__", "class A: pass", "y = A.__module__", "n = len('abc')");
        assertThat(bindings.values.get("x"), is("__main__"));
        assertThat(bindings.values.get("y"), is("__main__"));
        assertThat(bindings.values.get("n"), is(3));
        assertThat(bindings.values.keySet(), not(hasItem("__secret__")));
        assertThat(bindings.values.keySet(), not(hasItem("__builtins__")));
        assertThat(run("__secret__"), is(1));
    }

    @Test
    void aPrivateNameIsWritten() throws Exception {
        run("_x = 1", "__y = 2");
        assertThat(bindings.values, is(Map.of("_x", 1, "__y", 2)));
    }

    @Test
    void nullIsWrittenForNone() throws Exception {
        run("x = None");
        assertThat(bindings.values.containsKey("x"), is(true));
        assertThat(bindings.values.get("x"), nullValue());
    }

    @Test
    void theIdenticalJavaObjectGoesRound() throws Exception {
        Object thing = new Object();
        bindings.values.put("thing", thing);
        run("copy = thing");
        assertThat(bindings.values.get("copy"), sameInstance(thing));
    }

    // ---- in mid-run

    @Test
    void valuesAreAskedForAgainAtEachReturnFromJava() throws Exception {
        bindings.values.put("x", 1);
        bindings.values.put("host", TestEngines.callback(() -> {
            bindings.values.put("x", 2);
            bindings.values.put("fresh", 3);
            return null;
        }));
        assertThat(
                run("def f(): return x", "a = (x, f())", "host[0]", "(a, x, f(), fresh) == ((1, 1), 2, 2, 3)"),
                is(true));
        assertThat(bindings.values.get("x"), is(2));
    }

    @Test
    void aReturnFromJavaDoesNotUndoWhatTheScriptAssigned() throws Exception {
        bindings.values.put("x", 1);
        bindings.values.put("gone", 1);
        bindings.values.put("host", TestEngines.callback(() -> null));
        assertThat(
                run("x = 5", "del gone", "y = 6", "host[0]", "(x, y, 'gone' in globals())"), is(List.of(5, 6, false)));
        assertThat(bindings.values.get("x"), is(5));
        assertThat(bindings.values.containsKey("gone"), is(false));
    }

    @Test
    void aNestedRunWithTheSameBindingsSharesTheNames() throws Exception {
        bindings.values.put("host", TestEngines.callback(() -> run("x = x + 1", "x")));
        assertThat(run("x = 1", "host[0]", "x"), is(2));
        assertThat(bindings.values.get("x"), is(2));
    }

    // ---- whose namespace it is

    @Test
    void theNamespaceBelongsToTheBindingsByIdentity() throws Exception {
        WatchedBindings other = new WatchedBindings();
        assertThat(bindings, is(other));
        run("x = 1", "def f(): return x");
        engine.eval("x = 2\ndef f(): return x", other);
        assertThat(run("f()"), is(1));
        assertThat(engine.eval("f()", other), is(2));
        assertThat(TestEngines.engine().eval("f()", bindings), is(1));
    }

    @Test
    void theEnginesOwnNamesAreNeitherSeenNorChanged() throws Exception {
        engine.eval("x = 'engine'; only = 1");
        runFails("only");
        run("x = 'foreign'");
        assertThat(engine.eval("x"), is("engine"));
    }

    @Test
    void itMayBeTheEnginesScope() throws Exception {
        engine.setBindings(bindings, ScriptContext.ENGINE_SCOPE);
        engine.put("x", 41);
        assertThat(eval(engine, "y = x + 1", "def f(n): return n + y"), nullValue());
        assertThat(engine.get("y"), is(42));
        assertThat(((Invocable) engine).invokeFunction("f", 1), is(43));
    }

    @Test
    void aSimpleContextOfTheHostWorks() throws Exception {
        ScriptContext context = new SimpleScriptContext();
        context.setAttribute("x", 1, ScriptContext.ENGINE_SCOPE);
        assertThat(engine.eval("x = x + 1\nx", context), is(2));
        assertThat(context.getAttribute("x"), is(2));
        assertThat(context.getBindings(ScriptContext.ENGINE_SCOPE).keySet(), everyItem(is(in(Set.of("x")))));
    }

    @Test
    void aCompiledScriptUsesThemToo() throws Exception {
        var script = ((Compilable) engine).compile("n = n + 1\nn");
        bindings.values.put("n", 1);
        assertThat(script.eval(bindings), is(2));
        assertThat(script.eval(bindings), is(3));
        assertThat(bindings.values.get("n"), is(3));
    }

    // ---- hostile ones

    @Test
    void readOnlyBindingsCanBeRead() throws Exception {
        Bindings readOnly = new ReadOnlyBindings(Map.of("x", 41));
        assertThat(engine.eval("x + 1", readOnly), is(42));
        ScriptException e = assertThrows(ScriptException.class, () -> engine.eval("x = 5", readOnly));
        assertThat(e.getCause(), instanceOf(UnsupportedOperationException.class));
        assertThat(engine.eval("x", readOnly), is(41));
    }

    @Test
    void aGetThatThrowsIsTheCause() throws Exception {
        IllegalStateException failure = new IllegalStateException("database down");
        WatchedBindings broken = new WatchedBindings() {
            @Override
            public Object get(Object key) {
                if (key.equals("lazy")) {
                    throw failure;
                }
                return super.get(key);
            }
        };
        broken.values.put("lazy", 1);
        broken.values.put("fine", 2);
        ScriptException e = assertThrows(ScriptException.class, () -> engine.eval("lazy", broken));
        assertThat(e.getCause(), sameInstance(failure));
    }

    @Test
    void aGetThatThrowsHurtsOnlyThoseWhoUseTheName() throws Exception {
        WatchedBindings broken = new WatchedBindings() {
            @Override
            public Object get(Object key) {
                if (key.equals("lazy")) {
                    throw new IllegalStateException("database down");
                }
                return super.get(key);
            }
        };
        broken.values.put("lazy", 1);
        broken.values.put("fine", 2);
        assertThat(engine.eval("fine", broken), is(2));
    }

    @Test
    void aPutThatThrowsDoesNotHideTheOtherNames() {
        WatchedBindings picky = new WatchedBindings() {
            @Override
            public Object put(String name, Object value) {
                if (name.equals("b")) {
                    throw new IllegalArgumentException("no b");
                }
                return super.put(name, value);
            }
        };
        ScriptException e = assertThrows(ScriptException.class, () -> engine.eval("a = 1; b = 2; c = 3", picky));
        assertThat(e.getCause(), instanceOf(IllegalArgumentException.class));
        assertThat(picky.values, is(Map.of("a", 1, "c", 3)));
    }

    @Test
    void theScriptsOwnFailureWinsOverOneOfThePuts() {
        Bindings readOnly = new ReadOnlyBindings(Map.of());
        ScriptException e =
                assertThrows(ScriptException.class, () -> engine.eval("x = 1; raise ValueError('mine')", readOnly));
        assertThat(e.getMessage().startsWith("ValueError: mine"), is(true));
    }

    @Test
    void bindingsThatChangeWhatIsPutAreAskedAgain() throws Exception {
        WatchedBindings upper = new WatchedBindings() {
            @Override
            public Object put(String name, Object value) {
                return super.put(name, String.valueOf(value).toUpperCase(Locale.ROOT));
            }
        };
        engine.eval("x = 'quiet'", upper);
        assertThat(engine.eval("x", upper), is("QUIET"));
    }

    @Test
    void bindingsThatUseAnEngineWork() throws Exception {
        WatchedBindings lazy = new WatchedBindings() {
            @Override
            public boolean containsKey(Object key) {
                return key.equals("lazy") || super.containsKey(key);
            }

            @Override
            public Object get(Object key) {
                try {
                    return key.equals("lazy") ? TestEngines.engine().eval("6 * 7") : super.get(key);
                } catch (ScriptException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
        assertThat(engine.eval("lazy", lazy), is(42));
    }

    /** As {@code Map.of}, but Bindings. */
    private static final class ReadOnlyBindings extends AbstractMap<String, Object> implements Bindings {
        private final Map<String, Object> values;

        ReadOnlyBindings(Map<String, Object> values) {
            this.values = values;
        }

        @Override
        public Object put(String name, Object value) {
            throw new UnsupportedOperationException("read-only");
        }

        @Override
        public Set<Entry<String, Object>> entrySet() {
            return new AbstractSet<>() {
                @Override
                public Iterator<Entry<String, Object>> iterator() {
                    return Map.copyOf(values).entrySet().iterator();
                }

                @Override
                public int size() {
                    return values.size();
                }
            };
        }
    }

    @Test
    void aValueThatCannotBeConvertedLosesNoOtherName() throws Exception {
        Conversions.addToJava("__main__.Unconvertible", object -> {
            throw new IllegalArgumentException("not this one");
        });
        ScriptException e = runFails("class Unconvertible: pass", "before = 1", "bad = Unconvertible()", "after = 2");
        assertThat(e.getCause(), instanceOf(IllegalArgumentException.class));
        assertThat(bindings.values.get("before"), is(1));
        assertThat(bindings.values.get("after"), is(2));
    }

    @Test
    void namesAreFreshAlsoAfterAFailedCallOfJava() throws Exception {
        bindings.values.put("x", 1);
        bindings.values.put("fail", TestEngines.callback(() -> {
            bindings.values.put("x", 2);
            throw new IllegalStateException("wanted");
        }));
        assertThat(run("try:", "    x; fail[0]", "except Exception: pass", "x"), is(2));
    }

    @Test
    void anExceptionOfJavaIsNotReplacedByOneOfTheBindings() {
        IllegalArgumentException wanted = new IllegalArgumentException("wanted");
        IllegalStateException lost = new IllegalStateException("database down");
        boolean[] down = {false};
        WatchedBindings broken = new WatchedBindings() {
            @Override
            public boolean containsKey(Object key) {
                if (down[0]) {
                    down[0] = false;
                    throw lost;
                }
                return super.containsKey(key);
            }
        };
        broken.values.put("fail", TestEngines.callback(() -> {
            down[0] = true;
            throw wanted;
        }));
        ScriptException e = assertThrows(ScriptException.class, () -> engine.eval("fail[0]", broken));
        assertThat(e.getCause(), sameInstance(wanted));
        assertThat(wanted.getSuppressed()[0], sameInstance(lost));
        broken.values.put("works", TestEngines.callback(() -> down[0] = true));
        e = assertThrows(ScriptException.class, () -> engine.eval("works[0]", broken));
        assertThat(e.getCause(), sameInstance(lost));
    }

    @Test
    void theScriptsNameAndArgumentsAreAskedForOnceAndWithoutTheGil() throws Exception {
        List<Boolean> held = new ArrayList<>();
        WatchedBindings watched = new WatchedBindings() {
            @Override
            public Object get(Object key) {
                held.add(Gil.isHeld());
                return super.get(key);
            }

            @Override
            public boolean containsKey(Object key) {
                held.add(Gil.isHeld());
                return super.containsKey(key);
            }
        };
        watched.values.put(ScriptEngine.FILENAME, "named.py");
        watched.values.put(ScriptEngine.ARGV, new String[] {"a", "b"});
        String script = "(__file__, __import__('sys').argv[1:])";
        var compiled = ((Compilable) engine).compile(script);
        Object seen = List.of("named.py", List.of("a", "b"));
        assertThat(engine.eval(script, watched), is(seen));
        assertThat(watched.names("get"), is(List.of(ScriptEngine.FILENAME, ScriptEngine.ARGV)));
        assertThat(compiled.eval(watched), is(seen));
        ((CPythonScriptEngine) engine).withGil(() -> {
            assertThat(engine.eval(script, watched), is(seen));
            assertThat(compiled.eval(watched), is(seen));
            assertThat(Gil.isHeld(), is(true));
        });
        assertThat(held, not(hasItem(true)));
    }

    @Test
    void namesOfEarlierScriptsAreNotAskedForAgain() throws Exception {
        bindings.values.put("first", 1);
        bindings.values.put("second", 2);
        bindings.values.put("third", 3);
        assertThat(run("first"), is(1));
        assertThat(run("def f(): return third"), nullValue());
        bindings.calls.clear();
        assertThat(run("second"), is(2));
        assertThat(bindings.names("containsKey"), not(hasItem("first")));
        bindings.values.put("first", 10);
        bindings.values.put("third", 30);
        assertThat(run("first + f()"), is(40));
    }
}
