package io.github.cpythonengine.python;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.arrayContaining;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.RunningPython;
import io.github.cpythonengine.wrap.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class PyObjectTest {

    private final Session python = new Session();

    @BeforeAll
    static void python() {
        RunningPython.start();
    }

    private static void raises(String type, Executable work) {
        assertThat(assertThrows(PyException.class, work).getTypeName(), is(type));
    }

    @Test
    void namesThatAreNoTextDoNoHarm() {
        PyObject odd = RunningPython.object("type('Odd', (), {'__dir__': lambda self: [2, 1 << 70]})()");
        assertThat(odd.dir(), is(List.of("2", "1180591620717411303424")));
    }

    @Test
    void onlyTextIsReadAsText() {
        try (Gil gil = Gil.acquire()) {
            long number = gil.python(7);
            ClassCastException e = assertThrows(ClassCastException.class, () -> gil.text(number));
            assertThat(e.getMessage(), containsString("str"));
        }
    }

    // ---- made of Java values

    @Test
    void javaValuesBecomePythonObjects() {
        assertThat(PyObject.of(7).typeName(), is("int"));
        assertThat(PyObject.of(null).repr(), is("None"));
        assertThat(PyObject.tuple(1, "a", null).repr(), is("(1, 'a', None)"));
        assertThat(PyObject.tuple().repr(), is("()"));
        assertThat(PyObject.slice(1, null, -1).repr(), is("slice(1, None, -1)"));
        PyObject object = python.object("object()");
        assertThat("what came from Python is itself", PyObject.of(object).is(object), is(true));
        List<String> list = new ArrayList<>(List.of("a"));
        PyObject.of(list).callMethod("append", "b");
        assertThat(list, is(List.of("a", "b")));
    }

    // ---- attributes, items, slices

    @Test
    void attributesAreReadSetAndDeleted() {
        PyObject thing = python.object("type('Thing', (), {'size': 3, 'name': 'x'})()");
        assertThat(thing.getAttr("size"), is(3));
        assertThat(thing.getAttr("size", Long.class), is(3L));
        assertThat(thing.getAttr("size", PyObject.class).typeName(), is("int"));
        thing.setAttr("sizes", PyObject.tuple(1, 2));
        assertThat(thing.getAttr("sizes", new TypeRef<List<Long>>() {}), is(List.of(1L, 2L)));
        thing.delAttr("sizes");
        assertThat(thing.hasAttr("sizes"), is(false));
        raises("AttributeError", () -> thing.getAttr("sizes"));
        raises("AttributeError", () -> thing.delAttr("sizes"));
        assertThrows(ClassCastException.class, () -> thing.getAttr("name", int.class));
        assertThrows(NullPointerException.class, () -> thing.getAttr(null));
        assertThrows(NullPointerException.class, () -> thing.getAttr("size", (Class<Object>) null));
        assertThat(thing.dir(), hasItem("size"));
    }

    @Test
    void itemsAreReadSetAndDeleted() {
        PyObject list = python.object("[10, 20, 30]");
        assertThat(list.getItem(-1), is(30));
        assertThat(list.getItem(0, double.class), is(10.0));
        list.setItem(0, null);
        list.delItem(1);
        assertThat(list.repr(), is("[None, 30]"));
        assertThat(list.contains(30), is(true));
        assertThat(list.len(), is(2L));
        raises("IndexError", () -> list.getItem(5));
        raises("TypeError", () -> list.getItem("a"));
        PyObject dict = python.object("{(1, 2): [3]}");
        assertThat(dict.getItem(PyObject.tuple(1, 2), new TypeRef<List<Long>>() {}), is(List.of(3L)));
        raises("KeyError", () -> dict.getItem(0));
    }

    @Test
    void slicesAreReadSetAndDeleted() {
        PyObject list = python.object("list(range(6))");
        assertThat(list.getSlice(1, 3).repr(), is("[1, 2]"));
        assertThat(list.getSlice(null, -4).repr(), is("[0, 1]"));
        assertThat(list.getItem(PyObject.slice(null, null, 2), new TypeRef<List<Integer>>() {}), is(List.of(0, 2, 4)));
        list.setSlice(4, null, List.of("a", "b", "c"));
        assertThat(list.repr(), is("[0, 1, 2, 3, 'a', 'b', 'c']"));
        list.delSlice(null, 4);
        assertThat(list.repr(), is("['a', 'b', 'c']"));
        assertThat(python.object("'text'").getSlice(1, null).str(), is("ext"));
        raises("TypeError", () -> list.getSlice("a", null));
        raises("TypeError", () -> python.object("()").setSlice(0, 0, List.of()));
        python.exec("class Keys:\n  def __getitem__(self, key): return key");
        PyObject keys = python.object("Keys()");
        assertThat("any kind of end", keys.getSlice("a", "c").repr(), is("slice('a', 'c', None)"));
        Object[] several = {PyObject.slice(1, 2, null), 0};
        assertThat(keys.getItem(PyObject.tuple(several), PyObject.class).repr(), is("(slice(1, 2, None), 0)"));
    }

    // ---- calls

    @Test
    void callsTakePositionalAndKeywordArguments() {
        PyObject function = python.object("lambda *args, **names: [list(args), names]");
        Object both = function.call(1, "a", Kwargs.of("x", 2));
        assertThat(both, is(List.of(List.of(1, "a"), Map.of("x", 2))));
        assertThat(function.call(), is(List.of(List.of(), Map.of())));
        assertThat(function.call((Object[]) null), is(List.of(List.of(), Map.of())));
        assertThat(python.object("'a,b'").callMethod("split", ","), is(List.of("a", "b")));
        assertThat(function.isCallable(), is(true));
        raises("TypeError", () -> python.object("5").call());
        raises("AttributeError", () -> function.callMethod("missing"));
    }

    @Test
    void resultsComeAsTheWantedType() {
        PyObject sum = python.object("sum");
        assertThat(sum.call(List.of(1, 2)), is(3));
        assertThat(sum.callAs(Long.class, List.of(1, 2)), is(3L));
        assertThat(sum.callAs(double.class, List.of(1, 2)), is(3.0));
        List<Long> sorted = python.object("sorted").callAs(new TypeRef<List<Long>>() {}, List.of(2, 1));
        assertThat(sorted.get(0), is(1L));
        PyObject text = python.object("'a b'");
        assertThat(text.callMethodAs(String[].class, "split"), arrayContaining("a", "b"));
        assertThat(text.callMethodAs(new TypeRef<List<Character>>() {}, "split"), is(List.of('a', 'b')));
        assertThat(text.callMethodAs(PyObject.class, "split").typeName(), is("list"));
        assertThrows(ArithmeticException.class, () -> sum.callAs(byte.class, List.of(100, 100)));
        assertThrows(ClassCastException.class, () -> sum.callAs(String.class, List.of(1)));
    }

    // ---- what it is

    @Test
    void comparesAsPythonDoes() {
        List<PyObject> words = new ArrayList<>(
                List.of(python.object("'b'"), python.object("'a'"), python.object("'c'"), python.object("'a'")));
        words.sort(PyObject::compare);
        assertThat(words.toString(), is("[a, a, b, c]"));
        assertThat(python.object("1").compare(2), is(lessThan(0)));
        assertThat(python.object("1").compare(1.0), is(0));
        assertThat(python.object("{1, 2}").compare(python.object("{1}")), is(greaterThan(0)));
        raises("TypeError", () -> python.object("1").compare("a"));
        assertThrows(
                ArithmeticException.class, () -> python.object("float('nan')").compare(1));
        ArithmeticException none = assertThrows(
                ArithmeticException.class, () -> python.object("{1}").compare(python.object("{2}")));
        assertThat(none.getMessage(), containsString("set"));
        python.exec("class Bad:\n  def __lt__(self, other): raise ValueError('no')");
        raises("ValueError", () -> python.object("Bad()").compare(1));
    }

    @Test
    void equalityAndHashArePythons() {
        assertThat(python.object("1"), is(python.object("1.0")));
        assertThat(python.object("1").hashCode(), is(python.object("1.0").hashCode()));
        assertThat(python.object("(1,)"), not(python.object("(2,)")));
        assertThat(python.object("1").equals("1"), is(false));
        PyObject list = python.object("[]");
        assertThat(list, is(python.object("[]")));
        assertThat("unhashable: by identity", list.hashCode(), is(list.hashCode()));
        python.exec("class Bad:\n  def __eq__(self, other): raise ValueError\n  __hash__ = None");
        assertThat(python.object("Bad()").equals(list), is(false));
    }

    @Test
    void identityIsNotEquality() {
        python.exec("x = []\ny = x");
        assertThat(python.object("x").is(python.object("y")), is(true));
        assertThat(python.object("x").is(python.object("[]")), is(false));
        assertThat(python.object("x").is(python.eval("y")), is(true));
        assertThat(python.object("None").is(null), is(true));
        assertThat(python.object("True").is(true), is(true));
    }

    @Test
    void tellsWhatItIs() {
        python.exec("class Base:\n  '''First.\n\n    Second.\n    '''\nclass Plain(Base): pass");
        PyObject plain = python.object("Plain()");
        assertThat(plain.type().getAttr("__name__"), is("Plain"));
        assertThat(plain.isInstance(python.object("Base")), is(true));
        assertThat(plain.isInstance(python.object("(int, Base)")), is(true));
        assertThat(plain.isInstance(python.object("int")), is(false));
        raises("TypeError", () -> plain.isInstance(plain));
        assertThat(python.object("Base()").doc(), is("First.\n\nSecond."));
        assertThat(plain.type().doc(), is("First.\n\nSecond."));
        python.exec("class Silent:\n  __doc__ = None");
        assertThat(python.object("Silent").doc(), is(nullValue()));
        assertThat(python.object("'a'").repr(), is("'a'"));
        assertThat(python.object("'a'").str(), is("a"));
        assertThat(python.object("''").isTrue(), is(false));
    }

    @Test
    void liesAndErrorsOfObjectsAreErrors() {
        python.exec("""
                class Liar:
                    def __len__(self): return -1
                    def __bool__(self): return 2
                    def __str__(self): return 3
                    def __contains__(self, x): raise ValueError('no')
                    def __iter__(self): return 5
                    def __dir__(self): return None
                    def __getattr__(self, name): raise RuntimeError(name)
                class Huge:
                    def __len__(self): return 1 << 70
                """);
        PyObject liar = python.object("Liar()");
        raises("ValueError", liar::len);
        raises("OverflowError", python.object("Huge()")::len);
        raises("TypeError", liar::isTrue);
        raises("TypeError", liar::str);
        assertThat(liar.toString(), containsString("str() raises TypeError"));
        raises("ValueError", () -> liar.contains(1));
        raises("TypeError", liar::iterator);
        raises("TypeError", liar::stream);
        raises("TypeError", liar::dir);
        raises("RuntimeError", () -> liar.hasAttr("x"));
        raises("TypeError", python.object("5")::len);
    }

    @Test
    void aClosedObjectRefuses() {
        PyObject closed = python.object("[1, 2]");
        closed.close();
        closed.close();
        for (Executable use : List.<Executable>of(
                closed::len,
                () -> closed.getItem(0),
                () -> closed.getAttr("x"),
                () -> closed.add(1),
                closed::negative,
                () -> python.object("[]").add(closed),
                () -> closed.compare(1),
                () -> closed.lt(1),
                closed::call,
                closed::callable,
                closed::stream,
                closed::enter,
                closed::doc,
                () -> closed.getSlice(0, 1),
                () -> PyObject.tuple(closed),
                () -> closed.as(List.class))) {
            IllegalStateException error = assertThrows(IllegalStateException.class, use);
            assertThat(error.getMessage(), containsString("closed"));
        }
        assertThat(closed.toString(), startsWith("<Python object"));
    }

    @Test
    void anyThreadMayUseIt() {
        PyObject list = python.object("[]");
        Stream.iterate(0, i -> i + 1)
                .limit(8)
                .map(i -> CompletableFuture.runAsync(() -> {
                    for (int n = 0; n < 50; n++) {
                        list.callMethod("append", PyObject.of(n).add(i).as(int.class));
                    }
                }))
                .toList()
                .forEach(CompletableFuture::join);
        assertThat(list.len(), is(400L));
    }

    @Test
    void nothingIsLeftBehind() throws InterruptedException {
        python.exec("def f(*a, **k): return [a, k]");
        PyObject function = python.object("f");
        PyObject list = python.object("[1, 2, 3]");
        Session.assertNoLeak(() -> {
            function.callAs(PyObject.class, 1, Kwargs.of("x", List.of())).getItem(0);
            list.getSlice(0, 1).as(new TypeRef<List<Long>>() {});
            list.stream(Long.class).toList();
            PyObject.of(5).add(1).lt(3).isTrue();
            raises("TypeError", () -> list.add(1));
            function.callable(Map.class);
        });
    }

    @Test
    void objectIsTheNaturalValue() {
        assertThat(python.object("7").as(Object.class), is(7));
        assertThat(python.object("[7]").as(Object.class), instanceOf(List.class));
    }
}
