package io.github.cpythonengine.host;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import io.github.cpythonengine.interpreter.Ref;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A Java class and the Python class that stands for it: made on first sight, with the superclass
 * and the interfaces as bases, and remembered with the Java class.
 */
final class JavaType implements Handles.Internal {

    private static final ClassValue<JavaType> KNOWN = new ClassValue<>() {
        @Override
        protected JavaType computeValue(Class<?> type) {
            return new JavaType(type);
        }
    };

    private static final AtomicLong COUNT = new AtomicLong();

    private final Class<?> javaClass;
    private final long number = COUNT.incrementAndGet();
    private Members members;

    /** The Python class, 0 before first sight and when it was let go of. Guarded by the GIL. */
    private long pointer;

    /** A Python weak reference to the class that was let go of, for classes that can be unloaded. */
    private Ref weak;

    private boolean used;

    /** Those of which Java keeps the Python class although their Java class can be unloaded. */
    private static final Set<JavaType> KEPT = new LinkedHashSet<>();

    private long withBase;

    private JavaType(Class<?> javaClass) {
        this.javaClass = javaClass;
    }

    static JavaType of(Class<?> javaClass) {
        return KNOWN.get(javaClass);
    }

    /** What stands behind a Python class whose metaclass is ours; null for a user's own subclass. */
    static JavaType behind(Gil gil, long pythonClass) {
        long reference = gil.attr(pythonClass, "__javaclass__");
        return (JavaType) Handles.object(reference);
    }

    Class<?> javaClass() {
        return javaClass;
    }

    /** A number that no other class has, ever. */
    long number() {
        return number;
    }

    /** What Python finds in this class, looked up at the first use. Guarded by the GIL. */
    Members members() {
        if (members == null) {
            members = new Members(javaClass);
        }
        return members;
    }

    /** The Python class, borrowed, good until the end of the scope. */
    long pointer(Gil gil) {
        if (pointer == 0) {
            long again = weak == null ? Py.NONE : gil.call(gil.use(weak));
            if (again == Py.NONE) {
                make(gil);
            } else {
                keep(again);
            }
        }
        used = true;
        return weak == null ? pointer : gil.strong(pointer);
    }

    private void keep(long made) {
        C.Py_IncRef(made);
        pointer = made;
        if (weak != null) {
            used = true;
            KEPT.add(this);
        }
    }

    /**
     * Lets go of Python classes that were not used since the last time, so that their Java classes can be
     * unloaded when Python has no other use for them. GIL held; runs Python code.
     */
    static void letGo() {
        for (JavaType type : List.copyOf(KEPT)) {
            if (type.used) {
                type.used = false;
            } else if (KEPT.remove(type)) {
                long last = type.pointer;
                type.pointer = 0;
                C.Py_DecRef(last);
            }
        }
    }

    /** Whether its loader comes and goes while this library stays. */
    boolean canBeUnloaded() {
        Class<?> element = javaClass;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        ClassLoader loader = element.getClassLoader();
        return loader != null && !Loaders.STAYING.contains(loader);
    }

    /** The loaders that live as long as this class. */
    private static final class Loaders {
        static final Set<ClassLoader> STAYING = new HashSet<>();

        static {
            add(JavaType.class.getClassLoader());
            add(ClassLoader.getSystemClassLoader());
        }

        private static void add(ClassLoader first) {
            for (ClassLoader loader = first; loader != null; loader = loader.getParent()) {
                STAYING.add(loader);
            }
        }
    }

