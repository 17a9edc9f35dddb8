package io.github.cpythonengine.host;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.cpythonengine.python.PyException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.AbstractList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Java's Throwables are Python exceptions. */
class ThrowablesTest {

    /** Throws what it was made with when its size is asked for. */
    static final class Thrower extends AbstractList<Object> {
        private final Throwable error;

        Thrower(Throwable error) {
            this.error = error;
        }

        @Override
        public int size() {
            throw ThrowablesTest.<RuntimeException>sneaky(error);
        }

        @Override
        public Object get(int index) {
            return null;
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> E sneaky(Throwable error) throws E {
        throw (E) error;
    }

    private static Object caught(Throwable error, String kind) {
        return Script.with("it", new Thrower(error))
                .does("try: len(it)", "except " + kind + " as e: result = e", "else: assert False");
    }

    @Test
    void areCaughtByTheNearestPythonClass() {
        String[] kinds = {
            "IndexError",
            "ValueError",
            "ValueError",
            "OSError",
            "FileNotFoundError",
            "OSError",
            "LookupError",
            "ArithmeticError",
            "TypeError",
            "NotImplementedError",
            "TimeoutError",
            "MemoryError",
            "RecursionError",
            "Exception",
            "AssertionError",
            "RuntimeError",
            "InterruptedError",
            "BaseException",
            "ImportError"
        };
        Throwable[] errors = {
            new ArrayIndexOutOfBoundsException(3),
            new IllegalArgumentException("x"),
            new NumberFormatException("x"),
            new IOException("x"),
            new FileNotFoundException("x"),
            new UncheckedIOException(new IOException("x")),
            new NoSuchElementException(),
            new ArithmeticException("/ by zero"),
            new ClassCastException(),
            new UnsupportedOperationException(),
            new TimeoutException(),
            new OutOfMemoryError("not really"),
            new StackOverflowError(),
            new Throwable("bare"),
            new AssertionError("x"),
            new IllegalStateException("x"),
            new InterruptedException(),
            new ThreadDeathOrError(),
            new NoClassDefFoundError("a/B")
        };
        for (int i = 0; i < kinds.length; i++) {
            String kind = errors[i].getClass() == Throwable.class ? "BaseException" : kinds[i];
            assertThat(kind, caught(errors[i], kind), is(sameInstance(errors[i])));
        }
    }

    @Test
    void theirTextIsTheMessageWhateverElseTheyAre() {
        for (Throwable error : new Throwable[] {
            new SecurityException("no"),
            new UncheckedIOException("no", new IOException()),
            new FileNotFoundException("no"),
            new ClassNotFoundException("no"),
            new NoSuchElementException("no"),
            new NoSuchFieldException("no"),
            new InterruptedException("no"),
            new java.nio.charset.CharacterCodingException() {
                private static final long serialVersionUID = 1L;

                @Override
                public String getMessage() {
                    return "no";
                }
            }
        }) {
            Script.with("e", error).does("assert str(e) == 'no' and e.args == ('no',), (type(e), str(e), e.args)");
        }
    }

    static final class ThreadDeathOrError extends VirtualMachineError {
        private static final long serialVersionUID = 1L;
    }

    static final class Custom extends Throwable {
        private static final long serialVersionUID = 1L;

        Custom(String message) {
            super(message);
        }
    }

    @Test
    void exceptExceptionSeesCheckedOnesAndOwnErrors() {
        assertThat(caught(new Custom("x"), "Exception"), is(instanceOf(Custom.class)));
        assertThat(caught(new Exception("x"), "Exception"), is(instanceOf(Exception.class)));
        assertThat(caught(new LinkageError("x"), "Exception"), is(instanceOf(LinkageError.class)));
    }

    @Test
    void theIdenticalOneComesOutUncaught() {
        IOException error = new IOException("disk");
        PyException thrown = assertThrows(
                PyException.class, () -> Script.with("it", new Thrower(error)).does("len(it)"));
        assertThat(thrown.getJavaException().orElseThrow(), is(sameInstance(error)));
        assertThat(thrown.getMessage(), is("java.io.IOException: disk"));
    }

    @Test
    void raisedAgainItIsTheSame() {
        IOException error = new IOException("disk");
        PyException thrown = assertThrows(
                PyException.class,
                () -> Script.with("it", new Thrower(error))
                        .does(
                                "try: len(it)",
                                "except OSError as e:",
                                "    kept = e",
                                "try: len(it)",
                                "except OSError as e: assert e is kept",
                                "raise kept"));
        assertThat(thrown.getCause(), is(sameInstance(error)));
    }

    @Test
    void messageAndCauseAreThere() {
        Exception error = new IllegalStateException("outer", new IOException("inner", new IllegalArgumentException()));
        Script.with("it", new Thrower(error))
                .and("e", error)
                .does(
                        "try: len(it)",
                        "except RuntimeError as caught:",
                        "    assert caught is e and str(e) == 'outer' and e.args == ('outer',)",
                        "    assert str(e.__cause__) == 'inner' and isinstance(e.__cause__, OSError)",
                        "    assert str(e.__cause__.__cause__) == '' and e.__cause__.__cause__.__cause__ is None",
                        "    assert repr(e) == \"IllegalStateException('outer')\", repr(e)");
    }

    @Test
    void aPythonErrorThatPassedThroughJavaIsItself() {
        Script.start();
        PyException thrown = assertThrows(PyException.class, () -> Script.run("raise ValueError('mine')"));
        Script.with("it", new Thrower(thrown))
                .and("wrapped", new Thrower(new IllegalStateException(thrown)))
                .does(
                        "try: len(it)",
                        "except ValueError as e: mine = e",
                        "assert type(mine) is ValueError and str(mine) == 'mine'",
                        "try: len(wrapped)",
                        "except RuntimeError as e: assert e.__cause__ is mine");
    }

    static final class HostileException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new StackOverflowError();
        }

        @Override
        public synchronized Throwable getCause() {
            throw new OutOfMemoryError("hostile");
        }

        @Override
        public String toString() {
            throw new IllegalStateException();
        }
    }

    @Test
    void hostileOnesCrossToo() {
        HostileException error = new HostileException();
        assertThat(caught(error, "RuntimeError"), is(sameInstance(error)));
        PyException thrown = assertThrows(
                PyException.class, () -> Script.with("it", new Thrower(error)).does("len(it)"));
        assertThat(thrown.getMessage(), containsString("StackOverflowError"));
    }

    @Test
    void cyclesOfCausesEnd() {
        Exception first = new Exception("first");
        Exception second = new Exception("second", first);
        first.initCause(second);
        assertThat(caught(first, "Exception"), is(sameInstance(first)));
    }

    @Test
    void nothingLeaks() {
        int before = Script.handles();
        for (int i = 0; i < 20; i++) {
            Exception error = new IllegalStateException("x", new IOException("y"));
            assertThrows(
                            PyException.class,
                            () -> Script.with("it", new Thrower(error)).does("len(it)"))
                    .getValue()
                    .close();
        }
        assertThat("others may die meanwhile", Script.handles(), lessThanOrEqualTo(before));
    }

    @Test
    void asValuesTheyKeepIdentity() {
        Exception error = new IOException("x");
        assertThat(
                Script.with("e", error).does("assert isinstance(e, OSError)", "result = e"), is(sameInstance(error)));
        assertThat(Script.with("all", List.of(error, error)).does("a, b = all", "result = a is b"), is(true));
    }
}
