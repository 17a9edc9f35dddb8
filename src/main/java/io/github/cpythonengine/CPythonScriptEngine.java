package io.github.cpythonengine;

import io.github.cpythonengine.host.ClassAccess;
import io.github.cpythonengine.interpreter.Calls;
import io.github.cpythonengine.interpreter.FlightRecording;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Namespace;
import io.github.cpythonengine.interpreter.Scripts;
import io.github.cpythonengine.python.PyException;
import io.github.cpythonengine.python.PyObject;
import io.github.cpythonengine.python.PyView;
import io.github.cpythonengine.wrap.PyProxies;
import java.io.IOException;
import java.io.Reader;
import java.util.Objects;
import javax.script.AbstractScriptEngine;
import javax.script.Bindings;
import javax.script.Compilable;
import javax.script.CompiledScript;
import javax.script.Invocable;
import javax.script.ScriptContext;
import javax.script.ScriptEngine;
import javax.script.ScriptEngineFactory;
import javax.script.ScriptException;

/**
 * A script engine for the CPython of this process: a namespace of its own, whose Bindings are live. Cheap to make, holds
 * nothing of Python until it is used. Usable from any thread, several at once; Python's GIL lets one run at a time.
 *
 * <p>A forgotten engine is collected with its namespace; {@link #close} gives the names up at once, and also frees what
 * refers to itself through both Java and Python.
 */
public final class CPythonScriptEngine extends AbstractScriptEngine implements Compilable, Invocable, AutoCloseable {

    private final CPythonScriptEngineFactory factory;
    private final NamespaceBindings own = new NamespaceBindings(true);
    private final Runs runs = new Runs();
    private volatile boolean closed;
    private volatile ClassAccess classAccess = ClassAccess.all();

    CPythonScriptEngine(CPythonScriptEngineFactory factory) {
        this.factory = factory;
        context.setBindings(own, ScriptContext.ENGINE_SCOPE);
    }

    void checkOpen() {
        if (closed) {
            throw new IllegalStateException("This CPython engine has been closed");
        }
    }

    /**
     * Limits the Java classes that scripts of this engine reach, from their next run on; every public class unless said
     * otherwise. Against accidents: see {@link ClassAccess}.
     */
    public void setClassAccess(ClassAccess rules) {
        classAccess = Objects.requireNonNull(rules, "rules");
    }

    /** A run under a context, of this engine or another. */
    ScriptRun run(ScriptContext its) {
        return runs.of(its, context, classAccess);
    }

    // ---- ScriptEngine

    @Override
    public Object eval(String script, ScriptContext context) throws ScriptException {
        Objects.requireNonNull(script, "script");
        Objects.requireNonNull(context, "context");
        checkOpen();
        return FlightRecording.isOn()
                ? RecordedRun.eval(event -> run(context).evaluate(script, event::file))
                : run(context).evaluate(script, null);
    }

    @Override
    public Object eval(Reader reader, ScriptContext context) throws ScriptException {
        Objects.requireNonNull(reader, "reader");
        Objects.requireNonNull(context, "context");
        return eval(read(reader), context);
    }

    private static String read(Reader reader) throws ScriptException {
        StringBuilder text = new StringBuilder();
        char[] part = new char[8192];
        try {
            for (int count = reader.read(part); count >= 0; count = reader.read(part)) {
                text.append(part, 0, count);
            }
        } catch (IOException e) {
            throw new ScriptException(e);
        }
        return text.toString();
    }

    @Override
    public void setContext(ScriptContext ctxt) {
        super.setContext(ctxt);
        runs.clear();
    }

    @Override
    public void put(String key, Object value) {
        if (getBindings(ScriptContext.ENGINE_SCOPE) instanceof NamespaceBindings names) {
            names.set(key, value);
        } else {
            super.put(key, value);
        }
    }

    @Override
    public Bindings createBindings() {
        return new NamespaceBindings(false);
    }

    @Override
    public ScriptEngineFactory getFactory() {
        return factory;
    }

    // ---- Compilable

