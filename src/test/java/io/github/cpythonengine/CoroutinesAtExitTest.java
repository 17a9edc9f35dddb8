package io.github.cpythonengine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.lessThan;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Coroutines that run when the JVM ends: they get to know of it, and do not hold it up. */
@Tag("process")
class CoroutinesAtExitTest {

    private static final String START = "import asyncio, os, time, threading\n"
            + "from java.util.concurrent import CompletableFuture\n"
            + "begun = threading.Event()\n"
            + "def start(coroutine):\n"
            + "    global stage\n"
            + "    stage = CompletableFuture.allOf(coroutine)\n"
            + "    begun.wait(30)\n";

    private static ChildJvm.Result runs(String coroutine) throws Exception {
        ChildJvm.Result result = new ChildJvm(RunScripts.class)
                .args(START + coroutine + "\nstart(work())\n'started'")
                .run()
                .exitsWith(0)
                .prints("value: started")
                .prints("main ends");
        assertThat(result.millis(), lessThan(30_000L));
        return result;
    }

    @Test
    void theyAreCancelled() throws Exception {
        runs("""
                async def work():
                    begun.set()
                    try:
                        await asyncio.sleep(100)
                    finally:
                        await asyncio.sleep(0)
                        os.write(1, b'cleaned up')
                """).prints("cleaned up");
    }

    @Test
    void javaHearsOfIt() throws Exception {
        runs("""
                from java.lang import System
                async def work():
                    begun.set()
                    try:
                        await asyncio.sleep(100)
                    finally:
                        System.out.println('told by Java')
                """).prints("told by Java");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "begun.set(); time.sleep(100)",
                "begun.set()\n    while True: pass",
                "begun.set()\n    while True:\n        try: await asyncio.sleep(100)\n        except BaseException: pass",
                "begun.set(); await asyncio.to_thread(time.sleep, 100)"
                        + " if hasattr(asyncio, 'to_thread') else time.sleep(100)",
                "begun.set(); asyncio.get_running_loop().stop(); asyncio.get_running_loop().close()",
                "begun.set(); CompletableFuture().get()"
            })
    void theyDoNotHoldTheJvm(String body) throws Exception {
        runs("async def work():\n    " + body);
    }

    @Test
    void nothingHappensToOneThatEnded() throws Exception {
        runs("async def work(): begun.set()");
    }
}
