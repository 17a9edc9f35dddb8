package io.github.cpythonengine.python;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.sameInstance;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cpythonengine.interpreter.RunningPython;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.apache.commons.lang3.SerializationUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PyExceptionTest {

    @BeforeAll
    static void python() {
        RunningPython.start();
    }

    private static PyException raised(String body) {
        PyObject function = RunningPython.object("(lambda names: exec('def f():\\n' + " + literal(body)
                + ", names) or names['f'])({'__name__': 'elsewhere'})");
        return assertThrows(PyException.class, function::call);
    }

    /** The lines, indented, as a Python literal. */
    private static String literal(String body) {
        return "'"
                + ("  " + body.replace("\n", "\n  "))
                        .replace("\\", "\\\\")
                        .replace("'", "\\'")
                        .replace("\n", "\\n") + "'";
    }

    @Test
    void theMessageIsWhatPythonPrintsLast() {
        assertThat(raised("raise ValueError('bad')").getMessage(), is("ValueError: bad"));
        assertThat(raised("raise KeyError").getMessage(), is("KeyError"));
        assertThat(raised("import decimal\nraise decimal.Overflow('much')").getMessage(), is("decimal.Overflow: much"));
    }

    @Test
    void pythonFramesStandBeforeJavas() {
        PyException error = raised("def inner():\n  1 / 0\ninner()");
        StackTraceElement[] frames = error.getStackTrace();
        assertThat(frames[0].getMethodName(), is("inner"));
        assertThat(frames[1].getMethodName(), is("f"));
        assertThat(frames[1].getLineNumber(), is(4));
        assertThat(frames[frames.length - 1].getClassName(), containsString("."));
    }

    @Test
    void causesAndContextsFollow() {
        PyException caused = raised("try:\n  1 / 0\nexcept ZeroDivisionError as e:\n  raise ValueError('b') from e");
        assertThat(caused.getCause().getMessage(), is("ZeroDivisionError: division by zero"));
        PyException inContext = raised("try:\n  1 / 0\nexcept ZeroDivisionError:\n  raise ValueError('b')");
        assertThat(inContext.getCause(), instanceOf(PyException.class));
        PyException suppressed = raised("try:\n  1 / 0\nexcept ZeroDivisionError:\n  raise ValueError('b') from None");
        assertThat(suppressed.getCause(), is(nullValue()));
    }

    @Test
    void aCycleOfCausesIsCut() {
        PyException error =
                raised("a = ValueError('a')\nb = ValueError('b')\na.__cause__ = b\nb.__cause__ = a\nraise a");
        int length = 0;
        for (Throwable at = error; at != null; at = at.getCause()) {
            length++;
        }
        assertThat(length, lessThan(100));
    }

    @Test
    void notesAreShownAfterTheText() {
        PyException error = raised("e = ValueError('bad')\ne.__notes__ = ['in row 3', 'of a.csv']\nraise e");
        assertThat(error.getMessage(), is("ValueError: bad\nin row 3\nof a.csv"));
        assertThat(error.getText(), is("bad"));
        assertThat(error.toString(), endsWith("bad\nin row 3\nof a.csv"));
    }

    @Test
    void hostileNotesDoNoHarm() {
        assertThat(raised("e = ValueError('bad')\ne.__notes__ = 5\nraise e").getMessage(), is("ValueError: bad\n5"));
        assertThat(
                raised("class N:\n  def __str__(self): raise SystemExit\ne = ValueError('bad')\n"
                                + "e.__notes__ = ['a', N(), 7]\nraise e")
                        .getMessage(),
                is("ValueError: bad\na\n<note str() failed>\n7"));
        assertThat(
                raised("class E(Exception):\n  @property\n  def __notes__(self): raise KeyError\nraise E('x')")
                        .getMessage(),
                endsWith("E: x\n<notes failed>"));
        String many = raised("e = ValueError()\ne.__notes__ = ['x' * 10_000_000] * 5000\nraise e")
                .getMessage();
        assertThat(many.length(), is(lessThan(2_000_000)));
    }

    @Test
    void membersOfAGroupAreSuppressed() {
        assumeTrue(
                RunningPython.eval("hasattr(__import__('builtins'), 'ExceptionGroup')")
                        .equals(true),
                "before 3.11");
        PyException group = raised(
                "inner = ExceptionGroup('inner', [KeyError('k')])\nraise ExceptionGroup('outer', [ValueError('v'), inner])");
        Throwable[] members = group.getSuppressed();
        assertThat(members.length, is(2));
        assertThat(members[0].getMessage(), is("ValueError: v"));
        assertThat(members[1].getSuppressed()[0].getMessage(), is("KeyError: 'k'"));
        PyException large = raised("raise ExceptionGroup('large', [ValueError(i) for i in range(100_000)])");
        assertThat(large.getSuppressed().length, is(lessThan(101)));
        PyException twice = raised("e = ValueError()\ng = ExceptionGroup('g', [e, e])\ne.__cause__ = g\nraise g");
        assertThat(twice.getSuppressed().length, is(1));
        StringWriter printed = new StringWriter();
        twice.printStackTrace(new PrintWriter(printed));
        assertThat(printed.toString(), containsString("Suppressed: "));
    }

    @Test
    void aDetachedCopyHoldsNothingOfPython() {
        PyException error = raised("try:\n  1 / 0\nexcept ZeroDivisionError as e:\n  raise ValueError('b') from e");
        PyException copy = error.detached();
        assertThat(copy.getValue(), is(nullValue()));
        assertThat(((PyException) copy.getCause()).getValue(), is(nullValue()));
        assertThat(copy.getMessage(), is(error.getMessage()));
        assertThat(copy.getTraceback(), is(error.getTraceback()));
        assertThat(copy.getStackTrace(), is(error.getStackTrace()));
        assertThat(copy.getCause().getMessage(), is("ZeroDivisionError: division by zero"));
        assertThat(copy.detached(), is(sameInstance(copy)));
        assertThat(SerializationUtils.roundtrip(copy).getTraceback(), is(error.getTraceback()));
    }

    @Test
    void hostileExceptionsAreDescribed() {
        assertThat(
                raised("class E(Exception):\n  def __str__(self): raise KeyError('no')\nraise E")
                        .getMessage(),
                is("elsewhere.f.<locals>.E: <exception str() failed>"));
        assertThat(
                raised("class E(Exception):\n  def __str__(self): return 5\nraise E")
                        .getText(),
                is("<exception str() failed>"));
        assertThat(
                raised("class E(Exception):\n  def __str__(self): raise SystemExit\nraise E")
                        .getText(),
                is("<exception str() failed>"));
        PyException long10M = raised("raise ValueError('x' * 10_000_000)");
        assertThat(long10M.getMessage().length(), is(lessThan(2_000_000)));
        assertThat(long10M.getTraceback().length(), is(lessThan(2_000_000)));
        assertThat(raised("raise KeyboardInterrupt").getTypeName(), is("KeyboardInterrupt"));
        assertThat(raised("raise SystemExit(3)").getMessage(), is("SystemExit: 3"));
    }

    @Test
    void theTracebackIsPythons() {
        String traceback = raised("1 / 0").getTraceback();
        assertThat(traceback, startsWith("Traceback (most recent call last):"));
        assertThat(traceback, containsString("ZeroDivisionError: division by zero"));
    }

    @Test
    void theValueIsTheExceptionItself() {
        PyException error = raised("raise OSError(2, 'gone')");
        assertThat(error.getValue().getAttr("errno"), is(2));
    }

    @Test
    void thrownFromJavaItIsTheSameExceptionInPython() {
        PyException error = raised("raise ValueError('same')");
        assertThat(error.getJavaException().isPresent(), is(false));
        assertThat(error.getValue().typeName(), is("ValueError"));
    }

    @Test
    void aSerializedOneKeepsItsText() {
        PyException back = SerializationUtils.roundtrip(raised("raise ValueError('far')"));
        assertThat(back.getMessage(), is("ValueError: far"));
        assertThat(back.getValue(), is(nullValue()));
        assertThat(back.getTraceback(), is("ValueError: far"));
        assertThat(back.getPosition().isPresent(), is(false));
    }
}