    @Override
    public CompiledScript compile(String script) throws ScriptException {
        Objects.requireNonNull(script, "script");
        checkOpen();
        Object name = ScriptRun.asking(() -> context.getAttribute(ScriptEngine.FILENAME));
        String file = name == null ? null : name.toString();
        ScriptRun.start(file);
        try {
            return new CPythonCompiledScript(this, Gil.with(gil -> CodeCache.enter(gil, script, file)));
        } catch (PyException e) {
            throw ScriptErrors.of(e, file);
        }
    }

    @Override
    public CompiledScript compile(Reader script) throws ScriptException {
        Objects.requireNonNull(script, "script");
        return compile(read(script));
    }

    // ---- Invocable

    /**
     * {@inheritDoc}
     *
     * <p>The name may be dotted ({@code "math.sqrt"}); a last argument of type {@link
     * io.github.cpythonengine.python.Kwargs} gives keyword arguments.
     */
    @Override
    public Object invokeFunction(String name, Object... args) throws ScriptException, NoSuchMethodException {
        Objects.requireNonNull(name, "name");
        checkOpen();
        Object result = FlightRecording.isOn()
                ? RecordedRun.invoke(name, () -> run(context).function(name, args))
                : run(context).function(name, args);
        if (result == Namespace.ABSENT) {
            throw new NoSuchMethodException("no function " + name + " in the engine's scope");
        }
        return result;
    }

    @Override
    public Object invokeMethod(Object thiz, String name, Object... args) throws ScriptException, NoSuchMethodException {
        checkScriptObject(thiz);
        Objects.requireNonNull(name, "name");
        checkOpen();
        Object result = FlightRecording.isOn()
                ? RecordedRun.invoke(name, () -> method(thiz, name, args))
                : method(thiz, name, args);
        if (result == Namespace.ABSENT) {
            throw new NoSuchMethodException("no method " + name + " in " + thiz);
        }
        return result;
    }

    private Object method(Object thiz, String name, Object[] args) throws ScriptException {
        return run(context).other(() -> Gil.with(gil -> Calls.method(gil, thiz, name, args)));
    }

