package io.github.cpythonengine;

import static io.github.cpythonengine.TestEngines.callback;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.ByteBuffer;
import javax.script.ScriptEngine;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Processes started by scripts. */
@Tag("process")
class ForkTest {

    @Test
    void subprocessesAndSpawnedWorkersWork() throws Exception {
        new ChildJvm(RunScripts.class)
                .args(
                        "import sys, subprocess; subprocess.run([sys.executable, '-c', 'print(6 * 7)'],"
                                + " capture_output=True, text=True, check=True).stdout",
                        "import multiprocessing as mp, math\n"
                                + "with mp.get_context('spawn').Pool(1) as pool: r = pool.map(math.sqrt, [16.0, 81.0])\nr",
                        "'sys.executable is Python: ' + str('python' in sys.executable)")
                .run()
                .exitsWith(0)
                .prints("value: 42")
                .prints("value: [4.0, 9.0]")
                .prints("is Python: True");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no fork")
    void aForkedProcessGivesItsExitCodeAndDoesNotEndTheJvm() throws Exception {
        new ChildJvm(RunScripts.class)
                .args(
                        "import multiprocessing as mp, warnings, sys; warnings.simplefilter('ignore')",
                        "p = mp.get_context('fork').Process(target=sys.exit, args=(5,)); p.start(); p.join(20); p.exitcode")
                .run()
                .exitsWith(0)
                .prints("value: 5")
                .prints("main ends");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no fork")
    void forkedPoolsWork() throws Exception {
        new ChildJvm(RunScripts.class)
                .limit(30)
                .args(
                        "import multiprocessing as mp, warnings; warnings.simplefilter('ignore')",
                        "def square(n): return n * n",
                        "with mp.get_context('fork').Pool(1) as pool: r = pool.map(square, [3, 4])\nr",
                        "from concurrent.futures import ProcessPoolExecutor",
                        "with ProcessPoolExecutor(1, mp_context=mp.get_context('fork')) as pool:"
                                + " r = list(pool.map(square, [5]))\nr")
                .run()
                .exitsWith(0)
                .prints("value: [9, 16]")
                .prints("value: [25]")
                .prints("main ends");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no fork")
    void aForkedChildNeitherHangsInJavaNorRunsItsHooks() throws Exception {
        ChildJvm.Result result = new ChildJvm(Forking.class).run().exitsWith(0).prints("child in time: 3");
        // The hook of the parent alone, and one end of main.
        assertThat(result.output(), result.output().split("the hook", -1).length, is(2));
        assertThat(result.output(), result.output().split("main ends", -1).length, is(2));
    }

    /** Two ways to say whether a function of the script's gives something true in a forked child. */
    private static final String CHILDREN = """
            import multiprocessing as mp, os, sys, traceback, warnings
            warnings.simplefilter('ignore')
            def ends(work):
                code = 2
                try:
                    code = 0 if work() else 1
                except BaseException:
                    os.write(2, traceback.format_exc().encode())
                finally:
                    os._exit(code)
            def by_fork(work):
                pid = os.fork()
                if pid == 0:
                    ends(work)
                return os.waitpid(pid, 0)[1] == 0
            def by_process(work):
                process = mp.get_context('fork').Process(target=ends, args=(work,))
                process.start()
                process.join()
                return process.exitcode == 0
            def both(work): return by_fork(work), by_process(work)
            """;

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no fork")
    void importsFailInAForkedChildAsTheyDoWithoutJava() throws Exception {
        new ChildJvm(RunScripts.class)
                .args(CHILDREN, """
                        import java.util
                        import java.util.Map as Map
                        def fails(what):
                            try:
                                exec('import ' + what)
                            except ImportError:
                                return True
                        def work():
                            import fractions
                            return (all(map(fails, ('not_there', 'os.not_there', 'java.text', 'java.util.List')))
                                    and fractions.Fraction(1, 2) == 0.5
                                    and not hasattr(java.util, 'ArrayList') and not hasattr(sys.modules['java.util.Map'], 'Entry'))
                        both(work), hasattr(java.util, 'ArrayList'), hasattr(Map, 'Entry')
                        """)
                .run()
                .exitsWith(0)
                .prints("value: [[true, true], true, true]");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no fork")
    void aForkedChildImportsAndUsesNumpy() throws Exception {
        ChildJvm.Result result = new ChildJvm(RunScripts.class)
                .limit(120)
                .args(CHILDREN, """
                        def work():
                            import numpy as np
                            big = np.eye(300) * 2
                            return (np.allclose(np.linalg.inv(np.eye(100)), np.eye(100))
                                    and np.allclose(np.linalg.solve(big, np.ones(300)), 0.5)
                                    and np.linalg.det(np.eye(2)) == 1)
                        ('numpy' in sys.modules, *both(work))
                        """, """
                        try: import numpy
                        except ImportError: numpy = None
                        'with numpy' if numpy else 'no numpy'
                        """, "both(work), work()")
                .run();
        assumeFalse(result.output().contains("no numpy"), "this Python has no numpy");
        result.exitsWith(0).prints("value: [false, true, true]").prints("value: [[true, true], true]");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no fork")
    void aForkedChildOfAChildWorksToo() throws Exception {
        new ChildJvm(RunScripts.class).args(CHILDREN, """
                        def optional():
                            try:
                                import not_there
                            except ImportError:
                                return True
                        both(lambda: by_fork(optional))
                        """).run().exitsWith(0).prints("value: [true, true]");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no fork")
    void aForkedChildPrintsToTheStreamsThatItInherited() throws Exception {
        new ChildJvm(RunScripts.class)
                .args(CHILDREN, """
                        say, write = print, sys.stdout.write
                        def work():
                            say('by', 'name', 1)
                            print('a line of the child'); print([2], end='!\\n', flush=True); write('written\\n')
                            sys.stdout.flush()
                            return True
                        say('before')
                        both(work)
                        """)
                .run()
                .exitsWith(0)
                .prints("value: [true, true]")
                .prints("by name 1\na line of the child\n[2]!\nwritten");
    }

    /** A class that is dropped, since another thread was faster, must not be written to in a child. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no fork")
    void onlyClassesThatStayAreEmptiedInAForkedChild() throws Exception {
        new ChildJvm(MadeTwice.class)
                .run()
                .exitsWith(0)
                .prints("made meanwhile: true")
                .prints("new slots: 1")
                .prints("child: true");
    }

    static final class MadeTwice {
        public static void main(String[] args) throws Exception {
            ScriptEngine engine = TestEngines.engine();
            engine.put("first", new int[1]);
            engine.put("host", callback(() -> new int[1][1][1][1]));
            engine.eval(CHILDREN);
            engine.eval("""
                    import gc
                    memoryview(first)
                    def slots():
                        hook, = (it for it in gc.get_objects()
                                 if getattr(it, '__name__', '') == 'without_java' and hasattr(it, '__closure__')
                                 and it.__closure__ and 'slots' in it.__code__.co_freevars)
                        return hook.__closure__[hook.__code__.co_freevars.index('slots')].cell_contents
                    before = len(slots())
                    faster = None
                    def hook(frame, event, argument):
                        global faster
                        if event == 'return' and frame.f_code.co_name == 'make_class' and faster is None:
                            faster = False
                            faster = host[0]
                    sys.setprofile(hook)
                    last = host[0]
                    sys.setprofile(None)
                    gc.collect()
                    """);
            System.out.println("made meanwhile: " + engine.eval("bool(faster) and type(last) is type(faster)"));
            System.out.println("new slots: " + engine.eval("len(slots()) - before"));
            System.out.println("child: " + engine.eval("""
                    def work():
                        try:
                            memoryview(last)
                        except TypeError:
                            return True
                    by_fork(work)
                    """));
        }
    }

    static final class Forking {
        public static void main(String[] args) throws Exception {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("the hook")));
            ScriptEngine engine = TestEngines.engine();
            engine.put("host", callback(() -> "from Java"));
            engine.put("memory", ByteBuffer.allocateDirect(8).put(0, (byte) 7));
            engine.put("numbers", new int[2][2]);
            Object status = engine.eval("""
                    import os, sys, time, signal, warnings
                    warnings.simplefilter('ignore')
                    view = memoryview(memory)
                    memoryview(numbers)
                    method = sys.version_info >= (3, 12)
                    if method: assert numbers.__buffer__(0).nbytes == 16
                    pid = os.fork()
                    if pid == 0:
                        try:
                            host[0]
                            r = 0
                        except BaseException:
                            r = 3
                        for each in memory, numbers:
                            try:
                                memoryview(each)
                                r = 1
                            except TypeError:
                                pass
                            try:
                                each.__buffer__(0)
                                r = 4
                            except (TypeError, AttributeError) as e: # before Python 3.12 it has none
                                if 'bad argument type' not in str(e) and method: r = 5
                        if view[0] != 7:
                            r = 2
                        os._exit(r)
                    deadline = time.time() + 15
                    status = None
                    while time.time() < deadline:
                        done, code = os.waitpid(pid, os.WNOHANG)
                        if done:
                            status = os.WEXITSTATUS(code)
                            break
                        time.sleep(0.02)
                    else:
                        os.kill(pid, signal.SIGKILL); os.waitpid(pid, 0)
                    status
                    """);
            System.out.println(status == null ? "the child hung" : "child in time: " + status);
            Object second = engine.eval("""
                    pid = os.fork()
                    if pid:
                        deadline = time.time() + 15
                        gone = False
                        while time.time() < deadline and not gone:
                            gone = os.waitpid(pid, os.WNOHANG)[0] == pid
                            time.sleep(0.02)
                        if not gone: os.kill(pid, signal.SIGKILL); os.waitpid(pid, 0)
                    else:
                        raise SystemExit(4)
                    gone
                    """);
            System.out.println("a child that falls through is gone: " + second);
            System.out.println("main ends");
            System.exit(Boolean.TRUE.equals(second) ? 0 : 1);
        }
    }
}
