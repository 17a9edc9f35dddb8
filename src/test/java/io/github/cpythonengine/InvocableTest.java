package io.github.cpythonengine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.cpythonengine.python.Kwargs;
import io.github.cpythonengine.python.PyException;
import io.github.cpythonengine.python.PyObject;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import javax.script.Bindings;
import javax.script.Invocable;
import javax.script.ScriptContext;
import javax.script.ScriptEngine;
import javax.script.ScriptException;
import javax.script.SimpleBindings;
import javax.script.SimpleScriptContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code Invocable.invokeFunction} and {@code invokeMethod}. */
class InvocableTest {

    private final ScriptEngine engine = TestEngines.engine();
    private final Invocable invocable = (Invocable) engine;

    // ---- invokeFunction

    @Test
    void aFunctionIsCalledWithItsArguments() throws Exception {
        engine.eval("def add(a, b=10): return a + b");
        assertThat(invocable.invokeFunction("add", 1, 2), is(3));
        assertThat(invocable.invokeFunction("add", 1), is(11));
        assertThat(invocable.invokeFunction("add", "a", "b"), is("ab"));
    }

    @Test
    void nullArgumentsAreNone() throws Exception {
        engine.eval("def f(*a): return len(a), a == (None,) * len(a)");
        assertThat(invocable.invokeFunction("f", (Object[]) null), is(List.of(0, true)));
        assertThat(invocable.invokeFunction("f"), is(List.of(0, true)));
        assertThat(invocable.invokeFunction("f", (Object) null), is(List.of(1, true)));
        assertThat(invocable.invokeFunction("f", null, null), is(List.of(2, true)));
    }

    @Test
    void whatChangesBetweenCallsIsSeen() throws Exception {
        engine.eval("def f(): print('f'); return 1\ndef g(): return outer");
        StringWriter first = new StringWriter();
        engine.getContext().setWriter(first);
        assertThat(invocable.invokeFunction("f"), is(1));
        StringWriter second = new StringWriter();
        engine.getContext().setWriter(second);
        assertThat(invocable.invokeFunction("f"), is(1));
        assertThat(first.toString(), is("f\n"));
        assertThat(second.toString(), is("f\n"));

        engine.getBindings(ScriptContext.GLOBAL_SCOPE).put("outer", 5);
        assertThat(invocable.invokeFunction("g"), is(5));
        engine.getBindings(ScriptContext.GLOBAL_SCOPE).remove("outer");
        assertThrows(ScriptException.class, () -> invocable.invokeFunction("g"));

        Bindings before = engine.getBindings(ScriptContext.ENGINE_SCOPE);
        Bindings others = engine.createBindings();
        engine.setBindings(others, ScriptContext.ENGINE_SCOPE);
        assertThrows(NoSuchMethodException.class, () -> invocable.invokeFunction("f"));
        engine.eval("def f(): return 2");
        assertThat(invocable.invokeFunction("f"), is(2));
        engine.setBindings(new SimpleBindings(Map.of("f", before.get("f"))), ScriptContext.ENGINE_SCOPE);
        assertThat(invocable.invokeFunction("f"), is(1));
        engine.setBindings(before, ScriptContext.ENGINE_SCOPE);
        assertThat(invocable.invokeFunction("f"), is(1));

        ScriptContext context = new SimpleScriptContext();
        context.setBindings(others, ScriptContext.ENGINE_SCOPE);
        engine.setContext(context);
        assertThat(invocable.invokeFunction("f"), is(2));
    }

