package io.github.cpythonengine.interpreter;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.ObjLongConsumer;

/**
 * What this package needs from packages to its right. Each registers its part before the start. All
 * of it is called with the GIL held.
 */
public final class Bridge {

    private static Objects objects;
    private static Errors errors;
    private static Values values;
    private static JavaObjects javaObjects;
    private static Views views;
    private static Buffers buffers;

    private Bridge() {}

    /** The user's type for any Python object. */
    public interface Objects {

        /** Makes an owner for a new reference, which passes to it. */
        Object wrap(Gil gil, long newRef);

        /** The reference behind such an object or a view of it, or null for any other object. */
        Ref ref(Object object);

        /** The keyword arguments that this last argument of a call gives, or null when it gives none. */
        Map<String, Object> keywords(Object argument);
    }

    /** The crossing of errors. */
    public interface Errors {

        /** Takes the pending Python error, which must exist, as an exception to throw. */
        RuntimeException take(Gil gil);

        /**
         * The same at the end of a run. Between there and {@link #end} no code of a user can see it, which may so lack
         * Java's frames until then.
         */
        RuntimeException takeAtEnd(Gil gil);

        /** Gives the error of a run, if it lacks them, the frames of the exception that tells of it. */
        void end(Throwable error, Throwable told);

        /** Sets a Throwable as the pending Python error. Never throws. */
        void set(Gil gil, Throwable error);

        /** A borrowed exception for Java: the Throwable that it stands for, else one that stands for it. */
        Throwable of(Gil gil, long exception);
    }

    /** The crossing of values. */
    public interface Values {

        /** A new reference. */
        long toPython(Gil gil, Object value);

        /** The natural Java value of a borrowed reference. */
        Object toJava(Gil gil, long object);

        /** The Java value of a wanted type; never silently lossy. */
        Object toJava(Gil gil, long object, Type wanted);

        /**
         * The natural Java values of many borrowed references, which other code may release as soon as any runs: none
         * does before all are safe.
         */
        Object[][] toJava(Gil gil, long[]... objects);
    }

    /** Java objects as Python sees them. */
    public interface JavaObjects {

        /** Called once, when Python has started: makes Java's packages importable. */
        default void start(Gil gil) {}

        /** A new reference to the Python object that stands for this Java object. */
        long wrap(Gil gil, Object object);

        /** Whether objects of this type stand for Java objects; runs no Python code. */
        boolean isJavaType(Gil gil, long type);

        /** The Java object that an object of such a type stands for. */
        Object unwrap(Gil gil, long object);

        /**
         * Holds the Java objects weakly that a dict of names leads to, so that no cycle through them keeps what the
         * names led to.
         */
        void weakenBehind(Gil gil, long names);

        /** Goes through the Java objects that Python holds, oldest first as far as known: class names and bodies. */
        void forEachHeld(ObjLongConsumer<String> use);

        /**
         * Arguments for Python code that a script gave to Java, some of which have Java's methods besides those of
         * their Python type, or are declared as types with arguments; null when there are none of those, or names
         * among them. The scope owns them.
         *
         * @param types the declared types, or null when they say no more than the values
         */
        long[] given(Gil gil, Object[] values, Type[] types);

        /** A new reference to a Python object with no other use than to keep this Java object. */
        long reference(Gil gil, Object object);

        /** What {@link #reference} was made of. */
        Object referred(long reference);

        /** The Java interfaces that a Python class says it implements; runs no Python code for other types. */
        default List<Class<?>> interfaces(Gil gil, long type) {
            return List.of();
        }

        /** A new reference to the Python exception that stands for this one. */
        long exception(Gil gil, Throwable error);

        /** The Throwable that a borrowed exception stands for, or null when it is Python's own. */
        Throwable throwable(Gil gil, long exception);
    }

    /** Memory that Python objects show by the buffer protocol. */
    public interface Buffers {

        /** Whether this is a class of Java objects that lie on such memory: NdArray, ByteBuffer, MemorySegment and the like. */
        boolean isView(Class<?> type);

        /**
         * An object of such a class on the memory of a borrowed object; null when it shows none.
         *
         * @throws ClassCastException when the memory has another form
         */
        Object view(Gil gil, long object, Class<?> wanted);

        /**
         * A copy of such memory as an array of primitives of any rank; null when the object shows none or its items
         * are none that Java can read in place.
         *
         * @throws ClassCastException when their type or the rank does not fit
         * @throws ArithmeticException when a value does not fit
         */
        Object copy(Gil gil, long object, Class<?> array);

        /**
         * How near an array class of primitives is to the items of such memory, for choosing among overloads: 0 for the
         * same type, -1 when the object shows none.
         */
        int distance(Gil gil, long object, Class<?> array);

        /** The bool or number that is all of such memory, an array of no dimensions for example; else null. */
        Object single(Gil gil, long object);

        /** A {@code datetime64}, or a {@code timedelta64}, of this unit ({@code "25s"}) as a Java value. */
        Object time(boolean delta, long count, String unit);
    }

    /** Live Java views of Python's objects. Each takes a borrowed reference. */
    public interface Views {

        Object list(Gil gil, long list);

        Object tuple(Gil gil, long tuple);

        Object dict(Gil gil, long dict);

        /** Of a {@code set} or a {@code frozenset}. */
        Object set(Gil gil, long set);

        Object iterator(Gil gil, long iterator);

        /** What makes, of borrowed references to objects of a Python class, what implements these Java interfaces. */
        BiFunction<Gil, Long, Object> implementations(List<Class<?>> interfaces);

        /** Whether it has an outcome that can be waited for, as a coroutine and a future of Python's have. */
        boolean isAwaitable(Gil gil, long object);

        /** The outcome of an awaitable, which is started if need be; the result becomes a value of this type. */
        CompletableFuture<Object> future(Gil gil, long awaitable, Type result);
    }

    public static void register(Objects part) {
        objects = part;
    }

    public static void register(Errors part) {
        errors = part;
    }

    public static void register(Values part) {
        values = part;
    }

    public static void register(JavaObjects part) {
        javaObjects = part;
    }

    public static void register(Views part) {
        views = part;
    }

    public static void register(Buffers part) {
        buffers = part;
    }

    public static Objects objects() {
        return objects;
    }

    public static Errors errors() {
        return errors;
    }

    public static Values values() {
        return values;
    }

    public static JavaObjects javaObjects() {
        return javaObjects;
    }

    public static Views views() {
        return views;
    }

    public static Buffers buffers() {
        return buffers;
    }
}
