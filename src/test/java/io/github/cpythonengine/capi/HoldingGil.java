package io.github.cpythonengine.capi;

import static io.github.cpythonengine.capi.Api.C;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.github.cpythonengine.interpreter.Gil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Tests that hold the GIL and leave no error behind. */
abstract class HoldingGil {

    static final long MISSING = 0;

    Gil gil;

    @BeforeAll
    static void start() {
        StartedPython.get();
    }

    @BeforeEach
    void enter() {
        gil = Gil.acquire();
    }

    @AfterEach
    void leave() {
        long error = C.PyErr_Occurred();
        C.PyErr_Clear();
        gil.close();
        assertThat("a Python error was left behind", error, is(MISSING));
    }
}
