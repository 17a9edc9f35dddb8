package io.github.cpythonengine.interpreter;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The references to Python objects that Java holds: keeps the phantom references themselves alive. In no order, in arrays
 * without gaps: a garbage collector goes through them faster than through a linked list or a hash table.
 *
 * <p>Guarded by the GIL. Where something changes, calls come first: what then fails for want of stack leaves all as it was.
 */
final class HeldRefs {

    private static final int SHIFT = 12;
    private static final int PART = 1 << SHIFT;

    private static Ref[][] parts = {new Ref[PART]};

    /** Only a thread with the GIL sets it; any may look. */
    private static final AtomicInteger COUNT = new AtomicInteger();

    private HeldRefs() {}

    static void add(Ref ref) {
        int place = COUNT.getPlain();
        int part = place >> SHIFT;
        if (part == parts.length) {
            parts = Arrays.copyOf(parts, 2 * part);
        }
        if (parts[part] == null) {
            parts[part] = new Ref[PART];
        }
        COUNT.setRelease(place + 1);
        parts[place >> SHIFT][place & PART - 1] = ref;
        ref.place = place;
    }

    /** For a reference that was added and not yet removed. */
    static void remove(Ref ref) {
        int last = COUNT.getPlain() - 1;
        COUNT.setRelease(last);
        int place = ref.place;
        Ref moved = parts[last >> SHIFT][last & PART - 1];
        parts[place >> SHIFT][place & PART - 1] = moved;
        moved.place = place;
        parts[last >> SHIFT][last & PART - 1] = null;
    }

    private static Ref get(int place) {
        return parts[place >> SHIFT][place & PART - 1];
    }

    /** Number of Python objects that Java holds. Any thread. */
    static int count() {
        return COUNT.get();
    }

    /** These objects, borrowed. */
    static long[] pointers() {
        long[] pointers = new long[COUNT.getPlain()];
        int found = 0;
        for (int i = 0; i < pointers.length; i++) {
            Ref ref = get(i);
            if (!ref.isReleased()) {
                pointers[found++] = ref.pointer();
            }
        }
        return Arrays.copyOf(pointers, found);
    }
}
