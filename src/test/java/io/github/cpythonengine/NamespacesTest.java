package io.github.cpythonengine;

import static io.github.cpythonengine.TestEngines.callback;
import static io.github.cpythonengine.TestEngines.eval;
import static io.github.cpythonengine.TestEngines.fails;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.cpythonengine.convert.Conversions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import javax.script.Bindings;
import javax.script.Compilable;
import javax.script.Invocable;
import javax.script.ScriptEngine;
import javax.script.ScriptException;
import org.junit.jupiter.api.Test;

/** Engines side by side: each has names and a {@code __main__} of its own. */
class NamespacesTest {

    private final ScriptEngine one = TestEngines.engine();
    private final ScriptEngine two = TestEngines.engine();

    @Test
    void enginesDoNotSeeEachOther() throws Exception {
        one.eval("x = 1\ndef f(): return x");
        two.eval("x = 2\ndef f(): return x");
        assertThat(one.eval("f()"), is(1));
        assertThat(two.eval("f()"), is(2));
        one.eval("only = 1");
        fails(two, "only");
        assertThat(two.get("only"), nullValue());
    }

    @Test
    void eachRunIsMain() throws Exception {
        for (ScriptEngine engine : List.of(one, two)) {
            assertThat(engine.eval("__name__"), is("__main__"));
            assertThat(eval(engine, "x = object()", "import __main__", "__main__.x is x"), is(true));
            assertThat(eval(engine, "import sys", "sys.modules['__main__'].x is x"), is(true));
        }
        assertThat(one.eval("__main__.x is x"), is(true));
        Bindings created = one.createBindings();
        assertThat(one.eval("y = 5; import __main__; __main__.y", created), is(5));
        assertThat(one.eval("hasattr(__main__, 'y')"), is(false));
    }

    @Test
    void mainIsWritableThroughTheModule() throws Exception {
        assertThat(eval(one, "import __main__", "__main__.made = 5", "made"), is(5));
        assertThat(one.get("made"), is(5));
        assertThat(eval(one, "del __main__.made", "'made' in globals()"), is(false));
        assertThat(
                eval(one, "z = 1", "vars(__main__)['z'], 'z' in dir(__main__), getattr(__main__, 'no', 7)"),
                is(List.of(1, true, 7)));
    }

    @Test
    void pickleFindsTheClassesOfTheScript() throws Exception {
        String script = """
                import pickle
                class Point:
                    def __init__(self, x): self.x = x
                copy = pickle.loads(pickle.dumps(Point(%d)))
                (type(copy) is Point, copy.x)
                """;
        assertThat(one.eval(script.formatted(1)), is(List.of(true, 1)));
        assertThat(two.eval(script.formatted(2)), is(List.of(true, 2)));
        assertThat(one.eval("type(pickle.loads(pickle.dumps(Point(3)))) is Point"), is(true));
        assertThat(one.eval(script.formatted(4), one.createBindings()), is(List.of(true, 4)));
    }

    @Test
    void otherThingsThatLookIntoMainWork() throws Exception {
        assertThat(
                eval(
                        one,
                        "import dataclasses, typing, enum, collections, doctest",
                        "@dataclasses.dataclass",
                        "class D:",
                        "    a: int = 1",
                        "    b: 'D' = None",
                        "class Colour(enum.Enum):",
                        "    RED = 1",
                        "Pair = collections.namedtuple('Pair', 'x y')",
                        "(D().a, typing.get_type_hints(D)['b'] is D, Colour.RED.__class__.__module__, Pair.__module__)"
                                + " == (1, True, '__main__', '__main__')"),
                is(true));
    }

