package io.github.cpythonengine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.StringWriter;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.IntBinaryOperator;
import java.util.function.Supplier;
import javax.script.Invocable;
import javax.script.ScriptEngine;
import javax.script.ScriptException;
import org.junit.jupiter.api.Test;

/** {@code Invocable.getInterface}: functions of the namespace, or methods of an object, as a Java interface. */
class GetInterfaceTest {

    private final ScriptEngine engine = TestEngines.engine();
    private final Invocable invocable = (Invocable) engine;

    public interface Greeter {
        String greet(String name);

        default String twice(String name) {
            return greet(name) + greet(name);
        }

        static String unrelated() {
            return "static";
        }
    }

    public interface Loud extends Greeter {
        String shout();

        @Override
        boolean equals(Object other);

        @Override
        String toString();
    }

    public interface Numbers {
        int anInt();

        long aLong();

        double aDouble();

        boolean aBoolean();

        char aChar();

        byte aByte();

        void nothing();

        Integer boxed();

        CharSequence text();
    }

    public interface Reading {
        String read() throws IOException;
    }

    @Test
    void nullsAndClassesAreRefused() throws Exception {
        Object object = engine.eval("import math; math");
        assertThrows(IllegalArgumentException.class, () -> invocable.getInterface(null));
        assertThrows(IllegalArgumentException.class, () -> invocable.getInterface(String.class));
        assertThrows(IllegalArgumentException.class, () -> invocable.getInterface(int.class));
        assertThrows(IllegalArgumentException.class, () -> invocable.getInterface(Runnable[].class));
        assertThrows(IllegalArgumentException.class, () -> invocable.getInterface(object, null));
        assertThrows(IllegalArgumentException.class, () -> invocable.getInterface(object, Thread.class));
        assertThrows(IllegalArgumentException.class, () -> invocable.getInterface(null, Runnable.class));
        assertThrows(IllegalArgumentException.class, () -> invocable.getInterface("text", Runnable.class));
    }

    @Test
    void functionsImplementAnInterface() throws Exception {
        engine.eval("def greet(name): return 'hi ' + name");
        Greeter greeter = invocable.getInterface(Greeter.class);
        assertThat(greeter.greet("Ann"), is("hi Ann"));
        assertThat("default methods run as Java", greeter.twice("Bo"), is("hi Bohi Bo"));
    }

    @Test
    void methodsOfAnObjectImplementAnInterface() throws Exception {
        Object object = engine.eval("""
                class G:
                    def greet(self, name): return 'G' + name
                    def shout(self): return 'HEY'
                G()""");
        Loud loud = invocable.getInterface(object, Loud.class);
        assertThat(loud.greet("x") + loud.shout(), is("GxHEY"));
    }

    @Test
    void aMissingMethodMakesItNull() throws Exception {
        assertThat(invocable.getInterface(Greeter.class), nullValue());
        engine.eval("def shout(): return 'HEY'");
        assertThat("an inherited one is missing", invocable.getInterface(Loud.class), nullValue());
        engine.eval("def greet(n): return n");
        assertThat("methods of Object do not count", invocable.getInterface(Loud.class), notNullValue());
        assertThat("a builtin is no function of the script", invocable.getInterface(Len.class), nullValue());
        assertThat(invocable.getInterface(engine.eval("object()"), Runnable.class), nullValue());
    }

    public interface Len {
        int len(Object thing);
    }

    @Test
    void whatIsNotCallableIsMissing() throws Exception {
        engine.eval("run = 5");
        assertThat(invocable.getInterface(Runnable.class), nullValue());
    }

    @Test
    void anInterfaceWithoutMethodsIsImplementedByAnything() {
        assertThat(invocable.getInterface(java.io.Serializable.class), notNullValue());
    }

