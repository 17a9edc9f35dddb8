package io.github.cpythonengine.interpreter;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.CurrentThreadState;
import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.capi.RefCounts;
import java.lang.ref.Reference;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The global interpreter lock, held by this thread, as a scope:
 *
 * <pre>{@code
 * try (Gil gil = Gil.acquire()) {
 *   long text = gil.own(C.PyObject_Str(object));
 *   return gil.text(text);
 * }
 * }</pre>
 *
 * <p>Owns the new references made inside: they are released at its end, and no pointer may leave
 * it. There is one object per platform thread, entered again by nested scopes at little cost; it
 * must not pass to another thread. A virtual thread cannot hold it: see {@link VirtualThreads}.
 */
public final class Gil implements AutoCloseable {

    private static final ThreadLocal<Gil> HERE = ThreadLocal.withInitial(Gil::new);

    /** Pointers in the argument block of a thread; larger calls take memory of their own. */
    private static final int BLOCK = 256;

    /** How many scopes hold the GIL on this thread; 0 when it does not. */
    private int depth;

    private int ensured;

    /** The depth at which a user's code runs that keeps the GIL; 0 for none. */
    private int keptAt;

    /**
     * References owned by open scopes, and the objects they use; a mark is where a scope began. Beyond the tops is what was
     * there before: a Ref keeps nothing but itself.
     */
    private long[] owned = new long[32];

    private int ownedTop;
    private Ref[] used = new Ref[16];
    private int usedTop;
    private int[] marks = new int[32];
    private int marksTop;

    /** Address of this thread's argument block; freed after the thread's end. */
    private long block;

    private int blockTop;

    /** Whether this thread still has the GIL because it had no stack to let go of it. */
    private boolean stuck;

    /**
     * Entries that first try whether there is stack for leaving again. As long as not all of it is compiled, leaving may take
     * more than entering did.
     */
    private static int trials = 100_000;

    private static final int FRAMES_TO_LEAVE = 200;

    private boolean attached;

    /** This thread's state if we made it and keep it, so that it stays when all scopes have ended; else 0. */
    private long lasting;

    /** Whether it is enough to make that the current one, once it is known that it is not. */
    private boolean switching;

    /** Instead of what {@code PyGILState_Ensure} returns. */
    private static final int SWITCHED = -1;

    /** Numbers each call from Python into Java. Guarded by the GIL. */
    private static long upcalls;

    private long upcall;

    /** Nested calls from Python into Java on this thread, and how many its stack can take. */
    private int nesting;

    private int mostNesting;

    /**
     * The run in progress, which is kept by who does it, if {@link #running}; else one that ended. It stays, since it is
     * often the next one's again, and after storing another one the JVM waits for the memory.
     */
    private Reference<? extends Run> run;

    private boolean running;

    /** Of a thread on which code of several runs takes turns, each in a context of its own: see {@link RunContext}. */
    private boolean followsContext;

    /** What such a thread's run is where the context has none: that of the script which started it. */
    private Run own;

    /** How many runs in progress began on this thread. */
    private int runs;

    private Gil() {}

    /**
     * Takes the GIL, waiting for it if need be, and starts a scope.
     *
     * @throws IllegalStateException while the JVM is stopping, and on a virtual thread
     */
    public static Gil acquire() {
        Gil gil = HERE.get();
        if (gil.depth == 0) {
            gil.enter();
            gil.push();
            gil.depth = 1;
            gil.releaseForgotten();
        } else {
            if (gil.depth == gil.keptAt) {
                ReleaseQueue.drainForgotten();
            }
            gil.push();
            gil.depth++;
        }
        return gil;
    }

    /**
     * Runs work that needs the GIL, on any thread: a virtual one waits while a platform thread does
     * it.
     */
    public static <T> T with(Function<Gil, T> work) {
        if (VirtualThreads.current()) {
            return VirtualThreads.hopUnchecked(() -> with(work));
        }
        try (Gil gil = acquire()) {
            return work.apply(gil);
        }
    }

    /** {@link #with} for work without a result. */
    public static void run(Consumer<Gil> work) {
        with(gil -> {
            work.accept(gil);
            return null;
        });
    }

    /** Runs a user's Java code without the GIL, whether this thread holds it or not: see {@link #released}. */
    public static <T> T without(Callable<T> work) throws Exception {
        return VirtualThreads.current() || !isHeld() ? work.call() : HERE.get().released(work);
    }

    /** Whether this platform thread holds it. */
    public static boolean isHeld() {
        return HERE.get().depth > 0;
    }

    /** For a thread of our own that comes seldom: leaves no thread state behind. */
    static Gil acquireBriefly() {
        Gil gil = HERE.get();
        gil.attached = true;
        return acquire();
    }

