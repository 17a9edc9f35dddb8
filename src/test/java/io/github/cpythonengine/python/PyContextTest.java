package io.github.cpythonengine.python;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.cpythonengine.wrap.Session;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PyContextTest {

    private final Session python = new Session();

    @BeforeEach
    void define() {
        python.exec("""
                import contextlib, sys
                log = []
                class Door:
                    def __init__(self, answer=None): self.answer = answer
                    def __enter__(self): log.append('in'); return self
                    def __exit__(self, kind, error, trace):
                        log.append((kind and kind.__name__, str(error), sys.exc_info()[1] is error))
                        if isinstance(self.answer, Exception): raise self.answer
                        return self.answer
                @contextlib.contextmanager
                def transaction():
                    log.append('begin')
                    try:
                        yield 5
                    except ValueError as e:
                        log.append(f'rollback {e}')
                        raise
                    else:
                        log.append('commit')
                """);
    }

    private String log() {
        return python.repr("log");
    }

    private static PyException valueError(PyObject thrower) {
        return assertThrows(PyException.class, thrower::call);
    }

    @Test
    void tryWithResourcesEntersAndExits() {
        try (PyContext door = python.object("Door()").enter()) {
            assertThat(door.value().typeName(), containsString("Door"));
            assertThat(log(), is("['in']"));
        }
        assertThat(log(), is("['in', (None, 'None', True)]"));
    }

    @Test
    void tryWithResourcesTellsNoException() {
        IOException error = new IOException("disk");
        Throwable thrown = assertThrows(IOException.class, () -> {
            try (PyContext door = python.object("Door(True)").enter()) {
                throw error;
            }
        });
        assertThat(thrown, sameInstance((Throwable) error));
        assertThat("not told, and not suppressed", log(), is("['in', (None, 'None', True)]"));
    }

    @Test
    void endsOnce() {
        PyContext door = python.object("Door(True)").enter();
        assertThat(door.exit(new IOException("disk")), is(true));
        assertThat(door.exit(new IOException("again")), is(false));
        door.close();
        assertThat(log(), is("['in', ('IOException', 'disk', True)]"));
    }

    @Test
    void anExceptionThatCannotBeToldDoesNotEndIt() {
        PyException closed = valueError(python.object("lambda: int('x')"));
        closed.getValue().close();
        PyContext door = python.object("Door()").enter();
        assertThrows(IllegalStateException.class, () -> door.exit(closed));
        assertThat(log(), is("['in']"));
        door.close();
        assertThat(log(), is("['in', (None, 'None', True)]"));
    }

    @Test
    void withGivesTheResultOfTheBody() {
        int result = python.object("transaction()").with(value -> value.as(int.class) + 1);
        assertThat(result, is(6));
        assertThat(log(), is("['begin', 'commit']"));
    }

    @Test
    void exitSeesTheExceptionItself() {
        PyObject fails = python.object("lambda: int('x')");
        PyException error = assertThrows(
                PyException.class, () -> python.object("transaction()").with(value -> fails.call()));
        assertThat(error.getTypeName(), is("ValueError"));
        assertThat(log(), containsString("rollback invalid literal"));
        assertThat("no frame of ours", error.getTraceback().contains("cpython-engine/"), is(false));
        python.exec("log.clear()");
        IOException java = new IOException("disk");
        Throwable thrown = assertThrows(
                IOException.class,
                () -> python.object("Door()").with(value -> {
                    throw java;
                }));
        assertThat(thrown, sameInstance((Throwable) java));
        assertThat(log(), is("['in', ('IOException', 'disk', True)]"));
    }

    @Test
    void exitMaySuppress() throws IOException {
        Object result = python.object("Door(1)").with(value -> {
            throw new IOException("disk");
        });
        assertThat(result, is(nullValue()));
        Object suppressed = python.object("contextlib.suppress(ValueError)")
                .with(value -> python.object("lambda: int('x')").call());
        assertThat(suppressed, is(nullValue()));
        AssertionError error = new AssertionError("a bug");
        Throwable thrown = assertThrows(
                AssertionError.class,
                () -> python.object("Door(True)").with(value -> {
                    throw error;
                }));
        assertThat("an Error is told, but goes on", thrown, sameInstance((Throwable) error));
        assertThat(log(), containsString("'a bug'"));
    }

    @Test
    void whatExitRaisesComesInstead() {
        PyException error = assertThrows(
                PyException.class,
                () -> python.object("Door(KeyError('k'))").with(value -> {
                    throw new IOException("disk");
                }));
        assertThat(error.getTypeName(), is("KeyError"));
        assertThat(error.getCause(), instanceOf(IOException.class));
        PyException atEnd = assertThrows(PyException.class, () -> {
            try (PyContext door = python.object("Door(KeyError('k'))").enter()) {
                door.value().isTrue();
            }
        });
        assertThat(atEnd.getTypeName(), is("KeyError"));
    }

    @Test
    void contextsOfTheExceptionAreKept() {
        PyException error = valueError(python.object("lambda: {}['x']"));
        python.exec("def outer(f):\n  try: raise OSError('outer')\n  except OSError: return f()");
        Throwable thrown = assertThrows(
                PyException.class,
                () -> python.object("Door()").with(value -> {
                    throw error;
                }));
        assertThat(thrown, sameInstance((Throwable) error));
        assertThat(error.getValue().getAttr("__context__"), is(nullValue()));
    }

    @Test
    void whatIsNoContextManagerIsRefused() {
        PyException error =
                assertThrows(PyException.class, () -> python.object("5").enter());
        assertThat(error.getMessage(), is("TypeError: 'int' object does not support the context manager protocol"));
        python.exec("""
                class OnlyEnter:
                    def __enter__(self): log.append('never')
                one = OnlyEnter()
                one.__exit__ = lambda *e: log.append('never')
                class Broken(Door):
                    def __enter__(self): raise KeyError('closed')
                class Static:
                    @staticmethod
                    def __enter__(): return 'static'
                    @classmethod
                    def __exit__(cls, *error): log.append((cls.__name__, error))
                """);
        assertThrows(PyException.class, () -> python.object("one").enter());
        assertThrows(PyException.class, () -> python.object("Broken()").with(value -> 1));
        assertThat("nothing was entered", log(), is("[]"));
        python.object("Static()").enter().close();
        assertThat(log(), is("[('Static', (None, None, None))]"));
        assertThrows(NullPointerException.class, () -> python.object("Door()").with(null));
    }

    @Test
    void anyThreadMayEndIt() {
        PyContext door = python.object("Door()").enter();
        CompletableFuture.runAsync(door::close).join();
        assertThat(log(), is("['in', (None, 'None', True)]"));
    }

    @Test
    void nothingIsLeftBehind() throws InterruptedException {
        PyObject suppress = python.object("contextlib.suppress(Exception)");
        PyObject fails = python.object("lambda: int('x')");
        Session.assertNoLeak(() -> {
            suppress.with(value -> fails.call());
            suppress.with(value -> {
                throw new IllegalStateException("disk");
            });
            suppress.enter().close();
            assertThrows(PyException.class, fails::enter);
        });
    }
}
