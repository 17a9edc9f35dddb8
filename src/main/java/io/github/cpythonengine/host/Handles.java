package io.github.cpythonengine.host;

import io.github.cpythonengine.capi.RefCounts;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Reaper;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.function.ObjLongConsumer;

/**
 * The Java objects that Python holds, each with its {@link Body}, by number and by identity.
 *
 * <p>Strong: what Python holds stays. Bodies that died are found by looking: at the latest ones after so many, since most
 * objects die young, and what they leave is used again while the processor's caches have it; at all of them when the
 * table is full, so that the cost of a look is shared by as many new objects, and now and then by the reaper. All of it is
 * guarded by the GIL.
 *
 * <p>The latest have a small hash table of their own. Most others are told not to be in the large one by a bit each, so
 * that a million objects that Python holds do not make every new one wait for memory.
 */
final class Handles {

    /** An object of our own, such as a class, which Python code refers to and users do not count. */
    interface Internal {}

    private static final int FIRST_CAPACITY = 1 << 10;
    private static final int NOTHING = -1;

    private static Object[] objects = new Object[FIRST_CAPACITY];
    private static long[] bodies = new long[FIRST_CAPACITY];

    /** What is known of the type arguments of some of the objects, and whether there are such objects. */
    private static TypeArguments[] typeArguments = new TypeArguments[FIRST_CAPACITY];

    private static boolean anyTyped;

    /** Whether an object was ever held weakly: else other objects of the same bucket need not be looked into. */
    private static boolean anyWeak;

    /** Hashes of their identities; with the highest bit set while they are in the table of the latest. */
    private static int[] hashes = new int[FIRST_CAPACITY];

    private static final int IS_LATEST = Integer.MIN_VALUE;

    /** Chains of both hash tables, and the list of free numbers. */
    private static int[] next = chain(0, FIRST_CAPACITY);

    private static int[] buckets = filled(FIRST_CAPACITY);
    private static final int[] LATEST_BUCKETS = filled(2 * FIRST_CAPACITY);

    /** Bits by hash: set where the large table has an object, or had one. */
    private static final int BITS_EACH = 16;

    private static long[] had = new long[FIRST_CAPACITY * BITS_EACH / Long.SIZE];
    private static int free;
    private static volatile int count;
    private static volatile int internal;
    private static int added;

    /** The numbers given last, since the last look at them. */
    private static final int[] LATEST = new int[FIRST_CAPACITY];

    private static int latest;

    static {
        Reaper.add(new IdleSweep());
    }

    private Handles() {}

    /** The number of the handle with this very object, or -1. */
    static int find(Object object) {
        int hash = hash(object);
        int found = find(object, LATEST_BUCKETS[hash & LATEST_BUCKETS.length - 1]);
        return found == NOTHING && hadAny(hash) ? find(object, buckets[hash & buckets.length - 1]) : found;
    }

    private static int find(Object object, int first) {
        int index = first;
        while (index != NOTHING && !isOf(index, object)) {
            index = next[index];
        }
        return index;
    }

    private static boolean hadAny(int hash) {
        return (had[hash / Long.SIZE & had.length - 1] & 1L << hash) != 0;
    }

    private static boolean isOf(int index, Object object) {
        Object held = objects[index];
        return held == object || (anyWeak && held instanceof Weak weak && weak.get() == object);
    }

    private static void noteHaving(int hash) {
        had[hash / Long.SIZE & had.length - 1] |= 1L << hash;
    }

    /** A new reference to the body of an object that was found; revives a dead one. */
    static long revive(int index) {
        if (objects[index] instanceof Weak weak) {
            objects[index] = weak.get(); // the caller has it
        }
        long body = bodies[index];
        RefCounts.increment(body);
        return body;
    }