    /** This thread's run in progress, or null; no GIL needed. */
    public static Run currentRun() {
        return HERE.get().runHere();
    }

    private Run runHere() {
        return running ? run.get() : null;
    }

    /**
     * Sets this thread's run in progress and returns the one before, or null, for {@link #endRun}. The caller keeps the run
     * itself.
     */
    public Reference<? extends Run> beginRun(Reference<? extends Run> next) {
        Reference<? extends Run> before = running ? run : null;
        setRun(next);
        runs++;
        return before;
    }

    /** Ends what {@link #beginRun} began. */
    public void endRun(Reference<? extends Run> before) {
        runs--;
        setRun(before);
    }

    private void setRun(Reference<? extends Run> next) {
        running = next != null;
        if (running && run != next) {
            run = next;
        }
    }

    /** For a thread that a script started: the run that it belongs to; null at its end. */
    static void takeOver(Run run) {
        HERE.get().own = run;
    }

    /** Makes this thread's run the one of the code that it runs at the moment, by that code's context. */
    public static void followContext() {
        HERE.get().followsContext = true;
    }

    /** Waits for another thread, and lets go of the GIL for that time if this one holds it. */
    public static <T> T waiting(Callable<T> wait) throws Exception {
        Gil gil = HERE.get();
        return gil.depth == 0 ? wait.call() : gil.withoutGil(wait);
    }

    private void enter() {
        if (stuck) {
            stuck = false;
            return;
        }
        if (trials > 0) {
            trials--;
            takeStack(FRAMES_TO_LEAVE);
        }
        Interpreter.checkOpen();
        if (!attached) {
            attach();
        }
        if (switching && !CurrentThreadState.is(lasting)) {
            restore(lasting, false);
            ensured = SWITCHED;
        } else {
            ensured = FlightRecording.isOn() ? FlightEvents.ensure() : C.PyGILState_Ensure();
        }
    }

    private static void restore(long state, boolean back) {
        if (FlightRecording.isOn()) {
            FlightEvents.restore(state, back);
        } else {
            C.PyEval_RestoreThread(state);
        }
    }

    private void attach() {
        VirtualThreads.refuse();
        takeStack(FRAMES_TO_LEAVE);
        if (C.PyGILState_GetThisThreadState() == 0) {
            // the outermost Ensure, never released: the state stays for the life of the thread
            int outermost = C.PyGILState_Ensure();
            try {
                ThreadStates.fitRecursionToStack();
                long state = C.PyGILState_GetThisThreadState();
                switching = CurrentThreadState.isKnown(state);
                lasting = C.PyEval_SaveThread();
            } catch (Throwable t) { // for want of stack, say: the next time begins again
                switching = false;
                C.PyGILState_Release(outermost);
                throw t;
            }
            ThreadStates.register(lasting);
        }
        attached = true;
    }

    /** A StackOverflowError here does no harm; one with the GIL taken and no scope yet might find no stack to let go of it. */
    private static int takeStack(int frames) {
        return frames == 0 ? 0 : 1 + takeStack(frames - 1);
    }

    /** For a thread that Python started, or that came to Python by other ways than ours. */
    private void attachFromPython() {
        ThreadStates.fitRecursionToStack();
        attached = true;
        followsContext = true;
    }

    private long block() {
        if (block == 0) {
            block = C.allocate((long) BLOCK * Long.BYTES);
            ThreadStates.registerBlock(block);
        }
        return block;
    }

    /** Memory for one word, good until the next call. */
    long cell() {
        return block() + (long) (BLOCK - 1) * Long.BYTES;
    }

    private void releaseForgotten() {
        try {
            ReleaseQueue.drainSome();
        } catch (Throwable t) { // for want of stack, say: nobody has the scope yet that would let go of the GIL
            close();
            throw t;
        }
    }

    /** For a thread that Python started, at its end. */
    void freeBlock() {
        if (block != 0 && blockTop == 0) {
            ThreadStates.freeBlock(block);
            block = 0;
        }
    }

    /** Ends the scope and releases what it owns, which may run Python code. */
    @Override
    public void close() {
        try {
            pop();
        } finally {
            if (--depth == 0) {
                release();
            }
        }
    }

    private void release() {
        try {
            letGo();
        } catch (Throwable t) { // for want of stack: no call of C was made
            stuck = true;
            throw t;
        }
    }

    private void letGo() {
        if (ensured == SWITCHED) {
            C.PyEval_SaveThread();
        } else if (lasting != 0) {
            C.releaseInner(ensured);
        } else {
            C.PyGILState_Release(ensured);
        }
    }

