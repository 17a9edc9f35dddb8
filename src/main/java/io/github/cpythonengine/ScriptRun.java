package io.github.cpythonengine;

import io.github.cpythonengine.host.ClassAccess;
import io.github.cpythonengine.interpreter.Code;
import io.github.cpythonengine.interpreter.ForkedChild;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Namespace;
import io.github.cpythonengine.interpreter.Run;
import io.github.cpythonengine.interpreter.VirtualThreads;
import io.github.cpythonengine.python.PyException;
import io.github.cpythonengine.python.PyObject;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.script.Bindings;
import javax.script.ScriptContext;
import javax.script.ScriptEngine;
import javax.script.ScriptException;
import javax.script.SimpleScriptContext;

/**
 * One evaluation or call under a {@link ScriptContext}: ties its ENGINE_SCOPE to a namespace, makes its outer scopes
 * visible, and directs the streams. The scopes are those the context has at the beginning; the streams those it has at
 * the time of writing.
 */
final class ScriptRun implements Run {

    private static final Object[] NO_ARGUMENTS = {};

    private final ScriptContext context;
    private final ClassAccess access;
    private final Bindings engineScope;
    private final OuterScopes outerScopes;

    /** Null when the engine scope is of our own kind. */
    private ForeignScope foreign;

    private Namespace namespace;
    private String file;

    /** The script's name and arguments where the scopes say them, else null. */
    private String scriptName;

    private List<String> scriptArguments;
    private boolean wrote;

    /** Names that this run alone looks up. */
    private List<String> ownNames = List.of();

    /** What a run does. */
    @FunctionalInterface
    private interface Work {

        /** Before the run has the GIL: may ask the host's Bindings. */
        default void prepare(ScriptRun run) {}

        /** With the GIL held. */
        Object run(ScriptRun run, Gil gil) throws Exception;
    }

    private ScriptRun(ScriptContext context, ClassAccess access) {
        this.context = context;
        this.access = access;
        engineScope = Objects.requireNonNull(
                context.getBindings(ScriptContext.ENGINE_SCOPE), "the context has no ENGINE_SCOPE bindings");
        outerScopes = OuterScopes.of(context);
    }

    private static ScriptRun of(ScriptContext context, ClassAccess access) {
        return context.getClass() == SimpleScriptContext.class // not the host's own
                ? new ScriptRun(context, access)
                : asking(() -> new ScriptRun(context, access));
    }

