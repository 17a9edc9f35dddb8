package io.github.cpythonengine.python;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.RunningPython;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PyObjectTest {

    @BeforeAll
    static void python() {
        RunningPython.start();
    }

    @Test
    void namesThatAreNoTextDoNoHarm() {
        PyObject odd = RunningPython.object("type('Odd', (), {'__dir__': lambda self: [2, 1 << 70]})()");
        assertThat(odd.dir(), is(List.of("2", "1180591620717411303424")));
    }

    @Test
    void onlyTextIsReadAsText() {
        try (Gil gil = Gil.acquire()) {
            long number = gil.python(7);
            ClassCastException e = assertThrows(ClassCastException.class, () -> gil.text(number));
            assertThat(e.getMessage(), containsString("str"));
        }
    }
}
