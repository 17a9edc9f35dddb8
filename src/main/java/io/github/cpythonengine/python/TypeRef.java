package io.github.cpythonengine.python;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Objects;
import org.apache.commons.lang3.reflect.TypeUtils;

/**
 * A Java type with its arguments, which a {@code Class} cannot tell: {@code new TypeRef<Map<String, List<Long>>>() {}}.
 * For conversions of Python objects whose parts are wanted as certain types too, see {@link PyObject#as(TypeRef)}.
 *
 * <p>Immutable; two of the same type are equal.
 *
 * @param <T> the type
 */
public abstract class TypeRef<T> {

    private final Type type;

    /**
     * Takes the type from the subclass that is being made.
     *
     * @throws IllegalArgumentException when it gives no type, or one with a type variable, of which nothing is known
     *     when the program runs
     */
    protected TypeRef() {
        Class<?> subclass = getClass();
        if (subclass.getSuperclass() != TypeRef.class
                || !(subclass.getGenericSuperclass() instanceof ParameterizedType parent)) {
            throw new IllegalArgumentException("write the type out: new TypeRef<List<Long>>() {}");
        }
        type = parent.getActualTypeArguments()[0];
        if (TypeUtils.containsTypeVariables(type)) {
            throw new IllegalArgumentException(
                    type.getTypeName() + " has a type variable, which is unknown when the program runs");
        }
    }

    private TypeRef(Type type) {
        this.type = type;
    }

    /** A type that reflection gave: of a method's result, say. A type variable in it stands for its bound. */
    public static TypeRef<?> of(Type type) {
        Objects.requireNonNull(type, "type");
        return new TypeRef<>(type) {};
    }

    /** The type as reflection has it. */
    public final Type type() {
        return type;
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof TypeRef<?> that && type.equals(that.type);
    }

    @Override
    public final int hashCode() {
        return type.hashCode();
    }

    /** The type as Java writes it. */
    @Override
    public final String toString() {
        return type.getTypeName();
    }
}
