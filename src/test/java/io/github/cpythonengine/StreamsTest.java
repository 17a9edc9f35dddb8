package io.github.cpythonengine;

import static io.github.cpythonengine.TestEngines.callback;
import static io.github.cpythonengine.TestEngines.eval;
import static io.github.cpythonengine.TestEngines.fails;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import io.github.cpythonengine.python.PyException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.script.Invocable;
import javax.script.ScriptContext;
import javax.script.ScriptEngine;
import javax.script.ScriptException;
import javax.script.SimpleScriptContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code sys.stdout}, {@code sys.stderr} and {@code sys.stdin} are the context's writers and reader. */
class StreamsTest {

    private final ScriptEngine engine = TestEngines.engine();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void useWriters() {
        engine.getContext().setWriter(out);
        engine.getContext().setErrorWriter(err);
    }

    /** The writer keeps what is written until it is flushed; how often it was is the element. */
    private int[] countFlushes() {
        int[] flushes = new int[1];
        engine.getContext().setWriter(new BufferedWriter(out) {
            @Override
            public void flush() throws IOException {
                flushes[0]++;
                super.flush();
            }
        });
        return flushes;
    }

    private void input(String text) {
        engine.getContext().setReader(new StringReader(text));
    }

    // ---- output

    @Test
    void printGoesToTheWriter() throws Exception {
        engine.eval("print('a', 1, sep='-'); print(); print('b', end='')");
        assertThat(out.toString(), is("a-1\n\nb"));
        assertThat(err.toString(), is(""));
    }

    @Test
    void partsOfALineArriveInOrder() throws Exception {
        assertThat(
                eval(
                        engine,
                        "import sys",
                        "class Text(str): pass",
                        "w = sys.stdout.write",
                        "sys.stderr.write('kept')",
                        "[w(x) for x in ('a', 'a', '', '\\n', 'b', 'c\\nd', '\\n', '\\n', Text('e'), Text('\\n'), '')]"),
                is(List.of(1, 1, 0, 1, 1, 3, 1, 1, 1, 1, 0)));
        assertThat(out.toString(), is("aa\nbc\nd\n\ne\n"));
        assertThat(err.toString(), is("kept"));
    }

    @Test
    void stderrGoesToTheErrorWriter() throws Exception {
        engine.eval("import sys; print('bad', file=sys.stderr); sys.stderr.write('worse')");
        assertThat(err.toString(), is("bad\nworse"));
        assertThat(out.toString(), is(""));
    }

    @Test
    void anyTextArrivesExactly() throws Exception {
        engine.eval("print('\u00e9\u4e2d\\U0001f600\\0\\ud800|\\r\\n|\\u2028', end='')");
        assertThat(out.toString(), is("\u00e9\u4e2d\ud83d\ude00\0\ud800|\r\n|\u2028"));
    }

    @Test
    void stdoutIsATextFile() throws Exception {
        assertThat(
                eval(
                        engine,
                        "import sys",
                        "o = sys.stdout",
                        "n = o.write('h\u00e9llo')",
                        "o.writelines(['a', 'b\\n'])",
                        "o.flush()",
                        "b = o.buffer.write('\u20ac'.encode(o.encoding)); o.buffer.flush(); o.flush()",
                        "(n, o.isatty(), o.encoding.lower().replace('_', '-'), b, o.writable(), o.readable(), o.closed)"
                                + " == (5, False, 'utf-8', 3, True, False, False)"),
                is(true));
        assertThat(out.toString(), is("h\u00e9lloab\n\u20ac"));
        assertThat(
                eval(
                        engine,
                        "isinstance(sys.stdout.errors, str) and isinstance(sys.stdout.newlines, (str, type(None)))"),
                is(true));
    }

    @Test
    void writingNoTextIsATypeError() {
        assertThat(fails(engine, "import sys; sys.stdout.write(b'x')").getMessage(), containsString("TypeError"));
        assertThat(fails(engine, "import sys; sys.stdout.write(5)").getMessage(), containsString("TypeError"));
        assertThat(fails(engine, "import sys; sys.stdout.read()").getMessage(), containsString("UnsupportedOperation"));
    }

