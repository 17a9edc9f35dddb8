package io.github.cpythonengine;

import static io.github.cpythonengine.TestEngines.eval;
import static io.github.cpythonengine.TestEngines.fails;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.StringWriter;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.script.Bindings;
import javax.script.ScriptContext;
import javax.script.ScriptEngine;
import javax.script.ScriptException;
import javax.script.SimpleBindings;
import javax.script.SimpleScriptContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code javax.script.Bindings} as the engine makes them. */
class BindingsTest {

    private final ScriptEngine engine = TestEngines.engine();
    private final Bindings bindings = engine.getBindings(ScriptContext.ENGINE_SCOPE);

    // ---- keys

    @Test
    void nullKeysAreRefused() {
        assertThrows(NullPointerException.class, () -> bindings.put(null, 1));
        assertThrows(NullPointerException.class, () -> bindings.get(null));
        assertThrows(NullPointerException.class, () -> bindings.containsKey(null));
        assertThrows(NullPointerException.class, () -> bindings.remove(null));
        assertThrows(NullPointerException.class, () -> bindings.putAll(null));
        assertThrows(NullPointerException.class, () -> bindings.putAll(Collections.singletonMap(null, 1)));
        assertThrows(NullPointerException.class, () -> engine.put(null, 1));
        assertThrows(NullPointerException.class, () -> engine.get(null));
    }

