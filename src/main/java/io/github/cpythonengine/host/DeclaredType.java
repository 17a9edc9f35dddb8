package io.github.cpythonengine.host;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.stream.BaseStream;
import org.apache.commons.lang3.reflect.TypeUtils;

/**
 * The type with arguments that Java declares for something it gives: a method's result, a field, an argument of a
 * callback, an item of a collection. Guarded by the GIL.
 */
final class DeclaredType {

    private final ParameterizedType type;

    /** What it says of objects of the class that came last. */
    private Class<?> lastClass;

    private TypeArguments last;

    private DeclaredType(ParameterizedType type) {
        this.type = type;
    }

    /** Null for a type that says no more than its class. */
    static DeclaredType of(Type type) {
        return type instanceof ParameterizedType generic
                        && Arrays.stream(generic.getActualTypeArguments()).anyMatch(TypeArguments::isKnown)
                ? new DeclaredType((ParameterizedType) withoutVariables(generic))
                : null;
    }

    /** What a variable stands for that is left is not known. */
    private static Type withoutVariables(Type type) {
        if (!TypeUtils.containsTypeVariables(type)) {
            return type;
        }
        return type instanceof ParameterizedType generic
                ? TypeUtils.parameterizeWithOwner(
                        generic.getOwnerType(),
                        (Class<?>) generic.getRawType(),
                        Arrays.stream(generic.getActualTypeArguments())
                                .map(DeclaredType::withoutVariables)
                                .toArray(Type[]::new))
                : TypeUtils.WILDCARD_ALL;
    }

    /**
     * Remembers it for a value that has just been shown to Python. Not for streams, of which each operation makes
     * another one.
     *
     * @param made what Python sees
     */
    void note(long made, Object value) {
        if (value != null && !(value instanceof BaseStream) && ((Class<?>) type.getRawType()).isInstance(value)) {
            Handles.declare(made, value, this);
        }
    }

    /** Whether it says anything of a value that is not known otherwise. */
    boolean limits() {
        return Arrays.stream(type.getActualTypeArguments())
                .anyMatch(it -> TypeArguments.isKnown(it) && it != Object.class);
    }

    TypeArguments argumentsOf(Class<?> of) {
        if (of == lastClass) {
            return last;
        }
        TypeArguments arguments = TypeArguments.of(of, type);
        if (!JavaType.of(of).canBeUnloaded()) {
            last = arguments;
            lastClass = of;
        }
        return arguments;
    }
}
