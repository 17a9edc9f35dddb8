package io.github.cpythonengine.python;

import static io.github.cpythonengine.capi.Api.C;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.arrayContaining;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.RunningPython;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of an exception is what Python tells of it; and where there is more to tell, Python is asked. */
class ReadErrorsTest {

    private static final int UNTIL_READ = 20;

    /** From Python 3.11 on. */
    private static boolean hasColumns;

    private Gil gil;
    private long names;

    @BeforeAll
    static void python() {
        RunningPython.start();
        hasColumns = C.address("PyExc_BaseExceptionGroup") != 0;
        PyObject function = RunningPython.object("lambda: 1 / 0");
        for (int i = 0; i < UNTIL_READ; i++) {
            try {
                function.call();
            } catch (PyException e) {
                assertThat(e.getTypeName(), is("ZeroDivisionError"));
            }
        }
    }

    @BeforeEach
    void enter() {
        gil = Gil.acquire();
        names = gil.own(C.PyDict_New());
        gil.check(C.PyDict_SetItem(names, gil.name("__builtins__"), C.PyEval_GetBuiltins()));
        gil.check(C.PyDict_SetItem(names, gil.name("__name__"), gil.str("__main__")));
        run("""
            import linecache
            def remembered(text, file):
                linecache.cache[file] = len(text), None, text.splitlines(True), file
                return compile(text, file, "exec")
            """, "helpers.py");
    }

    @AfterEach
    void leave() {
        long error = C.PyErr_Occurred();
        C.PyErr_Clear();
        gil.close();
        assertThat("a Python error was left behind", error, is(0L));
    }

    private long member(String name) {
        return gil.strong(C.PyDict_GetItemWithError(names, gil.name(name)));
    }

    private void run(String source, String file) {
        long compile = C.PyDict_GetItemWithError(C.PyEval_GetBuiltins(), gil.name("compile"));
        run(gil.call(compile, gil.str(source), gil.str(file), gil.str("exec")));
    }

    private void run(long code) {
        gil.own(C.PyEval_EvalCode(code, names, names));
    }

    /** The exception that this raises, with its traceback. */
    private long raised(String source) {
        String indented = source.strip().replace("\n", "\n  ");
        String text = "try:\n  " + indented + "\nexcept BaseException as error:\n  caught = error\n";
        run(gil.call(member("remembered"), gil.str(text), gil.str("raised.py")));
        return member("caught");
    }

    private void reads(long error) {
        Described.Parts read = ReadErrors.describe(gil, error);
        Described.Parts told = new Described(gil, false).byPython(error);
        assertThat(read, is(notNullValue()));
        assertThat(read.said(), is(told.said()));
        assertThat(read.frames(), is(told.frames()));
        assertThat(read.before(), is(told.before()));
        assertThat(read.entries(), is(told.entries()));
        assertThat(read.members(), is(told.members()));
        Optional<PyException.Position> position = ReadErrors.position(gil, error);
        assertThat(position == null || position.equals(PyErrors.positionByPython(gil, error)), is(true));
    }

    private void readsPosition(long error) {
        reads(error);
        assertThat(ReadErrors.position(gil, error), is(notNullValue()));
    }

