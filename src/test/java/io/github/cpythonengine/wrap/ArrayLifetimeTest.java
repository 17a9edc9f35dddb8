package io.github.cpythonengine.wrap;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.nullValue;

import io.github.cpythonengine.interpreter.Interpreter;
import io.github.cpythonengine.python.PyException;
import io.github.cpythonengine.python.PyObject;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Memory of Python stays as long as something in Java lies on it, and no longer. */
class ArrayLifetimeTest {

    /** {@code -Dtest.views=1000000} makes more than the usual number. */
    private static final int VIEWS = Integer.getInteger("test.views", 5_000);

    private static final int ITEMS = 512;

    private final Session python = new Session();

    /** What was made of an array, all of whose items are one number. */
    private record Made(long number, Object view) {

        void check() {
            if (view instanceof NdArray array) {
                assertThat(array.getLong(array.size() - 1), is(number));
                assertThat(array.as(long[].class)[0], is(number));
            } else {
                LongBuffer longs = view instanceof LongBuffer buffer ? buffer : ((ByteBuffer) view).asLongBuffer();
                for (int i = longs.position(); i < longs.limit(); i += 7) {
                    assertThat(longs.get(i), is(number));
                }
            }
        }
    }

    @Test
    void ownersAreDroppedInStormsOfGarbage() throws InterruptedException {
        python.exec("import array, gc\ndef make(n): return array.array('q', [n]) * " + ITEMS);
        PyObject make = python.object("make");
        AtomicReference<Throwable> failed = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 3; t++) {
            int seed = t;
            Thread thread = new Thread(() -> churn(make, new Random(seed)));
            thread.setUncaughtExceptionHandler((dead, e) -> failed.set(e));
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                System.gc();
                python.exec("gc.collect()");
                thread.join(5);
            }
        }
        assertThat(failed.get(), is(nullValue()));
    }

    private static void churn(PyObject make, Random random) {
        List<Made> kept = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            long number = random.nextLong();
            PyObject owner = (PyObject) make.call(number);
            Object view = view(owner, random.nextInt(5));
            if (random.nextBoolean()) {
                owner.close();
            }
            kept.add(new Made(number, view));
            if (kept.size() > 20) {
                Made old = kept.remove(random.nextInt(kept.size()));
                old.check();
            }
        }
        kept.forEach(Made::check);
    }

    private static Object view(PyObject owner, int kind) {
        switch (kind) {
            case 0:
                return owner.as(LongBuffer.class).slice(3, 100).duplicate();
            case 1:
                return owner.as(ByteBuffer.class).asReadOnlyBuffer().order(java.nio.ByteOrder.nativeOrder());
            case 2:
                return owner.as(NdArray.class).slice("::-3");
            case 3:
                try (NdArray array = owner.as(NdArray.class)) {
                    return array.slice("5:").as(LongBuffer.class).slice();
                }
            default:
                return owner.as(NdArray.class).reshape(2, -1).at(1);
        }
    }

    @Test
    void manyViewsTakeNoMoreMemory() throws InterruptedException {
        python.exec("import array, gc\nx = array.array('d', [1]) * 1000");
        PyObject x = python.object("x");
        int before = settled(Integer.MIN_VALUE);
        long resident = resident();
        for (int i = 0; i < VIEWS; i++) {
            try (NdArray array = x.as(NdArray.class)) {
                array.slice("1:").getDouble(5);
            }
            x.as(NdArray.class);
            x.as(ByteBuffer.class);
            if (i % 50_000 == 49_999) {
                System.out.println(
                        i + " views: " + (resident() - resident) + " KiB more, held " + Interpreter.heldObjects());
            }
        }
        for (int i = 0; i < 500 && !grows(); i++) {
            System.gc();
            Thread.sleep(10);
        }
        assertThat("nothing is exported any more", python.eval("len(x)"), is(1001));
        assertThat("held objects more", settled(before) - before, is(lessThan(5)));
    }

    private boolean grows() {
        try {
            python.exec("x.append(1)");
            return true;
        } catch (PyException e) {
            return false;
        }
    }

    private static int settled(int wanted) throws InterruptedException {
        int held = Interpreter.heldObjects();
        for (int i = 0; i < 200 && held > wanted; i++) {
            System.gc();
            Thread.sleep(20);
            int now = Interpreter.heldObjects();
            if (now >= held && i > 20) {
                break;
            }
            held = Math.min(held, now);
        }
        return held;
    }

    /** KiB of this process in memory, 0 where that is not told. */
    private static long resident() {
        try {
            return java.nio.file.Files.readAllLines(java.nio.file.Path.of("/proc/self/status")).stream()
                    .filter(it -> it.startsWith("VmRSS"))
                    .mapToLong(it -> Long.parseLong(it.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (java.io.IOException e) {
            return 0;
        }
    }
}
