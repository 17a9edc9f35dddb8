package io.github.cpythonengine;

import io.github.cpythonengine.host.ClassAccess;
import io.github.cpythonengine.interpreter.Calls;
import io.github.cpythonengine.interpreter.FlightRecording;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Namespace;
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

    ClassAccess classAccess() {
        return classAccess;
    }

    // ---- ScriptEngine

    @Override
    public Object eval(String script, ScriptContext context) throws ScriptException {
        Objects.requireNonNull(script, "script");
        Objects.requireNonNull(context, "context");
        checkOpen();
        return FlightRecording.isOn()
                ? RecordedRun.eval(
                        context.getAttribute(FILENAME), () -> ScriptRun.evaluate(script, context, classAccess))
                : ScriptRun.evaluate(script, context, classAccess);
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
        Object name = context.getAttribute(ScriptEngine.FILENAME);
        String file = name == null ? null : name.toString();
        ScriptRun.start(file);
        try {
            return new CPythonCompiledScript(this, Gil.with(gil -> CodeCache.get(gil, script, file)));
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
                ? RecordedRun.invoke(name, () -> ScriptRun.function(name, args, context, classAccess))
                : ScriptRun.function(name, args, context, classAccess);
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
        return ScriptRun.other(context, classAccess, () -> Gil.with(gil -> Calls.method(gil, thiz, name, args)));
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
        return new PyProxies(work -> ScriptRun.around(context, classAccess, work), error -> {
            ScriptException cause = ScriptErrors.of(error, null);
            return new IllegalStateException(cause.getMessage(), cause);
        });
    }

    /** Gives up the engine's names and what they hold. Once is enough, any thread; later uses of the engine fail. */
    @Override
    public void close() {
        closed = true;
        own.close();
    }
}
