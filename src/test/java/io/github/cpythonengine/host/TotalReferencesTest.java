package io.github.cpythonengine.host;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cpythonengine.interpreter.Interpreter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a debug build of CPython: what scripts do with Java objects leaves the number of all references as it was. */
class TotalReferencesTest {

    private static final int TIMES = 200;

    @BeforeEach
    void onlyOnADebugBuild() {
        boolean debug = (boolean) Script.run("import sys", "result = hasattr(sys, 'gettotalrefcount')");
        assumeTrue(debug, "no debug build of CPython");
    }

    private static void neutral(Object value, String... lines) throws InterruptedException {
        Script script = Script.with("it", value);
        for (int i = 0; i < 20; i++) {
            script.does(lines);
        }
        long more = Long.MAX_VALUE;
        // what other tests left may go or come meanwhile; what leaks does so each time
        for (int round = 0; round < 4 && Math.abs(more) >= TIMES / 2; round++) {
            long before = settled();
            for (int i = 0; i < TIMES; i++) {
                script.does(lines);
            }
            more = settled() - before;
        }
        assertThat(Math.abs(more), is(lessThan(TIMES / 2L)));
    }

    /** On a busy machine the garbage collector and the reaper need their time. */
    private static long settled() throws InterruptedException {
        long least = total();
        for (int unchanged = 0; unchanged < 5; unchanged++) {
            long now = total();
            if (now < least - 5) {
                unchanged = 0;
            }
            least = Math.min(least, now);
        }
        return least;
    }

    private static long total() throws InterruptedException {
        int held = Integer.MAX_VALUE;
        for (int unchanged = 0; unchanged < 4; ) {
            System.gc();
            Thread.sleep(40);
            unchanged = Interpreter.heldObjects() < held ? 0 : unchanged + 1;
            held = Interpreter.heldObjects();
        }
        Script.handles();
        return ((Number) Script.run("import sys", "result = sys.gettotalrefcount()")).longValue();
    }

    @Test
    void objects() throws InterruptedException {
        neutral(
                new MembersTest.Person(),
                "it.name; it.age; it.setName('x'); it.getClass().getName(); str(it); it == it; hash(it)",
                "f = it.setName; f('y'); it.active = True; type(it)('a', 1).age");
    }

    @Test
    void errors() throws InterruptedException {
        neutral(
                new MembersTest.Person(),
                "for action in (lambda: it.setName(5), lambda: it.nothing, lambda: type(it)(1, 2, 3), lambda: it.getName(1)):",
                "    try: action()",
                "    except (TypeError, AttributeError): pass",
                "from java.lang import Integer, IllegalStateException",
                "try: Integer.parseInt('x')",
                "except ValueError as e: pass",
                "try: raise IllegalStateException('x')",
                "except RuntimeError: pass");
        neutral(new IllegalStateException("x", new IOException("y")), "str(it); it.__cause__.getMessage()");
    }

    @Test
    void collections() throws InterruptedException {
        List<Object> list = new ArrayList<>(List.of(1, "two", new Object()));
        neutral(
                list,
                "list(it); it[0:2]; it.append(5); it.pop(); it == [1]; [x for x in it]; 'two' in it; it.get(0)",
                "it.stream().map(lambda x: x).count()");
        Map<Object, Object> map = new HashMap<>(Map.of("a", 1, "b", new Object()));
        neutral(
                map,
                "dict(it); list(it.items()); it['a']; it.get('x'); it['c'] = 1; del it['c']",
                "for k in it: it[k]");
        neutral(new int[] {1, 2, 3}, "list(it); it[1] = 5; it[0:2]; it == [1]; sum(it)");
    }

    @Test
    void valuesOfBoth() throws InterruptedException {
        neutral(1, "from java.time import LocalDate", "d = LocalDate.of(2024, 1, 1); d.plusDays(1); d.year; str(d)");
    }
}
