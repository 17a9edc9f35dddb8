package io.github.cpythonengine.wrap;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.cpythonengine.interpreter.Bridge;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.python.PyException;
import io.github.cpythonengine.python.PyObject;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntBinaryOperator;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class PyProxiesTest {

    private final Session python = new Session();

    interface Shape {
        double area();

        String name();

        default String text() {
            return name() + ": " + area();
        }
    }

    interface Named extends Shape {
        void rename(String name);

        @Override
        String toString();

        int size() throws IOException;

        List<Long> sizes();

        String format(String pattern, Object... values);
    }

    private PyObject object(String expression) {
        return python.object(expression);
    }

    private static List<String> names(List<Method> methods) {
        return methods.stream().map(Method::getName).sorted().toList();
    }

    @Test
    void aCallableIsAnyFunctionalInterface() throws Exception {
        assertThat(object("lambda a, b: a * b").as(IntBinaryOperator.class).applyAsInt(6, 7), is(42));
        assertThat(object("len").as(Callable.class).getClass().isInterface(), is(false));
        Predicate<Object> large = asPredicate("lambda x: x > 5");
        assertThat(large.negate().and(x -> true).test(3), is(true));
        assertThat(large.test(6), is(true));
        List<String> words = new ArrayList<>(List.of("bb", "a", "ccc"));
        Comparator<String> byLength = asComparator("lambda a, b: len(a) - len(b)");
        words.sort(byLength.reversed());
        assertThat(words, contains("ccc", "bb", "a"));
        python.exec("calls = []\nclass Thing: pass");
        object("lambda: calls.append(1)").as(Runnable.class).run();
        assertThat(python.repr("calls"), is("[1]"));
        assertThat(((PyObject) object("Thing").as(Supplier.class).get()).typeName(), containsString("Thing"));
    }

    @SuppressWarnings("unchecked")
    private Predicate<Object> asPredicate(String expression) {
        return object(expression).as(Predicate.class);
    }

    @SuppressWarnings("unchecked")
    private Comparator<String> asComparator(String expression) {
        return object(expression).as(Comparator.class);
    }

    private void defineSquare() {
        python.exec("""
                class Square:
                    def __init__(self): self.label = 'square'
                    def area(self): return 4
                    def name(self): return self.label
                    def rename(self, name): self.label = name; return 'ignored'
                    def size(self): return None
                    def sizes(self): return (1, 2)
                    def format(self, pattern, *values): return pattern % values
                """);
    }

    @Test
    void anObjectImplementsAnInterfaceByItsMethods() {
        defineSquare();
        Named shape = object("Square()").as(Named.class);
        assertThat(shape.area(), is(4.0));
        shape.rename("box");
        assertThat("a default method runs as Java", shape.text(), is("box: 4.0"));
        assertThat(shape.sizes(), is(List.of(1L, 2L)));
        assertThat(shape.format("%s-%s", 1, "a"), is("1-a"));
        assertThat(shape.format("x"), is("x"));
        ClassCastException error = assertThrows(ClassCastException.class, shape::size);
        assertThat(
                error.getMessage(),
                is("the result of Named.size: cannot convert None to int: a primitive has no null"));
    }

    @Test
    void anObjectMayReplaceADefaultMethod() {
        python.exec(
                "class Own:\n  def area(self): return 1\n  def name(self): return 'own'\n  def text(self): return 'mine'");
        assertThat(object("Own()").as(Shape.class).text(), is("mine"));
    }

    @Test
    void missingMethodsAreTold() {
        python.exec("class Half:\n  def area(self): return 1\n  size = 5");
        PyObject half = object("Half()");
        assertThat(names(PyProxies.missing(half, Named.class)), contains("format", "name", "rename", "size", "sizes"));
        assertThat(names(PyProxies.missing(half, Shape.class)), contains("name"));
        assertThat(PyProxies.missing(half, java.io.Serializable.class), empty());
        ClassCastException error = assertThrows(ClassCastException.class, () -> half.as(Shape.class));
        assertThat(error.getMessage(), containsString("it lacks name()"));
        assertThrows(ClassCastException.class, () -> PyProxies.PLAIN.make(half, Shape.class));
        assertThrows(ClassCastException.class, () -> object("5").as(Runnable.class));
        assertThrows(IllegalArgumentException.class, () -> PyProxies.PLAIN.make(half, String.class));
        assertThrows(NullPointerException.class, () -> PyProxies.PLAIN.make((PyObject) null, Shape.class));
        assertThrows(NullPointerException.class, () -> PyProxies.missing(half, null));
    }

    @Test
    void functionsOfANamespace() {
        python.exec("def area(): return 2\ndef name(): return 'global'\nsize = 1");
        Function<String, Object> names = name -> ((PyDict) python.names().as(java.util.Map.class)).get(name);
        assertThat(names(PyProxies.missing(names, Named.class)), contains("format", "rename", "size", "sizes"));
        Shape shape = PyProxies.PLAIN.make(names, Shape.class);
        assertThat(shape.text(), is("global: 2.0"));
        python.exec("def area(): return 3");
        assertThat("looked up at each call", shape.area(), is(3.0));
        python.exec("del area");
        assertThrows(UnsupportedOperationException.class, shape::area);
    }

    @Test
    void theMethodsOfObjectStayInJava() {
        python.exec(
                "class Loud:\n  def run(self): pass\n  def __eq__(self, o): raise ValueError\n  def __str__(self): raise ValueError");
        PyObject loud = object("Loud()");
        Runnable runnable = loud.as(Runnable.class);
        assertThat(runnable, is(runnable));
        assertThat("the same object", runnable, is(loud.as(Runnable.class)));
        assertThat(runnable.hashCode(), is(loud.as(Runnable.class).hashCode()));
        assertThat(runnable, not(object("Loud()").as(Runnable.class)));
        assertThat(runnable.toString(), containsString("java.lang.Runnable"));
        assertThat(runnable.equals(null), is(false));
    }

    @Test
    void passedToPythonItIsTheObjectAgain() {
        python.exec("f = lambda: 1");
        python.put("g", object("f").as(Callable.class));
        python.put("h", object("f").as(OwnCallable.class));
        assertThat(python.eval("f is g and f is h"), is(true));
    }

    interface OwnCallable {
        Object call();
    }

    @Test
    void resultsFollowTypeArguments() throws Exception {
        Type type = Holder.class.getDeclaredField("function").getGenericType();
        PyObject function = object("lambda text: len(text)");
        @SuppressWarnings("unchecked")
        Function<String, Long> typed = (Function<String, Long>) Gil.with(gil -> gil.toJava(gil.use(function), type));
        assertThat(typed.apply("abc"), is(3L));
    }

    @SuppressWarnings("unused") // for its type
    private static final class Holder {
        Function<String, Long> function;
    }

    @Test
    void javasOwnExceptionsComeOut() {
        python.exec("def boom(error): raise error");
        IOException declared = new IOException("declared");
        RuntimeException unchecked = new IllegalStateException("unchecked");
        Exception other = new Exception("not declared");
        PyObject raise = object("boom");
        assertThat(throwThrough(raise, declared), sameInstance((Throwable) declared));
        assertThat(throwThrough(raise, unchecked), sameInstance((Throwable) unchecked));
        Throwable wrapped = throwThrough(raise, other);
        assertThat(wrapped, instanceOf(PyException.class));
        assertThat(wrapped.getCause(), sameInstance((Throwable) other));
    }

    private Throwable throwThrough(PyObject raise, Exception error) {
        Object standIn = Gil.with(gil -> gil.object(Bridge.javaObjects().exception(gil, error)));
        Raiser call = raise.as(Raiser.class);
        return assertThrows(Throwable.class, () -> call.raise(standIn));
    }

    interface Raiser {
        void raise(Object error) throws IOException;
    }

    @Test
    void pythonsExceptionsPassTheHook() {
        PyProxies proxies = new PyProxies(Supplier::get, error -> new IllegalStateException("hooked", error));
        python.exec("def bad(): raise ValueError('no')");
        Runnable runnable = proxies.make(object("bad"), Runnable.class);
        IllegalStateException error = assertThrows(IllegalStateException.class, runnable::run);
        assertThat(error.getCause().getMessage(), is("ValueError: no"));
        assertThrows(PyException.class, () -> object("bad").as(Runnable.class).run());
    }

    @Test
    void eachCallIsSurrounded() {
        List<String> log = new ArrayList<>();
        PyProxies proxies = new PyProxies(
                work -> {
                    log.add("before");
                    Object result = work.get();
                    log.add("after " + result);
                    return result;
                },
                error -> error);
        assertThat(proxies.make(object("lambda: 5"), Supplier.class).get(), is(5));
        assertThat(log, contains("before", "after 5"));
    }

    @Test
    void callableFromAnyThread() throws InterruptedException {
        python.exec("import threading\nseen = set()\ndef note(): seen.add(threading.get_ident())");
        Runnable note = object("note").as(Runnable.class);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Thread thread = new Thread(() -> {
                for (int n = 0; n < 200; n++) {
                    note.run();
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(python.set("seen").isEmpty(), is(false));
    }

    @Test
    void wrongArgumentsArePythonErrors() {
        BiFunction<?, ?, ?> function = object("lambda: 1").as(BiFunction.class);
        assertThat(
                assertThrows(PyException.class, () -> function.apply(null, null))
                        .getTypeName(),
                is("TypeError"));
    }

    @Test
    void closingAsksPython() throws Exception {
        python.exec("log = []\nclass Door:\n  def close(self): log.append('closed')");
        try (AutoCloseable door = object("Door()").as(AutoCloseable.class)) {
            assertThat(door, not(instanceOf(PyObject.class)));
        }
        assertThat(python.repr("log"), is("['closed']"));
    }

    @Test
    void nothingIsLeftBehind() throws InterruptedException {
        python.exec("f = lambda: [1]");
        Session.assertNoLeak(() -> object("f").as(Supplier.class).get());
    }
}