    @Test
    void aNullNameIsRefused() throws Exception {
        assertThrows(NullPointerException.class, () -> invocable.invokeFunction(null));
        Object module = engine.eval("import math; math");
        assertThrows(NullPointerException.class, () -> invocable.invokeMethod(module, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nothing", "len", "print", "a b", "\0", "f.", ".f", "..", "f.nothing", "json.dumps"})
    void aMissingFunctionIsANoSuchMethodException(String name) throws Exception {
        engine.eval("def f(): return 1");
        assertThrows(NoSuchMethodException.class, () -> invocable.invokeFunction(name));
    }

    @Test
    void dottedNamesResolve() throws Exception {
        engine.eval("""
                import os.path, json
                class A:
                    @staticmethod
                    def s(): return 's'
                """);
        assertThat(invocable.invokeFunction("json.dumps", "x"), is("\"x\""));
        assertThat(invocable.invokeFunction("os.path.basename", "a/b"), is("b"));
        assertThat(invocable.invokeFunction("A.s"), is("s"));
        assertThrows(NoSuchMethodException.class, () -> invocable.invokeFunction("json.nothing"));
        assertThrows(NoSuchMethodException.class, () -> invocable.invokeFunction("json.nothing.at_all"));
    }

    @Test
    void anyCallableIsAFunction() throws Exception {
        engine.eval("""
                class A:
                    def __init__(self, n=0): self.n = n
                    def __call__(self): return 'called'
                a = A()
                lam = lambda: 'lambda'
                mine = len
                bound = 'x'.upper
                """);
        assertThat(invocable.invokeFunction("a"), is("called"));
        assertThat(invocable.invokeFunction("lam"), is("lambda"));
        assertThat(invocable.invokeFunction("mine", "abc"), is(3));
        assertThat(invocable.invokeFunction("bound"), is("X"));
        assertThat(((PyObject) invocable.invokeFunction("A", 5)).getAttr("n"), is(5));
    }

    @Test
    void whatIsNoFunctionCannotBeInvoked() {
        engine.put("number", 5);
        assertThrows(Exception.class, () -> invocable.invokeFunction("number"));
    }

    @Test
    void keywordArgumentsAreTheLastArgument() throws Exception {
        engine.eval("def f(*a, **k): return [list(a), dict(k)]");
        assertThat(
                invocable
                        .invokeFunction("f", 1, Kwargs.of("x", 2).and("y", null))
                        .toString(),
                is("[[1], {x=2, y=null}]"));
        assertThat(invocable.invokeFunction("f", Kwargs.of(Map.of("z", 1))).toString(), is("[[], {z=1}]"));
        assertThat(invocable.invokeFunction("f", Kwargs.of(Map.of())).toString(), is("[[], {}]"));
        engine.eval("obj = type('T', (), {'m': lambda self, a, b: a - b})()");
        assertThat(invocable.invokeMethod(engine.get("obj"), "m", 5, Kwargs.of("b", 3)), is(2));
        ScriptException e = assertThrows(
                ScriptException.class, () -> invocable.invokeMethod(engine.get("obj"), "m", Kwargs.of("c", 3)));
        assertThat(e.getMessage(), startsWith("TypeError"));
    }

    @Test
    void aPythonFailureIsAScriptException() throws Exception {
        engine.put(ScriptEngine.FILENAME, "lib.py");
        engine.eval("def bad():\n    x = 1\n    raise ValueError('bad')\ndef missing(): return nothing_here");
        ScriptException e = assertThrows(ScriptException.class, () -> invocable.invokeFunction("bad"));
        assertThat(e.getMessage(), startsWith("ValueError: bad"));
        assertThat(e.getFileName(), is("lib.py"));
        assertThat(e.getLineNumber(), is(3));
        assertThat(e.getCause(), instanceOf(PyException.class));
        assertThrows(ScriptException.class, () -> invocable.invokeFunction("missing"));
        assertThrows(ScriptException.class, () -> invocable.invokeFunction("bad", 1, 2, 3));
    }

    @Test
    void outputGoesToTheCurrentContext() throws Exception {
        engine.eval("def say(x): print(x)");
        StringWriter first = new StringWriter();
        StringWriter second = new StringWriter();
        engine.getContext().setWriter(first);
        invocable.invokeFunction("say", "one");
        engine.getContext().setWriter(second);
        invocable.invokeFunction("say", "two");
        assertThat(first.toString() + second, is("one\ntwo\n"));
    }

    @Test
    void theCurrentEngineScopeIsSearched() throws Exception {
        engine.eval("def f(): return 'first'");
        ScriptContext context = new SimpleScriptContext();
        engine.eval("def f(): return 'second'\ndef g(): return 'g'", context);
        assertThrows(NoSuchMethodException.class, () -> invocable.invokeFunction("g"));
        engine.setContext(context);
        assertThat(invocable.invokeFunction("f"), is("second"));
        assertThat(invocable.invokeFunction("g"), is("g"));
    }

    @Test
    void functionsPutByTheHostAreFound() throws Exception {
        engine.put("stolen", TestEngines.engine().eval("lambda x: x * 2"));
        assertThat(invocable.invokeFunction("stolen", 21), is(42));
    }

    // ---- invokeMethod

    @Test
    void aMethodIsCalledOnItsObject() throws Exception {
        engine.eval("""
                class Counter:
                    def __init__(self): self.n = 0
                    def add(self, k=1):
                        self.n += k
                        return self.n
                    def fails(self): return self.nothing
                    def me(self): return self
                counter = Counter()
                """);
        Object counter = engine.get("counter");
        assertThat(invocable.invokeMethod(counter, "add"), is(1));
        assertThat(invocable.invokeMethod(counter, "add", 5), is(6));
        assertThat(invocable.invokeMethod(counter, "add", (Object[]) null), is(7));
        assertThat(engine.eval("counter.n"), is(7));
        assertThat(invocable.invokeMethod(counter, "me"), is(counter));
    }

    @Test
    void anObjectThatIsNoScriptObjectIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> invocable.invokeMethod(null, "m"));
        assertThrows(IllegalArgumentException.class, () -> invocable.invokeMethod(new Object(), "toString"));
        assertThrows(IllegalArgumentException.class, () -> invocable.invokeMethod("text", "upper"));
        assertThrows(IllegalArgumentException.class, () -> invocable.invokeMethod(5, "bit_length"));
    }

    @Test
    void aMissingMethodIsTold() throws Exception {
        engine.eval("class A:\n    def inside(self): return self.nothing\na = A()");
        Object a = engine.get("a");
        assertThrows(NoSuchMethodException.class, () -> invocable.invokeMethod(a, "nothing"));
        assertThrows(NoSuchMethodException.class, () -> invocable.invokeMethod(a, ""));
        ScriptException e = assertThrows(ScriptException.class, () -> invocable.invokeMethod(a, "inside"));
        assertThat(e.getMessage(), startsWith("AttributeError"));
    }

    @Test
    void viewsAreScriptObjects() throws Exception {
        Object list = engine.eval("items = [3, 1, 2]; items");
        assertThat(invocable.invokeMethod(list, "sort"), nullValue());
        assertThat(invocable.invokeMethod(list, "index", 3), is(2));
        assertThat(engine.eval("items"), is(List.of(1, 2, 3)));
        Object dict = engine.eval("{'a': 1}");
        assertThat(invocable.invokeMethod(dict, "get", "b", 5), is(5));
    }

    @Test
    void modulesAreScriptObjects() throws Exception {
        Object math = engine.eval("import math; math");
        assertThat(invocable.invokeMethod(math, "gcd", 12, 18), is(6));
    }

    @Test
    void objectsOfAnotherEngineWork() throws Exception {
        Object other = TestEngines.engine().eval("class B:\n    def hi(self): return 'hi'\nB()");
        assertThat(invocable.invokeMethod(other, "hi"), is("hi"));
    }

    @Test
    void manyCallsGiveRightResults() throws Exception {
        engine.eval("def foo(): return str(1)");
        for (int i = 0; i < TestEngines.scaled(10_000); i++) {
            assertThat(invocable.invokeFunction("foo"), is("1"));
        }
    }
}
