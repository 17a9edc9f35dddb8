package io.github.cpythonengine.host;

import static io.github.cpythonengine.capi.Api.C;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.sameInstance;

import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.python.PyView;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Java objects in Python keep their identity, live as long as Python wants and not longer. */
class HandlesTest {

    /** A class of its own with nothing to it. */
    static final class Thing {}

    @Test
    void theSameObjectTwiceIsTheSamePythonObject() {
        Thing thing = new Thing();
        Script.with("a", thing).and("b", thing).and("c", new Thing()).does("assert a is b", "assert a is not c");
    }

    @Test
    void comesOutAsTheIdenticalObject() {
        Thing thing = new Thing();
        assertThat(Script.with("a", thing).does("result = [a][0]"), is(sameInstance(thing)));
    }

    @Test
    void objectItselfComesOutAsTheIdenticalObject() {
        Object lock = new Object();
        assertThat(
                Script.with("a", lock).does("result = a", "assert type(a).__qualname__ == 'Object'"),
                is(sameInstance(lock)));
    }

    @Test
    void millionsOfObjectsLeaveNothingBehind() {
        int before = Script.handles();
        Gil.run(gil -> {
            for (int round = 0; round < 20; round++) {
                for (int i = 0; i < 50_000; i++) {
                    C.Py_DecRef(gil.toPython(new Thing()));
                }
            }
            assertThat(Handles.count(), is(lessThan(300_000)));
        });
        assertThat(Script.handles(), is(lessThanOrEqualTo(before)));
    }

    @Test
    void whatDiesYoungIsFoundSoonHoweverManyLiveOn() {
        Script.start();
        Gil.run(gil -> {
            List<Long> alive = new ArrayList<>();
            for (int i = 0; i < 100_000; i++) {
                alive.add(gil.toPython(new Thing()));
            }
            for (int i = 0; i < 50_000; i++) {
                C.Py_DecRef(gil.toPython(new Thing()));
                assertThat(Handles.count(), is(lessThan(105_000)));
            }
            alive.forEach(body -> C.Py_DecRef(body));
        });
    }

    @Test
    void theCallbackOfAWeakReferenceMayShowPythonAnyNumberOfObjects() {
        for (int count : new int[] {1023, 1024, 1025, 2048, 5000}) {
            List<Long> alive = new ArrayList<>();
            Runnable show = () -> Gil.run(gil -> {
                for (int i = 0; i < count; i++) {
                    alive.add(gil.toPython(new Thing()));
                }
            });
            Script.with("show", show).does("show.run()");
            Script.handles();
            int before = alive.size();
            Script.with("thing", new Thing())
                    .and("show", show)
                    .does("import weakref", "weakref.finalize(thing, show.run)");
            Gil.run(gil -> {
                for (int i = 0; i < 5000; i++) {
                    Thing thing = new Thing();
                    long body = gil.toPython(thing);
                    assertThat(Handles.object(body), is(sameInstance(thing)));
                    C.Py_DecRef(body);
                }
                assertThat(alive.size(), is(before + count));
                alive.forEach(body -> C.Py_DecRef(body));
            });
        }
    }

    @Test
    void livesAsLongAsPythonHoldsItAndNotLonger() throws Exception {
        WeakReference<Thing> weak = new WeakReference<>(new Thing());
        AtomicReference<Object> kept = new AtomicReference<>();
        kept.set(Script.with("a", weak.get()).does("result = (a,)"));
        System.gc();
        assertThat(weak.get(), is(not(nullValue())));
        ((PyView) kept.get()).pyObject().close();
        for (int i = 0; i < 50 && weak.get() != null; i++) {
            System.gc();
            Thread.sleep(100);
        }
        assertThat("released by the reaper, without a call of Python", weak.get(), is(nullValue()));
    }

    @Test
    void aHundredThousandAliveAtOnceKeepTheirIdentity() {
        List<Object> things = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            things.add(new Thing());
        }
        int before = Script.handles();
        Script.with("things", things)
                .does(
                        "mine = list(things)",
                        "assert len(mine) == 100000",
                        "assert all(a is b for a, b in zip(mine, things))",
                        "del mine[::2]",
                        "assert all(a is b for a, b in zip(mine, list(things)[1::2]))");
        assertThat(Script.handles(), is(lessThanOrEqualTo(before)));
    }

    /** Whether it is one of the latest, an old one, one that died or one that died and came again. */
    @Test
    void whateverCameAndWentMeanwhileAnObjectKeepsItsIdentity() {
        Script.start();
        Gil.run(gil -> {
            Random random = new Random(7);
            Map<Object, Long> bodies = new IdentityHashMap<>();
            List<Object> alive = new ArrayList<>();
            for (int step = 0; step < 200_000; step++) {
                int choice = random.nextInt(step % 40_000 < 20_000 ? 5 : 8); // grows, then shrinks
                if (alive.isEmpty() || choice < 3) {
                    Object thing = new Thing();
                    alive.add(thing);
                    bodies.put(thing, gil.toPython(thing));
                } else if (choice == 3) {
                    Object thing = alive.get(random.nextInt(alive.size()));
                    long again = gil.toPython(thing);
                    assertThat(again, is(bodies.get(thing)));
                    assertThat(Handles.object(again), is(sameInstance(thing)));
                    C.Py_DecRef(again);
                } else {
                    int at = random.nextInt(alive.size());
                    Object thing = alive.get(at);
                    alive.set(at, alive.get(alive.size() - 1));
                    alive.remove(alive.size() - 1);
                    C.Py_DecRef(bodies.remove(thing));
                    if (random.nextInt(4) == 0) {
                        alive.add(thing);
                        bodies.put(thing, gil.toPython(thing));
                    }
                }
                if (step % 30_000 == 0) {
                    Handles.sweep();
                }
            }
            for (Object thing : alive) {
                assertThat(Handles.object(bodies.get(thing)), is(sameInstance(thing)));
                C.Py_DecRef(bodies.get(thing));
            }
        });
    }

    @Test
    void isRevivedWhenItComesAgainAfterItsLastReferenceWent() {
        Thing thing = new Thing();
        for (int i = 0; i < 3; i++) {
            assertThat(Script.with("a", thing).does("result = a"), is(sameInstance(thing)));
        }
    }

    @Test
    void threadsShareTheTable() throws Exception {
        Script.start();
        List<Thread> threads = new ArrayList<>();
        AtomicReference<Throwable> failed = new AtomicReference<>();
        Thing shared = new Thing();
        for (int t = 0; t < 8; t++) {
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 300; i++) {
                    Thing own = new Thing();
                    Object out = Script.with("own", own)
                            .and("shared", shared)
                            .does("result = [own, shared]", "import time", "time.sleep(0)", "result = own");
                    if (out != own) {
                        failed.set(new AssertionError("another object came out"));
                    }
                }
            });
            thread.setUncaughtExceptionHandler((where, error) -> failed.set(error));
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failed.get(), is(nullValue()));
    }
}