    private void asksForPosition(long error) {
        reads(error);
        assertThat(ReadErrors.position(gil, error), hasColumns ? is(nullValue()) : is(notNullValue()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "raise ValueError('bad')",
                "raise ValueError",
                "raise ValueError('')",
                "raise ValueError('a', 'b')",
                "raise ValueError(12)",
                "raise ValueError(None)",
                "raise ValueError('\\u20ac \\ud800 \\0 \\U0001f600')",
                "raise KeyError('key')",
                "raise KeyError",
                "{}['\\n']",
                "[][1]",
                "1 / 0",
                "None.nothing",
                "unknown_name",
                "open('/no such file')",
                "import no_such_module",
                "raise OSError(2, 'text', 'file')",
                "raise ImportError('text', name='n', path='p')",
                "b'\\xff'.decode('ascii')",
                "'\\u20ac'.encode('ascii')",
                "next(iter(()))",
                "assert False, 'text'",
                "raise SystemExit(3)",
                "raise KeyboardInterrupt",
                "raise GeneratorExit",
                "raise BaseException('base')",
                "raise StopIteration(5)",
                "int('x' * 100)",
                "exec('raise ValueError(1)')",
                "eval('(lambda: 1 / 0)()')",
                "[1 / 0 for _ in [1]]",
                "print('\\u20ac', 1 / 0)",
                "if 1:\n  1 / 0",
                "x = (1 +\n  1 /\n    0)",
                "f = lambda n: f(n - 1) if n else 1 / 0\nf(30)",
                "f = lambda n: f(n - 1) if n else 1 / 0\nf(900)",
                "raise ValueError from KeyError('cause')",
                "raise ValueError from None",
                "try:\n  1 / 0\nexcept ArithmeticError:\n  raise KeyError(1)",
                "try:\n  1 / 0\nexcept ArithmeticError:\n  raise KeyError(1) from None",
                "try:\n  1 / 0\nexcept ArithmeticError as e:\n  raise KeyError(1) from e",
                "try:\n  1 / 0\nfinally:\n  None.nothing",
                "e = ValueError('twice')\ntry:\n  raise e\nexcept ValueError:\n  raise e",
                "def g():\n  yield 1\n  raise ValueError('in a generator')\nlist(g())",
                "class C:\n  def __del__(self): pass\n  def __getattr__(self, name): raise AttributeError(name)\nC().x",
                "import json\njson.loads.nothing",
                "sorted([1, 2], key=lambda x: x.y)",
            })
    void whatPythonTells(String source) {
        reads(raised(source));
    }

    @Test
    void aTextThatFailsOrIsNone() {
        reads(raised("class C:\n  def __str__(self): raise SystemExit\nraise ValueError(C())"));
        reads(raised("class C:\n  def __str__(self): return 1\nraise ValueError(C())"));
        reads(raised("class S(str): pass\nclass C:\n  def __str__(self): return S('sub')\nraise ValueError(C())"));
        reads(raised("class S(str):\n  def __str__(self): return 'other'\nraise ValueError(S('sub'))"));
        reads(raised("class C:\n  def __repr__(self): return 'C!'\nraise KeyError(C())"));
        reads(raised("class C:\n  def __repr__(self): raise KeyError\nraise KeyError(C())"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class Own(Exception): pass\nraise Own('of a class that can change')",
                "class Own(ValueError):\n  def __str__(self): return 'own'\nraise Own",
                "class Own(ValueError):\n  def __str__(self): raise KeyError\nraise Own",
                "class Own(ValueError):\n  def __getattribute__(self, name): raise KeyError\nraise Own",
                "class Own(ValueError):\n  __traceback__ = __context__ = __cause__ = 5\nraise Own",
                "class Own(ValueError):\n  args = ('other',)\nraise Own('one')",
                "class Own(ValueError): __notes__ = ['of the class']\nraise Own",
                "class Own(KeyError, OSError): __slots__ = 'part'\nraise Own(1)",
                "class Own(ValueError): pass\nOwn.__qualname__ = 'Other'\nOwn.__module__ = 'there'\nraise Own(1)",
                "compile('1 +', 'f', 'exec')",
                "raise SyntaxError",
                "raise TabError('tab')",
                "e = ValueError('more')\ne.__notes__ = ['note']\nraise e",
                "e = ValueError('more')\ne.__notes__ = 'no list'\nraise e",
                "e = ValueError('more')\ne.code = 5\nraise e",
                "raise ValueError('x' * (1 << 21))",
            })
    void whatIsOutOfTheOrdinary(String source) {
        reads(raised(source));
    }

    @Test
    void groups() {
        assumeTrue(hasColumns);
        reads(raised("raise BaseExceptionGroup('g', [KeyboardInterrupt(), ValueError(1)])"));
        reads(raised("raise ExceptionGroup('g', [ExceptionGroup('h', [ValueError(i)]) for i in range(5)])"));
    }

    @Test
    void ofVeryManyFramesPythonLeavesSomeOut() {
        long error = raised("import sys\nbefore = sys.getrecursionlimit()\nsys.setrecursionlimit(5000)\n"
                + "f = lambda n: f(n - 1) if n else 1 / 0\n"
                + "try:\n  f(1500)\nfinally:\n  sys.setrecursionlimit(before)");
        assertThat(ReadErrors.describe(gil, error), is(nullValue()));
        assertThat(new Described(gil, false).byPython(error), is(notNullValue()));
    }

    @Test
    void anExceptionThatWasNeverRaised() {
        reads(raised("caught = None\ntry:\n  pass\nfinally:\n  pass\nraise ValueError(1)"));
        run("caught = ValueError('never')", "raised.py");
        reads(member("caught"));
    }

    @Test
    void withoutATraceback() {
        for (String how : new String[] {
            "caught.__traceback__ = None", "caught = caught.with_traceback(None)", "caught.__context__ = None",
        }) {
            raised("raise ValueError('bare') from KeyError()");
            run(how, "how.py");
            readsPosition(member("caught"));
            run("caught.__cause__ = None", "how.py");
            readsPosition(member("caught"));
        }
    }

    @Test
    void aTracebackMadeByHand() {
        run("""
            import sys, types
            def frame(): return sys._getframe()
            caught = ValueError('by hand')
            inner = types.TracebackType(None, frame(), 0, 77)
            caught.__traceback__ = types.TracebackType(inner, frame(), -1, 0)
            """, "hand.py");
        reads(member("caught"));
    }

    @Test
    void whileTheFramesStillRun() {
        int[] seen = new int[1];
        Consumer<Object> check = error -> Gil.run(same -> {
            reads(same.use(((PyObject) error).ref()));
            seen[0]++;
        });
        gil.check(C.PyDict_SetItem(names, gil.name("check"), gil.python(check)));
        run("""
            def outer():
                try:
                    1 / 0
                except ArithmeticError as e:
                    check(e)
            outer()
            def generator():
                try:
                    yield 1
                except KeyError as e:
                    check(e)
                    yield 2
            g = generator()
            next(g)
            g.throw(KeyError(5))
            """, "running.py");
        assertThat(seen[0], is(2));
    }

    @Test
    void columnsCountCharactersWhereTheLineIsKnown() {
        readsPosition(raised("x = 1 / 0"));
        readsPosition(raised("x = '\u20ac'\nx = 1 / 0"));
        asksForPosition(raised("x = '\u20ac\ud83d\ude00' + 1 / 0"));
        asksForPosition(raised("x = '\u00e9', None.x"));
        asksForPosition(raised("exec(compile('x = 1 / 0', 'no such file', 'exec'))"));
        long error = raised("exec(remembered('\\n\\n[\\n1, 1 / 0]', 'known file'))");
        readsPosition(error);
        for (String spoil : new String[] {
            "linecache.cache['known file'] = 1",
            "linecache.cache['known file'] = (1, None, [], 'x')",
            "linecache.cache['known file'] = (1, None, ('', '', '', '1, 1 / 0'), 'x')",
            "linecache.cache['known file'] = (1, None, [b'1, 1 / 0'] * 4, 'x')",
            "saved = linecache.cache\nlinecache.cache = None",
            "del linecache.cache",
            "linecache.cache = saved\nlinecache.cache.pop('known file')",
        }) {
            run(spoil, "spoil.py");
            asksForPosition(error);
        }
        raised("exec(remembered('\\n\\n[\\n1, 1 / 0]', 'known file'))");
        readsPosition(error);
    }

    @Test
    void thePositionIsInTheInnermostCodeOfAScript() {
        String other = "exec(remembered('def f(): return 1 / 0', 'other.py'), ";
        readsPosition(raised(other + "space := {'__name__': 'other'})\nspace['f']()"));
        readsPosition(raised(other + "space := {})\nspace['f']()"));
        readsPosition(raised(other + "space := {'__name__': 5})\nspace['f']()"));
        readsPosition(
                raised("class Str(str): pass\n" + other + "space := {'__name__': Str('__main__')})\nspace['f']()"));
        readsPosition(raised("class Dict(dict):\n  def __getitem__(self, name): 1 / 0\n" + other
                + "space := Dict(__name__='__main__'))\nspace['f']()"));
        for (int i = 0; i < 2 * UNTIL_READ; i++) {
            readsPosition(raised("1 / 0"));
        }
    }

    @Test
    void positionsOfOtherClasses() {
        for (String source : new String[] {
            "class Own(Exception): pass\nx = 1, (lambda: Own.missing)()",
            "class Own(Exception): pass\nraise Own('of a class that can change')"
        }) {
            long error = raised(source);
            assertThat(ReadErrors.position(gil, error), is(PyErrors.positionByPython(gil, error)));
        }
        long syntax = raised("compile('1 +', 'f', 'exec')");
        assertThat(ReadErrors.position(gil, syntax), is(nullValue()));
        assertThat(PyErrors.positionByPython(gil, syntax), is(notNullValue()));
    }

    @Test
    void aHugeFunctionHasItsLines() {
        StringBuilder source = new StringBuilder("def f(n):\n");
        for (int i = 0; i < 3000; i++) {
            source.append("  if n == ").append(i).append(": return [n,  ").append(i % 7 == 0 ? "\n\n\n" : "");
            source.append("(n + 1000) / 0]\n");
        }
        for (int n : new int[] {0, 1, 7, 700, 2998}) {
            reads(raised(source + "f(" + n + ")"));
        }
    }

    @Test
    void referencesAreNotKept() {
        long error = raised("raise ValueError('counted') from KeyError()");
        int before = C.getInt(error);
        try (Gil inner = Gil.acquire()) {
            reads(error);
        }
        assertThat(C.getInt(error), is(before));
        Optional<PyException.Position> position = ReadErrors.position(gil, error);
        assertThat(
                position.map(PyException.Position::file).stream().toArray(), is(arrayContaining((Object) "raised.py")));
    }
}
