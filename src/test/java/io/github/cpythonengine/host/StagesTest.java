package io.github.cpythonengine.host;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.sameInstance;

import io.github.cpythonengine.convert.Conversions;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Java's CompletionStages, awaited in Python. */
class StagesTest {

    /** What other threads complete. */
    public static final class Host {
        private final Executor executor = work -> new Thread(work).start();

        public CompletableFuture<Object> later(Object value) {
            return CompletableFuture.supplyAsync(() -> value, executor);
        }

        public CompletableFuture<Object> failing(RuntimeException error) {
            return CompletableFuture.supplyAsync(
                    () -> {
                        throw error;
                    },
                    executor);
        }

        public CompletionStage<Object> minimal(Object value) {
            return later(value).minimalCompletionStage();
        }
    }

    private static Object main(Object value, String... lines) {
        return Script.with("it", value)
                .does(
                        "import asyncio",
                        "async def main():",
                        "    " + String.join("\n    ", lines),
                        "result = asyncio.run(main())");
    }

    @Test
    void awaitGivesTheValue() {
        assertThat(main(new Host(), "return await it.later('x')"), is("x"));
        assertThat(main(CompletableFuture.completedFuture(List.of(1)), "return list(await it)"), is(List.of(1)));
        assertThat(main(CompletableFuture.completedFuture(null), "return (await it) is None"), is(true));
        Object own = new Object();
        assertThat(main(new Host().minimal(own), "return await it"), is(sameInstance(own)));
    }

    @Test
    void worksWithWhatAsyncioHasForAwaitables() {
        assertThat(
                main(
                        new Host(),
                        "found = await asyncio.gather(it.later(1), it.minimal(2), asyncio.sleep(0, 3))",
                        "found.append(await asyncio.wait_for(it.later(4), 60))",
                        "found.append(await asyncio.ensure_future(it.later(5)))",
                        "found.append(await asyncio.shield(it.later(6)))",
                        "return found"),
                is(List.of(1, 2, 3, 4, 5, 6)));
    }

    @Test
    void itsFailureIsRaisedUnwrapped() {
        assertThat(
                main(
                        new Host(),
                        "from java.lang import IllegalStateException",
                        "error = IllegalStateException('no')",
                        "try: await it.failing(error)",
                        "except RuntimeError as e: return e is error"),
                is(true));
        IOException disk = new IOException("disk");
        assertThat(
                main(
                        CompletableFuture.failedFuture(new CompletionException(disk))
                                .thenApply(x -> x),
                        "try: await it",
                        "except OSError as e: return e"),
                is(sameInstance(disk)));
    }

    @Test
    void aPythonErrorComesBackAsItself() {
        assertThat(
                main(
                        new Host(),
                        "error = KeyError('k')",
                        "def fails(x): raise error",
                        "try: await it.later(1).thenApply(fails)",
                        "except KeyError as e: return e is error"),
                is(true));
        assertThat(
                main(
                        new Host(),
                        "def stops(x): raise StopIteration",
                        "try: await it.later(1).thenApply(stops)",
                        "except RuntimeError as e: return type(e.__cause__).__name__"),
                is("StopIteration"));
    }

    private record Inconvertible() {}

    @Test
    void anErrorOfAConverterIsRaised() {
        AssertionError error = new AssertionError("converter");
        Conversions.addToPython(Inconvertible.class, it -> {
            throw error;
        });
        assertThat(
                main(
                        CompletableFuture.completedFuture(new Inconvertible()),
                        "try: await asyncio.wait_for(it, 60)",
                        "except BaseException as e: return e"),
                is(sameInstance(error)));
    }

    @Test
    void cancellingTheAwaitCancelsTheStage() {
        CompletableFuture<Object> never = new CompletableFuture<>();
        Object result = main(
                never, "try: await asyncio.wait_for(it, 0.01)", "except asyncio.TimeoutError: return it.isCancelled()");
        assertThat(result, is(true));
        CompletableFuture<Object> shielded = new CompletableFuture<>();
        main(
                shielded,
                "task = asyncio.ensure_future(asyncio.shield(it))",
                "await asyncio.sleep(0)",
                "task.cancel()",
                "try: await task",
                "except asyncio.CancelledError: return it.complete('later')");
        assertThat(shielded.join(), is("later"));
    }

    @Test
    void aStageWithoutAFutureIsJustLeft() {
        CompletableFuture<Object> never = new CompletableFuture<>();
        assertThat(
                main(
                        never.minimalCompletionStage(),
                        "try: await asyncio.wait_for(it, 0.01)",
                        "except asyncio.TimeoutError: return 'left'"),
                is("left"));
        assertThat(never.isDone(), is(false));
        assertThat("nobody listens any more", never.complete(1), is(true));
    }

    @Test
    void aCancelledStageCancelsTheAwait() {
        CompletableFuture<Object> cancelled = new CompletableFuture<>();
        cancelled.cancel(true);
        assertThat(
                main(cancelled, "try: await it", "except asyncio.CancelledError: return 'cancelled'"), is("cancelled"));
    }

    @Test
    void withoutALoopItIsAnError() {
        Script.with("it", CompletableFuture.completedFuture(1))
                .does(
                        "try: it.__await__().send(None)",
                        "except RuntimeError as e: assert 'running event loop' in str(e)",
                        "else: assert False");
    }

    @Test
    void nothingIsLeft() throws InterruptedException {
        main(new Host(), "return await it.later(1)");
        int before = Script.handles();
        for (int i = 0; i < 30; i++) {
            main(new Host(), "await asyncio.gather(*[it.later(i) for i in range(5)])");
            main(
                    new CompletableFuture<>(),
                    "task = asyncio.ensure_future(it)",
                    "await asyncio.sleep(0)",
                    "task.cancel()");
        }
        int after = Script.handles();
        // threads that complete may still be on their way, and what other tests left may count
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (after > before && System.nanoTime() < limit) {
            Thread.sleep(20);
            after = Script.handles();
        }
        assertThat(after, is(lessThanOrEqualTo(before)));
    }
}
