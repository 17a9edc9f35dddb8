package io.github.cpythonengine.host;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Python classes and objects that implement Java interfaces. */
class ImplementationsTest {

    public interface Greeter {
        String greet(String name);

        default String greetAll(List<String> names) {
            return String.join(", ", names.stream().map(this::greet).toList());
        }
    }

    public static final class Host {
        public String use(Greeter greeter) {
            return greeter.greetAll(List.of("a", "b"));
        }

        public Object same(Object object) {
            return object;
        }
    }

    @Test
    void aClassImplementsAnInterface() {
        Script.with("host", new Host())
                .does(
                        "Greeter = java_type('io.github.cpythonengine.host.ImplementationsTest$Greeter')",
                        "from java.lang import Runnable",
                        "class Hello(Greeter, Runnable):",
                        "    def __init__(self, text): self.text = text",
                        "    def greet(self, name): return self.text + name",
                        "    def run(self): self.text = 'ran '",
                        "h = Hello('hi ')",
                        "assert host.use(h) == 'hi a, hi b'",
                        "assert h.greetAll(['x']) == 'hi x'",
                        "assert isinstance(h, Greeter) and isinstance(h, Runnable) and issubclass(Hello, Greeter)",
                        "assert host.same(h) is h",
                        "assert h == h and hash(h) and 'Hello object' in repr(h)",
                        "from java.lang import Thread",
                        "t = Thread(h); t.start(); t.join(); assert h.text == 'ran '",
                        "class Half(Greeter): pass",
                        "try: Half().greet('x')",
                        "except (AttributeError, NotImplementedError): pass",
                        "else: assert False",
                        "from java.util import ArrayList",
                        "try:",
                        "    class Mine(ArrayList): pass",
                        "except TypeError as e: assert 'ArrayList' in str(e)",
                        "else: assert False");
    }

    public interface Reads {
        void process(InputStream in) throws IOException;
    }

    public interface Rewrites {
        void process(InputStream in, OutputStream out) throws IOException;
    }

    public static final class Session {
        public String use(String name, Reads callback) throws IOException {
            callback.process(InputStream.nullInputStream());
            return "reads";
        }

        public String use(String name, Rewrites callback) throws IOException {
            callback.process(InputStream.nullInputStream(), OutputStream.nullOutputStream());
            return "rewrites";
        }

        public String use(String name, Object other) {
            return "object";
        }
    }

    @Test
    void theInterfaceThatAClassImplementsChoosesTheOverload() {
        Script.with("session", new Session())
                .does(
                        "Reads = java_type('io.github.cpythonengine.host.ImplementationsTest$Reads')",
                        "Rewrites = java_type('io.github.cpythonengine.host.ImplementationsTest$Rewrites')",
                        "class Read(Reads):",
                        "    def process(self, inputStream): pass",
                        "class Rewrite(Rewrites):",
                        "    def __init__(self): Rewrites.__init__(self); super().__init__(); self.seen = []",
                        "    def process(self, inputStream, outputStream): self.seen.append(inputStream.read())",
                        "class Other: pass",
                        "class Both(Reads, Rewrites):",
                        "    def process(self, *streams): pass",
                        "for _ in range(3):", // whatever was chosen before
                        "    assert session.use('', Read()) == 'reads'",
                        "    it = Rewrite()",
                        "    assert session.use('', it) == 'rewrites' and it.seen == [-1]",
                        "    assert session.use('', Other()) == 'object'",
                        "    assert session.use('', lambda i: None) == 'reads'",
                        "    assert session.use('', lambda i, o: None) == 'rewrites'",
                        "try: session.use('', Both())",
                        "except TypeError as e: assert 'equally well' in str(e)",
                        "else: assert False",
                        "assert getattr(session, 'use(String, ' + Reads.class_.getName() + ')')('', Both()) == 'reads'",
                        "for wrong in ('use(', 'use(String', 'use)', 'use()', 'use(String,)'):",
                        "    assert not hasattr(session, wrong), wrong");
    }

    @Test
    void anInterfaceCalledWithAFunctionIsAnImplementation() {
        Comparator<Object> comparator =
                cast(Script.run("from java.util import Comparator", "result = Comparator(lambda a, b: b - a)"));
        assertThat(comparator.compare(1, 5), is(4));
        Script.run(
                "from java.util import Comparator",
                "c = Comparator(lambda a, b: b - a)",
                "assert c.compare(1, 2) == 1 and c.reversed().compare(1, 2) == -1");
    }

    public static final class Uses {
        public String all(Object object) {
            return object + " " + object.hashCode() + " " + object.equals(object) + " " + (object instanceof Runnable)
                    + (object instanceof Greeter);
        }

        public boolean same(Object one, Object other) {
            return one == other;
        }

        public boolean equal(Object one, Object other) {
            return one.equals(other);
        }

        public String go(Runnable runnable) {
            runnable.run();
            return "Runnable";
        }

        public String go(Callable<?> callable) throws Exception {
            return "Callable " + callable.call();
        }

        public String items(Iterable<?> items) {
            StringBuilder text = new StringBuilder();
            items.forEach(text::append);
            return text.toString();
        }
    }

