package io.github.cpythonengine.python;

import java.util.Arrays;

/**
 * The way of an exception through both languages: what puts Python's frames between Java's, where the calls happened.
 *
 * <p>Java's stack is known in full wherever the exception comes out of Python; what Python adds to the traceback on the
 * way from one such place to the next belongs between what was there and what is new. Guarded by the GIL.
 */
final class Route {

    /** As it first came out of Python, for when it is thrown anew. */
    private final StackTraceElement[] first;

    private final int firstEntries;

    /** The call from Python during which it came out of Python the last time. */
    private long upcall;

    /** The frames that it has left behind when it went back into Python, and how many entries the traceback had. */
    private StackTraceElement[] behind;

    private int entriesBehind;

    Route(StackTraceElement[] first, int entries, long upcall) {
        this.first = first;
        this.firstEntries = entries;
        this.upcall = upcall;
    }

    /** The same with Java's frames, which it lacked. */
    Route withJava(StackTraceElement[] java) {
        return new Route(join(first, java), firstEntries, upcall);
    }

    StackTraceElement[] first() {
        return first;
    }

    /**
     * It comes out of Python again: its frames.
     *
     * @param python those of the traceback, innermost first
     * @param entries how many the traceback has; some may not be among the frames
     */
    StackTraceElement[] arrive(StackTraceElement[] python, int entries, StackTraceElement[] java, long inUpcall) {
        upcall = inUpcall;
        if (behind == null || python.length != entries || entries < entriesBehind) {
            return join(python, java);
        }
        StackTraceElement[] passed = Arrays.copyOfRange(python, entriesBehind, entries);
        return join(join(behind, passed), java);
    }

    /** Whether it goes on through the call from Python that it came out in; else it is thrown anew. */
    boolean goesOn(long inUpcall) {
        return upcall == inUpcall;
    }

    /** How many entries the traceback may have when it is thrown anew: each throw begins at the same place. */
    int firstEntries() {
        return firstEntries;
    }

    /** It goes into Python by this call, where Java's stack is this one. */
    void leave(StackTraceElement[] trace, StackTraceElement[] java, int entries, long inUpcall) {
        StackTraceElement[] shown = goesOn(inUpcall) ? trace : first;
        behind = Arrays.copyOf(shown, shown.length - common(shown, java));
        entriesBehind = entries;
    }

    /** How many frames both stacks end with. */
    private static int common(StackTraceElement[] one, StackTraceElement[] other) {
        int count = 0;
        int most = Math.min(one.length, other.length);
        while (count < most && one[one.length - 1 - count].equals(other[other.length - 1 - count])) {
            count++;
        }
        return count;
    }

    static StackTraceElement[] join(StackTraceElement[] inner, StackTraceElement[] outer) {
        StackTraceElement[] joined = Arrays.copyOf(inner, inner.length + outer.length);
        System.arraycopy(outer, 0, joined, inner.length, outer.length);
        return joined;
    }
}
