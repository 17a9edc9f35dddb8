package io.github.cpythonengine;

import static io.github.cpythonengine.TestEngines.callback;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.lessThan;

import javax.script.Invocable;
import javax.script.ScriptEngine;
import javax.script.ScriptException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The end of a JVM in which Python runs: in time, without a crash, with Python's exit functions called. */
@Tag("process")
class ShutdownTest {

    private static final String BYE = "import atexit, os; atexit.register(lambda: os.write(1, b'bye from Python\\n'));";

    private static ChildJvm scripts(String... scripts) {
        return new ChildJvm(RunScripts.class).args(scripts);
    }

    @Test
    void exitFunctionsRunAtTheEnd() throws Exception {
        scripts(BYE, "1 + 1").run().exitsWith(0).prints("value: 2").prints("bye from Python");
    }

    @Test
    void exitFunctionsThatMisbehaveDoNotHoldTheJvm() throws Exception {
        ChildJvm.Result result = scripts(
                        BYE,
                        "def raises(): raise ValueError('at exit')\natexit.register(raises)",
                        "import sys; atexit.register(sys.exit, 3)",
                        "import time; atexit.register(lambda: time.sleep(0.1))")
                .run()
                .exitsWith(0)
                .prints("bye from Python");
        assertThat(result.millis(), lessThan(30_000L));
    }

    @Test
    void anExitFunctionThatHangsIsGivenUp() throws Exception {
        ChildJvm.Result result = scripts("import atexit, time; atexit.register(time.sleep, 100)")
                .run()
                .exitsWith(0);
        assertThat(result.millis(), lessThan(30_000L));
    }

    @Test
    void threadsOfPythonDoNotHoldTheJvm() throws Exception {
        ChildJvm.Result result = scripts(
                        BYE,
                        "import threading, time",
                        "threading.Thread(target=time.sleep, args=(100,), daemon=True).start()",
                        "threading.Thread(target=time.sleep, args=(100,)).start()",
                        "from concurrent.futures import ThreadPoolExecutor\npool = ThreadPoolExecutor(2)",
                        "f = pool.submit(time.sleep, 100)",
                        "def spin():\n    while True: pass\nthreading.Thread(target=spin, daemon=True).start()")
                .run()
                .exitsWith(0)
                .prints("main ends");
        assertThat(result.millis(), lessThan(30_000L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "import time; time.sleep(100)",
                "while True: pass",
                "host[0]",
                "import threading; threading.Event().wait()"
            })
    void aScriptInADaemonThreadDoesNotHoldTheJvm(String script) throws Exception {
        ChildJvm.Result result =
                new ChildJvm(BusyDaemon.class).args(script).run().exitsWith(0).prints("main ends");
        assertThat(result.millis(), lessThan(30_000L));
    }

    static final class BusyDaemon {
        public static void main(String[] args) throws Exception {
            ScriptEngine engine = TestEngines.engine();
            engine.put("host", callback(() -> {
                Thread.sleep(100_000);
                return null;
            }));
            Thread thread = new Thread(() -> {
                try {
                    engine.eval(args[0]);
                } catch (ScriptException | IllegalStateException e) {
                    System.out.println("thread ended: " + e);
                }
            });
            thread.setDaemon(true);
            thread.start();
            engine.eval("1");
            Thread.sleep(200);
            System.out.println("main ends");
        }
    }

    @Test
    void systemExitOfJavaFromWithinACallbackWorks() throws Exception {
        ChildJvm.Result result =
                new ChildJvm(ExitInCallback.class).run().exitsWith(7).prints("hook: ");
        assertThat(result.millis(), lessThan(30_000L));
    }

    static final class ExitInCallback {
        public static void main(String[] args) throws Exception {
            ScriptEngine engine = TestEngines.engine();
            engine.eval("def f(): return 'used in a hook'");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    System.out.println("hook: " + ((Invocable) engine).invokeFunction("f"));
                } catch (Exception e) {
                    System.out.println("hook: " + e);
                }
            }));
            engine.put("host", callback(() -> {
                System.exit(7);
                return null;
            }));
            engine.eval("host[0]");
        }
    }

    @Test
    void useAfterTheEndIsAnIllegalStateAndNoCrash() throws Exception {
        new ChildJvm(LateUse.class).run().exitsWith(0).prints("main ends").doesNotPrint("unexpected");
    }

    static final class LateUse {
        public static void main(String[] args) throws Exception {
            ScriptEngine engine = TestEngines.engine();
            Object list = engine.eval("items = [1, 2]; items");
            for (int i = 0; i < 4; i++) {
                Thread late = new Thread(() -> {
                    while (true) {
                        try {
                            engine.eval("x = 1");
                            list.toString();
                            engine.get("x");
                        } catch (IllegalStateException e) {
                            Thread.yield();
                        } catch (Throwable e) {
                            System.out.println("unexpected " + e);
                        }
                    }
                });
                late.setDaemon(true);
                late.start();
            }
            Thread.sleep(200);
            System.out.println("main ends");
        }
    }

    @Test
    void osExitEndsTheJvmWithItsCode() throws Exception {
        scripts("import os; os._exit(9)").run().exitsWith(9).doesNotPrint("main ends");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "import sys; sys.exit(3)",
                "raise SystemExit(3)",
                "exit(3)",
                "import threading, sys; t = threading.Thread(target=sys.exit, args=(3,)); t.start(); t.join()",
                "import _thread; _thread.interrupt_main()"
            })
    void aScriptThatExitsDoesNotEndTheJvm(String script) throws Exception {
        scripts(script, "'after'").run().exitsWith(0).prints("value: after").prints("main ends");
    }

    @Test
    void interruptsEndTheJvmAsUsualAndScriptsCannotTakeTheSignal() throws Exception {
        ChildJvm.Result result = scripts(
                        BYE,
                        "import signal\ntry:\n    signal.signal(signal.SIGINT, lambda *a: None)\n"
                                + "    r = 'taken'\nexcept ValueError:\n    r = 'refused'\nr",
                        "import os, time; os.kill(os.getpid(), signal.SIGINT); time.sleep(100)")
                .run()
                .exitsWith(130)
                .prints("value: refused");
        assertThat(result.millis(), lessThan(30_000L));
    }
}
