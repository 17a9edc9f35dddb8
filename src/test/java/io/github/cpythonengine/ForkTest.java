package io.github.cpythonengine;

import static io.github.cpythonengine.TestEngines.callback;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

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

    static final class Forking {
        public static void main(String[] args) throws Exception {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("the hook")));
            ScriptEngine engine = TestEngines.engine();
            engine.put("host", callback(() -> "from Java"));
            engine.put("memory", ByteBuffer.allocateDirect(8).put(0, (byte) 7));
            engine.put("numbers", new int[2][2]);
            Object status = engine.eval("""
                    import os, time, signal, warnings
                    warnings.simplefilter('ignore')
                    view = memoryview(memory)
                    memoryview(numbers)
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