    @Test
    void mainIsTheOneOfTheRunOnThisThreadAlsoWhenRunsOverlap() throws Exception {
        one.put("inner", callback(() -> two.eval("name = 'two'; import __main__; __main__.name")));
        assertThat(
                eval(
                        one,
                        "name = 'one'",
                        "import __main__",
                        "(__main__.name, inner[0], __main__.name) == ('one', 'two', 'one')"),
                is(true));
        List<Object> seen = Collections.synchronizedList(new ArrayList<>());
        CyclicBarrier barrier = new CyclicBarrier(2);
        List<Thread> threads = new ArrayList<>();
        for (ScriptEngine engine : List.of(one, two)) {
            engine.put("meet", callback(barrier::await));
            Thread thread = new Thread(() -> {
                try {
                    seen.add(eval(
                            engine,
                            "import __main__, pickle",
                            "class C: pass",
                            "name = object()",
                            "good = True",
                            "for _ in range(20):",
                            "    meet[0]",
                            "    good = good and __main__.name is name",
                            "    good = good and type(pickle.loads(pickle.dumps(C()))) is C",
                            "good"));
                } catch (ScriptException e) {
                    seen.add(e);
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(seen, is(List.of(true, true)));
    }

    @Test
    void mainIsTheRightOneInInvokedFunctions() throws Exception {
        for (ScriptEngine engine : List.of(one, two)) {
            engine.eval("import __main__\ntoken = object()\ndef same(): return __main__.token is token");
        }
        assertThat(((Invocable) one).invokeFunction("same"), is(true));
        assertThat(((Invocable) two).invokeFunction("same"), is(true));
        assertThat(((Invocable) one).invokeFunction("same"), is(true));
    }

    @Test
    void mainIsTheRightOneInThreadsOfTheScript() throws Exception {
        two.eval("x = 'two'");
        assertThat(
                eval(
                        one,
                        "x = 'one'",
                        "import threading",
                        "seen = []",
                        "def work():",
                        "    import __main__",
                        "    seen.append(__main__.x)",
                        "t = threading.Thread(target=work); t.start(); t.join()",
                        "seen"),
                is(List.of("one")));
    }

    @Test
    void theModuleMainHasTheUsualAttributes() throws Exception {
        assertThat(eval(one, "import __main__, types", "isinstance(__main__, types.ModuleType)"), is(true));
        assertThat(one.eval("__main__.__name__"), is("__main__"));
        assertThat(eval(one, "import runpy, inspect", "class A: pass", "inspect.getmodule(A) is not None"), is(true));
    }

    @Test
    void modulesAreShared() throws Exception {
        one.eval("import json; json.shared_mark = 5");
        try {
            assertThat(two.eval("import json; json.shared_mark"), is(5));
        } finally {
            one.eval("del json.shared_mark");
        }
    }

    @Test
    void objectsPassFromEngineToEngine() throws Exception {
        Object function = one.eval("n = 10\ndef add(k): return n + k\nadd");
        two.put("add", function);
        assertThat(two.eval("add(5)"), is(15));
        two.put("items", one.eval("items = [1]; items"));
        two.eval("items.append(2)");
        assertThat(one.eval("items"), is(List.of(1, 2)));
    }

    // ---- close

    @Test
    void aClosedEngineRefusesWork() throws Exception {
        one.eval("x = 1\ndef f(): return 1");
        TestEngines.close(one);
        TestEngines.close(one);
        assertThrows(IllegalStateException.class, () -> one.eval("1"));
        assertThrows(IllegalStateException.class, () -> one.put("x", 1));
        assertThrows(IllegalStateException.class, () -> one.get("x"));
        assertThrows(IllegalStateException.class, () -> ((Invocable) one).invokeFunction("f"));
        assertThrows(IllegalStateException.class, () -> ((Compilable) one).compile("1"));
        assertThat(two.eval("1 + 1"), is(2));
    }

    @Test
    void nullIsRefusedBeforeAClosedEngine() throws Exception {
        TestEngines.close(one);
        assertThrows(NullPointerException.class, () -> one.eval((String) null));
    }

    @Test
    void anEngineThatWasNeverUsedCanBeClosed() throws Exception {
        TestEngines.close(one);
        assertThrows(IllegalStateException.class, () -> one.eval("1"));
    }

    @Test
    void closingOneEngineLeavesTheOthersNames() throws Exception {
        one.eval("x = 1; import __main__");
        two.eval("x = 2; import __main__");
        TestEngines.close(one);
        assertThat(two.eval("x, __main__.x"), is(List.of(2, 2)));
        ScriptEngine three = TestEngines.engine();
        fails(three, "x");
    }

    @Test
    void closingInMidRunIsNoCrash() throws Exception {
        one.put("close", callback(() -> {
            TestEngines.close(one);
            return null;
        }));
        try {
            eval(one, "close[0]", "y = [len(str(i)) for i in range(10)]", "sum(y)");
        } catch (ScriptException | IllegalStateException e) {
            // either is an answer
        }
        assertThrows(IllegalStateException.class, () -> one.eval("1"));
        assertThat(two.eval("1 + 1"), is(2));
    }

    @Test
    void anyThreadMayClose() throws Exception {
        one.eval("x = 1");
        Thread thread = new Thread(() -> {
            try {
                TestEngines.close(one);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        thread.start();
        thread.join();
        assertThrows(IllegalStateException.class, () -> one.eval("x"));
    }

    @Test
    void usersConvertersOfScriptsClassesWorkOutsideRunsToo() throws Exception {
        Conversions.addToJava("__main__.Converted", object -> "converted " + object.getAttr("x"));
        for (int i = 0; i < 2; i++) {
            ScriptEngine engine = TestEngines.engine();
            engine.eval("class Converted: x = " + i + "\nc = Converted()");
            assertThat(engine.get("c"), is("converted " + i));
            assertThat(engine.eval("c"), is("converted " + i));
        }
    }
}
