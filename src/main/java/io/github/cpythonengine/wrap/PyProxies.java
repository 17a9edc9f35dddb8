package io.github.cpythonengine.wrap;

import io.github.cpythonengine.python.PyException;
import io.github.cpythonengine.python.PyObject;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Java interfaces implemented by Python: by a callable for an interface of one method, by the methods of an object, by
 * the functions of a module, or by those of a namespace. A module's variable is behind a method without parameters: {@code
 * double pi()}.
 *
 * <p>Methods are looked up by name at each call. Arguments are converted by the conversion table, those of a varargs
 * parameter one by one, a {@code Kwargs} as keyword arguments; results to the method's return type, type arguments included ({@code None} is refused for a
 * primitive). Default methods run as Java, unless the object or namespace has a method of that name. {@code toString},
 * {@code equals} and {@code hashCode} stay in Java; implementations of one interface by one object are equal. A Java
 * exception that comes out of the Python code is thrown as it is if it is unchecked or declared by the method; any other
 * error is a {@link PyException}. The result may be used from any thread; passed to Python it is the Python object again.
 */
public final class PyProxies {

    /** What surrounds each call from Java. */
    @FunctionalInterface
    public interface Around {

        /** Does the work and returns its result. */
        Object call(Supplier<Object> work);
    }

    /** Calls with nothing around them, whose errors are thrown as they are. */
    public static final PyProxies PLAIN = new PyProxies(Supplier::get, error -> error);

    private final Around around;
    private final Function<? super PyException, ? extends RuntimeException> errors;

    /**
     * @param around surrounds each call, without the GIL
     * @param errors what to throw instead of a {@link PyException}
     */
    public PyProxies(Around around, Function<? super PyException, ? extends RuntimeException> errors) {
        this.around = Objects.requireNonNull(around, "around");
        this.errors = Objects.requireNonNull(errors, "errors");
    }

    Object call(Supplier<Object> work) {
        return around.call(work);
    }

    RuntimeException toThrow(PyException error) {
        return errors.apply(error);
    }

    /**
     * The interface implemented by an object.
     *
     * @throws IllegalArgumentException if {@code type} is no interface that can be implemented
     * @throws ClassCastException if the object lacks one of its methods; see {@link #missing(PyObject, Class)}
     */
    public <T> T make(PyObject target, Class<T> type) {
        Objects.requireNonNull(target, "target");
        return type.cast(make(ProxyMethods.of(target, checkInterface(type)), type, type));
    }

    /**
     * The interface implemented by functions that are found by name: the global functions of a script.
     *
     * @param functions gives the value of a name, or null
     * @throws IllegalArgumentException if {@code type} is no interface that can be implemented
     * @throws ClassCastException if a method has no function; see {@link #missing(Function, Class)}
     */
    public <T> T make(Function<String, ?> functions, Class<T> type) {
        Objects.requireNonNull(functions, "functions");
        return type.cast(make(ProxyMethods.of(functions, checkInterface(type)), type, type));
    }

    private Object make(ProxyMethods methods, Class<?> raw, Type type) {
        List<Method> missing = methods.missing(raw);
        if (!missing.isEmpty()) {
            throw new ClassCastException("Python does not implement " + raw.getName() + ": it lacks " + names(missing));
        }
        return PyProxy.create(this, methods, raw, type);
    }

    /** For conversions: empty, and {@code missing} told, where {@link #make} throws. */
    Optional<Object> tryMake(PyObject target, Type type, StringBuilder missing) {
        Class<?> raw = (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
        if (raw.isSealed() || raw.isHidden()) {
            return Optional.empty();
        }
        ProxyMethods methods = ProxyMethods.of(target, raw);
        List<Method> lacking = methods.missing(raw);
        missing.append(names(lacking));
        return lacking.isEmpty() ? Optional.of(PyProxy.create(this, methods, raw, type)) : Optional.empty();
    }

    /**
     * The abstract methods of an interface that an object does not implement, inherited ones included, those of {@code
     * Object} not.
     */
    public static List<Method> missing(PyObject target, Class<?> type) {
        Objects.requireNonNull(target, "target");
        return ProxyMethods.of(target, checkInterface(type)).missing(type);
    }

    /** The same of functions that are found by name. */
    public static List<Method> missing(Function<String, ?> functions, Class<?> type) {
        Objects.requireNonNull(functions, "functions");
        return ProxyMethods.of(functions, checkInterface(type)).missing(type);
    }

    private static Class<?> checkInterface(Class<?> type) {
        Objects.requireNonNull(type, "type");
        if (!type.isInterface() || type.isSealed() || type.isHidden() || type.isAnnotation()) {
            throw new IllegalArgumentException(type + " is no interface that can be implemented");
        }
        return type;
    }

    private static String names(List<Method> methods) {
        return String.join(", ", methods.stream().map(it -> it.getName() + "()").toList());
    }
}