    @Test
    void textArrivesAtEachNewlineAndFlushAndBeforeJavaRuns() throws Exception {
        List<String> seen = new ArrayList<>();
        engine.put("look", callback(() -> seen.add(out.toString())));
        eval(
                engine,
                "print('a', end='')",
                "look[0]",
                "print('b')",
                "look[0]",
                "import sys",
                "sys.stderr.write('e'); look[0]");
        assertThat(seen, is(List.of("a", "ab\n", "ab\n")));
        assertThat(err.toString(), is("e"));
    }

    @Test
    void textArrivesAtAFlushWhileTheScriptStillRuns() throws Exception {
        CountDownLatch line = new CountDownLatch(1);
        CountDownLatch flushed = new CountDownLatch(1);
        engine.getContext().setWriter(new FilterWriter(out) {
            @Override
            public void write(String text, int offset, int length) throws IOException {
                super.write(text, offset, length);
                arrived();
            }

            @Override
            public void write(char[] text, int offset, int length) throws IOException {
                super.write(text, offset, length);
                arrived();
            }

            @Override
            public void write(int c) throws IOException {
                super.write(c);
                arrived();
            }

            private void arrived() {
                if (out.toString().contains("\n")) {
                    line.countDown();
                }
                if (out.toString().contains("half")) {
                    flushed.countDown();
                }
            }
        });
        Thread script = new Thread(() -> {
            try {
                eval(engine, "import time", "print('whole')", "print('half', end='', flush=True)", "time.sleep(0.2)");
            } catch (ScriptException e) {
                throw new IllegalStateException(e);
            }
        });
        script.start();
        line.await();
        flushed.await();
        script.join();
        assertThat(out.toString(), is("whole\nhalf"));
    }

    @Test
    void bothWritersAreFlushedAtTheEndOfARun() throws Exception {
        int[] flushes = new int[2];
        engine.getContext().setWriter(new FilterWriter(out) {
            @Override
            public void flush() {
                flushes[0]++;
            }
        });
        engine.getContext().setErrorWriter(new FilterWriter(err) {
            @Override
            public void flush() {
                flushes[1]++;
            }
        });
        engine.eval("import sys; print('x', end=''); print('y', end='', file=sys.stderr)");
        assertThat(flushes[0], greaterThan(0));
        assertThat(flushes[1], greaterThan(0));
        assertThat(out + "," + err, is("x,y"));
    }

