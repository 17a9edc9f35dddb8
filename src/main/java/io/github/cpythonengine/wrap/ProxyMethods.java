package io.github.cpythonengine.wrap;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.interpreter.Bridge;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import io.github.cpythonengine.python.PyObject;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Where the methods of an interface are in Python. */
abstract class ProxyMethods {

    /** What can be found of a method without the GIL, since a host's code looks for it; for {@link #find}. */
    Object before(Method method) {
        return null;
    }

    /** What is behind a method, a callable most often, owned or used by the scope; or 0. */
    abstract long find(Gil gil, Method method, Object before);

    /**
     * What the method gives for what {@link #find} found, owned or used by the scope: the result of a call, or a
     * variable's value.
     *
     * @param types as what Java declares the arguments, or null where that says nothing
     */
    long result(Gil gil, Method method, long found, Object[] arguments, Type[] types) {
        long[] given = Bridge.javaObjects().given(gil, arguments, types);
        return given == null ? gil.call(found, arguments) : gil.call(found, given);
    }

    /** Whether there is something behind a method. */
    final boolean has(Method method) {
        Object before = before(method);
        return Gil.with(gil -> find(gil, method, before) != 0);
    }

    /** Whether Python may have a method in place of a default one. */
    abstract boolean replacesDefaults();

    /** The Python object that is the implementation, or null. */
    abstract PyObject object();

    /** What makes two implementations the same. */
    abstract Object identity();

    /** A callable itself, if the interface has one method that the object has not under its name; else its methods. */
    static ProxyMethods of(PyObject target, Class<?> type) {
        List<String> names =
                abstractMethods(type).stream().map(Method::getName).distinct().toList();
        return Gil.with(gil -> {
            long object = gil.use(target);
            boolean callable = names.size() == 1
                    && C.PyCallable_Check(object) != 0
                    && (C.PyType_IsSubtype(Layout.typeOf(object), Py.TYPE) != 0
                            || attribute(gil, object, names.get(0)) == 0);
            boolean module = C.PyType_IsSubtype(Layout.typeOf(object), Py.MODULE) != 0;
            return module ? new OfModule(target, object) : new OfObject(target, object, callable);
        });
    }

    /** Of an object whose class extends the interfaces. */
    static ProxyMethods ofImplementation(PyObject target, long address) {
        return new OfImplementation(target, address);
    }

    /** Whether the object's class extends the interfaces. */
    boolean isImplementation() {
        return false;
    }

    static ProxyMethods of(Function<String, ?> functions, Class<?> type) {
        return new OfNames(functions);
    }

    /** The abstract methods without a callable, one of each name. */
    final List<Method> missing(Class<?> type) {
        Map<String, Method> missing = new LinkedHashMap<>();
        for (Method method : abstractMethods(type)) {
            if (!missing.containsKey(method.getName()) && !has(method)) {
                missing.put(method.getName(), method);
            }
        }
        return List.copyOf(missing.values());
    }

    private static List<Method> abstractMethods(Class<?> type) {
        List<Method> methods = new ArrayList<>();
        for (Method method : type.getMethods()) {
            if (Modifier.isAbstract(method.getModifiers()) && !isOfObject(method)) {
                methods.add(method);
            }
        }
        return methods;
    }

    /** Whether {@code Object} has it too, as {@code Comparator.equals}. */
    private static boolean isOfObject(Method method) {
        try {
            Object.class.getMethod(method.getName(), method.getParameterTypes());
            return true;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    /** A callable attribute, owned by the scope, or 0. */
    private static long attribute(Gil gil, long object, String name) {
        long found = gil.attrOrZero(object, name);
        return found != 0 && C.PyCallable_Check(found) != 0 ? found : 0;
    }

    private static class OfObject extends ProxyMethods {
        final PyObject target;
        private final long address;
        private final boolean callable;

        /** @param callable whether the object itself is the only method */
        OfObject(PyObject target, long address, boolean callable) {
            this.target = target;
            this.address = address;
            this.callable = callable;
        }

        @Override
        long find(Gil gil, Method method, Object before) {
            return callable ? gil.use(target) : attribute(gil, gil.use(target), method.getName());
        }

        @Override
        boolean replacesDefaults() {
            return !callable;
        }

        @Override
        PyObject object() {
            return target;
        }

        @Override
        Object identity() {
            return address; // of an object that lives as long as this
        }
    }

    /** What Python's class has itself, not what Java's interfaces give it; Python's protocols for some methods. */
    private static final class OfImplementation extends OfObject {

        OfImplementation(PyObject target, long address) {
            super(target, address, false);
        }

        @Override
        long find(Gil gil, Method method, Object before) {
            long found = Half.call(gil, "own_method", gil.use(target), gil.str(method.getName()));
            return found == Py.NONE ? 0 : found;
        }

        @Override
        boolean isImplementation() {
            return true;
        }
    }

    /** A module's variables, constants for the most part, are behind methods without parameters. */
    private static final class OfModule extends OfObject {

        OfModule(PyObject target, long address) {
            super(target, address, false);
        }

        @Override
        long find(Gil gil, Method method, Object before) {
            return mayBeVariable(method)
                    ? gil.attrOrZero(gil.use(target), method.getName())
                    : super.find(gil, method, before);
        }

        @Override
        long result(Gil gil, Method method, long found, Object[] arguments, Type[] types) {
            boolean variable = mayBeVariable(method) && C.PyCallable_Check(found) == 0;
            return variable ? found : super.result(gil, method, found, arguments, types);
        }

        private static boolean mayBeVariable(Method method) {
            return method.getParameterCount() == 0 && method.getReturnType() != void.class;
        }
    }

    private static final class OfNames extends ProxyMethods {
        private final Function<String, ?> functions;

        OfNames(Function<String, ?> functions) {
            this.functions = functions;
        }

        @Override
        Object before(Method method) {
            return functions.apply(method.getName());
        }

        @Override
        long find(Gil gil, Method method, Object before) {
            if (!(before instanceof PyObject function)) {
                return 0;
            }
            long object = gil.use(function);
            return C.PyCallable_Check(object) != 0 ? object : 0;
        }

        @Override
        boolean replacesDefaults() {
            return true;
        }

        @Override
        PyObject object() {
            return null;
        }

        @Override
        Object identity() {
            return functions;
        }
    }
}
