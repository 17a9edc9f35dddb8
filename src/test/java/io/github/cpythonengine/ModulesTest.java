package io.github.cpythonengine;

import static io.github.cpythonengine.TestEngines.eval;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.sameInstance;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.cpythonengine.python.Kwargs;
import io.github.cpythonengine.python.PyCallable;
import io.github.cpythonengine.python.PyException;
import io.github.cpythonengine.python.PyObject;
import io.github.cpythonengine.wrap.Session;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.script.ScriptContext;
import javax.script.ScriptException;
import javax.script.SimpleBindings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Modules and names from Java: importModule, resolve, and interfaces over whole modules. */
class ModulesTest {

    @TempDir
    Path folder;

    private final CPythonScriptEngine engine = (CPythonScriptEngine) TestEngines.engine();

    @BeforeEach
    void searchFolder() throws Exception {
        engine.put("folder", folder.toString());
        eval(engine, "import sys", "sys.path.insert(0, folder)", "before = set(sys.modules)");
    }

    @AfterEach
    void forgetModules() throws Exception {
        eval(
                engine,
                "sys.path.remove(folder)",
                "sys.path_importer_cache.pop(folder, None)",
                "for name in [name for name in sys.modules if name.startswith('modulestest_')]:",
                "    del sys.modules[name]");
    }