    /**
     * A new reference to the body of an object: the one that it has, or a new one of this type.
     */
    static long bodyOf(Gil gil, Object object, long type) {
        int known = find(object);
        if (known != NOTHING) {
            return revive(known);
        }
        if (free == NOTHING || latest == LATEST.length) {
            makeRoom();
            known = find(object); // what died may have run Python code
            if (known != NOTHING) {
                return revive(known);
            }
        }
        long body = Body.allocate(gil, type);
        int index = free;
        free = next[index];
        objects[index] = object;
        bodies[index] = body;
        Body.setHandle(body, index);
        hashes[index] = hash(object);
        count++;
        added++;
        if (latest < LATEST.length) { // full, when what died ran Python code that showed as many objects
            LATEST[latest++] = index;
            hashes[index] |= IS_LATEST;
        }
        enter(index);
        if (object instanceof Internal) {
            internal++;
        }
        return body;
    }

    /** The object behind a body; null when the pointer is another Python object. */
    static Object object(long body) {
        if (!Body.isOne(body)) {
            return null;
        }
        long handle = Body.handle(body);
        if (handle < 0 || handle >= bodies.length || bodies[(int) handle] != body) {
            return null;
        }
        Object held = objects[(int) handle];
        return held instanceof Weak weak ? weak.living() : held;
    }

    /** What is known of the type arguments of the object behind a body; null for nothing, and any other object. */
    static TypeArguments typeArguments(long body) {
        if (!anyTyped || !Body.isOne(body)) {
            return null;
        }
        long handle = Body.handle(body);
        boolean isIts = handle >= 0 && handle < bodies.length && bodies[(int) handle] == body;
        return isIts ? typeArgumentsOfBody(body) : null;
    }

    /** The same of a body that is known to have an object. */
    static TypeArguments typeArgumentsOfBody(long body) {
        if (!anyTyped) {
            return null;
        }
        TypeArguments known = typeArguments[(int) Body.handle(body)];
        return known == TypeArguments.CONTRADICTORY ? null : known;
    }

    /** The same of an object that may have a body. */
    static TypeArguments typeArgumentsOf(Object object) {
        int index = anyTyped && object != null ? find(object) : NOTHING;
        return index == NOTHING ? null : typeArgumentsOfBody(bodies[index]);
    }

    /** Remembers as what an object was declared, as long as Python holds it; what contradicts itself is no knowledge. */
    static void declare(long body, Object object, DeclaredType type) {
        if (object(body) != object) {
            return;
        }
        int index = (int) Body.handle(body);
        TypeArguments before = typeArguments[index];
        if (before == null && !type.limits() || before == TypeArguments.CONTRADICTORY) {
            return;
        }
        TypeArguments more = type.argumentsOf(object.getClass());
        typeArguments[index] = before == null || before == more ? more : before.and(more);
        anyTyped = true;
    }

    /**
     * Holds the object behind a body weakly from now on, until it is shown to Python again: what leads from it back to
     * the body is then no reason to keep both. Memory leads nowhere, and may be in use.
     */
    static void weaken(long body) {
        Object held = object(body);
        if (held != null && !(held instanceof Internal) && !Exports.isMemory(held)) {
            anyWeak = true;
            objects[(int) Body.handle(body)] = new Weak(held);
            typeArguments[(int) Body.handle(body)] = null; // its classes may lead to the object
        }
    }

    /** An object that a closed engine's names led to. */
    private static final class Weak extends WeakReference<Object> {

        Weak(Object object) {
            super(object);
        }

        Object living() {
            Object object = get();
            if (object == null) {
                throw new IllegalStateException(
                        "This Java object was held by an engine that has been closed, and by nobody else");
            }
            return object;
        }
    }

    /** How many Java objects Python holds, or held at the last look. Any thread. */
    static int count() {
        return count - internal;
    }

    /** Goes through the users' objects that Python holds, and their bodies. */
    static void forEach(ObjLongConsumer<Object> use) {
        for (int i = 0; i < objects.length; i++) {
            Object held = objects[i] instanceof Weak weak ? weak.get() : objects[i];
            if (bodies[i] != 0 && held != null && !(held instanceof Internal) && !Body.isDead(bodies[i])) {
                use.accept(held, bodies[i]);
            }
        }
    }

    private static int hash(Object object) {
        int hash = System.identityHashCode(object);
        return hash ^ hash >>> 15;
    }

    /** Puts an object into the table that is its. */
    private static void enter(int index) {
        int hash = hashes[index];
        int[] table = buckets;
        if (hash < 0) {
            table = LATEST_BUCKETS;
        } else {
            noteHaving(hash);
        }
        int bucket = hash & table.length - 1;
        next[index] = table[bucket];
        table[bucket] = index;
    }

