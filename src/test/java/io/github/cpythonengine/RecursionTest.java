package io.github.cpythonengine;

import static io.github.cpythonengine.TestEngines.callback;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cpythonengine.capi.Api;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Ref;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.script.ScriptEngine;
import javax.script.ScriptException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
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

    /** Interpreted, since compiled code has inlined the calls that find no stack. */
    @Test
    void whatIsHeldCanBeReleasedAfterTheStackWasUsedUp() throws Exception {
        new ChildJvm(Releases.class).jvm("-Xint").limit(100).run().exitsWith(0).prints("all released");
    }

    /** Interpreted, so that where the stack ends does not change with what was compiled. */
    @Test
    void aThreadWhoseStackIsUsedUpWhenItFirstEntersKeepsNobodyOut() throws Exception {
        new ChildJvm(FirstEntries.class)
                .jvm("-Xint")
                .limit(100)
                .run()
                .exitsWith(0)
                .prints("others enter");
    }

    /** While the JIT is at work: what takes the GIL may be compiled, and what lets go of it not yet. */
    @Test
    void aThreadThatEntersNearTheEndOfItsStackKeepsNobodyOut() throws Exception {
        new ChildJvm(FirstEntries.class)
                .args("again")
                .limit(100)
                .run()
                .exitsWith(0)
                .prints("others enter");
    }

    static final class FirstEntries {
        private static final ScriptEngine ENGINE = TestEngines.engine();

        public static void main(String[] args) throws Exception {
            ENGINE.eval("1");
            boolean again = args.length > 0;
            for (int i = 0; i < (again ? 2000 : 600); i++) {
                int room = i % 200;
                Runnable work = () -> {
                    if (again) {
                        enterHere();
                    }
                    enter(room);
                };
                Thread thread = new Thread(null, work, "small", 256 << 10);
                thread.setUncaughtExceptionHandler((here, error) -> {});
                thread.start();
                thread.join();
                CompletableFuture.runAsync(FirstEntries::enterHere).get(20, TimeUnit.SECONDS);
            }
            System.out.println("others enter");
        }

        private static void enterHere() {
            try {
                ENGINE.eval("1");
            } catch (ScriptException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Enters from so many frames above the end of the stack, and returns how many are below. */
        private static int enter(int room) {
            int below;
            try {
                below = enter(room);
            } catch (StackOverflowError e) {
                below = 0;
            }
            if (below == room) {
                try {
                    enterHere();
                } catch (IllegalStateException | StackOverflowError e) {
                    return below + 1; // with more room it may
                }
            }
            return below + 1;
        }
    }

    static final class Releases {
        private static final Deque<Ref> HELD = new ArrayDeque<>();
        private static int reached;

        public static void main(String[] args) throws Exception {
            TestEngines.engine().eval("1");
            Thread thread = new Thread(null, () -> Gil.run(Releases::tryAll), "small", 256 << 10);
            thread.start();
            thread.join();
            System.out.println(HELD.isEmpty() ? "all released" : HELD.size() + " are left");
        }

        private static void tryAll(Gil gil) {
            run(gil, Integer.MAX_VALUE, false);
            int most = reached;
            for (int more = 0; more < 40; more++) {
                for (int frames = most - 40; frames < most; frames++) {
                    runLarger(gil, more, frames, 0, 0, 0);
                }
            }
            while (!HELD.isEmpty()) {
                gil.release(HELD.pop());
            }
        }

        private static void runLarger(Gil gil, int frames, int then, long a, long b, long c) {
            if (frames > 0) {
                runLarger(gil, frames - 1, then, a + 1, b, c);
                return;
            }
            for (int i = 0; i < 3; i++) {
                hold(gil);
                run(gil, then, false);
                run(gil, then, true);
            }
        }

        private static void run(Gil gil, int frames, boolean held) {
            try {
                deeper(gil, frames, held);
            } catch (StackOverflowError e) {
                // as it should
            }
        }

        private static void deeper(Gil gil, int frames, boolean held) {
            if (frames > 0) {
                reached = Math.max(reached, Integer.MAX_VALUE - frames);
                deeper(gil, frames - 1, held);
            } else if (held) {
                gil.release(HELD.pop());
            } else {
                hold(gil);
            }
        }

        private static void hold(Gil gil) {
            HELD.push(gil.ref(HELD, Api.C.PyList_New(0)));
        }
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
