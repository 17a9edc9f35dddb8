package io.github.cpythonengine.host;

import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Which overload a call means: JLS 15.12.2, and beyond it where Python has other values. */
class OverloadsTest {

    /** Each method says which one it is. */
    public static final class Say {
        public String num(int x) {
            return "int";
        }

        public String num(long x) {
            return "long";
        }

        public String num(double x) {
            return "double";
        }

        public String num(Object x) {
            return "Object";
        }

        public String small(byte x) {
            return "byte";
        }

        public String small(short x) {
            return "short";
        }

        public String box(Integer x) {
            return "Integer";
        }

        public String box(Object x) {
            return "Object";
        }

        public String wide(long x) {
            return "long";
        }

        public String wide(Integer x) {
            return "Integer";
        }

        public String wide(Object... x) {
            return "Object...";
        }

        public String boxed(Long x) {
            return "Long";
        }

        public String boxed(Double x) {
            return "Double";
        }

        public String onlyFloat(float x) {
            return "float " + x;
        }

        public String big(BigInteger x) {
            return "BigInteger";
        }

        public String text(String x) {
            return "String";
        }

        public String text(Object x) {
            return "Object";
        }

        public String text(char x) {
            return "char";
        }

        public String letter(char x) {
            return "char";
        }

        public String letter(int x) {
            return "int";
        }

        public String seq(CharSequence x) {
            return "CharSequence";
        }

        public String none(Object x) {
            return "Object";
        }

        public String none(String x) {
            return "String";
        }

        public String unclear(String x) {
            return "String";
        }

        public String unclear(Integer x) {
            return "Integer";
        }

        public String prim(int x) {
            return "int";
        }

        public String var(String x) {
            return "String";
        }

        public String var(String... x) {
            return "String... " + x.length;
        }

        public String var2(String f, Object... x) {
            return "Object... " + x.length;
        }

        public String coll(Collection<?> x) {
            return "Collection";
        }

        public String coll(List<?> x) {
            return "List";
        }

        public String coll(Object x) {
            return "Object";
        }

        public String array(int[] x) {
            return "int[" + x.length + "]";
        }

        public String array(String[] x) {
            return "String[" + x.length + "]";
        }

        public String map(Map<?, ?> x) {
            return "Map " + x.size();
        }

        public String run(Runnable x) {
            x.run();
            return "Runnable";
        }

        public String run(Callable<?> x) throws Exception {
            return "Callable " + x.call();
        }

        public String fun(Function<Object, Object> x) {
            return "Function " + x.apply(1);
        }

        public String fun(BiFunction<Object, Object, Object> x) {
            return "BiFunction " + x.apply(1, 2);
        }

        public String obj(Object x) {
            return "Object";
        }

        public String obj(Runnable x) {
            return "Runnable";
        }

        public String bool(boolean x) {
            return "boolean";
        }

        public String bool(int x) {
            return "int";
        }

        public String two(int x, Object y) {
            return "int, Object";
        }

        public String two(Object x, int y) {
            return "Object, int";
        }

        public String longs(List<Long> x) {
            return x.get(0).getClass().getSimpleName();
        }

        public String bytes(byte[] x) {
            return "byte[" + x.length + "]";
        }

        public static String stat(int x) {
            return "static";
        }
    }

    private static void check(String... lines) {
        String[] all = new String[lines.length + 1];
        all[0] = "def raises(kind, action):\n"
                + "    try: action()\n"
                + "    except kind as e: return str(e)\n"
                + "    raise AssertionError(kind)\n"
                + "def same(found, wanted): assert found == wanted, (found, wanted)\n";
        System.arraycopy(lines, 0, all, 1, lines.length);
        Script.with("s", new Say()).does(all);
    }

    @Test
    void numbers() {
        check(
                "same(s.num(1), 'int'); same(s.num(-2**31), 'int'); same(s.num(2**31), 'long')",
                "same(s.num(2**63), 'Object'); same(s.num(1.0), 'double'); same(s.num(True), 'Object')",
                "same(s.small(1), 'short'); same(s.small(1000), 'short')",
                "e = raises(TypeError, lambda: s.small(40000)); assert 'small(byte)' in e and 'small(short)' in e, e",
                "same(s.box(1), 'Integer'); same(s.box(2**40), 'Object')",
                "same(s.wide(1), 'long'); same(s.wide('x'), 'Object...')",
                "same(s.boxed(1), 'Long'); same(s.boxed(1.5), 'Double')",
                "same(s.onlyFloat(1.5), 'float 1.5'); same(s.onlyFloat(2), 'float 2.0')",
                "same(s.big(5), 'BigInteger'); same(s.big(2**100), 'BigInteger')",
                "same(s.bool(True), 'boolean'); same(s.bool(1), 'int')",
                "raises(TypeError, lambda: s.prim(None)); raises(TypeError, lambda: s.prim('1'))",
                "raises(TypeError, lambda: s.prim(1.0)); raises(TypeError, lambda: s.prim(True))",
                "assert '2147483648' in raises(TypeError, lambda: s.prim(2**31))");
    }

