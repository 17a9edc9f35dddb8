package io.github.cpythonengine;

import static io.github.cpythonengine.TestEngines.callback;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import javax.script.ScriptEngine;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recursion without an end is an exception and not a dead JVM, whatever the stack. */
@Tag("process")
class RecursionTest {

    @ParameterizedTest
    @ValueSource(strings = {"512k", "1m", "8m"})
    void recursionWithoutAnEndIsAnException(String stack) throws Exception {
        boolean checked = (Boolean) TestEngines.engine().eval("import sys; sys.version_info >= (3, 12)");
        assumeTrue(checked || stack.equals("8m"), "before 3.12 CPython does not count native recursion");
        new ChildJvm(Programs.class)
                .jvm("-Xss" + stack)
                .args(stack)
                .limit(100)
                .run()
                .exitsWith(0)
                .prints("all programs ended")
                .doesNotPrint("unexpected");
    }

    static final class Programs {
        private static final String NESTED = "x = []\nfor _ in range(100_000): x = [x]\n";

        /** The parser's recursion has a fixed limit until 3.13, which 512 KiB do not allow. */
        private static final String PARSER = "eval('-' * 50_000 + '1')";

        private static final String[] ALL = {
            "def f(): return f()\nf()",
            "def f(): return [f() for _ in range(1)]\nf()",
            "def f(n): return sorted([1, 2], key=lambda k: f(n + 1))\nf(0)",
            "f = lambda n: max([1], key=f)\nf(0)",
            NESTED + "repr(x)",
            NESTED + "y = []\nfor _ in range(100_000): y = [y]\nx == y",
            NESTED + "import json; json.dumps(x)",
            NESTED + "import pickle; pickle.dumps(x)",
            NESTED + "import copy; copy.deepcopy(x)",
            "import json; json.loads('[' * 200_000)",
            "eval('(' * 100_000 + ')' * 100_000)",
            "eval('+'.join(['a'] * 30_000))",
            "eval('a' + '.a' * 50_000)",
            PARSER,
            "eval('[' * 50_000)",
            "exec('if 1:\\n' + ''.join(' ' * i + 'if 1:\\n' for i in range(1, 200)))",
            "import re; re.compile('(' * 20_000 + ')' * 20_000)",
            "class A:\n    def __getattr__(self, n): return getattr(self, n + 'x')\nA().a",
            "class A:\n    def __repr__(self): return repr(self)\nrepr(A())",
            "class A:\n    def __eq__(self, o): return o == self\nA() == A()",
            "class A:\n    def __add__(self, o): return self + o\nA() + A()",
            "class A:\n    def __hash__(self): return hash(self)\nhash(A())",
            "class A:\n    def __call__(self): return self()\nA()()",
            "host[0]",
            "def f(): return host[1]\nf()",
        };

        public static void main(String[] args) throws Exception {
            ScriptEngine engine = TestEngines.engine();
            engine.put("host", callback(index -> engine.eval(index == 0 ? "host[0]" : "f()")));
            boolean narrow = args[0].equals("512k") && (Boolean) engine.eval("import sys; sys.version_info < (3, 14)");
            for (String program : ALL) {
                if (narrow && program.equals(PARSER)) {
                    continue;
                }
                try {
                    engine.eval(program + "\nNone");
                } catch (javax.script.ScriptException | StackOverflowError e) {
                    System.out.println("as it should: " + shortened(e.toString()));
                } catch (Throwable e) {
                    System.out.println("unexpected " + shortened(program) + ": " + e);
                }
                if (!engine.eval("1 + 1").equals(2)) {
                    System.out.println("unexpected: the engine is not usable after " + shortened(program));
                }
            }
            System.out.println("all programs ended");
        }

        private static String shortened(String text) {
            return text.length() < 200 ? text : text.substring(0, 200);
        }
    }
}