    private void push() {
        if (marksTop + 2 > marks.length) {
            marks = Arrays.copyOf(marks, marks.length * 2);
        }
        marks[marksTop++] = ownedTop;
        marks[marksTop++] = usedTop;
    }

    private void pop() {
        int usedMark = marks[marksTop - 1];
        int ownedMark = marks[marksTop - 2];
        try {
            if (ownedTop > ownedMark || usedTop > usedMark) {
                releaseDownTo(ownedMark, usedMark);
            }
        } finally {
            marksTop -= 2; // what is left after a failure goes with the scope around
        }
    }

    private void releaseDownTo(int ownedMark, int usedMark) {
        // a destructor may open scopes of its own: they work above the tops and restore them
        while (ownedTop > ownedMark) {
            RefCounts.decrement(owned[--ownedTop]);
        }
        while (usedTop > usedMark) {
            used[--usedTop].leave();
        }
    }

    // ---- references

    /**
     * Takes over a new reference until the end of the scope.
     *
     * @return the same pointer
     * @throws RuntimeException the pending Python error, when it is 0
     */
    public long own(long newRef) {
        if (newRef == 0) {
            throw error();
        }
        if (ownedTop == owned.length) {
            owned = Arrays.copyOf(owned, ownedTop * 2);
        }
        owned[ownedTop++] = newRef;
        return newRef;
    }

    /** {@link #own} for what a run as a whole gives: see {@link Bridge.Errors#takeAtEnd}. */
    long ownAtEnd(long newRef) {
        if (newRef == 0) {
            throw Bridge.errors().takeAtEnd(this);
        }
        return own(newRef);
    }

    /** Checks a result that is 0 on failure. */
    public long check(long pointer) {
        if (pointer == 0) {
            throw error();
        }
        return pointer;
    }

    /** Checks a result that is -1 on failure. */
    public int check(int result) {
        if (result == -1) {
            throw error();
        }
        return result;
    }

    /** Checks a size or a hash, which is -1 on failure. */
    public long checkSize(long result) {
        if (result == -1) {
            throw error();
        }
        return result;
    }

    /** Checks a result whose failure value is also a good one. */
    public void checkError() {
        if (C.PyErr_Occurred() != 0) {
            throw error();
        }
    }

    /** The pending Python error, to be thrown. */
    public RuntimeException error() {
        return Bridge.errors().take(this);
    }

    /** A second, strong reference to a borrowed object, owned by the scope. */
    public long strong(long borrowed) {
        RefCounts.increment(borrowed);
        return own(borrowed);
    }

    /** A second, strong reference to a borrowed object, owned by the caller. */
    public long newRef(long borrowed) {
        RefCounts.increment(borrowed);
        return borrowed;
    }

    /** A user's object for a new reference, which passes to it. Checks for 0. */
    public Object object(long newRef) {
        return Bridge.objects().wrap(this, check(newRef));
    }

    /** A user's object for a borrowed reference. */
    public Object objectOf(long borrowed) {
        RefCounts.increment(borrowed);
        return Bridge.objects().wrap(this, borrowed);
    }

    /** Makes {@code referent} the owner of a new reference. */
    public Ref ref(Object referent, long newRef) {
        return new Ref(referent, newRef, null);
    }

    /** The same, with work to do before the reference is given up. */
    public Ref ref(Object referent, long newRef, Ref.LastWork lastWork) {
        return new Ref(referent, newRef, lastWork);
    }

    /**
     * The pointer behind a user's object, borrowed, good until the scope ends whatever other threads
     * do.
     *
     * @throws IllegalStateException if it has been closed
     */
    public long use(Object object) {
        return use(Bridge.objects().ref(object));
    }

    /** The same by the reference itself. */
    public long use(Ref ref) {
        long pointer = ref.enter();
        if (usedTop == used.length) {
            used = Arrays.copyOf(used, usedTop * 2);
        }
        if (used[usedTop] != ref) { // mostly the one of the last time, and G1 makes a store wait for the memory
            used[usedTop] = ref;
        }
        usedTop++;
        return pointer;
    }

    /** Gives a reference up, now or when its last user is done. */
    public void release(Ref ref) {
        ref.release();
    }

    // ---- values

    /** A new reference, owned by the caller. */
    public long toPython(Object value) {
        return Bridge.values().toPython(this, value);
    }

    /** The same for an {@code int}, or 0 with a Python error set. */
    public long integer(long value) {
        return SmallInts.toPython(value);
    }

    /** A reference owned by the scope. */
    public long python(Object value) {
        return own(toPython(value));
    }