    @Test
    void remembersShapesAndStillTellsThemApart() {
        check(
                "for i in range(30):",
                "    same(s.num(1), 'int'); same(s.num(2**40), 'long'); same(s.num(1.5), 'double')",
                "    same(s.num('x'), 'Object'); same(s.num(s), 'Object'); same(s.small(i), 'short')",
                "    same(s.text('ab'), 'String'); same(s.text(s), 'Object'); same(s.num(None), 'Object')");
    }

    @Test
    void texts() {
        check(
                "same(s.text('ab'), 'String'); same(s.text('a'), 'String'); same(s.letter('a'), 'char')",
                "same(s.letter(97), 'int'); raises(TypeError, lambda: s.letter('ab'))",
                "same(s.seq('x'), 'CharSequence')",
                "same(s.none(None), 'String')",
                "e = raises(TypeError, lambda: s.unclear(None)); assert 'getattr' in e and 'Integer' in e, e",
                "same(getattr(s, 'unclear(Integer)')(None), 'Integer')",
                "same(getattr(s, 'num(long)')(5), 'long'); same(getattr(s, 'num(Object)')(5), 'Object')",
                "same(getattr(s, 'text(java.lang.Object)')('x'), 'Object')",
                "raises(AttributeError, lambda: getattr(s, 'num(String)'))",
                "same(s.bytes(b'abc'), 'byte[3]'); same(s.bytes(bytearray(b'ab')), 'byte[2]')");
    }

    @Test
    void variableNumbers() {
        check(
                "same(s.var('x'), 'String'); same(s.var('x', 'y'), 'String... 2'); same(s.var(), 'String... 0')",
                "same(s.var(['a', 'b', 'c']), 'String... 3')",
                "same(s.var2('f', 1, 'x', None), 'Object... 3'); same(s.var2('f'), 'Object... 0')",
                "same(s.var2('f', [1, 2]), 'Object... 1')",
                "same(s.var2('f', java_type('java.lang.Object[]')(2)), 'Object... 2')",
                "from java.lang import String",
                "same(String.format('%s-%d-%s', 'a', 5, [1]), 'a-5-[1]')",
                "from java.util import Arrays, List",
                "same(list(Arrays.asList(1, 'x')), [1, 'x']); same(list(List.of()), []); same(len(List.of(1, 2, 3)), 3)");
    }

    @Test
    void containers() {
        check(
                "same(s.coll([1]), 'List'); same(s.coll({1}), 'Collection'); same(s.coll({}), 'Object')",
                "same(s.coll((1, 2)), 'List'); same(s.map({'a': 1}), 'Map 1')",
                "same(s.array([1, 2]), 'int[2]'); same(s.array(['a']), 'String[1]')",
                "same(s.longs([1, 2]), 'Long')",
                "raises(TypeError, lambda: s.map([1])); raises(TypeError, lambda: s.array('x'))");
    }

    @Test
    void functions() {
        check(
                "same(s.run(lambda: 5), 'Callable 5')",
                "same(getattr(s, 'run(Runnable)')(lambda: 5), 'Runnable')",
                "same(s.fun(lambda x: x + 1), 'Function 2'); same(s.fun(lambda x, y: x + y), 'BiFunction 3')",
                "same(s.obj(lambda: 1), 'Runnable'); same(s.obj(object()), 'Object')",
                "class Task:",
                "    def run(self): pass",
                "    def __call__(self): pass",
                "same(s.obj(Task()), 'Runnable')");
    }

    @Test
    void mixedUpParametersAreAmbiguous() {
        check(
                "raises(TypeError, lambda: s.two(1, 1))",
                "same(s.two(1, 'x'), 'int, Object')",
                "same(s.two('x', 1), 'Object, int')",
                "same(s.stat(1), 'static')");
    }
}
