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
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.script.Bindings;
import javax.script.ScriptContext;
import javax.script.ScriptEngine;
import javax.script.ScriptException;

/**
 * One evaluation or call under a {@link ScriptContext}: ties its ENGINE_SCOPE to a namespace, makes its outer scopes
 * visible, and directs the streams. The scopes are those the context has at the beginning; the streams those it has at
 * the time of writing.
 *
 * <p>A run that {@link #isPlain} keeps nothing of what it does: {@link Runs} uses one object for many, also at the same time.
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

    /** The script's name and arguments where the scopes say them, else null. */
    private String scriptName;

    private List<String> scriptArguments;

    private static final AtomicIntegerFieldUpdater<ScriptRun> WRITES =
            AtomicIntegerFieldUpdater.newUpdater(ScriptRun.class, "writes");

    /** How often something was written: by those of this object that are in progress, or by threads that one started. */
    private volatile int writes;

    private final Reference<Run> reference = new WeakReference<>(this);

    /** Names that this run alone looks up. */
    private List<String> ownNames = List.of();

    /** What a run does. */
    @FunctionalInterface
    private interface Work {

        /**
         * Before the run has the GIL: may ask the host's Bindings.
         *
         * @return the name of the script's file, null for none
         */
        default String prepare(ScriptRun run) {
            return null;
        }

        /** With the GIL held. */
        Object run(ScriptRun run, Gil gil) throws Exception;
    }

    ScriptRun(ScriptContext context, ClassAccess access) {
        this.context = context;
        this.access = access;
        engineScope = Objects.requireNonNull(
                context.getBindings(ScriptContext.ENGINE_SCOPE), "the context has no ENGINE_SCOPE bindings");
        outerScopes = OuterScopes.of(context);
    }

    /** Whether it has no scopes but the engine's own kind, and no script to describe. */
    boolean isPlain() {
        return outerScopes.isEmpty() && engineScope instanceof NamespaceBindings own && !own.describesScript();
    }

    /** Whether a new run under this context would be plain and the same as this one, which is. */
    boolean fits(ScriptContext now, ClassAccess itsAccess) {
        return now == context
                && itsAccess == access
                && now.getBindings(ScriptContext.ENGINE_SCOPE) == engineScope
                && OuterScopes.isKnownEmpty(now.getBindings(ScriptContext.GLOBAL_SCOPE))
                && isPlain();
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
    Object evaluate(String text, Consumer<String> toldFile) throws ScriptException {
        return execute(new Work() {
            private String file;

            @Override
            public String prepare(ScriptRun run) {
                run.askForDescription();
                file = run.scriptName;
                if (toldFile != null) {
                    toldFile.accept(file);
                }
                return file;
            }

            @Override
            public Object run(ScriptRun run, Gil gil) throws Exception {
                Code code = CodeCache.enter(gil, text, file);
                try {
                    return run.runCode(gil, code);
                } finally {
                    code.leave();
                }
            }
        });
    }

    /** Evaluates compiled code. */
    Object evaluate(Code code) throws ScriptException {
        return execute(new Work() {
            @Override
            public String prepare(ScriptRun run) {
                run.askForDescription();
                return code.file();
            }

            @Override
            public Object run(ScriptRun run, Gil gil) throws Exception {
                return run.runCode(gil, code);
            }
        });
    }

    /** Calls a function by its name in the engine scope; {@link Namespace#ABSENT} when there is none. */
    Object function(String name, Object[] arguments) throws ScriptException {
        return execute(
                new Work() { // a lambda is one method more for the JIT to look through, which ends at a depth of 15
                    @Override
                    public Object run(ScriptRun run, Gil gil) throws Exception {
                        run.bringIn(gil, name);
                        return run.namespace.invoke(gil, name, arguments == null ? NO_ARGUMENTS : arguments);
                    }
                });
    }

    /** Does anything else with the streams and scopes of the context. */
    Object other(Callable<Object> work) throws ScriptException {
        return execute((run, gil) -> {
            run.bringIn(gil, null, null);
            return work.call();
        });
    }

    /** Finds what a dotted name stands for. */
    PyObject resolve(String name) throws ScriptException {
        return (PyObject) execute((run, gil) -> {
            run.bringIn(gil, name);
            return run.namespace.find(gil, name);
        });
    }

    /** Does work without the GIL, with the streams and scopes of the context, and throws what it throws. */
    Object around(Supplier<Object> work) {
        return surrounding((run, gil) -> gil.withoutGil(work::get));
    }

    /** Does work with the GIL held, with the streams and scopes of the context, and throws what it throws. */
    Object holding(Callable<?> work) {
        return surrounding((run, gil) -> gil.kept(work));
    }

    private Object surrounding(Work work) {
        Throwable[] thrown = new Throwable[1];
        Object result = null;
        try {
            result = execute((run, gil) -> {
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
        String file = prepare(work);
        start(file);
        Object result = null;
        ScriptException failure = null;
        Namespace.Changes changes = null;
        boolean written = false;
        try (Gil gil = Gil.acquire()) {
            tie(gil);
            int writesBefore = writes;
            Reference<? extends Run> before = gil.beginRun(reference);
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
                    failure = flushText(gil, failure, file);
                } finally {
                    gil.endRun(before);
                    written = writes != writesBefore;
                }
            }
            if (ForkedChild.isHere()) {
                endOfChild(gil, failure);
            }
        } catch (PyException e) {
            failure = adding(failure, e, file);
        }
        if (changes != null || written) {
            failure = finish(failure, changes, written, file);
        }
        if (failure != null) {
            throw failure;
        }
        return result;
    }

    private String prepare(Work work) throws ScriptException {
        try {
            return work.prepare(this);
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
            Namespace its = own.namespace(gil);
            if (namespace != its) {
                namespace = its;
            }
        } else {
            foreign = ForeignScope.of(gil, engineScope);
            foreign.begin();
            namespace = foreign.namespace();
        }
    }

    private ScriptException flushText(Gil gil, ScriptException failure, String file) {
        try {
            gil.flushText();
            return failure;
        } catch (RuntimeException e) {
            return adding(failure, e, file);
        }
    }

    /** Without the GIL, which a run around this one may hold: the Writers and the Bindings are the host's. */
    private ScriptException finish(ScriptException before, Namespace.Changes changes, boolean written, String file) {
        try {
            return Gil.without(() -> tell(before, changes, written, file));
        } catch (Exception e) {
            return adding(before, e, file);
        }
    }

    private ScriptException tell(ScriptException before, Namespace.Changes changes, boolean written, String file) {
        ScriptException failure = before;
        if (changes != null) {
            try {
                ForeignScope.writeBack(engineScope, changes);
            } catch (RuntimeException e) {
                failure = adding(failure, e, file);
            }
        }
        if (written) {
            failure = flush(failure, context::getWriter, file);
            failure = flush(failure, context::getErrorWriter, file);
        }
        return failure;
    }

    private static ScriptException flush(ScriptException failure, Supplier<Writer> which, String file) {
        try {
            Writer writer = which.get();
            if (writer != null) {
                writer.flush();
            }
            return failure;
        } catch (IOException | RuntimeException e) {
            return adding(failure, e, file);
        }
    }

    private static ScriptException adding(ScriptException failure, Exception error, String file) {
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
        List<String> names = code == null ? List.of() : code.announce(gil, namespace, isWatching());
        if (isWatching()) {
            ownNames = name == null ? names : List.of(name);
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
    public Reference<Run> reference() {
        return reference;
    }

    @Override
    public Writer out() {
        WRITES.incrementAndGet(this);
        return context.getWriter();
    }

    @Override
    public Writer err() {
        WRITES.incrementAndGet(this);
        return context.getErrorWriter();
    }

    @Override
    public Reader in() {
        return context.getReader();
    }
}
