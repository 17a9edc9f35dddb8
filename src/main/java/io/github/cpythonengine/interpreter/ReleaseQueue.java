package io.github.cpythonengine.interpreter;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Python references whose Java owner was garbage collected, until a thread that holds the GIL
 * releases them: whoever next enters Python takes a few, and the reaper takes the rest when nobody
 * comes. Never a decref without the GIL, never one after the shutdown began.
 */
final class ReleaseQueue {

    /** Where the garbage collector puts the references of forgotten objects. */
    static final ReferenceQueue<Object> FORGOTTEN = new ReferenceQueue<>();

    private static final int LEAST_WATCHED = 1 << 10;

    /** Keeps the phantom references themselves alive: the first so many, each of which knows its place. Guarded by the GIL. */
    private static Ref[] watched = new Ref[LEAST_WATCHED];

    private static int held;

    private static final Queue<Ref> PENDING = new ConcurrentLinkedQueue<>();

    /** What a thread that holds the GIL found and the reaper is to tell. */
    private static final Queue<Forgotten<?>> GONE = new ConcurrentLinkedQueue<>();

    /** References taken by a thread in passing, and by the reaper under one hold of the GIL. */
    private static final int SMALL_BATCH = 64;

    private static final int LARGE_BATCH = 2_000;
    private static final int COALESCE_MILLIS = 10;

    /** So many held objects, and twice those that there really are, are no reason to look for garbage. */
    private static final int UNSUSPICIOUS = 1_000_000;

    private static int most = UNSUSPICIOUS;

    private static volatile boolean dirty;

    private ReleaseQueue() {}

    /** GIL held. */
    static void watch(Ref ref) {
        if (held == watched.length) {
            watched = Arrays.copyOf(watched, 2 * held);
        }
        ref.place = held;
        watched[held++] = ref;
    }

    /** GIL held. Once. */
    static void forget(Ref ref) {
        Ref last = watched[--held];
        last.place = ref.place;
        watched[ref.place] = last;
        watched[held] = null;
        if (held < watched.length / 4 && watched.length > LEAST_WATCHED) {
            watched = Arrays.copyOf(watched, watched.length / 2);
        }
    }

    /** Number of Python objects that Java holds; about that many without the GIL. */
    static int held() {
        return held;
    }

    /** These objects, borrowed. GIL held. */
    static long[] heldPointers() {
        return Arrays.stream(watched, 0, held)
                .filter(ref -> !ref.isReleased())
                .mapToLong(Ref::pointer)
                .toArray();
    }

    /** Releases a few. GIL held, at the outermost entry; runs Python code. */
    static void drainSome() {
        if (dirty) {
            drain(SMALL_BATCH);
        }
    }

    /** The same for a thread that keeps the GIL, for which the reaper waits in vain. */
    static void drainForgotten() {
        drainSome();
        for (int i = 0; i < SMALL_BATCH; i++) {
            Reference<?> next = FORGOTTEN.poll();
            if (next == null) {
                return;
            }
            if (next instanceof Forgotten<?> forgotten) {
                GONE.add(forgotten);
            } else {
                ((Ref) next).release();
            }
        }
    }

    private static boolean drain(int most) {
        for (int i = 0; i < most; i++) {
            Ref ref = PENDING.poll();
            if (ref == null) {
                dirty = false;
                // one may have been added since; never back to false, which could be after another one
                if (!PENDING.isEmpty()) {
                    dirty = true;
                }
                return false;
            }
            ref.release();
        }
        return true;
    }

    /** Hands a forgotten reference to whoever next holds the GIL. Any thread. */
    private static void offer(Ref ref) {
        PENDING.add(ref);
        dirty = true;
    }

    /**
     * Asks Java's garbage collector for its work when very many objects are held. It sees how little memory they take in
     * Java, and not how much in Python, so that old garbage could stay for long. For the reaper thread.
     */
    static void collectIfCrowded() throws InterruptedException {
        if (held() > most) {
            System.gc();
            for (int i = 0; i < MOST_REAPS && Interpreter.isOpen() && reap(SETTLED_MILLIS); i++) {
                // until what was found is released; elsewhere more is made meanwhile
            }
            most = Math.max(UNSUSPICIOUS, 2 * held());
        }
    }

    private static final long SETTLED_MILLIS = 200;
    private static final int MOST_REAPS = 20;

    /**
     * Waits for forgotten references and releases them. For the reaper thread.
     *
     * @return false when none came within the time
     */
    static boolean reap(long waitMillis) throws InterruptedException {
        Reference<?> next = FORGOTTEN.remove(waitMillis);
        for (Forgotten<?> gone = GONE.poll(); gone != null; gone = GONE.poll()) {
            gone.gone();
        }
        if (next == null) {
            return false;
        }
        Thread.sleep(COALESCE_MILLIS);
        for (; next != null; next = FORGOTTEN.poll()) {
            if (next instanceof Forgotten<?> forgotten) {
                forgotten.gone();
            } else {
                offer((Ref) next);
            }
        }
        boolean more = dirty;
        while (more && Interpreter.isOpen()) {
            try (Gil gil = Gil.acquireBriefly()) {
                more = drain(LARGE_BATCH);
            }
        }
        return true;
    }
}