    private void module(String path, String... lines) throws Exception {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, String.join("\n", lines) + "\n");
        eval(engine, "import importlib", "importlib.invalidate_caches()");
    }

    private static PyException cause(Executable work) {
        return (PyException) assertThrows(ScriptException.class, work).getCause();
    }

    // ---- importModule

    @Test
    void importsModulesByTheirDottedName() throws Exception {
        PyObject path = engine.importModule("os.path");
        assertThat(path.callMethod("basename", "a/b"), is("b"));
        assertThat("the same module", path.is(engine.importModule("os").getAttr("path")), is(true));
        assertThat("no variable of the engine", engine.get("os"), is(nullValue()));
        PyObject java = engine.importModule("java.util");
        assertThat(java.getAttr("ArrayList", PyObject.class).call(), is((Object) List.of()));
    }

    @Test
    void aMissingModuleIsAScriptException() {
        PyException error = cause(() -> engine.importModule("no_such_module.sub"));
        assertThat(error.getTypeName(), is("ModuleNotFoundError"));
        assertThat(error.getMessage(), is("ModuleNotFoundError: No module named 'no_such_module'"));
        assertThat(error.getTraceback().contains("cpython-engine/"), is(false));
        assertThat(cause(() -> engine.importModule("a\0b")).getTypeName(), is("ModuleNotFoundError"));
        assertThat(cause(() -> engine.importModule("")).getTypeName(), is("ValueError"));
        assertThrows(NullPointerException.class, () -> engine.importModule(null));
    }

    @Test
    void importingRunsInTheEnginesContext() throws Exception {
        module("modulestest_loud.py", "print('loaded')");
        module("modulestest_bad.py", "x = 1", "x / 0");
        StringWriter out = new StringWriter();
        engine.getContext().setWriter(out);
        engine.importModule("modulestest_loud");
        engine.importModule("modulestest_loud");
        assertThat(out.toString(), is("loaded\n"));
        ScriptException error = assertThrows(ScriptException.class, () -> engine.importModule("modulestest_bad"));
        assertThat(error.getMessage(), startsWith("ZeroDivisionError"));
        assertThat(error.getFileName(), containsString("modulestest_bad.py"));
        assertThat(error.getLineNumber(), is(2));
    }

    @Test
    void aClosedEngineRefuses() {
        CPythonScriptEngine closed = (CPythonScriptEngine) TestEngines.engine();
        closed.close();
        assertThrows(IllegalStateException.class, () -> closed.importModule("os"));
        assertThrows(IllegalStateException.class, () -> closed.resolve("os"));
    }

    // ---- resolve

    @Test
    void resolvesVariablesThenBuiltinsThenModules() throws Exception {
        assertThat(engine.resolve("len").call("abc"), is(3));
        assertThat(
                engine.resolve("os.path.join").call("a", "b"),
                is(Path.of("a", "b").toString()));
        assertThat(engine.resolve("textwrap").typeName(), is("module"));
        assertThat("no variable of the engine", engine.get("textwrap"), is(nullValue()));
        engine.eval("class os: path = 'mine'\ndef len(x): return -1");
        assertThat(engine.resolve("os.path").str(), is("mine"));
        assertThat(engine.resolve("len").call("abc"), is(-1));
    }

    @Test
    void resolvesModulesInPackages() throws Exception {
        module("modulestest_package/__init__.py", "value = 1");
        module("modulestest_package/inner.py", "def f(): return 'f'");
        engine.eval("import modulestest_package as p");
        assertThat(engine.resolve("p.value").as(int.class), is(1));
        assertThat("imported when it is asked for", engine.resolve("p.inner.f").call(), is("f"));
        module("modulestest_package/broken.py", "import modulestest_missing");
        PyException error = cause(() -> engine.resolve("p.broken.f"));
        assertThat(error.getMessage(), is("ModuleNotFoundError: No module named 'modulestest_missing'"));
    }

    @Test
    void whatCannotBeResolvedIsAScriptException() throws Exception {
        assertThat(
                cause(() -> engine.resolve("no_such_name.x")).getMessage(),
                is("NameError: no variable, builtin or module is named 'no_such_name'"));
        assertThat(cause(() -> engine.resolve("")).getTypeName(), is("NameError"));
        PyException attribute = cause(() -> engine.resolve("math.no_such_name"));
        assertThat(attribute.getTypeName(), is("AttributeError"));
        assertThat(cause(() -> engine.resolve("math.")).getTypeName(), is("AttributeError"));
        engine.eval("class Odd:\n  @property\n  def x(self): raise KeyError('no')\nodd = Odd()");
        assertThat(cause(() -> engine.resolve("odd.x")).getTypeName(), is("KeyError"));
        assertThrows(NullPointerException.class, () -> engine.resolve(null));
    }

    @Test
    void outerScopesAndForeignBindingsCount() throws Exception {
        SimpleBindings global = new SimpleBindings(Map.of("outer", "from outside"));
        engine.setBindings(global, ScriptContext.GLOBAL_SCOPE);
        assertThat(engine.resolve("outer.upper").call(), is("FROM OUTSIDE"));
        SimpleBindings foreign = new SimpleBindings(Map.of("inner", "foreign"));
        engine.setBindings(foreign, ScriptContext.ENGINE_SCOPE);
        assertThat(engine.resolve("inner.upper").call(), is("FOREIGN"));
        assertThat(foreign.keySet(), is(java.util.Set.of("inner")));
        engine.setBindings(engine.createBindings(), ScriptContext.ENGINE_SCOPE);
        eval(engine, "import sys");
        engine.put("folder", folder.toString());
    }

    @Test
    void aResolvedFunctionIsKept() throws Exception {
        engine.eval("def f(x): return x + 1");
        PyCallable<Long> f = engine.resolve("f").callable(Long.class);
        engine.eval("def f(x): return 'another'");
        assertThat(f.call(1), is(2L));
        assertThat(engine.resolve("statistics.mean").callable(double.class).call(List.of(1, 2)), is(1.5));
    }

    // ---- a module as an interface

    interface Maths {
        double sqrt(double x);

        long comb(int n, int k);

        double pi();

        default double area(double radius) {
            return pi() * radius * radius;
        }
    }

    @Test
    void aModuleIsAnInterface() throws Exception {
        Maths math = engine.importModule("math", Maths.class);
        assertThat(math.sqrt(2), closeTo(1.4142, 0.0001));
        assertThat(math.comb(5, 2), is(10L));
        assertThat("a variable", math.pi(), is(Math.PI));
        assertThat(math.area(1), is(Math.PI));
        assertThat(engine.getInterface(engine.importModule("math"), Maths.class), is(math));
    }

    interface Typed {
        Map<String, List<Long>> counts(String text, Kwargs names);

        List<Long> version();

        void version_changes(Object... all);
    }

    @Test
    void resultsHoldWhatTheirTypesSay() throws Exception {
        module(
                "modulestest_typed.py",
                "version = (1, 2)",
                "def counts(text, *, upper=False):",
                "    return {(c.upper() if upper else c): [text.count(c)] for c in text}",
                "def version_changes(*all):",
                "    global version",
                "    version = all");
        Typed typed = engine.importModule("modulestest_typed", Typed.class);
        Map<String, List<Long>> counts = typed.counts("aab", Kwargs.of("upper", true));
        long two = counts.get("A").get(0);
        assertThat(two, is(2L));
        assertThat(typed.version(), is(List.of(1L, 2L)));
        typed.version_changes(3, 4, 5);
        assertThat("looked up each time", typed.version(), is(List.of(3L, 4L, 5L)));
        typed.version_changes("x");
        assertThrows(ClassCastException.class, typed::version);
    }

    interface Lacking {
        double sqrt(double x);

        double cosine(double x);

        double tau(double x);
    }

    @Test
    void whatAModuleLacksIsTold() throws Exception {
        ClassCastException error =
                assertThrows(ClassCastException.class, () -> engine.importModule("math", Lacking.class));
        assertThat(error.getMessage(), allOf(containsString("cosine()"), containsString("tau()")));
        assertThat(engine.getInterface(engine.importModule("math"), Lacking.class), is(nullValue()));
        assertThrows(IllegalArgumentException.class, () -> engine.importModule("math", String.class));
        assertThrows(IllegalArgumentException.class, () -> engine.importModule("math", null));
        assertThrows(ScriptException.class, () -> engine.importModule("no_such_module", Maths.class));
    }

    @Test
    void errorsOfCallsAreUnchecked() throws Exception {
        Maths math = engine.importModule("math", Maths.class);
        IllegalStateException error = assertThrows(IllegalStateException.class, () -> math.sqrt(-1));
        assertThat(error.getCause(), instanceOf(ScriptException.class));
        assertThat(error.getMessage(), startsWith("ValueError"));
        engine.eval("def fail(): raise error");
        RuntimeException own = new UnsupportedOperationException("own");
        engine.put("error", own);
        PyObject fail = engine.resolve("fail");
        ScriptException script = assertThrows(ScriptException.class, () -> engine.invokeMethod(fail, "__call__"));
        assertThat(script.getCause(), sameInstance((Throwable) own));
    }

    @Test
    void operatorsAreFoundByReflectionToo() throws Exception {
        Object sum = PyObject.class.getMethod("add", Object.class).invoke(PyObject.of(1), 2);
        assertThat(((PyObject) sum).as(int.class), is(3));
    }

    @Test
    void nothingIsLeftBehind() throws Exception {
        engine.eval("def f(x): return [x]");
        Session.assertNoLeak(() -> {
            try {
                engine.importModule("math", Maths.class).pi();
                engine.resolve("f").callable(List.class).call(1);
                engine.resolve("os.path");
                assertThrows(ScriptException.class, () -> engine.resolve("no_such_name"));
            } catch (ScriptException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