    /** The natural Java value of a borrowed reference. */
    public Object toJava(long object) {
        return Bridge.values().toJava(this, object);
    }

    /** The natural Java values of borrowed references, all of them good until Python code runs. */
    public Object[][] toJava(long[]... objects) {
        return Bridge.values().toJava(this, objects);
    }

    /** The Java value of a wanted type; never silently lossy. */
    public Object toJava(long object, Type wanted) {
        return Bridge.values().toJava(this, object, wanted);
    }

    /**
     * The text of a {@code str}.
     *
     * @throws ClassCastException if it is none: scripts can put anything where Python has a name
     */
    public String text(long text) {
        long type = Layout.typeOf(text);
        if (type != Py.STR && C.PyType_IsSubtype(type, Py.STR) == 0) {
            throw new ClassCastException("Python has something else here than a str");
        }
        return Layout.text(text);
    }

    /** A {@code str}, owned by the scope. */
    public long str(String text) {
        return own(Strings.toPython(text));
    }

    /**
     * A {@code str} that is likely to be a name: interned and kept for ever while there are not too
     * many, so that the next use costs no call. Good until the end of the scope.
     */
    public long name(String text) {
        long known = Strings.knownName(text);
        if (known != 0) {
            return known;
        }
        return Strings.hasRoom() ? Strings.interned(text) : str(text);
    }

    // ---- calls

    /** Calls with borrowed arguments. A new reference, owned by the scope. */
    public long call(long callable, long... arguments) {
        return own(callRaw(callable, arguments.length, arguments));
    }

    /**
     * Calls with Java values, the last of which may be keyword arguments. A new reference, owned by the scope.
     *
     * @param arguments null for none
     */
    public long call(long callable, Object[] arguments) {
        return own(callRaw(callable, arguments));
    }

    /** The same; a new reference, owned by the caller, or 0 with a Python error set. */
    long callRaw(long callable, Object[] arguments) {
        int count = arguments == null ? 0 : arguments.length;
        checkCallable(callable);
        if (count == 0) {
            return callRaw(callable, 0, null);
        }
        Map<String, Object> names = Bridge.objects().keywords(arguments[count - 1]);
        if (names != null) {
            return callWithNames(callable, arguments, count - 1, names);
        }
        if (blockTop + count >= BLOCK) {
            return callLarge(callable, count, pythons(arguments));
        }
        long address = block() + (long) blockTop * Long.BYTES;
        blockTop += count; // what converts may call, too
        try {
            for (int i = 0; i < count; i++) {
                long converted = own(Bridge.values().toPython(this, arguments[i]));
                C.putLong(address + (long) i * Long.BYTES, converted);
            }
            return C.PyObject_VectorcallDict(callable, address, count, 0);
        } finally {
            blockTop -= count;
        }
    }