    @Test
    void comparatorNeedsOnlyCompare() throws Exception {
        engine.eval("def compare(a, b): return (a > b) - (a < b)");
        @SuppressWarnings("unchecked")
        Comparator<Object> comparator = invocable.getInterface(Comparator.class);
        assertThat(List.of(3, 1, 2).stream().sorted(comparator.reversed()).toList(), is(List.of(3, 2, 1)));
    }

    @Test
    void objectMethodsStayInJava() throws Exception {
        engine.eval("""
                def run(): pass
                def toString(): raise ValueError
                def hashCode(): raise ValueError
                def equals(o): raise ValueError""");
        Runnable one = invocable.getInterface(Runnable.class);
        Runnable two = invocable.getInterface(Runnable.class);
        assertThat(one.toString(), notNullValue());
        assertThat(one.hashCode(), is(one.hashCode()));
        assertThat(one.equals(one), is(true));
        assertThat(one.equals("text"), is(false));
        assertThat(one.equals(null), is(false));
        assertThat(List.of(one, two).contains(two), is(true));
    }

    @Test
    void resultsBecomeTheReturnType() throws Exception {
        engine.eval("""
                def anInt(): return 5
                def aLong(): return 2 ** 40
                def aDouble(): return 3
                def aBoolean(): return True
                def aChar(): return 'x'
                def aByte(): return -128
                def nothing(): return 'ignored'
                def boxed(): return None
                def text(): return 'words'""");
        Numbers numbers = invocable.getInterface(Numbers.class);
        assertThat(numbers.anInt(), is(5));
        assertThat(numbers.aLong(), is(1L << 40));
        assertThat(numbers.aDouble(), is(3.0));
        assertThat(numbers.aBoolean(), is(true));
        assertThat(numbers.aChar(), is('x'));
        assertThat(numbers.aByte(), is((byte) -128));
        numbers.nothing();
        assertThat(numbers.boxed(), nullValue());
        assertThat(numbers.text().toString(), is("words"));
    }

    @Test
    void aResultThatDoesNotFitIsAClearError() throws Exception {
        engine.eval("""
                def anInt(): return None
                def aLong(): return 2 ** 64
                def aDouble(): return 'three'
                def aBoolean(): return None
                def aChar(): return 'xy'
                def aByte(): return 128
                def nothing(): return None
                def boxed(): return 'five'
                def text(): return 5""");
        Numbers numbers = invocable.getInterface(Numbers.class);
        RuntimeException none = assertThrows(RuntimeException.class, numbers::anInt);
        assertThat(none, not(instanceOf(NullPointerException.class)));
        assertThat(none.getMessage(), containsString("int"));
        assertThat(none.getMessage(), containsString("None"));
        assertThrows(RuntimeException.class, numbers::aLong);
        assertThrows(RuntimeException.class, numbers::aDouble);
        assertThrows(RuntimeException.class, numbers::aBoolean);
        assertThrows(RuntimeException.class, numbers::aChar);
        assertThrows(RuntimeException.class, numbers::aByte);
        assertThrows(RuntimeException.class, numbers::boxed);
        assertThrows(RuntimeException.class, numbers::text);
        numbers.nothing();
    }

    @Test
    void aPythonFailureIsWrapped() throws Exception {
        engine.eval("def greet(name):\n    raise ValueError('no ' + name)");
        Greeter greeter = invocable.getInterface(Greeter.class);
        RuntimeException e = assertThrows(RuntimeException.class, () -> greeter.greet("Ann"));
        assertThat(e.getCause(), instanceOf(ScriptException.class));
        assertThat(e.getCause().getMessage(), containsString("ValueError: no Ann"));
    }

