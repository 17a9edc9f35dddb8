package io.github.cpythonengine;

import static io.github.cpythonengine.TestEngines.eval;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.script.ScriptEngine;
import javax.script.ScriptException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each value of the table in containers 50 deep and 100,000 wide, both ways. */
class NestedValuesTest {

    private static final int DEPTH = 50;
    private static final int WIDTH = 100_000;

    private final ScriptEngine engine = TestEngines.engine();

    static Stream<Arguments> pythonToJava() {
        return ScalarsTest.pythonToJava().filter(row -> isSmall(row.get()[1]));
    }

    private static boolean isSmall(Object value) {
        return value instanceof BigInteger number
                ? number.bitLength() < 1_000
                : value.toString().length() < 1_000;
    }

    @BeforeEach
    void nesting() throws ScriptException {
        eval(
                engine,
                "def nested(value, depth):",
                "    for level in range(depth):",
                "        value = [value] if level % 3 == 0 else (value,) if level % 3 == 1 else {'in': value}",
                "    return value",
                "def innermost(value, depth):",
                "    for level in reversed(range(depth)):",
                "        value = value['in'] if level % 3 == 2 else value[0]",
                "    return value",
                "def same(value, other):",
                // dates and the like out of Java's containers have Java's methods too: their class is a subclass
                "    if not isinstance(value, type(other)) or isinstance(value, bool) != isinstance(other, bool):",
                "        return False",
                "    return value == other or value != value and other != other");
    }

    private static Object nested(Object innermost) {
        Object value = innermost;
        for (int level = 0; level < DEPTH; level++) {
            value = level % 3 == 0
                    ? new ArrayList<>(List.of(value))
                    : level % 3 == 1 ? new Object[] {value} : Map.of("in", value);
        }
        return value;
    }

    private static Object innermost(Object nested) {
        Object value = nested;
        for (int level = DEPTH - 1; level >= 0; level--) {
            value = level % 3 == 2 ? ((Map<?, ?>) value).get("in") : ((List<?>) value).get(0);
        }
        return value;
    }

    @ParameterizedTest
    @MethodSource("pythonToJava")
    void deep(String literal, Object expected) throws Exception {
        engine.put("depth", DEPTH);
        Object nested = engine.eval("deep = nested(" + literal + ", depth)\ndeep");
        assertThat(innermost(nested), is(expected));
        engine.put("back", nested);
        assertThat("the identical object", engine.eval("back is deep"), is(true));

        engine.put("java", nested(expected));
        assertThat(engine.eval("same(innermost(java, depth), " + literal + ")"), is(true));
    }

    @Test
    void wide() throws Exception {
        List<Arguments> rows = pythonToJava().toList();
        List<Object> expected = new ArrayList<>();
        StringBuilder literals = new StringBuilder();
        for (Arguments row : rows) {
            literals.append(row.get()[0]).append(", ");
        }
        for (int i = 0; i < WIDTH; i++) {
            expected.add(rows.get(i % rows.size()).get()[1]);
        }
        engine.put("width", WIDTH);
        List<?> python = (List<?>)
                eval(engine, "row = [" + literals + "]", "wide = [row[i % len(row)] for i in range(width)]", "wide");
        assertThat(new ArrayList<Object>(python).equals(expected), is(true));

        engine.put("java", expected);
        assertThat(engine.eval("len(java) == width and all(map(same, java, wide))"), is(true));
        assertThat(engine.eval("all(map(same, list(java), wide))"), is(true));
    }
}
