package io.github.cpythonengine.wrap;

import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.VirtualThreads;
import io.github.cpythonengine.python.PyObject;
import io.github.cpythonengine.python.PyView;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/**
 * How deep this thread is inside {@code toString}, {@code equals} or {@code hashCode} of nested
 * views. A list that holds itself comes as a new view each time, so that {@code this} does not tell;
 * and the stack must not run out while the GIL is being taken.
 */
final class Nesting {

    private static final int MOST = 1_000;

    /** Where the size of the stack is not known: a virtual thread, or a platform that does not tell. */
    private static final int MOST_ON_UNKNOWN_STACK = 200;

    private static final int BYTES_PER_LEVEL = 4 << 10;

    private static final ThreadLocal<Deque<Long>> OPEN = ThreadLocal.withInitial(ArrayDeque::new);
    private static final ThreadLocal<Integer> LIMIT = ThreadLocal.withInitial(Nesting::limit);

    private Nesting() {}

    /** Whether another object is a view of the same Python object, and so equal without looking further. */
    static boolean isSame(PyObject object, Object other) {
        return other instanceof PyView view && Gil.with(gil -> gil.use(object) == gil.use(view));
    }

    /** Runs {@code text}, or gives {@code inside} when this thread is already printing the object. */
    static String print(PyObject object, String inside, Supplier<String> text) {
        // only compared while the view keeps the object alive
        long address = Gil.with(gil -> gil.use(object));
        return OPEN.get().contains(address) ? inside : enter(address, text);
    }

    /** Runs {@code work} one level deeper. */
    static <T> T deeper(Supplier<T> work) {
        return enter(0, work);
    }

    private static int limit() {
        int levels = VirtualThreads.current() ? 0 : Gil.with(gil -> gil.levels(BYTES_PER_LEVEL));
        return levels == 0 ? MOST_ON_UNKNOWN_STACK : Math.min(MOST, levels);
    }

    private static <T> T enter(long address, Supplier<T> work) {
        Deque<Long> open = OPEN.get();
        if (open.size() >= LIMIT.get()) {
            throw new StackOverflowError(
                    "Python containers nested deeper than " + LIMIT.get() + ", or one that holds itself");
        }
        open.push(address);
        try {
            return work.get();
        } finally {
            open.pop();
        }
    }
}
