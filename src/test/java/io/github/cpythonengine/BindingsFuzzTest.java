package io.github.cpythonengine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import javax.script.Bindings;
import javax.script.ScriptContext;
import javax.script.ScriptEngine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random operations on Bindings, from both languages, against a HashMap that does the same. */
class BindingsFuzzTest {

    private static final String[] KEYS = {
        "a", "b", "c", "list", "len", "x y", "class", "\u00e9", "\ud83d\ude00", "_", "__x"
    };
    private static final Object[] VALUES = {null, 0, 1, -5L << 40, "text", "", true, 1.5, "\ud800", 'c', new Object()};

    private final ScriptEngine engine = TestEngines.engine();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void bindingsBehaveAsAMap(long seed) throws Exception {
        Random random = new Random(seed);
        Bindings bindings = seed % 2 == 0 ? engine.createBindings() : engine.getBindings(ScriptContext.ENGINE_SCOPE);
        bindings.put("k", "");
        engine.eval("pass", bindings);
        Map<String, Object> model = new HashMap<>();
        for (int step = 0; step < TestEngines.scaled(800); step++) {
            String where = "seed " + seed + ", step " + step;
            String key = KEYS[random.nextInt(KEYS.length)];
            Object value = VALUES[random.nextInt(VALUES.length)];
            switch (random.nextInt(14)) {
                case 0, 1, 2 -> assertThat(where, bindings.put(key, value), is(read(model.put(key, value))));
                case 3 -> assertThat(where, bindings.remove(key), is(read(model.remove(key))));
                case 4 -> assertThat(where, bindings.get(key), is(read(model.get(key))));
                case 5 -> assertThat(where, bindings.containsKey(key), is(model.containsKey(key)));
                case 6 -> {
                    bindings.putAll(Map.of(key, 7, "d", 8));
                    model.putAll(Map.of(key, 7, "d", 8));
                }
                case 7 ->
                    assertThat(
                            where,
                            bindings.keySet().remove(key),
                            is(model.keySet().remove(key)));
                case 8 -> {
                    for (Iterator<Map.Entry<String, Object>> i =
                                    bindings.entrySet().iterator();
                            i.hasNext(); ) {
                        if (i.next().getKey().equals(key)) {
                            i.remove();
                        }
                    }
                    model.remove(key);
                }
                case 9 -> {
                    bindings.put("k", key);
                    engine.eval("globals()[k] = 'python'", bindings);
                    model.put(key, "python");
                }
                case 10 -> {
                    bindings.put("k", key);
                    engine.eval("globals().pop(k, None)", bindings);
                    model.remove(key);
                }
                case 11 -> {
                    bindings.put("k", key);
                    assertThat(where, engine.eval("k in globals()", bindings), is(model.containsKey(key)));
                    assertThat(where, engine.eval("globals().get(k)", bindings), is(read(model.get(key))));
                }
                case 12 -> assertThat(where, bindings.putIfAbsent(key, value), is(read(model.putIfAbsent(key, value))));
                default -> {
                    if (random.nextInt(20) == 0) {
                        bindings.clear();
                        bindings.put("k", "");
                        model.clear();
                    }
                }
            }
            if (step % 20 == 0) {
                compare(where, bindings, model);
            }
        }
        compare("seed " + seed, bindings, model);
    }

    private static void compare(String where, Bindings bindings, Map<String, Object> model) {
        TreeSet<String> names = new TreeSet<>(bindings.keySet());
        names.removeIf(name -> name.equals("k") || (name.startsWith("__") && name.endsWith("__")));
        assertThat(where, names, is(new TreeSet<>(model.keySet())));
        for (Map.Entry<String, Object> entry : bindings.entrySet()) {
            if (names.contains(entry.getKey())) {
                Object expected = read(model.get(entry.getKey()));
                assertThat(where + ", " + entry.getKey(), Objects.equals(entry.getValue(), expected));
            }
        }
    }

    /** What comes back for a value that was put: a char has become a str. */
    private static Object read(Object put) {
        return put instanceof Character ? put.toString() : put;
    }
}