    @Test
    void eachOfSeveralRunsAtTheSameTimeFlushesItsText() throws Exception {
        int[] flushes = countFlushes();
        CountDownLatch printed = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        engine.put("wait", (Callable<Object>) () -> {
            printed.countDown();
            goOn.await();
            return null;
        });
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> {
            try {
                engine.eval("print('a')\nwait()\nprint('c')");
            } catch (ScriptException e) {
                throw new IllegalStateException(e);
            }
        });
        printed.await();
        engine.eval("print('b')");
        assertThat(out.toString(), is("a\nb\n"));
        goOn.countDown();
        other.get();
        assertThat(out.toString(), is("a\nb\nc\n"));
        int before = flushes[0];
        engine.eval("1 + 1");
        assertThat("what prints nothing flushes nothing", flushes[0], is(before));
        engine.eval("print('d')");
        assertThat(out.toString(), is("a\nb\nc\nd\n"));
    }

    @Test
    void aRunWithinOneThatPrintedFlushesNothingOfItsOwn() throws Exception {
        int[] flushes = countFlushes();
        engine.eval("def quiet(): pass");
        engine.eval("def loud(): print('b')");
        engine.put("call", (Function<String, Object>) name -> {
            try {
                return ((Invocable) engine).invokeFunction(name);
            } catch (ScriptException | NoSuchMethodException e) {
                throw new IllegalStateException(e);
            }
        });
        engine.put("flushes", (Supplier<Object>) () -> flushes[0]);
        assertThat(engine.eval("print('a')\n[call(name) for name in ['quiet'] * 9]\nflushes()"), is(0));
        assertThat(flushes[0], is(1));
        assertThat(engine.eval("print('c')\ncall('loud')\nflushes()"), is(2));
        assertThat(flushes[0], is(3));
        assertThat(out.toString(), is("a\nc\nb\n"));
    }

    @Test
    void textOfAFailedRunArrives() {
        fails(engine, "print('before', end='')", "raise ValueError");
        assertThat(out.toString(), is("before"));
        assertThat("the engine itself prints nothing", err.toString(), is(""));
    }

    @Test
    void aContextGivenToEvalIsUsed() throws Exception {
        ScriptContext context = new SimpleScriptContext();
        StringWriter own = new StringWriter();
        context.setWriter(own);
        engine.eval("print('own')", context);
        assertThat(own + "," + out, is("own\n,"));
    }

    @Test
    void aWriterSetInMidRunIsUsed() throws Exception {
        StringWriter second = new StringWriter();
        engine.put("swap", callback(() -> {
            engine.getContext().setWriter(second);
            return null;
        }));
        eval(engine, "print(1)", "swap[0]", "print(2)");
        assertThat(out + "," + second, is("1\n,2\n"));
    }

    @Test
    void aNestedRunHasItsOwnWritersAndRestoresTheOuterOnes() throws Exception {
        ScriptEngine inner = TestEngines.engine();
        StringWriter innerOut = new StringWriter();
        inner.getContext().setWriter(innerOut);
        engine.put("inner", callback(index -> inner.eval(index == 0 ? "print('inner')" : "print('fails'); 1 / 0")));
        eval(
                engine,
                "print('one')",
                "inner[0]",
                "print('two')",
                "try:",
                "    inner[1]",
                "except Exception:",
                "    print('three')");
        assertThat(out.toString(), is("one\ntwo\nthree\n"));
        assertThat(innerOut.toString(), is("inner\nfails\n"));
    }

    @Test
    void threadsOfAScriptUseTheRunThatStartedThem() throws Exception {
        ScriptEngine other = TestEngines.engine();
        StringWriter otherOut = new StringWriter();
        other.getContext().setWriter(otherOut);
        String script = """
                import threading
                from concurrent.futures import ThreadPoolExecutor
                def work(): print(who)
                def nested():
                    t = threading.Thread(target=work); t.start(); t.join()
                t = threading.Thread(target=nested); t.start(); t.join()
                with ThreadPoolExecutor(2) as pool: list(pool.map(lambda n: print(who), range(2)))
                """;
        other.put("who", "other");
        engine.put("who", "this");
        engine.eval(script);
        other.eval(script);
        assertThat(out.toString(), is("this\n".repeat(3)));
        assertThat(otherOut.toString(), is("other\n".repeat(3)));
    }

    @Test
    void aThreadThatPrintsAfterItsRunDoesNoHarm() throws Exception {
        eval(
                engine,
                "import threading",
                "go = threading.Event()",
                "def late():",
                "    go.wait()",
                "    print('late')",
                "t = threading.Thread(target=late); t.start()");
        assertThat(engine.eval("go.set(); t.join(); 'joined'"), is("joined"));
        assertThat(out.toString(), is("late\n"));
    }

    @Test
    void twoEnginesPrintingAtOnceDoNotMix() throws Exception {
        StringWriter[] outs = new StringWriter[4];
        Thread[] threads = new Thread[outs.length];
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < outs.length; i++) {
            int number = i;
            outs[i] = new StringWriter();
            threads[i] = new Thread(() -> {
                try {
                    ScriptEngine own = TestEngines.engine();
                    own.getContext().setWriter(outs[number]);
                    own.eval("for i in range(500): print('engine', " + number + ", i)");
                } catch (Throwable e) {
                    failures.add(e);
                }
            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures, is(List.of()));
        for (int i = 0; i < outs.length; i++) {
            StringBuilder expected = new StringBuilder();
            for (int n = 0; n < 500; n++) {
                expected.append("engine ").append(i).append(' ').append(n).append('\n');
            }
            assertThat(outs[i].toString(), is(expected.toString()));
        }
    }

    @Test
    void anIOExceptionOfTheWriterIsAnOSError() throws Exception {
        engine.getContext().setWriter(new BrokenWriter(new IOException("disk full")));
        assertThat(
                eval(
                        engine,
                        "try:",
                        "    print('x')",
                        "except OSError as e:",
                        "    text = str(e)",
                        "'disk full' in text"),
                is(true));
    }

    @Test
    void otherFailuresOfTheWriterAreTheCause() throws Exception {
        IllegalStateException failure = new IllegalStateException("closed");
        engine.getContext().setWriter(new BrokenWriter(failure));
        assertThat(fails(engine, "print('x')").getCause(), is(failure));
        engine.getContext().setWriter(out);
        engine.eval("print('works again')");
        assertThat(out.toString(), is("works again\n"));
    }

    @Test
    void aWriterMayUseTheEngine() throws Exception {
        engine.getContext().setWriter(new FilterWriter(out) {
            @Override
            public void write(String text, int offset, int length) throws IOException {
                write(text.substring(offset, offset + length).toCharArray(), 0, length);
            }

            @Override
            public void write(char[] text, int offset, int length) throws IOException {
                try {
                    engine.put("text", new String(text, offset, length));
                    out.write((String) TestEngines.engine().eval("'<' + 'x' + '>'"));
                } catch (ScriptException e) {
                    throw new IOException(e);
                }
                super.write(text, offset, length);
            }
        });
        engine.eval("print('a')");
        assertThat(out.toString(), containsString("<x>"));
        assertThat(out.toString(), containsString("a"));
    }

    @Test
    void muchOutputArrivesWhole() throws Exception {
        engine.eval("print('x' * 5_000_000); print('y' * 10, end='')");
        assertThat(out.toString().length(), is(5_000_011));
        out.getBuffer().setLength(0);
        engine.eval("for i in range(20_000): print(i)");
        assertThat(out.toString().endsWith("\n19999\n"), is(true));
        assertThat(out.toString().lines().count(), is(20_000L));
    }

    @Test
    void loggingAndWarningsFollow() throws Exception {
        eval(
                engine,
                "import logging, warnings",
                "log = logging.getLogger('cpythonengine.test'); log.warning('careful')",
                "warnings.warn_explicit('old', UserWarning, 'f.py', 1)",
                "import traceback",
                "try:",
                "    1 / 0",
                "except ZeroDivisionError:",
                "    traceback.print_exc()");
        assertThat(err.toString(), containsString("careful"));
        assertThat(err.toString(), containsString("UserWarning: old"));
        assertThat(err.toString(), containsString("ZeroDivisionError: division by zero"));
        assertThat(out.toString(), is(""));
    }

    @Test
    void redirectionInPythonWorksAndEnds() throws Exception {
        assertThat(
                eval(
                        engine,
                        "import contextlib, io",
                        "with contextlib.redirect_stdout(io.StringIO()) as s: print('inside')",
                        "print('outside')",
                        "s.getvalue()"),
                is("inside\n"));
        assertThat(out.toString(), is("outside\n"));
    }

    @Test
    void replacingStdoutWorksAndTheOriginalIsStillThere() throws Exception {
        engine.eval("import sys, io\nbefore = sys.stdout");
        try {
            eval(engine, "mine = io.StringIO()", "sys.stdout = mine", "print('kept')", "sys.stdout = sys.__stdout__");
            assertThat(engine.eval("print('free'); mine.getvalue()"), is("kept\n"));
        } finally {
            engine.eval("sys.stdout = before");
        }
        assertThat(out.toString(), is("free\n"));
    }

    /** Python's own {@code print()} is what writes to another stream. */
    @Test
    void valuesArePrintedAsPythonPrintsThem() throws Exception {
        assertThat(
                eval(
                        engine,
                        "import contextlib, enum, io, sys",
                        "class Text(str):",
                        "    def __str__(self): return 'not ' + self[:]",
                        "class Whole(int): pass",
                        "class Kind(enum.IntEnum): ONE = 1",
                        "class Shown:",
                        "    def __str__(self): return 'shown'",
                        "values = ['', 'a', 'a\\nb', '\\0', '\u00e9', '\u20ac', '\\U0001f600', '\\ud83d', '\\ude00', 'x' * 5000,",
                        "    0, -1, 255, 2 ** 30, -2 ** 45, 2 ** 59, 2 ** 60, 2 ** 63, -2 ** 63, 10 ** 40, True, False, None, 0.1,",
                        "    -0.0, 1e300, float('nan'), float('-inf'), 2j, b'x', [1, 'a'], {'k': (1,)}, Text('t'), Whole(7), Kind.ONE, Shown(),",
                        "    object, ..., print]",
                        "def all_kinds():",
                        "    print()",
                        "    print(*values)",
                        "    print(*range(3000))",
                        "    for value in values:",
                        "        print(value)",
                        "        print('and', value)",
                        "        print(value, value, end='<')",
                        "        print(value, sep='', flush=True)",
                        "with contextlib.redirect_stdout(io.StringIO()) as expected: all_kinds()",
                        "all_kinds()",
                        "lines = expected.getvalue()"),
                is((Object) null));
        assertThat(out.toString(), is(engine.get("lines")));
    }

    @Test
    void printFailsAsPythonsDoes() throws Exception {
        assertThat(
                eval(
                        engine,
                        "class Bad:",
                        "    def __str__(self): raise KeyError('bad')",
                        "class Wrong:",
                        "    def __str__(self): return 5",
                        "def error(*args, **kwargs):",
                        "    try:",
                        "        print(*args, **kwargs)",
                        "    except Exception as e:",
                        "        print()",
                        "        return type(e).__name__",
                        "[error(Bad()), error('a', Bad()), error(Wrong()), error('x', to=1), error('x', sep=1), error('x', file=1)]"),
                is(List.of("KeyError", "KeyError", "TypeError", "TypeError", "TypeError", "AttributeError")));
        assertThat(out.toString(), is("\na \n\n\n\n\n"));
    }

    @Test
    void textMadeWhilePrintingMayPrint() throws Exception {
        eval(
                engine,
                "import sys, io",
                "class Says:",
                "    def __init__(self, what): self.what = what",
                "    def __str__(self): self.what(); return 'said'",
                "print(Says(lambda: print('whole')))",
                "print(Says(lambda: print('part', end='-')))",
                "print('two', Says(lambda: print('in it')))",
                "print(Says(lambda: sys.stderr.write('e')))",
                "print(Says(lambda: print(Says(lambda: print(1, end=' ')))))");
        assertThat(out.toString(), is("whole\nsaid\npart-said\ntwo in it\nsaid\nsaid\n1 said\nsaid\n"));
        assertThat(err.toString(), is("e"));
    }

    @Test
    void printUsesTheStreamAndTheMethodThatAreThere() throws Exception {
        assertThat(
                eval(
                        engine,
                        "import sys, io",
                        "got = []",
                        "mine = sys.stdout",
                        "before = mine.write",
                        "for _ in range(50): print('x')",
                        "mine.write = got.append",
                        "print('own method')",
                        "del mine.write",
                        "print('method of the class')",
                        "mine.write = before",
                        "print('as before')",
                        "sys.stdout = None",
                        "print('nowhere')",
                        "del sys.stdout",
                        "try:",
                        "    print('lost')",
                        "except RuntimeError as e:",
                        "    got.append(str(e))",
                        "sys.stdout = io.StringIO()",
                        "print('kept')",
                        "got.append(sys.stdout.getvalue())",
                        "sys.stdout = mine",
                        "print('end')",
                        "got"),
                is(List.of("own method", "\n", "lost sys.stdout", "kept\n")));
        assertThat(out.toString(), is("x\n".repeat(50) + "method of the class\nas before\nend\n"));
    }

    @Test
    void printLooksLikePythons() throws Exception {
        assertThat(
                eval(
                        engine,
                        "import builtins, copy, pickle, types, os, subprocess, sys",
                        "look = \"(repr(print), print.__name__, print.__qualname__, print.__module__, print.__doc__,\"",
                        "look += \" print.__text_signature__, print.__self__ is __import__('builtins'), type(print).__name__)\"",
                        "own = subprocess.run([sys.executable, '-c', f'print(ascii({look}))'], capture_output=True, text=True)",
                        "[own.stdout.strip() == ascii(eval(look)), pickle.loads(pickle.dumps(print)) is print, copy.copy(print) is print,"
                                + " builtins.print is print]"),
                is(List.of(true, true, true, true)));
    }

    @Test
    @Timeout(30)
    void aWriterMayWaitForAnotherThreadThatUsesPython() throws Exception {
        engine.getContext().setWriter(new FilterWriter(out) {
            @Override
            public void write(String text, int offset, int length) throws IOException {
                Thread other = new Thread(() -> StreamsTest.this.out.append("" + engine.get("n")));
                other.start();
                try {
                    other.join();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                super.write(text, offset, length);
            }
        });
        eval(engine, "n = 1", "print('a')", "n = 2", "print('b', end='')");
        assertThat(out.toString(), is("1a\n2b"));
    }

    @Test
    void linesOfThreadsDoNotMix() throws Exception {
        eval(
                engine,
                "import sys, threading",
                "go = [threading.Event() for _ in range(3)]",
                "def other():",
                "    sys.stdout.write('other '); go[0].set()",
                "    go[1].wait()",
                "    print('thread'); go[2].set()",
                "t = threading.Thread(target=other); t.start()",
                "go[0].wait(); sys.stdout.write('this '); print('one'); print('two'); go[1].set()",
                "go[2].wait(); print('three'); t.join()");
        assertThat(out.toString(), is("this one\ntwo\nother thread\nthree\n"));
    }

    // ---- input

    @Test
    void inputReadsALineAndPromptsOnTheWriter() throws Exception {
        input("Ann\nBob\n");
        assertThat(engine.eval("input('name? ') + '+' + input()"), is("Ann+Bob"));
        assertThat(out.toString(), is("name? "));
    }

    @Test
    void inputReadsNoFurtherThanAsked() throws Exception {
        Reader reader = new StringReader("one\ntwo\nthree\n");
        engine.getContext().setReader(reader);
        assertThat(engine.eval("input()"), is("one"));
        assertThat(new BufferedReader(reader).readLine(), is("two"));
    }

    @Test
    void aSecondRunGoesOnWhereTheFirstStopped() throws Exception {
        input("one\ntwo\n\nfour");
        assertThat(engine.eval("input()"), is("one"));
        assertThat(engine.eval("import sys; sys.stdin.readline()"), is("two\n"));
        assertThat(engine.eval("input()"), is(""));
        assertThat(engine.eval("input()"), is("four"));
        assertThat(fails(engine, "input()").getMessage(), containsString("EOFError"));
        assertThat(engine.eval("sys.stdin.readline()"), is(""));
    }

    @Test
    void theEndIsAnEOFError() {
        input("");
        assertThat(((PyException) fails(engine, "input()").getCause()).getTypeName(), is("EOFError"));
    }

    @Test
    void inputKnowsEveryLineEnd() throws Exception {
        input("dos\r\nunix\n\u00e9\ud83d\ude00\0\n");
        assertThat(engine.eval("input(), input(), input()"), is(List.of("dos", "unix", "\u00e9\ud83d\ude00\0")));
    }

    @Test
    void stdinIsATextFile() throws Exception {
        input("a\nb\nc\nd\n");
        assertThat(
                eval(
                        engine,
                        "import sys",
                        "i = sys.stdin",
                        "first = next(iter(i))",
                        "(first, i.read(1), i.readline(), list(i), i.read(), i.isatty(), i.readable(), i.writable())"
                                + " == ('a\\n', 'b', '\\n', ['c\\n', 'd\\n'], '', False, True, False)"),
                is(true));
        input("all\nof it");
        assertThat(engine.eval("sys.stdin.read()"), is("all\nof it"));
        input("x\ny");
        assertThat(engine.eval("sys.stdin.readlines()"), is(List.of("x\n", "y")));
    }

    @Test
    void anIOExceptionOfTheReaderIsAnOSError() throws Exception {
        engine.getContext().setReader(new Reader() {
            @Override
            public int read(char[] buffer, int offset, int length) throws IOException {
                throw new IOException("unplugged");
            }

            @Override
            public void close() {}
        });
        assertThat(
                eval(engine, "try:", "    input()", "except OSError as e:", "    text = str(e)", "'unplugged' in text"),
                is(true));
    }

    @Test
    @Timeout(30)
    void aBlockedReaderBlocksNobodyElse() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        engine.getContext().setReader(new Reader() {
            @Override
            public int read(char[] buffer, int offset, int length) throws IOException {
                reading.countDown();
                try {
                    go.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                return -1;
            }

            @Override
            public void close() {}
        });
        Throwable[] end = new Throwable[1];
        Thread script = new Thread(() -> {
            try {
                engine.eval("input()");
            } catch (Throwable e) {
                end[0] = e;
            }
        });
        script.start();
        reading.await();
        long start = System.nanoTime();
        assertThat(TestEngines.engine().eval("1 + 1"), is(2));
        assertThat((System.nanoTime() - start) / 1_000_000, lessThan(5_000L));
        go.countDown();
        script.join();
        assertThat(end[0], instanceOf(ScriptException.class));
    }

    private static final class BrokenWriter extends Writer {
        private final Throwable failure;

        BrokenWriter(Throwable failure) {
            this.failure = failure;
        }

        @Override
        public void write(char[] text, int offset, int length) throws IOException {
            throw TestEngines.<RuntimeException>sneaky(failure);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Test
    void aCutPairOfSurrogatesIsReadWhole() throws Exception {
        input("\ud83d\ude00b");
        assertThat(engine.eval("import sys; sys.stdin.read(1)"), is("\ud83d\ude00"));
        input("a".repeat(8191) + "\ud83d\ude00");
        assertThat(engine.eval("text = sys.stdin.read(); (len(text), text[-1])"), is(List.of(8192, "\ud83d\ude00")));
        input("\ud83d\ude00b\n");
        assertThat(engine.eval("(sys.stdin.readline(1), sys.stdin.readline(5))"), is(List.of("\ud83d\ude00", "b\n")));
    }

    @Test
    void partsOfLinesDoNotReachAnotherRun() throws Exception {
        input("secret\n");
        assertThat(engine.eval("import sys; sys.stdin.readline(2)"), is("se"));
        input("other\n");
        assertThat(engine.eval("sys.stdin.readline()"), is("other\n"));
    }

    @Test
    void aWriterThatFailsUncheckedIsAnErrorOfTheScript() throws Exception {
        engine.getContext().setWriter(new FilterWriter(out) {
            @Override
            public void flush() {
                throw new IllegalArgumentException("no flush");
            }
        });
        int[] flushes = new int[1];
        engine.getContext().setErrorWriter(new FilterWriter(err) {
            @Override
            public void flush() {
                flushes[0]++;
            }
        });
        ScriptException e = fails(engine, "import sys", "print('x')", "print('y', file=sys.stderr)");
        assertThat(e.getCause(), instanceOf(IllegalArgumentException.class));
        assertThat(flushes[0], is(1));
    }
}
