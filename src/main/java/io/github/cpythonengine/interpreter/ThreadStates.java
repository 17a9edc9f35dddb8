package io.github.cpythonengine.interpreter;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.ThreadStack;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The Python thread states of Java threads. Each platform thread that enters Python keeps its state
 * for life, so that {@code threading.local} survives and entering is cheap; the states of threads
 * that died are deleted by the reaper.
 */
final class ThreadStates {

    /** Java stack that one call from Python into Java and back may take. */
    private static final int BYTES_PER_NESTING = 16 << 10;

    private static final int MOST_NESTING = 500;

    /** What any stack can take; so the size of most need not be asked. */
    static final int LEAST_NESTING = 8;

    /** C recursion that CPython 3.12 and 3.13 may do for each MiB of stack. */
    private static final int C_RECURSION_PER_MEBIBYTE = 500;

    /**
     * What Python leaves of the stack for Java code that it calls: the JVM wants some 100 KiB free
     * below each Java frame, and ends the process when an upcall finds less.
     */
    private static final long JAVA_RESERVE = 160 << 10;

    private static final int SWEEP_AT_LEAST = 64;

    private record Owned(WeakReference<Thread> owner, long state, long block) {
        boolean isDead() {
            Thread thread = owner.get();
            return thread == null || !thread.isAlive();
        }
    }

    private static final ConcurrentLinkedQueue<Owned> STATES = new ConcurrentLinkedQueue<>();
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static volatile int sweepAt = SWEEP_AT_LEAST;

    private ThreadStates() {}

    /** Takes over the calling thread's state, which we made. */
    static void register(long state) {
        add(state, 0);
        if (COUNT.incrementAndGet() > sweepAt) {
            Reaper.wake();
        }
    }

    /** Takes over native memory that the calling thread uses until its end. */
    static void registerBlock(long block) {
        add(0, block);
    }

    /** Frees such memory before the end of its thread, which calls this. */
    static void freeBlock(long block) {
        STATES.removeIf(owned -> owned.block == block);
        C.free(block);
    }

    /** Number of blocks of memory that threads use, or used before they died. */
    static int blocks() {
        return (int) STATES.stream().filter(owned -> owned.block != 0).count();
    }

    private static void add(long state, long block) {
        STATES.add(new Owned(new WeakReference<>(Thread.currentThread()), state, block));
    }

    /** Number of states kept for Java threads. */
    static int count() {
        return COUNT.get();
    }

    /**
     * Deletes the states of dead threads. Only for the reaper, which must have no state of its own:
     * from 3.12 on, deleting another thread's state clears the current thread's slot, and its next
     * {@code PyGILState_Ensure} would wait for itself. So each deletion runs on a scratch state.
     */
    static void sweep() {
        List<Owned> dead = new ArrayList<>();
        for (Iterator<Owned> all = STATES.iterator(); all.hasNext(); ) {
            Owned owned = all.next();
            if (owned.isDead()) {
                all.remove();
                dead.add(owned);
            }
        }
        for (Owned owned : dead) {
            if (owned.block != 0) {
                C.free(owned.block);
            }
            if (owned.state != 0) {
                delete(owned.state);
                COUNT.decrementAndGet();
            }
        }
        sweepAt = Math.max(SWEEP_AT_LEAST, 2 * COUNT.get());
    }

    private static void delete(long state) {
        long scratch = C.PyThreadState_New(C.PyInterpreterState_Main());
        C.PyEval_RestoreThread(scratch);
        C.PyThreadState_Clear(state);
        C.PyThreadState_Delete(state);
        C.PyThreadState_Clear(scratch);
        C.PyThreadState_DeleteCurrent();
    }

    /** How deep calls from Python into Java may nest on this thread's stack. */
    static int mostNesting() {
        long stack = C.stack().size();
        return stack == 0
                ? MOST_NESTING / 8
                : (int) Math.max(LEAST_NESTING, Math.min(MOST_NESTING, stack / BYTES_PER_NESTING));
    }

    /**
     * Makes CPython raise RecursionError while there is still room on the calling thread's stack for
     * Java code. GIL held. Versions before 3.12 have no limit to set
     * that does not cut pure Python recursion too.
     */
    static void fitRecursionToStack() {
        int minor = Interpreter.minorVersion();
        if (minor >= 12) {
            long state = C.PyGILState_GetThisThreadState();
            ThreadStack stack = C.stack();
            long reserve = Math.min(JAVA_RESERVE, stack.size() / 2);
            if (stack.size() == 0) {
                return;
            }
            if (minor >= 14) {
                protect(state, stack.start() + reserve, stack.size() - reserve);
            } else {
                limit(state, stack.size() - reserve);
            }
        }
    }

    /** CPython 3.14 looks at the real stack; from 3.14.1 on it can be told of a smaller one. */
    private static void protect(long state, long start, long size) {
        String function = "PyUnstable_ThreadState_SetStackProtection";
        if (C.address(function) != 0 && (int) C.call(function, state, start, size) < 0) {
            C.PyErr_Clear(); // too small for it
        }
    }

    /**
     * CPython 3.12 and 3.13 count C recursion against a limit made for 8 MiB stacks. The budget of
     * this thread's state is the C in {@code {x, L, C, 0}} with L the recursion limit; where that
     * pattern is not found nothing is changed.
     */
    private static void limit(long state, long size) {
        int budget = (int) Math.min(Integer.MAX_VALUE, size * C_RECURSION_PER_MEBIBYTE >> 20);
        int limit = Interpreter.recursionLimit();
        int[] words = new int[64];
        C.read(state, words, words.length);
        for (int i = 0; i + 3 < words.length; i++) {
            boolean pattern = words[i] > limit - 20
                    && words[i] <= limit
                    && words[i + 1] == limit
                    && words[i + 2] >= 400
                    && words[i + 2] <= 20_000
                    && words[i + 3] == 0;
            if (pattern) {
                C.putInt(state + 4L * (i + 2), Math.min(words[i + 2], budget));
                return;
            }
        }
    }
}