    /** Takes an object out of the table that is its. */
    private static void leave(int index) {
        int hash = hashes[index];
        int[] table = hash < 0 ? LATEST_BUCKETS : buckets;
        int bucket = hash & table.length - 1;
        if (table[bucket] == index) {
            table[bucket] = next[index];
        } else {
            int before = table[bucket];
            while (next[before] != index) {
                before = next[before];
            }
            next[before] = next[index];
        }
    }

    private static void makeRoom() {
        sweepLatest();
        if (free != NOTHING) {
            return;
        }
        sweep();
        if (free == NOTHING || count > objects.length / 2) {
            grow();
        }
    }

    /** Frees all bodies that died; runs Python code when a class dies with its last instance. */
    static void sweep() {
        added = 0;
        latest = 0;
        for (int i = 0; i < objects.length; i++) {
            look(i);
        }
        Arrays.fill(had, 0);
        for (int i = 0; i < objects.length; i++) {
            if (bodies[i] != 0 && hashes[i] >= 0) {
                noteHaving(hashes[i]);
            }
        }
    }

    private static void sweepLatest() {
        int end = latest;
        latest = 0; // the Python code that runs may add some: then others are left for later
        for (int i = 0; i < end; i++) {
            look(LATEST[i]);
        }
    }

    /** Frees a body that died; what lives on is none of the latest any more. */
    private static void look(int index) {
        long body = bodies[index];
        if (body == 0) {
            return;
        }
        if (Body.isDead(body)) {
            remove(index);
            Body.free(body);
        } else if (hashes[index] < 0) {
            leave(index);
            hashes[index] &= ~IS_LATEST;
            enter(index);
        }
    }

    private static void remove(int index) {
        leave(index);
        if (objects[index] instanceof Internal) {
            internal--;
        }
        objects[index] = null;
        bodies[index] = 0;
        typeArguments[index] = null;
        next[index] = free;
        free = index;
        count--;
    }

    private static void grow() {
        int old = objects.length;
        int capacity = Math.multiplyExact(old, 2);
        int[] longer = Arrays.copyOf(next, capacity);
        System.arraycopy(chain(old, capacity), 0, longer, old, old);
        longer[capacity - 1] = free;
        int[] more = filled(capacity);
        objects = Arrays.copyOf(objects, capacity);
        bodies = Arrays.copyOf(bodies, capacity);
        typeArguments = Arrays.copyOf(typeArguments, capacity);
        hashes = Arrays.copyOf(hashes, capacity);
        had = new long[capacity / Long.SIZE * BITS_EACH];
        next = longer;
        buckets = more;
        free = old;
        for (int i = 0; i < old; i++) {
            if (bodies[i] != 0 && hashes[i] >= 0) {
                enter(i);
            }
        }
    }

    /** Numbers from {@code from} to {@code to}, each followed by the next one. */
    private static int[] chain(int from, int to) {
        int[] chain = new int[to - from];
        for (int i = 0; i < chain.length; i++) {
            chain[i] = from + i + 1;
        }
        chain[chain.length - 1] = NOTHING;
        return chain;
    }

    private static int[] filled(int size) {
        int[] all = new int[size];
        Arrays.fill(all, NOTHING);
        return all;
    }

    /** A look by the reaper: as long as any object is held, and never more than a hundredth of the time. */
    private static final class IdleSweep implements Reaper.Sweep {

        private static final long MOST_NANOS = 2_000_000_000;

        private long due;
        private long pause;

        @Override
        public boolean isDue() {
            return count > 0 && System.nanoTime() - due >= 0;
        }

        @Override
        public void run(Gil gil) {
            long start = System.nanoTime();
            int before = count;
            boolean quiet = added == 0;
            Half.dropAhead(gil);
            JavaType.letGo();
            sweep();
            long end = System.nanoTime();
            pause = quiet && count == before ? Math.min(MOST_NANOS, pause * 2 + 1_000_000) : 0;
            due = end + Math.min(MOST_NANOS, Math.max(pause, 100 * (end - start)));
        }
    }
}
