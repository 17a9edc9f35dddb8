package io.github.cpythonengine.python;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.cpythonengine.wrap.Session;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PyCallableTest {

    private final Session python = new Session();

    @BeforeEach
    void define() {
        python.exec("def f(*args, **names): return [list(args), names]\ndef add(a, b=10): return a + b");
    }

    @Test
    void callsWithAnyNumberOfArguments() {
        PyCallable<Object> f = python.object("f").callable();
        assertThat(f.call(), is(List.of(List.of(), Map.of())));
        assertThat(f.call(1), is(List.of(List.of(1), Map.of())));
        assertThat(f.call(1, 2), is(List.of(List.of(1, 2), Map.of())));
        assertThat(f.call(1, 2, 3), is(List.of(List.of(1, 2, 3), Map.of())));
        assertThat(f.call(1, 2, 3, 4, 5), is(List.of(List.of(1, 2, 3, 4, 5), Map.of())));
        assertThat(f.call(new Object[] {1, 2}), is(List.of(List.of(1, 2), Map.of())));
        assertThat(f.call(new Object[300]).toString(), containsString("null, null"));
    }

    @Test
    void nullIsNoneWhereItIsAnArgument() {
        PyCallable<String> f = python.object("lambda *a: repr(a)").callable(String.class);
        assertThat(f.call((Object) null), is("(None,)"));
        assertThat(f.call(null, null), is("(None, None)"));
        assertThrows(NullPointerException.class, () -> f.call((Object[]) null));
        assertThat(python.object("lambda: None").callable(Long.class).call(), is(nullValue()));
    }

    @Test
    void keywordArgumentsComeLast() {
        PyCallable<Long> add = python.object("add").callable(Long.class);
        assertThat(add.call(Kwargs.of("a", 1)), is(11L));
        assertThat(add.call(1, Kwargs.of("b", 2)), is(3L));
        PyCallable<Object> f = python.object("f").callable();
        assertThat(f.call(1, 2, Kwargs.of("x", 3)), is(List.of(List.of(1, 2), Map.of("x", 3))));
    }

    @Test
    void resultsAreOfTheWantedType() {
        PyCallable<Double> add = python.object("add").callable(double.class);
        double sum = add.call(1, 2);
        assertThat(sum, is(3.0));
        assertThat(add.call(1), is(11.0));
        assertThrows(ClassCastException.class, () -> add.call("a", "b"));
        PyCallable<Byte> small = python.object("add").callable(byte.class);
        assertThrows(ArithmeticException.class, () -> small.call(100, 100));
        PyCallable<List<Long>> list = python.object("list").callable(new TypeRef<List<Long>>() {});
        assertThat(list.call(List.of(1)), is(List.of(1L)));
        PyCallable<PyObject> raw = python.object("add").callable(PyObject.class);
        assertThat(raw.call(1, 2).add(1).as(int.class), is(4));
        assertThat(python.object("add").callable(void.class).call(1, 2), is(nullValue()));
        assertThrows(NullPointerException.class, () -> python.object("add").callable((Class<?>) null));
    }

    @Test
    void whatCannotBeCalledIsRefused() {
        ClassCastException error =
                assertThrows(ClassCastException.class, () -> python.object("5").callable());
        assertThat(error.getMessage(), is("a Python object of type int cannot be called"));
    }

    @Test
    void errorsAreThrown() {
        PyCallable<Object> add = python.object("add").callable();
        assertThat(assertThrows(PyException.class, add::call).getTypeName(), is("TypeError"));
        assertThat(assertThrows(PyException.class, () -> add.call(1, "a")).getTypeName(), is("TypeError"));
        assertThat(
                assertThrows(PyException.class, () -> add.call(1, Kwargs.of("c", 1)))
                        .getTypeName(),
                is("TypeError"));
        add.pyObject().close();
        assertThrows(IllegalStateException.class, add::call);
        assertThrows(IllegalStateException.class, () -> add.call(1));
        assertThrows(IllegalStateException.class, () -> add.call(1, 2));
        assertThrows(IllegalStateException.class, () -> add.call(1, 2, 3));
    }

    @Test
    void itIsTheFunctionItself() {
        PyCallable<Object> add = python.object("add").callable();
        python.exec("def add(a, b): return 'another'");
        assertThat("no name is looked up", add.call(1), is(11));
        assertThat(python.object("lambda f: f(5)").call(add), is(15));
        assertThat(python.object("len").callable(int.class).toString(), is("<built-in function len> -> int"));
    }

    @Test
    void anyThreadMayCall() {
        PyCallable<Integer> add = python.object("add").callable(int.class);
        List<CompletableFuture<Integer>> sums = IntStream.range(0, 8)
                .mapToObj(n -> CompletableFuture.supplyAsync(
                        () -> IntStream.range(0, 100).map(i -> add.call(n, i)).sum()))
                .toList();
        for (int n = 0; n < 8; n++) {
            assertThat(sums.get(n).join(), is(4950 + 100 * n));
        }
    }

    @Test
    void nothingIsLeftBehind() throws InterruptedException {
        PyCallable<List<Long>> list = python.object("lambda *a, **k: [1, 2]").callable(new TypeRef<List<Long>>() {});
        Session.assertNoLeak(() -> {
            list.call();
            list.call("a");
            list.call("a", List.of());
            list.call("a", "b", "c", Kwargs.of("d", List.of()));
        });
    }
}