    @Test
    void emptyKeysAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> bindings.put("", 1));
        assertThrows(IllegalArgumentException.class, () -> bindings.get(""));
        assertThrows(IllegalArgumentException.class, () -> bindings.containsKey(""));
        assertThrows(IllegalArgumentException.class, () -> bindings.remove(""));
        assertThrows(IllegalArgumentException.class, () -> bindings.putAll(Map.of("", 1)));
        assertThrows(IllegalArgumentException.class, () -> engine.put("", 1));
        assertThrows(IllegalArgumentException.class, () -> engine.get(""));
    }

    @Test
    void keysOfAnotherTypeAreRefused() {
        assertThrows(ClassCastException.class, () -> bindings.get(1));
        assertThrows(ClassCastException.class, () -> bindings.containsKey('x'));
        assertThrows(ClassCastException.class, () -> bindings.remove(new StringBuilder("x")));
        @SuppressWarnings({"unchecked", "rawtypes"})
        Map<String, Object> wrong = (Map) Map.of(1, 2);
        assertThrows(ClassCastException.class, () -> bindings.putAll(wrong));
    }

    @Test
    void createdBindingsHaveTheSameRules() {
        Bindings created = engine.createBindings();
        assertThrows(NullPointerException.class, () -> created.put(null, 1));
        assertThrows(IllegalArgumentException.class, () -> created.put("", 1));
        assertThrows(ClassCastException.class, () -> created.get(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "a b",
                "class",
                "None",
                "1",
                "\0",
                "a\0b",
                "\n",
                "javax.script.filename.not",
                "-",
                "\ud83d\ude00",
                "\ud800",
                "e\u0301",
                "\u2460"
            })
    void keysThatAreNoIdentifiersAreKept(String key) throws Exception {
        assertThat(bindings.put(key, "value"), nullValue());
        assertThat(bindings.get(key), is("value"));
        assertThat(bindings.containsKey(key), is(true));
        assertThat(bindings.keySet(), hasItem(key));
        engine.put("key", key);
        assertThat(engine.eval("globals()[key]"), is("value"));
        assertThat(engine.eval("1 + 1"), is(2));
        assertThat(bindings.remove(key), is("value"));
        assertThat(bindings.containsKey(key), is(false));
    }

    // ---- values

    @Test
    void putAndRemoveReturnThePreviousValue() {
        assertThat(bindings.put("x", 1), nullValue());
        assertThat(bindings.put("x", "two"), is(1));
        assertThat(bindings.put("x", null), is("two"));
        assertThat(bindings.put("x", 3), nullValue());
        assertThat(bindings.remove("x"), is(3));
        assertThat(bindings.remove("x"), nullValue());
    }

    @Test
    void nullIsNoneAndNotAbsence() throws Exception {
        bindings.put("nothing", null);
        assertThat(bindings.containsKey("nothing"), is(true));
        assertThat(bindings.get("nothing"), nullValue());
        assertThat(engine.eval("nothing is None"), is(true));
        assertThat(bindings.containsKey("absent"), is(false));
        assertThat(bindings.get("absent"), nullValue());
        fails(engine, "absent");
        engine.eval("none = None");
        assertThat(bindings.containsKey("none"), is(true));
        assertThat(bindings.getOrDefault("none", "default"), nullValue());
        assertThat(bindings.getOrDefault("absent", "default"), is("default"));
    }

    @Test
    void mapDefaultMethodsWork() {
        bindings.putIfAbsent("n", 1);
        bindings.putIfAbsent("n", 2);
        assertThat(bindings.get("n"), is(1));
        assertThat(bindings.computeIfAbsent("m", key -> key + "!"), is("m!"));
        assertThat(bindings.merge("n", 5, (a, b) -> (Integer) a + (Integer) b), is(6));
        assertThat(bindings.replace("n", 7), is(6));
        assertThat(bindings.remove("n", 8), is(false));
        assertThat(bindings.remove("n", 7), is(true));
    }

    @Test
    void putAllPutsAll() throws Exception {
        Map<String, Object> values = new HashMap<>();
        values.put("a", 1);
        values.put("b", null);
        values.put("c", "three");
        bindings.putAll(values);
        assertThat(engine.eval("(a, b, c) == (1, None, 'three')"), is(true));
        bindings.putAll(Map.of());
        Bindings other = engine.createBindings();
        other.putAll(bindings);
        assertThat(engine.eval("c", other), is("three"));
    }

    @Test
    void theIdenticalJavaObjectComesBack() {
        Object thing = new Object();
        bindings.put("thing", thing);
        assertThat(bindings.get("thing"), sameInstance(thing));
        assertThat(bindings.put("thing", 1), sameInstance(thing));
    }

    // ---- live

    @Test
    void scriptsAndHostSeeTheSameNames() throws Exception {
        engine.eval("x = 1");
        assertThat(bindings.get("x"), is(1));
        bindings.put("x", 2);
        assertThat(engine.eval("x"), is(2));
        eval(engine, "def f():", "    global y", "    y = x", "    return y");
        bindings.put("x", 3);
        assertThat(engine.eval("f()"), is(3));
        assertThat(bindings.get("y"), is(3));
        bindings.remove("x");
        fails(engine, "f()");
        engine.eval("del y");
        assertThat(bindings.containsKey("y"), is(false));
    }

    @Test
    void bothSidesSeeChangesInMidScript() throws Exception {
        bindings.put("host", TestEngines.callback(() -> {
            assertThat(bindings.get("x"), is(1));
            bindings.put("x", 2);
            bindings.remove("z");
            return bindings.put("fresh", "from Java");
        }));
        assertThat(
                eval(engine, "x = 1; z = 0", "host[0]", "(x, fresh, 'z' in globals()) == (2, 'from Java', False)"),
                is(true));
    }

    @Test
    void viewsAreLive() throws Exception {
        Bindings created = engine.createBindings();
        Set<String> keys = created.keySet();
        var values = created.values();
        var entries = created.entrySet();
        engine.eval("one = 1; two = 'zwei'", created);
        assertThat(plain(keys), containsInAnyOrder("one", "two"));
        assertThat(values, hasItem("zwei"));
        assertThat(entries.contains(Map.entry("one", 1)), is(true));
        keys.remove("one");
        fails(engine, "one");
        assertThat(created.containsKey("one"), is(false));
        values.remove("zwei");
        assertThat(created.containsKey("two"), is(false));
        engine.eval("three = 3", created);
        entries.remove(Map.entry("three", 4));
        assertThat(created.containsKey("three"), is(true));
        entries.remove(Map.entry("three", 3));
        assertThat(created.containsKey("three"), is(false));
    }

    @Test
    void iteratorsRemove() throws Exception {
        engine.eval("a = 1; b = 2; c = 3");
        for (Iterator<Map.Entry<String, Object>> i = bindings.entrySet().iterator(); i.hasNext(); ) {
            if (i.next().getKey().equals("b")) {
                i.remove();
            }
        }
        bindings.keySet().removeIf("c"::equals);
        assertThat(engine.eval("'b' in globals(), 'c' in globals(), a"), is(Arrays.asList(false, false, 1)));
    }

    @Test
    void anEntrySetsItsValue() throws Exception {
        engine.eval("a = 1");
        for (Map.Entry<String, Object> entry : bindings.entrySet()) {
            if (entry.getKey().equals("a")) {
                assertThat(entry.setValue("new"), is(1));
            }
        }
        assertThat(engine.eval("a"), is("new"));
    }

    @Test
    void sizeAndContainsValueAgreeWithTheKeys() throws Exception {
        int before = bindings.size();
        engine.eval("a = 'needle'; b = None");
        assertThat(bindings.size(), is(before + 2));
        assertThat(bindings.size(), is(bindings.keySet().size()));
        assertThat(bindings.containsValue("needle"), is(true));
        assertThat(bindings.containsValue("haystack"), is(false));
        assertThat(bindings.isEmpty(), is(false));
        assertThat(new TreeMap<>(bindings).get("a"), is("needle"));
    }

    @Test
    void namesThatAreNoStringsDoNotBreakTheBindings() throws Exception {
        engine.eval("globals()[42] = 'odd'; x = 1");
        assertThat(bindings.get("x"), is(1));
        assertThat(bindings.keySet(), hasItem("x"));
        for (Map.Entry<String, Object> entry : bindings.entrySet()) {
            assertThat(entry.getKey(), is(entry.getKey().toString()));
        }
        engine.eval("del globals()[42]");
    }

    @Test
    void clearDoesNotBreakTheEngine() throws Exception {
        engine.eval("x = 1");
        bindings.clear();
        fails(engine, "x");
        assertThat(engine.eval("len([1, 2])"), is(2));
        assertThat(engine.eval("__name__"), is("__main__"));
        assertThat(TestEngines.printed(engine, "print('still here')"), is("still here\n"));
        assertThat(eval(engine, "class A: pass", "import json", "json.dumps([1])"), is("[1]"));
        bindings.clear();
        bindings.clear();
        bindings.put("x", 2);
        assertThat(engine.eval("x"), is(2));
    }

    @Test
    void removingAllKeysDoesNotBreakTheEngine() throws Exception {
        bindings.keySet().removeIf(key -> true);
        assertThat(engine.eval("len('abc')"), is(3));
        bindings.entrySet().clear();
        assertThat(engine.eval("len('abc')"), is(3));
    }

    @Test
    void deletedBuiltinsComeBack() throws Exception {
        engine.eval("del __builtins__");
        assertThat(engine.eval("len('abc')"), is(3));
        engine.eval("__builtins__ = None");
        assertThat(engine.eval("len('abc')"), is(3));
    }

    // ---- createBindings, setBindings, setContext

    @Test
    void createdBindingsAreNewAndEmpty() throws Exception {
        engine.eval("x = 1");
        Bindings created = engine.createBindings();
        assertThat(created, not(sameInstance(engine.createBindings())));
        assertThat(plain(created.keySet()).isEmpty(), is(true));
        assertThrows(ScriptException.class, () -> engine.eval("x", created));
    }

    @Test
    void createdBindingsWorkEverywhere() throws Exception {
        Bindings created = engine.createBindings();
        created.put("x", 20);
        assertThat(engine.eval("x + 1", created), is(21));
        assertThat(TestEngines.engine().eval("x + 2", created), is(22));
        engine.setBindings(created, ScriptContext.GLOBAL_SCOPE);
        assertThat(engine.eval("x + 3"), is(23));
        engine.setBindings(created, ScriptContext.ENGINE_SCOPE);
        assertThat(engine.eval("y = x + 4; y"), is(24));
        assertThat(created.get("y"), is(24));
    }

    @Test
    void evalWithBindingsNeitherSeesNorChangesTheEnginesNames() throws Exception {
        engine.eval("x = 'engine'; mine = 1");
        Bindings created = engine.createBindings();
        created.put("x", "created");
        assertThat(engine.eval("y = x; x", created), is("created"));
        assertThrows(ScriptException.class, () -> engine.eval("mine", created));
        assertThat(engine.get("y"), nullValue());
        assertThat(engine.get("x"), is("engine"));
        assertThat(created.get("y"), is("created"));
        assertThat(engine.getBindings(ScriptContext.ENGINE_SCOPE), sameInstance(bindings));
    }

    @Test
    void evalWithBindingsKeepsTheGlobalScopeAndWriters() throws Exception {
        engine.getBindings(ScriptContext.GLOBAL_SCOPE).put("everywhere", 1);
        StringWriter out = new StringWriter();
        engine.getContext().setWriter(out);
        engine.eval("print(everywhere)", engine.createBindings());
        assertThat(out.toString(), is("1\n"));
    }

    @Test
    void scopesAreChecked() {
        Bindings created = engine.createBindings();
        assertThrows(NullPointerException.class, () -> engine.setBindings(null, ScriptContext.ENGINE_SCOPE));
        assertThrows(IllegalArgumentException.class, () -> engine.setBindings(created, 999));
        assertThrows(IllegalArgumentException.class, () -> engine.getBindings(999));
        assertThrows(NullPointerException.class, () -> engine.setContext(null));
    }

    @Test
    void aNullGlobalScopeIsAllowed() throws Exception {
        engine.setBindings(null, ScriptContext.GLOBAL_SCOPE);
        assertThat(engine.getBindings(ScriptContext.GLOBAL_SCOPE), nullValue());
        assertThat(engine.eval("x = 5; len(str(x))"), is(1));
        fails(engine, "no_such_name");
    }

    @Test
    void setBindingsIsUsedByIdentity() throws Exception {
        Bindings simple = new SimpleBindings();
        simple.put("x", 5);
        engine.setBindings(simple, ScriptContext.ENGINE_SCOPE);
        assertThat(engine.getBindings(ScriptContext.ENGINE_SCOPE), sameInstance(simple));
        assertThat(engine.eval("y = x + 1; y"), is(6));
        assertThat(simple.get("y"), is(6));
        engine.setBindings(bindings, ScriptContext.ENGINE_SCOPE);
        assertThat(engine.get("y"), nullValue());
    }

    @Test
    void setContextIsUsedForEverything() throws Exception {
        ScriptContext context = new SimpleScriptContext();
        StringWriter out = new StringWriter();
        context.setWriter(out);
        context.setAttribute("x", 6, ScriptContext.ENGINE_SCOPE);
        engine.setContext(context);
        assertThat(engine.getContext(), sameInstance(context));
        engine.eval("print(x); z = 7");
        assertThat(out.toString(), is("6\n"));
        assertThat(context.getAttribute("z"), is(7));
        assertThat(engine.get("z"), is(7));
    }

    @Test
    void aFreshContextOfTheHostWorks() throws Exception {
        ScriptContext context = new SimpleScriptContext();
        assertThat(engine.eval("a = 1; a", context), is(1));
        assertThat(engine.eval("a + 1", context), is(2));
        assertThat(context.getAttribute("a"), is(1));
        assertThat(engine.get("a"), nullValue());
    }

    @Test
    void aHundredThousandNamesWork() throws Exception {
        Bindings created = engine.createBindings();
        int count = TestEngines.scaled(100_000);
        Map<String, Object> many = new HashMap<>();
        for (int i = 0; i < count; i++) {
            many.put("n" + i, i);
        }
        created.putAll(many);
        assertThat(plain(created.keySet()).size(), is(count));
        assertThat(engine.eval("n" + (count - 1) + " + n1", created), is(count));
    }

    /** Without Python's own names. */
    private static Set<String> plain(Set<String> keys) {
        return keys.stream()
                .filter(key -> !(key.startsWith("__") && key.endsWith("__")))
                .collect(Collectors.toSet());
    }
}
