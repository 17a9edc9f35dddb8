package io.github.cpythonengine.interpreter;

import static io.github.cpythonengine.capi.Api.C;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeldRefsTest {

    /** Finalizers of what other tests left might let other threads in, which release what was forgotten. */
    @BeforeEach
    void withoutGarbageCollection() {
        RunningPython.start();
        RunningPython.eval("__import__('gc').disable()");
    }

    @AfterEach
    void withGarbageCollection() {
        RunningPython.eval("__import__('gc').enable()");
    }

    @Test
    void hasWhatIsHeldInWhateverOrderItIsGivenUp() {
        Random random = new Random(1);
        Gil.run(gil -> {
            List<Ref> mine = new ArrayList<>();
            Set<Long> expected = new HashSet<>();
            Set<Long> others = pointers();
            int before = HeldRefs.count();
            for (int round = 0; round < 60_000; round++) {
                if (mine.isEmpty() || random.nextInt(3) > 0) {
                    long object = C.PyList_New(0);
                    expected.add(object);
                    mine.add(gil.ref(this, object));
                } else {
                    Ref ref = mine.remove(random.nextInt(mine.size()));
                    expected.remove(ref.pointer());
                    ref.release();
                    ref.release(); // once is enough
                }
            }
            assertThat(HeldRefs.count(), is(before + mine.size()));
            Set<Long> found = pointers();
            found.removeAll(others);
            assertThat(found, is(expected));
            mine.forEach(Ref::release);
            assertThat(HeldRefs.count(), is(before));
            assertThat(pointers(), is(others));
        });
    }

    private static Set<Long> pointers() {
        return Arrays.stream(HeldRefs.pointers()).boxed().collect(Collectors.toSet());
    }
}
