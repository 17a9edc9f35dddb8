package io.github.cpythonengine.host;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Python code does with any object, done with Java's. */
class PythonIdiomsTest {

    public enum Color {
        RED,
        GREEN
    }

    public record Point(int x, int y) {}

    public record Empty() {}

    public static final class Awkward {
        public int from = 3;
        public static int lambda = 4;

        public int in() {
            return 5;
        }
    }

    private static void check(String... lines) {
        String[] all = new String[lines.length + 1];
        all[0] = "def raises(kind, action):\n"
                + "    try: action()\n"
                + "    except kind as e: return str(e)\n"
                + "    raise AssertionError(kind)\n"
                + "def same(found, wanted): assert found == wanted, (found, wanted)\n"
                + "import copy, pickle, sys, weakref\n"
                + "from java.util import ArrayList, HashMap, HashSet, List, Map, Optional, OptionalInt, Date\n"
                + "from java.lang import Object, StringBuilder, RuntimeException\n"
                + "here = 'io.github.cpythonengine.host.PythonIdiomsTest$'\n"
                + "Color = java_type(here + 'Color'); Point = java_type(here + 'Point')\n";
        System.arraycopy(lines, 0, all, 1, lines.length);
        Script.run(all);
    }

    @Test
    void weakReferences() {
        List<Object> died = new ArrayList<>();
        check(
                "x = ArrayList(); r = weakref.ref(x)",
                "assert r() is x; assert weakref.ref(x) is r",
                "values = weakref.WeakValueDictionary(); values['x'] = x; assert values['x'] is x",
                "keys = weakref.WeakKeyDictionary(); o = Object(); keys[o] = 1; same(keys[o], 1)",
                "died = []; callback = weakref.ref(o, died.append)",
                "finalized = []; weakref.finalize(x, finalized.append, 1)",
                "del x, o",
                "assert r() is None and callback() is None and 'x' not in values",
                "kept = HashMap(); kept.put(1, ArrayList()); r = weakref.ref(kept[1])");
        Script.handles(); // frees what died
        Script.with("died", died)
                .does(
                        "import weakref; from java.lang import Object; x = Object()",
                        "died.append(weakref.ref(x, lambda r, died=died: died.append('called'))); del x");
        Script.handles(); // the callbacks come when the dead are swept
        assertThat(died.get(1), is("called"));
    }

    @Test
    void anObjectShownAgainBeforeItsReferenceWasClearedIsTheSame() {
        check(
                "kept = ArrayList(); kept.add(Object())",
                "r = weakref.ref(kept[0])",
                "again = kept[0]",
                "assert r() is None or r() is again",
                "assert weakref.ref(again)() is again");
    }

    @Test
    void copies() {
        check(
                "inner = [1]; x = ArrayList([inner, 2]); y = copy.copy(x)",
                "assert type(y) is ArrayList and y == x and y is not x and y[0] is inner",
                "z = copy.deepcopy(x); assert z == x and z[0] is not inner",
                "m = HashMap({'a': inner}); assert copy.copy(m)['a'] is inner",
                "d = copy.deepcopy(m); assert type(d) is HashMap and d == m and d['a'] is not inner",
                "s = copy.copy(HashSet([1])); same(s, {1}); same(type(s), HashSet)",
                "a = java_type('int[]')([1, 2]); b = copy.copy(a); b[0] = 5; same(a[0], 1); same(copy.deepcopy(b)[0], 5)",
                "loop = ArrayList(); loop.append(loop); other = copy.deepcopy(loop)",
                "assert other[0] is other and other is not loop",
                "assert copy.copy(Color.RED) is Color.RED and copy.deepcopy([Color.RED])[0] is Color.RED",
                "assert copy.deepcopy(ArrayList) is ArrayList",
                "e = RuntimeException('x'); assert copy.copy(e) is e and copy.deepcopy(e) is e",
                "same(str(copy.copy(StringBuilder('ab'))), 'ab'); same(copy.copy(Date(5)).getTime(), 5)",
                "assert 'no public clone()' in raises(TypeError, lambda: copy.copy(Object()))",
                "assert 'java.lang.Object' in raises(TypeError, lambda: copy.deepcopy([Object()]))",
                "assert 'list(x)' in raises(TypeError, lambda: copy.copy(List.of(1)))");
    }

    @Test
    void javaObjectsCannotBePickled() {
        check(
                "for protocol in range(pickle.HIGHEST_PROTOCOL + 1):",
                "    for x in (ArrayList(), Object(), Color.RED, RuntimeException('x'), java_type('int[]')(1)):",
                "        assert 'cannot pickle java' in raises(TypeError, lambda: pickle.dumps([x], protocol)) \\",
                "            or 'Color' in raises(TypeError, lambda: pickle.dumps([x], protocol)) \\",
                "            or 'int[]' in raises(TypeError, lambda: pickle.dumps([x], protocol)) or '[I' in raises("
                        + "TypeError, lambda: pickle.dumps([x], protocol))",
                "assert pickle.loads(pickle.dumps(ArrayList)) is ArrayList",
                "from java.time import LocalDate",
                "same(pickle.loads(pickle.dumps(LocalDate.of(2020, 1, 2))).day, 2)");
    }