    private static void check(String... lines) {
        String[] all = new String[lines.length + 1];
        all[0] = "def same(found, wanted): assert found == wanted, (found, wanted)\n"
                + "from java.util import ArrayList, Collections, HashSet, TreeSet, Map\n"
                + "from java.util.concurrent import Callable\n"
                + "from java.lang import AutoCloseable, Comparable, Iterable, Runnable\n"
                + "Greeter = java_type('io.github.cpythonengine.host.ImplementationsTest$Greeter')\n";
        System.arraycopy(lines, 0, all, 1, lines.length);
        Script.with("uses", new Uses()).does(all);
    }

    @Test
    void whereJavaWantsAnyObjectItGetsOneThatImplementsAll() {
        check(
                "class Both(Greeter, Runnable):",
                "    def greet(self, name): return name",
                "    def run(self): self.ran = True",
                "    def __str__(self): return 'both'",
                "    def __eq__(self, other): return isinstance(other, Both)",
                "    def __hash__(self): return 7",
                "b = Both()",
                "same(uses.all(b), 'both 7 true truetrue')",
                "assert uses.same(b, b) and uses.equal(b, Both()) and not uses.equal(b, 'x')",
                "kept = ArrayList([b]); assert kept[0] is b and kept.contains(Both()) and kept.indexOf(b) == 0",
                "assert HashSet([b, Both()]).size() == 1",
                "same(uses.go(b), 'Runnable'); assert b.ran",
                "class Task(Callable):",
                "    def call(self): return 5",
                "same(uses.go(Task()), 'Callable 5'); same(Task()(), 5)");
    }

    @Test
    void methodsOfObjectByTheirJavaNames() {
        check(
                "class Named(Runnable):",
                "    def __init__(self, name): self.name = name",
                "    def run(self): pass",
                "    def toString(self): return 'named ' + self.name",
                "    def hashCode(self): return len(self.name)",
                "    def equals(self, other): return isinstance(other, Named) and other.name == self.name",
                "a = Named('ab')",
                "same(str(a), 'named ab'); same(hash(a), 2); same(a, Named('ab')); assert a != Named('b') and a != 5",
                "same(uses.all(a), 'named ab 2 true truefalse'); assert uses.equal(a, Named('ab'))",
                "class Plain(Runnable):",
                "    def run(self): pass",
                "p = Plain(); assert p == p and p != Plain() and 'Plain' in p.toString() and p.hashCode() == p.hashCode()",
                "assert uses.equal(p, p) and not uses.equal(p, Plain())");
    }

    @Test
    void javaSortsWhatIsComparable() {
        check(
                "class Size(Comparable):",
                "    def __init__(self, n): self.n = n",
                "    def compareTo(self, other): return self.n - other.n",
                "three, one = Size(3), Size(1)",
                "sizes = ArrayList([three, one]); Collections.sort(sizes); assert sizes[0] is one",
                "assert TreeSet([three, one]).first() is one and Collections.max([one, three]) is three",
                "assert one < three and sorted([three, one])[0] is one");
    }

    @Test
    void pythonsProtocolsForJavasInterfaces() {
        check(
                "class ByJava(Iterable):",
                "    def iterator(self): return ArrayList([1, 2]).iterator()",
                "class ByPython(Iterable):",
                "    def __iter__(self): return iter([1, 2])",
                "for kind in (ByJava, ByPython):",
                "    same(list(kind()), [1, 2]); same(uses.items(kind()), '12')",
                "from java.util import Iterator",
                "class Count(Iterator):",
                "    def __init__(self): self.n = 0",
                "    def hasNext(self): return self.n < 3",
                "    def next(self): self.n += 1; return self.n",
                "same(list(Count()), [1, 2, 3]); same(next(Count()), 1)",
                "class Closes(AutoCloseable):",
                "    def close(self): self.closed = True",
                "with Closes() as c: pass",
                "assert c.closed",
                "class Pair(Map.Entry):",
                "    def getKey(self): return 1",
                "    def getValue(self): return 2",
                "same(tuple(Pair()), (1, 2))");
    }

    @Test
    void superAndInterfaceReachDefaultMethods() {
        check(
                "class Loud(Greeter):",
                "    def __init__(self): Greeter.__init__(self)",
                "    def greet(self, name): return name",
                "    def greetAll(self, names): return super().greetAll(names) + '!' + Greeter.greetAll(self, ['x'])",
                "same(Loud().greetAll(['a', 'b']), 'a, b!x')",
                "from java.util import Comparator",
                "class Order(Comparator):",
                "    def compare(self, a, b): return a - b",
                "same(Order().reversed().compare(1, 2), 1); same(Order().thenComparing(Order()).compare(1, 2), -1)",
                "class Half(Greeter): pass",
                "try: ArrayList([Half()])[0].greet('x')",
                "except (AttributeError, NotImplementedError): pass",
                "else: assert False",
                "import copy, pickle; assert copy.copy(Order()) is not None");
    }

    @SuppressWarnings("unchecked")
    private static Comparator<Object> cast(Object object) {
        return (Comparator<Object>) object;
    }
}