    private static void checkScriptObject(Object thiz) {
        if (!(thiz instanceof PyObject) && !(thiz instanceof PyView)) {
            throw new IllegalArgumentException(
                    thiz == null ? "the object is null" : "not an object of a script: " + thiz.getClass());
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>Calls look functions up in the bindings that are ENGINE_SCOPE now, and print where the context that is the
     * default one now says.
     */
    @Override
    public <T> T getInterface(Class<T> type) {
        checkInterface(type);
        checkOpen();
        ScriptContext current = context;
        Bindings scope = current.getBindings(ScriptContext.ENGINE_SCOPE);
        if (!PyProxies.missing(scope::get, type).isEmpty()) {
            return null;
        }
        return proxies(current).make(scope::get, type);
    }

    @Override
    public <T> T getInterface(Object thiz, Class<T> type) {
        checkScriptObject(thiz);
        checkInterface(type);
        checkOpen();
        PyObject object = thiz instanceof PyView view ? view.pyObject() : (PyObject) thiz;
        if (!PyProxies.missing(object, type).isEmpty()) {
            return null;
        }
        return proxies(context).make(object, type);
    }

    private static void checkInterface(Class<?> type) {
        if (type == null || !type.isInterface()) {
            throw new IllegalArgumentException("not an interface: " + type);
        }
    }

    private PyProxies proxies(ScriptContext context) {
        return new PyProxies(work -> run(context).around(work), error -> {
            ScriptException cause = ScriptErrors.of(error, null);
            return new IllegalStateException(cause.getMessage(), cause);
        });
    }

    // ---- modules and names

    /**
     * The module of this name ({@code "numpy.linalg"}), imported if it is not yet. What it prints meanwhile goes where the
     * engine's context says.
     *
     * @throws ScriptException when there is none (its cause is Python's {@code ModuleNotFoundError}), or when importing it
     *     fails
     */
    public PyObject importModule(String name) throws ScriptException {
        Objects.requireNonNull(name, "name");
        checkOpen();
        return (PyObject) run(context).other(() -> Gil.with(gil -> Scripts.importModule(gil, name)));
    }

    /**
     * The functions of a module as a Java interface, whose method names are theirs. Results are of the types that the
     * methods return, down to the last element of a {@code Map<String, List<Long>>}; a method without parameters may stand
     * for a variable ({@code double pi()}), a last parameter of type {@link io.github.cpythonengine.python.Kwargs} takes
     * keyword arguments. See {@link PyProxies}; errors of calls are as those of {@link #getInterface(Object, Class)}.
     *
     * @throws ScriptException as {@link #importModule(String)}
     * @throws ClassCastException when the module lacks something for a method; the message says what
     * @throws IllegalArgumentException when the type is no interface that can be implemented
     */
    public <T> T importModule(String name, Class<T> type) throws ScriptException {
        checkInterface(type);
        return proxies(context).make(importModule(name), type);
    }

    /**
     * What a dotted name stands for: {@code "orders.total"}, {@code "len"}, {@code "os.path.join"}. The part before the
     * first dot is a variable in the engine's scopes, else a builtin, else a module, which is imported if it is not yet; the
     * others are attributes, or modules in a package. To call it often, keep what {@link PyObject#callable(Class)} gives.
     *
     * @throws ScriptException when there is no such thing (its cause is Python's {@code NameError} or {@code
     *     AttributeError}), or when importing fails
     */
    public PyObject resolve(String name) throws ScriptException {
        Objects.requireNonNull(name, "name");
        checkOpen();
        return run(context).resolve(name);
    }

    // ---- the GIL

    /**
     * Work with or without the GIL.
     *
     * @param <T> the result
     * @param <E> what may be thrown
     */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {

        T run() throws E;
    }

    /**
     * {@link Work} without a result.
     *
     * @param <E> what may be thrown
     */
    @FunctionalInterface
    public interface Action<E extends Exception> {

        void run() throws E;
    }

    /**
     * Does many operations on Python objects while holding the GIL once: each is cheaper then, and no other thread gets in
     * between two of them. (Within one it may, as ever while Python code runs.) Text that Python prints meanwhile goes where
     * the engine's context says.
     *
     * <p>Nothing needs it: every operation takes the GIL by itself. And it wants care: while this thread waits for something
     * else, a lock or a file, no thread runs Python code, and if what it waits for needs Python, both wait for ever. That is
     * what {@link #allowThreads(Work)} is for. Java code that Python calls does not hold the GIL, here neither; nor is it
     * held while the engine asks a host's {@code Bindings} and writers.
     *
     * <p>The work is done on the calling thread; for a virtual thread, on a platform thread that does all of it, while the
     * virtual one waits.
     *
     * <p>{@code System.exit} within it ends the JVM with its code, but only after a wait of some seconds for the GIL, and
     * without Python's exit functions ({@code atexit}): they would need the GIL that this thread keeps.
     *
     * @return what the work returns
     * @throws E what the work throws, as it is
     * @throws IllegalStateException when Python does not start (the cause says why), and when this engine is closed
     */
    @SuppressWarnings("unchecked") // it is what the work returned
    public <T, E extends Exception> T withGil(Work<T, E> work) throws E {
        Objects.requireNonNull(work, "work");
        checkOpen();
        return (T) run(context).holding(work::run);
    }

    /** {@link #withGil(Work)} without a result. */
    public <E extends Exception> void withGil(Action<E> action) throws E {
        Objects.requireNonNull(action, "action");
        withGil(asWork(action));
    }

    /**
     * Lets go of the GIL for work that takes time or waits, within {@link #withGil(Work)}: other threads run Python
     * meanwhile. Before, what a script has printed reaches its writer. The work may use Python objects and engines like any
     * other code; where this thread holds no GIL it is simply done.
     *
     * @return what the work returns
     * @throws E what the work throws, as it is
     */
    @SuppressWarnings("unchecked") // the work throws nothing else
    public <T, E extends Exception> T allowThreads(Work<T, E> work) throws E {
        Objects.requireNonNull(work, "work");
        try {
            return Gil.without(work::run);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw (E) e;
        }
    }

    /** {@link #allowThreads(Work)} without a result. */
    public <E extends Exception> void allowThreads(Action<E> action) throws E {
        Objects.requireNonNull(action, "action");
        allowThreads(asWork(action));
    }

    private static <E extends Exception> Work<Void, E> asWork(Action<E> action) {
        return () -> {
            action.run();
            return null;
        };
    }

    /** Gives up the engine's names and what they hold. Once is enough, any thread; later uses of the engine fail. */
    @Override
    public void close() {
        closed = true;
        runs.clear();
        own.close();
    }
}
