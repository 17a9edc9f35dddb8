package io.github.cpythonengine.host;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** One of the methods or constructors that a call may mean. */
final class Candidate {

    final Executable executable;
    final Class<?>[] parameters;
    final boolean isStatic;
    final boolean isVarargs;
    private Type[] genericParameters;

    /** Whether what it takes or gives has to do with type arguments of the object it is called on. */
    final boolean isGeneric;

    private DeclaredType result;
    private boolean resultIsKnown;

    /** How often it was called the long way. Guarded by the GIL. */
    int calls;

    Candidate(Executable executable) {
        this.executable = executable;
        this.parameters = executable.getParameterTypes();
        this.isStatic = Modifier.isStatic(executable.getModifiers()) || executable instanceof Constructor;
        this.isVarargs = executable.isVarArgs();
        this.isGeneric = !isStatic && isGeneric((Method) executable);
    }

    private static boolean isGeneric(Method method) {
        return method.getDeclaringClass().getTypeParameters().length > 0
                || Map.class.isAssignableFrom(method.getDeclaringClass())
                || Collection.class.isAssignableFrom(method.getDeclaringClass());
    }

    /** What it is declared to give, as far as that is always the same; null when it says nothing. */
    DeclaredType result() {
        if (!resultIsKnown) {
            result = executable instanceof Method method ? DeclaredType.of(method.getGenericReturnType()) : null;
            resultIsKnown = true;
        }
        return result;
    }

    /** The type of an argument when the last parameter stands for any number of them. */
    Class<?> variable(int index) {
        int last = parameters.length - 1;
        return index < last ? parameters[index] : parameters[last].getComponentType();
    }

    Type generic(int index, boolean spread) {
        if (genericParameters == null) {
            Type[] generic = executable.getGenericParameterTypes();
            genericParameters = generic.length == parameters.length ? generic : parameters;
        }
        int last = parameters.length - 1;
        if (spread && index >= last) {
            return parameters[last].getComponentType();
        }
        // a type variable says nothing that its bound does not
        return genericParameters[index] instanceof ParameterizedType type ? type : parameters[index];
    }

    /** The arguments with those of the last parameter in an array. */
    Object[] gather(Object[] arguments) {
        int last = parameters.length - 1;
        Object[] gathered = Arrays.copyOf(arguments, parameters.length);
        int count = arguments.length - last;
        Object rest = Array.newInstance(parameters[last].getComponentType(), count);
        for (int i = 0; i < count; i++) {
            Array.set(rest, i, arguments[last + i]);
        }
        gathered[last] = rest;
        return gathered;
    }

    /** No GIL. */
    Object invoke(Object receiver, Object[] arguments) throws Exception {
        try {
            if (executable instanceof Constructor<?> constructor) {
                return constructor.newInstance(arguments);
            }
            return ((Method) executable).invoke(receiver, arguments);
        } catch (InvocationTargetException e) {
            throw Candidate.<Exception>sneaky(e.getCause());
        }
    }

    /** The code of a default method, on an object of Python's that implements its interface. No GIL. */
    Object invokeDefault(Object proxy, Object[] arguments) throws Exception {
        try {
            return InvocationHandler.invokeDefault(proxy, (Method) executable, arguments);
        } catch (Throwable t) {
            throw Candidate.<Exception>sneaky(t);
        }
    }

    /** For {@code throw}: the same, whatever the compiler thinks of it. */
    @SuppressWarnings("unchecked")
    static <E extends Throwable> E sneaky(Throwable error) throws E {
        throw (E) error;
    }

    /** {@code add(int, Object)}. */
    String signature() {
        String name =
                executable instanceof Constructor ? Names.nested(executable.getDeclaringClass()) : executable.getName();
        String types = Arrays.stream(parameters).map(Candidate::shortName).collect(Collectors.joining(", "));
        if (isVarargs) {
            types = types.substring(0, types.length() - 2) + "...";
        }
        return name + "(" + types + ")";
    }

    /** With what it gives: {@code static int parseInt(String)}. */
    String declaration() {
        if (executable instanceof Method method) {
            return (isStatic ? "static " : "") + shortName(method.getReturnType()) + " " + signature();
        }
        return signature();
    }

    private static String shortName(Class<?> type) {
        String name = Names.full(type);
        return name.startsWith("java.lang.") && name.indexOf('.', 10) < 0 ? name.substring(10) : name;
    }
}
