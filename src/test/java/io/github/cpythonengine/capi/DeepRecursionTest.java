package io.github.cpythonengine.capi;

import static io.github.cpythonengine.capi.Api.C;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cpythonengine.interpreter.Builtins;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Python code that calls Java at each level of an endless recursion, on small stacks: the JVM must live, which an upcall
 * without room for a Java frame would end. Each case has a JVM of its own.
 */
@Tag("process")
class DeepRecursionTest {

    private static final int EXPECTED_EXIT = 42;

    @ParameterizedTest
    @CsvSource({"repr(R()), 512", "repr(R()), 1024", "'java_calls(f)', 512", "'java_calls(f)', 1024"})
    void endsInRecursionError(String step, int stackKibibytes) throws Exception {
        run(step, stackKibibytes, "java");
    }

    /** Before 3.12 Python has no limit for this: at 1 MiB it overflows its stack with no Java about as well. */
    @ParameterizedTest
    @CsvSource({"'sorted([1], key=f)', 512, java", "'sorted([1], key=f)', 1024, java", "'sorted([1], key=f)', 0, python"
    })
    void endsInRecursionErrorWithLargeFramesOfC(String step, int stackKibibytes, String thread) throws Exception {
        assumeTrue(StartedPython.minorVersion() >= 12, "CPython 3.12 or newer");
        run(step, stackKibibytes, thread);
    }

    @Test
    void aChildThatFailsIsNoticed() throws Exception {
        assertThat(exitCode("1/0", 512, "java"), is(not(EXPECTED_EXIT)));
    }

    private static void run(String step, int stackKibibytes, String thread) throws Exception {
        assertThat(exitCode(step, stackKibibytes, thread), is(EXPECTED_EXIT));
    }

    private static int exitCode(String step, int stackKibibytes, String thread)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        System.getProperties().forEach((key, value) -> {
            if (key.toString().startsWith("cpython.")) {
                command.add("-D" + key + "=" + value);
            }
        });
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Child.class.getName()));
        command.addAll(List.of(step, String.valueOf(stackKibibytes), thread));
        Process process = new ProcessBuilder(command).inheritIO().start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return process.waitFor();
    }

    /** Arguments: an expression that goes one level deeper, the stack in KiB, whose thread to use. */
    static final class Child {
        private static long function;

        public static void main(String[] args) throws InterruptedException {
            StartedPython.get();
            int[] exit = new int[1];
            Runnable work = () -> exit[0] = recurse(args[0], args[2].equals("python"));
            Thread thread = new Thread(null, work, "small", Long.parseLong(args[1]) << 10);
            thread.start();
            thread.join();
            System.exit(exit[0]);
        }

        private static int recurse(String step, boolean onThreadOfPython) {
            try (Gil gil = Gil.acquire()) {
                long dict = gil.own(C.PyDict_New());
                C.PyDict_SetItem(dict, gil.str("java"), gil.own(Builtins.function(gil, "java", (g, a) -> {
                    return g.newRef(Py.NONE);
                })));
                C.PyDict_SetItem(dict, gil.str("java_calls"), gil.own(Builtins.function(gil, "java_calls", (g, a) -> {
                    return C.PyObject_CallNoArgs(a.get(0));
                })));
                String program = """
                        import threading
                        class R:
                            def __repr__(self):
                                java()
                                return repr(self)
                        def f(*ignored):
                            java()
                            return %s
                        hits = 0
                        def attempts():
                            global hits
                            for i in range(5):
                                try:
                                    f()
                                except RecursionError:
                                    hits += 1
                        def on_thread():
                            thread = threading.Thread(target=attempts)
                            thread.start()
                            thread.join()
                        """.formatted(step);
                long exec = C.PyDict_GetItemWithError(C.PyEval_GetBuiltins(), gil.str("exec"));
                gil.call(exec, gil.str(program), dict);
                String start = onThreadOfPython ? "on_thread" : "attempts";
                if (C.PyObject_CallNoArgs(C.PyDict_GetItemWithError(dict, gil.str(start))) == 0) {
                    return 1;
                }
                long hits = Layout.intValue(C.PyDict_GetItemWithError(dict, gil.str("hits")));
                return hits == 5 ? EXPECTED_EXIT : 2;
            }
        }
    }
}
