package io.github.cpythonengine.capi;

import static io.github.cpythonengine.capi.Api.C;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Interpreter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CurrentThreadStateTest extends HoldingGil {

    private final long state = C.PyGILState_GetThisThreadState();

    @Test
    void isKnownWhereAllThreadsShareIt() {
        assertThat(CurrentThreadState.isKnown(state), is(Interpreter.minorVersion() < 12));
    }

    @Test
    void tellsWhetherThisThreadHoldsTheGil() throws Exception {
        assumeTrue(CurrentThreadState.isKnown(state), "it is not known");
        assertThat(CurrentThreadState.is(state), is(true));
        gil.withoutGil(() -> {
            assertThat(CurrentThreadState.is(state), is(false));
            Thread other = new Thread(() -> Gil.run(its -> assertThat(CurrentThreadState.is(state), is(false))));
            other.start();
            other.join();
            assertThat(CurrentThreadState.is(state), is(false));
            return null;
        });
        assertThat(CurrentThreadState.is(state), is(true));
    }

    /** By a C library that runs Python itself and calls Java, say. */
    @Test
    void theGilMayBeHeldByWaysThatAreNotOurs() throws Exception {
        gil.withoutGil(() -> assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            Gil.run(its -> assertThat(its.toJava(its.python(1)), is(1)));
            int ensured = C.PyGILState_Ensure();
            try {
                for (int i = 0; i < 3; i++) {
                    Gil.run(its -> assertThat(its.toJava(its.python(2)), is(2)));
                    assertThat("it is still held", C.PyGILState_Ensure(), is(0));
                    C.PyGILState_Release(0);
                }
            } finally {
                C.PyGILState_Release(ensured);
            }
            Gil.run(its -> assertThat(its.toJava(its.python(3)), is(3)));
            return null;
        }));
    }
}