    @Test
    void theOriginalJavaExceptionComesOut() throws Exception {
        AtomicReference<Exception> failure = new AtomicReference<>();
        engine.put("host", TestEngines.callback(() -> {
            throw failure.get();
        }));
        engine.eval("def read(): return host[0]\ndef run(): host[0]");
        Reading reading = invocable.getInterface(Reading.class);
        failure.set(new IllegalStateException("unchecked"));
        assertThat(assertThrows(IllegalStateException.class, reading::read), sameInstance(failure.get()));
        failure.set(new IOException("declared"));
        assertThat(assertThrows(IOException.class, reading::read), sameInstance(failure.get()));
        failure.set(new InterruptedException("not declared"));
        RuntimeException wrapper = assertThrows(RuntimeException.class, reading::read);
        assertThat(wrapper.getCause(), instanceOf(ScriptException.class));
        assertThat(wrapper.getCause().getCause(), sameInstance(failure.get()));
    }

    @Test
    void laterDefinitionsAreUsed() throws Exception {
        engine.eval("def greet(n): return 'old'");
        Greeter greeter = invocable.getInterface(Greeter.class);
        engine.eval("def greet(n): return 'new'");
        assertThat(greeter.greet(""), is("new"));
        engine.eval("del greet");
        assertThrows(RuntimeException.class, () -> greeter.greet(""));
    }

    @Test
    void argumentsArriveAsTheyAre() throws Exception {
        engine.eval("def apply(x): return x\ndef applyAsInt(a, b): return a - b");
        @SuppressWarnings("unchecked")
        Function<Object, Object> identity = invocable.getInterface(Function.class);
        Object thing = new Object();
        assertThat(identity.apply(thing), sameInstance(thing));
        assertThat(identity.apply(null), nullValue());
        assertThat(identity.andThen(identity).apply("x"), is("x"));
        assertThat(invocable.getInterface(IntBinaryOperator.class).applyAsInt(44, 2), is(42));
    }

    @Test
    void itIsCallableFromAnyThread() throws Exception {
        engine.eval("import threading\ndef get(): return threading.get_ident()\ndef call(): return 'called'");
        Supplier<?> supplier = invocable.getInterface(Supplier.class);
        Callable<?> callable = invocable.getInterface(Callable.class);
        AtomicReference<Object> ident = new AtomicReference<>();
        AtomicReference<Object> called = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            ident.set(supplier.get());
            try {
                called.set(callable.call());
            } catch (Exception e) {
                called.set(e);
            }
        });
        thread.start();
        thread.join();
        assertThat(called.get(), is("called"));
        assertThat(ident.get(), notNullValue());
        assertThat(ident.get(), not(is((Object) supplier.get())));
    }

    @Test
    void outputGoesToTheCurrentContext() throws Exception {
        engine.eval("def run(): print('ran')");
        Runnable runnable = invocable.getInterface(Runnable.class);
        StringWriter out = new StringWriter();
        engine.getContext().setWriter(out);
        runnable.run();
        assertThat(out.toString(), is("ran\n"));
    }

    @Test
    void aFailingWriterDoesNotHideTheScriptsFailure() throws Exception {
        engine.eval("def greet(name):\n    print(name)\n    raise ValueError('no ' + name)");
        Greeter greeter = invocable.getInterface(Greeter.class);
        engine.getContext().setWriter(new StringWriter() {
            @Override
            public void flush() {
                throw new IllegalStateException("full");
            }
        });
        RuntimeException e = assertThrows(RuntimeException.class, () -> greeter.greet("Ann"));
        assertThat(e.getCause().getMessage(), containsString("ValueError: no Ann"));
        Throwable error = e.getCause().getCause();
        assertThat(error.getSuppressed()[0].getMessage(), containsString("full"));
    }

    @Test
    void itOutlivesTheHostsReferenceToTheEngine() throws Exception {
        Supplier<?> supplier = supplierOfADroppedEngine();
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(20);
        }
        assertThat(supplier.get(), is(42));
    }

    private static Supplier<?> supplierOfADroppedEngine() throws ScriptException {
        ScriptEngine dropped = TestEngines.engine();
        dropped.eval("n = 42\ndef get(): return n");
        return ((Invocable) dropped).getInterface(Supplier.class);
    }
}
