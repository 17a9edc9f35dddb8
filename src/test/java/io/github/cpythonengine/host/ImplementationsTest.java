package io.github.cpythonengine.host;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Comparator;
import java.util.List;
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

    @SuppressWarnings("unchecked")
    private static Comparator<Object> cast(Object object) {
        return (Comparator<Object>) object;
    }
}