    private long[] pythons(Object[] values) {
        long[] pointers = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            pointers[i] = python(values[i]);
        }
        return pointers;
    }

    private long callWithNames(long callable, Object[] arguments, int positional, Map<String, Object> names) {
        long tuple = own(C.PyTuple_New(positional));
        for (int i = 0; i < positional; i++) {
            check(C.PyTuple_SetItem(tuple, i, toPython(arguments[i])));
        }
        long dict = own(C.PyDict_New());
        for (Map.Entry<String, Object> name : names.entrySet()) {
            check(C.PyDict_SetItem(dict, name(name.getKey()), python(name.getValue())));
        }
        return C.PyObject_Call(callable, tuple, dict);
    }

    /**
     * Calls with borrowed positional arguments: the first {@code count} of an array.
     *
     * @return a new reference, owned by the caller, or 0 with a Python error set
     */
    public long callRaw(long callable, int count, long[] arguments) {
        checkCallable(callable);
        if (count == 0) {
            return C.PyObject_CallNoArgs(callable);
        }
        if (blockTop + count >= BLOCK) {
            return callLarge(callable, count, arguments);
        }
        long address = block() + (long) blockTop * Long.BYTES;
        for (int i = 0; i < count; i++) {
            C.putLong(address + (long) i * Long.BYTES, arguments[i]);
        }
        blockTop += count;
        try {
            return C.PyObject_VectorcallDict(callable, address, count, 0);
        } finally {
            blockTop -= count;
        }
    }

    private static void checkCallable(long callable) {
        if (callable == 0) {
            throw new IllegalStateException("there is nothing to call: a script has spoilt Python's own modules");
        }
    }

    private static long callLarge(long callable, int count, long[] arguments) {
        long address = C.allocate((long) count * Long.BYTES);
        try {
            C.write(address, arguments, count);
            return C.PyObject_VectorcallDict(callable, address, count, 0);
        } finally {
            C.free(address);
        }
    }

    /** An attribute by name, owned by the scope, or 0 when there is none. */
    public long attrOrZero(long object, String name) {
        long value = C.PyObject_GetAttr(object, name(name));
        if (value != 0) {
            return own(value);
        }
        if (C.PyErr_GivenExceptionMatches(C.PyErr_Occurred(), Py.exception("AttributeError")) == 0) {
            throw error();
        }
        C.PyErr_Clear();
        return 0;
    }

    /** An attribute by name, owned by the scope. */
    public long attr(long object, String name) {
        return own(C.PyObject_GetAttr(object, Strings.interned(name)));
    }

    // ---- the other way: from Python into Java

    /**
     * Runs a user's Java code without the GIL, so that it may wait, call back and take any time. Text that the script
     * has printed is there before; names that the run watches are looked up again after. Pointers of this scope stay
     * valid.
     */
    public <T> T released(Callable<T> work) throws Exception {
        Streams.flushHere(this);
        Run current = runHere();
        boolean watching = current != null && current.isWatching();
        if (!watching) {
            return withoutGil(work);
        }
        Object[] fetched = new Object[1];
        Exception[] thrown = new Exception[1];
        T result = withoutGil(() -> {
            T made = null;
            try {
                made = work.call();
            } catch (Exception e) {
                thrown[0] = e; // the script may catch it and go on
            }
            try {
                fetched[0] = current.fetch();
            } catch (RuntimeException e) {
                if (thrown[0] == null) {
                    throw e;
                }
                thrown[0].addSuppressed(e);
            }
            return made;
        });
        if (fetched[0] != null) {
            current.apply(this, fetched[0]);
        }
        if (thrown[0] != null) {
            throw thrown[0];
        }
        return result;
    }

    /**
     * Runs a user's Java code that keeps the GIL. Between its operations, when no pointer is in use, what was forgotten is
     * released: nobody else can do it meanwhile.
     */
    public <T> T kept(Callable<T> work) throws Exception {
        int before = keptAt;
        keptAt = depth;
        try {
            return work.call();
        } finally {
            keptAt = before;
        }
    }

    /** Passes on what this thread's script has printed so far. */
    public void flushText() {
        Streams.flushHere(this);
    }

    /** Only lets go of the GIL for the length of the work. */
    public <T> T withoutGil(Callable<T> work) throws Exception {
        int held = depth;
        int kept = keptAt;
        int before = ensured;
        long state = C.PyEval_SaveThread();
        depth = 0;
        keptAt = 0;
        try {
            return work.call();
        } finally {
            restore(state, true);
            ensured = before;
            keptAt = kept;
            depth = held;
        }
    }

    /** The number of the innermost call from Python in which this thread is; 0 when it is in none. */
    public long upcall() {
        return upcall;
    }

    /** Enters a function that Python called: the GIL is held, by Python. */
    static long fromPython(PythonFunction function, long self, long arguments, long count, long names) {
        Gil gil = HERE.get();
        if (!gil.attached) {
            gil.attachFromPython();
        }
        int depth = gil.depth;
        gil.depth = depth + 1;
        gil.push();
        gil.nesting++;
        long outer = gil.upcall;
        gil.upcall = ++upcalls;
        Reference<? extends Run> before = gil.running ? gil.run : null;
        try {
            if (gil.followsContext && gil.runs == 0) {
                Run here = RunContext.here(gil, gil.own); // kept by the context, or by this thread
                gil.setRun(here == null ? null : here.reference());
            }
            if (gil.nesting > ThreadStates.LEAST_NESTING && gil.nesting > gil.mostNesting()) {
                return tooDeep();
            }
            return function.call(gil, new Arguments(gil, self, arguments, count, names));
        } catch (Throwable t) {
            Bridge.errors().set(gil, t);
            return 0;
        } finally {
            gil.nesting--;
            gil.upcall = outer;
            gil.setRun(before);
            try {
                gil.pop();
            } finally {
                gil.depth = depth;
            }
        }
    }

    private static long tooDeep() {
        byte[] text = Py.cString("maximum depth of nested calls between Python and Java exceeded");
        C.PyErr_SetString(Py.exception("RecursionError"), text);
        return 0;
    }

    /** How many levels of a recursion this thread's stack can take, 0 when the platform does not tell its size. */
    public int levels(int bytesEach) {
        return (int) Math.min(Integer.MAX_VALUE, C.stack().size() / bytesEach);
    }

    private int mostNesting() {
        if (mostNesting == 0) {
            mostNesting = ThreadStates.mostNesting();
        }
        return mostNesting;
    }
}
