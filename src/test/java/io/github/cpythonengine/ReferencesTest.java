package io.github.cpythonengine;

import static io.github.cpythonengine.TestEngines.eval;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.script.ScriptEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The report of what each language holds of the other. */
class ReferencesTest {

    private final ScriptEngine engine = TestEngines.engine();

    /** What the test before left is garbage, but perhaps not collected. */
    @BeforeEach
    void nothingIsHeldYet() throws Exception {
        falls(0);
    }

    /** To so many, when garbage is collected. */
    private void falls(int count) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (inPython().count() > count && System.nanoTime() < deadline) {
            engine.eval("import gc; gc.collect()");
            System.gc();
            Thread.sleep(20);
        }
        assertThat(inPython().count(), is(count));
    }

    @AfterEach
    void close() throws Exception {
        TestEngines.close(engine);
    }

    /** A class that no other test uses. */
    public static final class Held {}

    private static References.Held find(List<References.Held> all, String type) {
        return all.stream()
                .filter(held -> held.type().equals(type))
                .findFirst()
                .orElse(new References.Held(type, 0, 0, List.of()));
    }

    private static References.Held inPython() {
        return find(References.take().inPython(), Held.class.getName().replace('$', '.'));
    }

    @Test
    void pythonObjectsAreCountedByType() throws Exception {
        eval(engine, "class Kept: pass", "shared = Kept()");
        List<Object> held =
                new ArrayList<>(List.of(engine.eval("shared"), engine.eval("Kept()"), engine.eval("Kept()")));
        References.Held found = find(References.take().inJava(), "__main__.Kept");
        assertThat(found.count(), is(3));
        assertThat(found.alone(), is(2));
        for (Object each : held) {
            ((AutoCloseable) each).close();
        }
        assertThat(find(References.take().inJava(), "__main__.Kept").count(), is(0));
    }

    @Test
    void javaObjectsAreCountedWithWhatHoldsThem() throws Exception {
        List<Object> things = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            things.add(new Held()); // the most numerous class
        }
        engine.put("things", things);
        eval(engine, "class Cache:", "    pass", "cache = Cache()", "cache.entries = list(things)");
        References.Held found = inPython();
        assertThat(found.count(), is(300));
        assertThat(
                found.holders(),
                hasItem(containsString("item of a list of 300, in attribute 'entries' of __main__.Cache")));
        eval(engine, "del cache", "by_name = dict(enumerate(things))");
        assertThat(
                inPython().holders(),
                hasItem(containsString(" of a dict of 300, in variable 'by_name' of module __main__")));
        eval(engine, "one = by_name.pop(0)", "del by_name");
        falls(1);
        engine.eval("del one");
        falls(0);
    }

    @Test
    void hostileHoldersDoNoHarm() throws Exception {
        List<Object> things = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            things.add(new Held());
        }
        engine.put("things", things);
        eval(
                engine,
                "class Meta(type):",
                "    def __getattribute__(cls, name): raise SystemExit",
                "class Hostile(metaclass=Meta):",
                "    def __getattribute__(self, name): raise SystemExit",
                "    def __repr__(self): raise SystemExit",
                "    def __eq__(self, other): raise SystemExit",
                "    def __hash__(self): return 7",
                "hostile = Hostile()",
                "object.__getattribute__(hostile, '__dict__')['all'] = list(things)",
                "keyed = {hostile: list(things)}",
                "import types",
                "def closing(kept): return lambda: kept",
                "closure = closing(list(things))",
                "def gives(kept): yield kept",
                "generator = gives(list(things)); next(generator)");
        assertThat(inPython().count(), is(300));
        assertThat(inPython().holders().size(), is(greaterThanOrEqualTo(1)));
    }

    @Test
    void theReportIsText() throws Exception {
        engine.put("thing", new Held());
        String report = References.take().toString();
        assertThat(report, containsString("Python objects held by Java: "));
        assertThat(report, containsString("Java objects held by Python: "));
        assertThat(report, containsString("1  " + Held.class.getName().replace('$', '.')));
        assertThat(engine.eval("str(java_type('io.github.cpythonengine.References').take())[:6]"), is("Python"));
        engine.eval("del thing");
    }
}