    /** Asks the host's context and Bindings: without the GIL, which {@code withGil} around this may hold. */
    static <T> T asking(Supplier<T> work) {
        if (VirtualThreads.current() || !Gil.isHeld()) {
            return work.get();
        }
        try {
            return Gil.waiting(work::get);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    // ---- the kinds of run

    /**
     * Evaluates a text, compiled unless it was seen before.
     *
     * @param toldFile takes the name of its file, null when it has none; may be null
     */
    static Object evaluate(String text, ScriptContext context, ClassAccess access, Consumer<String> toldFile)
            throws ScriptException {
        return of(context, access).execute(new Work() {
            @Override
            public void prepare(ScriptRun run) {
                run.askForDescription();
                run.file = run.scriptName;
                if (toldFile != null) {
                    toldFile.accept(run.file);
                }
            }

            @Override
            public Object run(ScriptRun run, Gil gil) throws Exception {
                return run.runCode(gil, CodeCache.get(gil, text, run.file));
            }
        });
    }

    /** Evaluates compiled code. */
    static Object evaluate(Code code, ScriptContext context, ClassAccess access) throws ScriptException {
        return of(context, access).execute(new Work() {
            @Override
            public void prepare(ScriptRun run) {
                run.file = code.file();
                run.askForDescription();
            }

            @Override
            public Object run(ScriptRun run, Gil gil) throws Exception {
                return run.runCode(gil, code);
            }
        });
    }

    /** Calls a function by its name in the engine scope; {@link Namespace#ABSENT} when there is none. */
    static Object function(String name, Object[] arguments, ScriptContext context, ClassAccess access)
            throws ScriptException {
        return of(context, access).execute((run, gil) -> {
            run.bringIn(gil, name);
            return run.namespace.invoke(gil, name, arguments == null ? NO_ARGUMENTS : arguments);
        });
    }

    /** Does anything else with the streams and scopes of the context. */
    static Object other(ScriptContext context, ClassAccess access, Callable<Object> work) throws ScriptException {
        return of(context, access).execute((run, gil) -> {
            run.bringIn(gil, null, null);
            return work.call();
        });
    }

    /** Finds what a dotted name stands for. */
    static PyObject resolve(String name, ScriptContext context, ClassAccess access) throws ScriptException {
        return (PyObject) of(context, access).execute((run, gil) -> {
            run.bringIn(gil, name);
            return run.namespace.find(gil, name);
        });
    }

    /** Does work without the GIL, with the streams and scopes of the context, and throws what it throws. */
    static Object around(ScriptContext context, ClassAccess access, Supplier<Object> work) {
        return surrounding(context, access, (run, gil) -> gil.withoutGil(work::get));
    }

    /** Does work with the GIL held, with the streams and scopes of the context, and throws what it throws. */
    static Object holding(ScriptContext context, ClassAccess access, Callable<?> work) {
        return surrounding(context, access, (run, gil) -> gil.kept(work));
    }

    private static Object surrounding(ScriptContext context, ClassAccess access, Work work) {
        Throwable[] thrown = new Throwable[1];
        Object result = null;
        try {
            result = of(context, access).execute((run, gil) -> {
                run.bringIn(gil, null, null);
                try {
                    return work.run(run, gil);
                } catch (VirtualMachineError e) {
                    throw e;
                } catch (Throwable e) {
                    thrown[0] = e;
                    return null;
                }
            });
        } catch (ScriptException e) {
            if (thrown[0] == null) {
                throw new IllegalStateException(e.getMessage(), e);
            }
            thrown[0].addSuppressed(e);
        }
        if (thrown[0] != null) {
            throw ScriptRun.<RuntimeException>asItIs(thrown[0]);
        }
        return result;
    }

    @SuppressWarnings("unchecked") // a checked exception passes as if it were unchecked
    private static <E extends Throwable> E asItIs(Throwable error) throws E {
        throw (E) error;
    }

    // ---- the frame around each

    private Object hop(Work work) throws ScriptException {
        try {
            return VirtualThreads.hop(() -> execute(work));
        } catch (ScriptException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Object execute(Work work) throws ScriptException {
        if (VirtualThreads.current()) {
            return hop(work);
        }
        checkEngineScopeOpen();
        prepare(work);
        start(file);
        Object result = null;
        ScriptException failure = null;
        Namespace.Changes changes = null;
        try (Gil gil = Gil.acquire()) {
            tie(gil);
            Run before = gil.beginRun(this);
            try {
                result = work.run(this, gil);
            } catch (VirtualMachineError e) {
                throw e;
            } catch (PyException e) { // by itself: each frame between costs its stack trace 140 ns
                failure = ScriptErrors.of(e, file);
            } catch (Throwable e) {
                failure = ScriptErrors.of(e, file);
            } finally {
                try {
                    changes = foreign == null || ForkedChild.isHere() ? null : foreign.end(gil);
                    failure = flushText(gil, failure);
                } finally {
                    gil.endRun(before);
                }
            }
            if (ForkedChild.isHere()) {
                endOfChild(gil, failure);
            }
        } catch (PyException e) {
            failure = adding(failure, e);
        }
        failure = finish(failure, changes);
        if (failure != null) {
            throw failure;
        }
        return result;
    }

    private void prepare(Work work) throws ScriptException {
        try {
            work.prepare(this);
        } catch (RuntimeException e) {
            throw ScriptErrors.of(e, null);
        }
    }

    private static void endOfChild(Gil gil, ScriptException failure) {
        if (failure != null && failure.getCause() instanceof PyException error) {
            ForkedChild.end(gil, error.getValue());
        } else {
            ForkedChild.end(gil, failure == null ? null : failure.getMessage());
        }
    }

    private void checkEngineScopeOpen() {
        if (engineScope instanceof NamespaceBindings own && own.isClosed()) {
            throw new IllegalStateException("This CPython engine has been closed");
        }
    }

    /** Starts Python if need be; that it cannot is an error of the script. */
    static void start(String file) throws ScriptException {
        try {
            Python.start();
        } catch (RuntimeException e) {
            throw ScriptErrors.of(e, file);
        }
    }

    private void tie(Gil gil) {
        if (engineScope instanceof NamespaceBindings own) {
            namespace = own.namespace(gil);
        } else {
            foreign = ForeignScope.of(gil, engineScope);
            foreign.begin();
            namespace = foreign.namespace();
        }
    }

    private ScriptException flushText(Gil gil, ScriptException failure) {
        try {
            gil.flushText();
            return failure;
        } catch (RuntimeException e) {
            return adding(failure, e);
        }
    }

    /** Without the GIL, which a run around this one may hold: the Writers and the Bindings are the host's. */
    private ScriptException finish(ScriptException before, Namespace.Changes changes) {
        if (changes == null && !wrote) {
            return before;
        }
        try {
            return Gil.without(() -> tell(before, changes));
        } catch (Exception e) {
            return adding(before, e);
        }
    }

    private ScriptException tell(ScriptException before, Namespace.Changes changes) {
        ScriptException failure = before;
        if (changes != null) {
            try {
                ForeignScope.writeBack(engineScope, changes);
            } catch (RuntimeException e) {
                failure = adding(failure, e);
            }
        }
        if (wrote) {
            failure = flush(failure, context::getWriter);
            failure = flush(failure, context::getErrorWriter);
        }
        return failure;
    }

    private ScriptException flush(ScriptException failure, Supplier<Writer> which) {
        try {
            Writer writer = which.get();
            if (writer != null) {
                writer.flush();
            }
            return failure;
        } catch (IOException | RuntimeException e) {
            return adding(failure, e);
        }
    }

    private ScriptException adding(ScriptException failure, Exception error) {
        if (failure == null) {
            return ScriptErrors.of(error, file);
        }
        failure.addSuppressed(error);
        return failure;
    }

    // ---- before the code runs

    private Object runCode(Gil gil, Code code) throws Exception {
        bringIn(gil, code, null);
        Runnable putBack = describeScript(gil);
        try {
            return code.run(gil, namespace);
        } finally {
            putBack.run();
        }
    }

    /** Makes what a name, dotted or not, begins with visible. */
    private void bringIn(Gil gil, String name) throws Exception {
        int dot = isWatching() ? name.indexOf('.') : -1;
        bringIn(gil, null, dot < 0 ? name : name.substring(0, dot));
    }

    /** Makes the names visible that the code, or the function of this name, looks up. */
    private void bringIn(Gil gil, Code code, String name) throws Exception {
        if (code != null) {
            ownNames = code.announce(gil, namespace, isWatching());
        }
        if (isWatching()) {
            if (name != null) {
                ownNames = List.of(name);
            }
            Fetched values = gil.withoutGil(this::fetch);
            takeIn(gil, values);
            if (foreign != null || !values.outer.isEmpty() || namespace.hasOuter()) {
                namespace.setOuter(gil, values.outer);
            }
        } else if (namespace.hasOuter() || (code != null && code.hasLastingFreeNames(gil, namespace))) {
            namespace.setOuter(gil, Map.of());
        }
    }

    @Override
    public boolean isWatching() {
        return foreign != null || !outerScopes.isEmpty();
    }

    private record Fetched(ForeignScope.Fetched engine, Map<String, Object> outer) {}

    @Override
    public Fetched fetch() {
        Set<String> names = new LinkedHashSet<>(namespace.usedNames());
        names.addAll(ownNames);
        return new Fetched(foreign == null ? null : foreign.fetch(engineScope, names), outerScopes.fetch(names));
    }

    @Override
    public void apply(Gil gil, Object fetched) {
        Fetched values = (Fetched) fetched;
        takeIn(gil, values);
        if (!values.outer.isEmpty() || namespace.hasOuterNames()) {
            namespace.setOuter(gil, values.outer);
        }
    }

    private void takeIn(Gil gil, Fetched values) {
        if (foreign != null) {
            foreign.apply(gil, values.engine);
        }
    }

    private static final Runnable NOTHING = () -> {};

    private Runnable describeScript(Gil gil) {
        if (scriptName == null && scriptArguments == null) {
            return NOTHING;
        }
        return namespace.describeScript(gil, scriptName, scriptArguments);
    }

    /** Before the run has the GIL. */
    private void askForDescription() {
        if (mayDescribeScript()) {
            asking(() -> {
                Object name = context.getAttribute(ScriptEngine.FILENAME);
                scriptName = name == null ? null : name.toString();
                scriptArguments = texts(context.getAttribute(ScriptEngine.ARGV));
                return null;
            });
        }
    }

    private boolean mayDescribeScript() {
        return !(engineScope instanceof NamespaceBindings own) || own.describesScript() || !outerScopes.isEmpty();
    }

    private static List<String> texts(Object arguments) {
        if (arguments == null) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        if (arguments instanceof Object[] array) {
            for (Object argument : array) {
                texts.add(String.valueOf(argument));
            }
        } else if (arguments instanceof Iterable<?> list) {
            list.forEach(argument -> texts.add(String.valueOf(argument)));
        } else {
            texts.add(arguments.toString());
        }
        return texts;
    }

    // ---- what the interpreter asks

    @Override
    public Namespace namespace() {
        return namespace;
    }

    @Override
    public Object classAccess() {
        return access;
    }

    @Override
    public Writer out() {
        wrote = true;
        return context.getWriter();
    }

    @Override
    public Writer err() {
        wrote = true;
        return context.getErrorWriter();
    }

    @Override
    public Reader in() {
        return context.getReader();
    }
}