    private void make(Gil gil) {
        Half.metaclass(gil);
        long[] bases = bases(gil);
        long tuple = gil.own(C.PyTuple_New(bases.length));
        for (int i = 0; i < bases.length; i++) {
            C.PyTuple_SetItem(tuple, i, gil.newRef(bases[i]));
        }
        long reference = gil.own(Handles.bodyOf(gil, this, Body.type(gil)));
        long made = gil.call(
                Half.member(gil, "make_class"),
                gil.str(javaClass.getName()),
                gil.str(Names.simple(javaClass)),
                gil.str(Names.nested(javaClass)),
                gil.str(Names.module(javaClass)),
                tuple,
                reference,
                javaClass.isInterface() ? Py.TRUE : Py.FALSE,
                Mixins.of(gil, javaClass),
                call(gil));
        Body.share(made);
        for (String name : Mixins.hidden(javaClass)) {
            if (members().methods(name) != null) {
                gil.call(Half.member(gil, "install"), made, gil.name(name));
            }
        }
        if (pointer == 0) { // another thread may have been faster
            Exports.share(gil, made); // which is for ever, so not for one that is dropped
            if (canBeUnloaded()) {
                weak = gil.ref(this, gil.newRef(gil.call(Half.member(gil, "weak"), made)));
            }
            keep(made);
        }
    }

    /** What makes objects of a functional interface callable: its method; else None. */
    private long call(Gil gil) {
        Method method = Functional.method(javaClass);
        boolean isMeant = method != null
                && (javaClass.isAnnotationPresent(FunctionalInterface.class)
                        || !javaClass.getPackageName().startsWith("java."));
        MethodSet set = isMeant ? members().methods(method.getName()) : null;
        if (set == null) {
            return Py.NONE;
        }
        return gil.own(C.PyInstanceMethod_New(gil.own(Invocations.bound(gil, set))));
    }

    /**
     * Superclass first. Object and interfaces have no body of their own; the first class below Object
     * brings it, as its last base; Throwables have the one of Python's exceptions.
     */
    private long[] bases(Gil gil) {
        if (javaClass == Object.class) {
            return new long[0];
        }
        Set<Long> bases = new LinkedHashSet<>();
        Class<?> parent = parent();
        if (parent != null && parent != Object.class) {
            bases.add(of(parent).pointer(gil));
        }
        for (Class<?> each : javaClass.getInterfaces()) {
            bases.add(of(each).pointer(gil));
        }
        if (bases.isEmpty()) {
            bases.add(of(Object.class).pointer(gil));
        }
        if (parent == Object.class && !Throwable.class.isAssignableFrom(javaClass)) {
            bases.add(Exports.areOf(javaClass) ? Exports.type(gil) : Body.type(gil));
        } else if (javaClass.isArray() && Exports.areOf(javaClass)) {
            bases.add(Exports.type(gil)); // an array of arrays is an Object[] as well
        }
        for (String exception : ExceptionClasses.of(javaClass)) {
            bases.add(Py.exception(exception));
        }
        return bases.stream().mapToLong(Long::longValue).toArray();
    }

    /** An array of a class is an instance of the array of the superclass. */
    private Class<?> parent() {
        Class<?> component = javaClass.getComponentType();
        if (component == null || component.isPrimitive() || component == Object.class) {
            return javaClass.getSuperclass();
        }
        Class<?> above = of(component).parent();
        return (above == null ? Object.class : above).arrayType();
    }

    /**
     * The class of objects that are of this Python type too: borrowed; None when there is none.
     *
     * @param base the type that values of this Java class become
     */
    long withBase(Gil gil, long base) {
        if (withBase == 0) {
            withBase = gil.newRef(gil.call(Values.half(gil).member(gil, "make_class"), base, pointer(gil)));
        }
        return withBase;
    }

    private static long plainObject;

    /** For an instance of exactly this class; that of Object itself needs a body that Object has not. */
    long instantiable(Gil gil) {
        if (javaClass != Object.class) {
            return pointer(gil);
        }
        if (plainObject == 0) {
            long made = gil.call(Half.member(gil, "plain_object"), pointer(gil), Body.type(gil));
            Body.share(made);
            plainObject = gil.newRef(made);
        }
        return plainObject;
    }

    static boolean isJavaClass(Gil gil, long pythonClass) {
        return Layout.typeOf(pythonClass) == Half.metaclass; // 0 as long as there are none: errors of loading come here
    }
}