    @Test
    void patterns() {
        check(
                "if sys.version_info >= (3, 10):",
                "    exec('''",
                "def kind(x):",
                "    match x:",
                "        case Color.RED: return 'red'",
                "        case Color(): return 'color'",
                "        case Point(0, y): return ('on the axis', y)",
                "        case Point(x, y): return (x, y)",
                "        case Map.Entry(key, value): return (key, value)",
                "        case [first, *rest]: return (first, rest)",
                "        case {'k': v}: return v",
                "        case RuntimeException(message=m): return m",
                "same(kind(Color.RED), 'red'); same(kind(Color.GREEN), 'color')",
                "same(kind(Point(0, 2)), ('on the axis', 2)); same(kind(Point(1, 2)), (1, 2))",
                "same(kind(Map.entry(1, 2)), (1, 2)); same(kind(ArrayList([1, 2])), (1, [2]))",
                "same(kind(HashMap({'k': 5})), 5); same(kind(RuntimeException('m')), 'm')",
                "''')",
                "same(len(Point.__match_args__), 2); same(java_type(here + 'Empty').__match_args__, ())",
                "raises(AttributeError, lambda: ArrayList.__match_args__)");
    }

    @Test
    void classesInAnnotations() {
        check(
                "import dataclasses, functools, typing",
                "def f(x: ArrayList[int], y: typing.Optional[ArrayList] = None) -> Map[str, Object]: pass",
                "same(typing.get_type_hints(f)['x'], ArrayList[int]); same(ArrayList[int](), [])",
                "@dataclasses.dataclass",
                "class Order:",
                "    lines: ArrayList = dataclasses.field(default_factory=ArrayList)",
                "    color: Color = Color.RED",
                "same(Order(), Order()); same(dataclasses.asdict(Order(ArrayList([1])))['lines'], [1])",
                "if sys.version_info >= (3, 10): assert isinstance(ArrayList(), ArrayList | None)",
                "@functools.singledispatch",
                "def name(x): return 'other'",
                "@name.register(List)",
                "def _(x): return 'list'",
                "@name.register(RuntimeException)",
                "def _(x): return 'error'",
                "same([name(ArrayList()), name(RuntimeException('x')), name(Object()), name([])],"
                        + " ['list', 'error', 'other', 'other'])",
                "from java.math import BigDecimal",
                "assert issubclass(type(BigDecimal('1')), BigDecimal) and not issubclass(int, BigDecimal)");
    }

    @Test
    void enumsAsPythons() {
        check(
                "assert Color['RED'] is Color.RED and len(Color) == 2 and bool(Color) and bool(ArrayList)",
                "same(list(Color), [Color.RED, Color.GREEN]); assert Color.RED in Color",
                "raises(KeyError, lambda: Color['BLUE']); raises(TypeError, lambda: len(ArrayList))",
                "same({Color.RED: 1}[Color.RED], 1)");
    }

    @Test
    void optionals() {
        check(
                "assert Optional.of(0) and not Optional.empty() and not OptionalInt.empty()",
                "same(list(Optional.of(5)), [5]); same(list(Optional.empty()), []); same(list(OptionalInt.of(3)), [3])",
                "same(len(Optional.of(5)), 1); same([x for o in (Optional.of(1), Optional.empty()) for x in o], [1])");
    }

    @Test
    void keywordsAsNames() {
        check(
                "Awkward = java_type(here + 'Awkward'); a = Awkward()",
                "same((a.from_, Awkward.lambda_, a.lambda_, a.in_()), (3, 4, 4, 5))",
                "a.from_ = 6; Awkward.lambda_ = 7; same((a.from_, getattr(a, 'from'), a.lambda_), (6, 6, 7))",
                "Awkward.lambda_ = 4",
                "from java.lang import System; assert System.in_ is getattr(System, 'in')",
                "raises(AttributeError, lambda: a.else_); raises(AttributeError, lambda: a.from__)");
    }

    @Test
    void timesThatPythonCannotHold() {
        check(
                "from java.time import Duration, Instant, LocalDate, LocalDateTime, Period",
                "from datetime import date, datetime, timedelta, timezone",
                "nano = Duration.ofNanos(1); start = datetime(2020, 1, 1)",
                "later = start + nano; same(later.nano, 1); same(later - start, nano); same(start - later, -nano)",
                "same(later - nano, start); same((later + timedelta(days=1)).dayOfMonth, 2)",
                "same(nano + Duration.ofNanos(999), timedelta(microseconds=1)); same(nano * 1000, timedelta(microseconds=1))",
                "same(timedelta(1) - nano, -(nano - timedelta(1))); assert nano and later > start and start < later",
                "same(LocalDate.of(2020, 1, 31) + Period.ofMonths(1), date(2020, 2, 29))",
                "same(date(2020, 3, 31) - Period.ofMonths(1), date(2020, 2, 29))",
                "moment = Instant.ofEpochSecond(5, 1); utc = datetime.fromtimestamp(5, timezone.utc)",
                "same(moment - utc, nano); same(utc - moment, -nano)",
                "raises(TypeError, lambda: later + 1); raises(TypeError, lambda: nano + 'x')",
                "raises(TypeError, lambda: 1 - later)");
    }
}
