package io.github.cpythonengine.wrap;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.lang3.reflect.TypeUtils;

/**
 * What the methods of an interface return and take, its type variables replaced by what they stand for: of {@code interface
 * LongSource extends Supplier<List<Long>>} the method {@code get} returns {@code List<Long>}.
 */
final class ResultTypes {

    /** The interface, with its arguments as far as known. */
    private final Type type;

    private final Map<Method, Type> known = new ConcurrentHashMap<>();
    private final Map<Method, Type[]> parameters = new ConcurrentHashMap<>();

    ResultTypes(Type type) {
        this.type = type;
    }

    /** Whether a method is one of the interface or of one above it. */
    boolean know(Method method) {
        return TypeUtils.isAssignable(type, method.getDeclaringClass());
    }

    /** The result of a method of the interface or of one above it. */
    Type of(Method method) {
        Type result = known.get(method);
        return result != null ? result : known.computeIfAbsent(method, this::find);
    }

    private Type find(Method method) {
        Type declared = method.getGenericReturnType();
        return TypeUtils.containsTypeVariables(declared)
                ? replaced(declared, TypeUtils.getTypeArguments(type, method.getDeclaringClass()))
                : declared;
    }

    /**
     * The parameters of a method, or null when no type arguments of theirs are known: of a {@code Consumer<List<Long>>}
     * the method {@code accept} takes a {@code List<Long>}.
     */
    Type[] parametersOf(Method method) {
        Type[] found = parameters.get(method);
        if (found == null) {
            found = parameters.computeIfAbsent(method, this::findParameters);
        }
        return found.length == 0 ? null : found;
    }

    private Type[] findParameters(Method method) {
        Type[] types = method.getGenericParameterTypes();
        for (int i = 0; i < types.length; i++) {
            if (TypeUtils.containsTypeVariables(types[i])) {
                types[i] = taken(types[i], TypeUtils.getTypeArguments(type, method.getDeclaringClass()));
            }
        }
        return Arrays.stream(types).anyMatch(ParameterizedType.class::isInstance) ? types : new Type[0];
    }

    private static Type taken(Type type, Map<TypeVariable<?>, Type> arguments) {
        return type instanceof TypeVariable<?>
                        && arguments.get(type) instanceof WildcardType wildcard
                        && wildcard.getLowerBounds().length > 0
                ? wildcard.getLowerBounds()[0]
                : replaced(type, arguments);
    }

    private static Type replaced(Type type, Map<TypeVariable<?>, Type> arguments) {
        if (type instanceof TypeVariable<?>) {
            Type argument = arguments.get(type);
            return argument == null || isAny(argument) ? type : replaced(argument, arguments);
        }
        if (type instanceof ParameterizedType generic) {
            Type[] parts = generic.getActualTypeArguments().clone();
            for (int i = 0; i < parts.length; i++) {
                parts[i] = replaced(parts[i], arguments);
            }
            return TypeUtils.parameterizeWithOwner(generic.getOwnerType(), (Class<?>) generic.getRawType(), parts);
        }
        if (type instanceof GenericArrayType array) {
            return TypeUtils.genericArrayType(replaced(array.getGenericComponentType(), arguments));
        }
        return type instanceof WildcardType wildcard ? replaced(wildcard.getUpperBounds()[0], arguments) : type;
    }

    /** {@code ?} says less than the bound of the variable it stands for. */
    private static boolean isAny(Type type) {
        return type instanceof WildcardType wildcard && wildcard.getUpperBounds()[0] == Object.class;
    }
}
