package io.github.cpythonengine.host;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/** A call in a loop does what the first one did: more than {@code OFTEN} calls of each shape. */
class ReadyCallTest {

    public static class Base {
        public String plain(int x) {
            return "base int " + x;
        }

        public Object self(Object x) {
            return x;
        }
    }

    public static final class More extends Base {
        public String plain(String x) {
            return "more String " + x;
        }

        @Override
        public String plain(int x) {
            return "more int " + x;
        }
    }

    public static final class Host {
        final IOException error = new IOException("bad");
        final AtomicReference<String> last = new AtomicReference<>();

        public String num(int x) {
            return "int";
        }

        public String num(long x) {
            return "long";
        }

        public String num(double x) {
            return "double";
        }

        public String num(boolean x) {
            return "boolean";
        }

        public String num(char x) {
            return "char " + x;
        }

        public String num(String x) {
            return "String " + x;
        }

        public String num(List<?> x) {
            return "List " + x.size();
        }

        public byte narrow(byte x) {
            return x;
        }

        public float floating(float x) {
            return x;
        }

        public String box(Integer x) {
            return "Integer " + x;
        }

        public Object any(Object x) {
            return x;
        }

        public Comparable<?> interval(Comparable<?> x) {
            return x;
        }

        public String names(List<String> names) {
            return String.join(",", names);
        }

        public String three(String a, int b, Object c) {
            return a + b + c;
        }

        public String four(int a, int b, int c, int d) {
            return "four " + (a + b + c + d);
        }

        public String many(String a, int... rest) {
            return a + rest.length;
        }

        public void note(String text) {
            last.set(text);
        }

        public String noted() {
            return last.get();
        }

        public void fail(int x) throws IOException {
            throw error;
        }

        public static int twice(int x) {
            return 2 * x;
        }

        public static String optional(Optional<?> x) {
            return String.valueOf(x);
        }

        public static Object either(Object x) {
            return "static " + x;
        }

        public int getSize() {
            return 7;
        }
    }

    private static final String[] SAME = {
        "def outcome(call, args):",
        "    try: return type(value := call(*args)), value",
        "    except Exception as e: return type(e), str(e)",
        "def same(call, *shapes):",
        "    first = [outcome(call, args) for args in shapes]",
        "    for times in range(150):",
        "        for args, expected in zip(shapes, first):",
        "            now = outcome(call, args)",
        "            assert repr(now) == repr(expected), (args, now, expected)",
        "    return first",
    };

    private static void check(Object host, String... lines) {
        Script.with("h", host)
                .and("items", new ArrayList<>(List.of("a", "b")))
                .does(String.join("\n", SAME), String.join("\n", lines));
    }

    @Test
    void theOverloadOfEachShapeStaysTheSame() {
        check(
                new Host(),
                "values = [1, 300, 1 << 40, 1 << 61, 1 << 70, 1.5, True, 'c', 'text', '', '\\U0001f600', None, items, [], h, object()]",
                "found = same(h.num, *[(value,) for value in values])",
                "assert [what for kind, what in found][:7] == ['int', 'int', 'long', 'long', 'double', 'double', 'boolean'], found",
                "assert found[7][1] == 'String c' and found[8][1] == 'String text', found");
    }

    @Test
    void valuesAreCheckedEachTime() {
        check(
                new Host(),
                "same(h.narrow, (1,), (127,), (128,), (-129,), (1.0,), ('1',), (None,))",
                "same(h.floating, (1,), (1.5,), (1e300,), ('1',))",
                "same(h.box, (1,), (1 << 40,), (None,), (True,))",
                "same(h.any, (1,), (1 << 40,), (1.5,), (True,), ('x',), ('xy',), (None,), (items,), (h,))",
                "same(h.interval, (1,), ('x',), (1.5,), (False,), (None,))",
                "same(h.names, (items,), (['x', 'y'],), (('z',),))");
    }

    @Test
    void numberOfArguments() {
        check(
                new Host(),
                "same(h.three, ('a', 1, None), ('b', 2, 'c'), ('a', 1), ('a', 'b', 'c'), ())",
                "same(h.four, (1, 2, 3, 4), (1, 2, 3))",
                "same(h.many, ('a',), ('a', 1), ('a', 1, 2), ('a', 1, 2, 3))",
                "found = same(lambda: h.num(x=1), ())",
                "assert found[0][0] is TypeError");
    }

    @Test
    void staticMethodsPropertiesAndFunctions() {
        IntUnaryOperator function = x -> x + 1;
        Script.with("h", new Host())
                .and("function", function)
                .and("items", items())
                .does(
                        String.join("\n", SAME),
                        "Host = type(h)",
                        "same(Host.twice, (1,), (1 << 40,), ('x',), ())",
                        "same(h.twice, (1,), ('x',))",
                        "same(Host.either, (1,), (h,), (h, 1))",
                        "same(Host.optional, (None,), (1,))",
                        "same(function, (1,), (1 << 31,), (1 << 40,), ('x',))",
                        "for i in range(150): assert h.size == 7",
                        "for i in range(150):",
                        "    assert h.note(str(i)) is None and h.noted() == str(i)");
    }

    private static List<String> items() {
        return new ArrayList<>(List.of("a", "b"));
    }

    @Test
    void aMethodOfAClassUsedForItsSubclassToo() {
        Script.with("base", new Base())
                .and("more", new More())
                .and("items", items())
                .does(
                        String.join("\n", SAME),
                        "plain = type(base).plain",
                        "found = same(plain, (base, 1), (more, 1), (more, 'x'), (base, 'x'), ('no object', 1), (items, 1))",
                        "assert found[1][1] == 'more int 1' and found[2][1] == 'more String x', found",
                        "assert all(base.self(more) is more for i in range(150))");
    }

    @Test
    void theSameExceptionEachTime() {
        Script.with("h", new Host())
                .does(
                        "seen = set()",
                        "for i in range(150):",
                        "    try: h.fail(1)",
                        "    except OSError as e: seen.add(id(e)); kept = e",
                        "assert len(seen) == 1, seen");
    }

    @Test
    void aClassAccessThatForbidsIsAskedEachTime() {
        Host host = new Host();
        Script.with("h", host).does("for i in range(150): h.noted()");
        ClassAccessTest.check(
                new ClassAccess() {
                    @Override
                    public boolean allows(Class<?> type) {
                        return true;
                    }

                    @Override
                    public boolean allows(java.lang.reflect.Member member) {
                        return !member.getName().equals("noted");
                    }
                },
                host,
                "refused(lambda: it.noted())");
    }
}
