package io.github.cpythonengine.wrap;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.python.PyView;
import io.github.cpythonengine.python.TypeRef;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Views that hosts store: serialized, they are copies of Java's kinds. */
class SerializationTest {

    private final Session python = new Session();

    private static byte[] write(Object value) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        return bytes.toByteArray();
    }

    private static Object copy(Object value) throws Exception {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(write(value)))) {
            return in.readObject();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[1, 'two', None, 2.5, True, 2**70, b'x']",
                "(1, ('a', []))",
                "{'a': {'b': [1, (2,)]}, 1: None}",
                "{1, 'x', frozenset([2])}",
                "__import__('collections').OrderedDict(b=1, a=[2])"
            })
    void copiesEqualTheViews(String expression) throws Exception {
        Object view = python.eval(expression);
        Object copy = copy(view);
        if (expression.contains("b'x'")) { // arrays equal themselves only
            assertThat(((List<?>) copy).subList(0, 6), is(((List<?>) view).subList(0, 6)));
            assertThat(((List<?>) copy).get(6), is(new byte[] {'x'}));
        } else {
            assertThat(copy, is(view));
        }
        assertThat(copy, not(instanceOf(PyView.class)));
    }

    @Test
    void listsAndDictsOfAGivenTypeToo() throws Exception {
        for (String expression : List.of("[]", "[1]", "{}", "{'a': 1}")) {
            Object typed = Gil.with(gil -> gil.toJava(
                    gil.python(python.eval(expression)),
                    expression.startsWith("[")
                            ? new TypeRef<List<Long>>() {}.type()
                            : new TypeRef<Map<String, Long>>() {}.type()));
            Object copy = copy(typed);
            assertThat(copy, is(typed));
            assertThat(copy, not(instanceOf(PyView.class)));
        }
    }

    @Test
    void copiesLiveByThemselves() throws Exception {
        Map<?, ?> view = (Map<?, ?>) python.eval("{'items': [1, {'n': 2}]}");
        @SuppressWarnings("unchecked")
        List<Object> items = (List<Object>) ((Map<?, ?>) copy(view)).get("items");
        assertThat(items, instanceOf(ArrayList.class));
        assertThat(items.get(1), not(instanceOf(PyView.class)));
        items.add(3);
        assertThat(view.get("items"), is(List.of(1, Map.of("n", 2))));
        List<?> tuple = (List<?>) copy(python.eval("(1, 2)"));
        assertThrows(UnsupportedOperationException.class, () -> tuple.remove(0));
    }

    @Test
    void whatIsPythonsAloneIsRefused() {
        Object view = python.eval("[object()]");
        assertThrows(NotSerializableException.class, () -> write(view));
    }
}
