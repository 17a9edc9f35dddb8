package io.github.cpythonengine.host;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

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
