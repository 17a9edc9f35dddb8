package io.github.cpythonengine.wrap;

import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.python.PyObject;
import io.github.cpythonengine.python.PyView;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Objects of a Python class that extends Java interfaces, as Java sees them: as implementations of all of these. One
 * object is the same in Java as long as Java has it. {@code equals}, {@code hashCode} and {@code toString} are Python's.
 * Guarded by the GIL.
 */
final class Implementations {

    private static final Map<Long, Known> KNOWN = new HashMap<>();
    private static final ReferenceQueue<Object> GONE = new ReferenceQueue<>();

    /** What an object, by its address, is in Java. It keeps the object, so that no other one has its address. */
    private static final class Known extends WeakReference<Object> {
        final long address;

        Known(long address, Object implementation) {
            super(implementation, GONE);
            this.address = address;
        }
    }

    private final Class<?>[] interfaces;
    private final ClassLoader loader;

    Implementations(List<Class<?>> interfaces) {
        this.interfaces = interfaces.toArray(new Class<?>[0]);
        this.loader = PyProxy.loader(this.interfaces);
    }

    Object of(Gil gil, long object) {
        forgetGone();
        Known known = KNOWN.get(object);
        Object alive = known == null ? null : known.get();
        if (alive != null && isOf(gil, alive, object)) {
            return alive;
        }
        ProxyMethods methods = ProxyMethods.ofImplementation((PyObject) gil.objectOf(object), object);
        Object made = PyProxy.create(PyProxies.PLAIN, methods, interfaces, loader);
        KNOWN.put(object, new Known(object, made));
        return made;
    }

    /** Not when somebody has closed what it has of Python. */
    private static boolean isOf(Gil gil, Object implementation, long object) {
        try {
            return implementation instanceof PyView view && gil.use(view) == object;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private static void forgetGone() {
        for (Object gone = GONE.poll(); gone != null; gone = GONE.poll()) {
            KNOWN.remove(((Known) gone).address, gone);
        }
    }
}
