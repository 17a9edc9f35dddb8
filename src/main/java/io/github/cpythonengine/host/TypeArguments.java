package io.github.cpythonengine.host;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.apache.commons.lang3.reflect.TypeUtils;

/**
 * What the type arguments of a Java object are, as far as the declarations by which it came tell: that an ArrayList
 * given by {@code List<Long> getQuantities()} holds {@code Long}s. Kept with the object's handle, see {@link
 * Handles#declare}. Immutable but for what was found out once; guarded by the GIL.
 */
final class TypeArguments {

    /** Of an object that was declared as two types that exclude each other: nothing is known of it, for good. */
    static final TypeArguments CONTRADICTORY = new TypeArguments(Object.class, Map.of());

    private final Class<?> type;
    private final Map<TypeVariable<?>, Type> known;

    private final Map<Class<?>, Type[]> found = new HashMap<>();
    private final Map<Candidate, Signature> signatures = new HashMap<>();
    private DeclaredType[] parts;

    private TypeArguments(Class<?> type, Map<TypeVariable<?>, Type> known) {
        this.type = type;
        this.known = known;
    }

    /** Of an object of this class, which was declared as that type. */
    static TypeArguments of(Class<?> type, ParameterizedType declared) {
        Class<?> raw = (Class<?>) declared.getRawType();
        Map<TypeVariable<?>, Type> above = above(type, raw);
        Map<TypeVariable<?>, Type> known = new HashMap<>();
        TypeVariable<?>[] variables = raw.getTypeParameters();
        for (int i = 0; i < variables.length; i++) {
            bind(variables[i], declared.getActualTypeArguments()[i], above, known);
        }
        return new TypeArguments(type, known);
    }

    /** Finds what the variables in a type are, which is known to be another one. */
    private static void bind(Type type, Type is, Map<TypeVariable<?>, Type> above, Map<TypeVariable<?>, Type> known) {
        if (type instanceof TypeVariable<?> variable) {
            if (isKnown(is) && known.putIfAbsent(variable, is) == null && above.containsKey(variable)) {
                bind(above.get(variable), is, above, known);
            }
        } else if (type instanceof ParameterizedType one
                && is instanceof ParameterizedType other
                && one.getRawType() == other.getRawType()) {
            for (int i = 0; i < one.getActualTypeArguments().length; i++) {
                bind(one.getActualTypeArguments()[i], other.getActualTypeArguments()[i], above, known);
            }
        }
    }

    /** What both tell. */
    TypeArguments and(TypeArguments other) {
        for (Map.Entry<TypeVariable<?>, Type> each : other.known.entrySet()) {
            Type mine = resolved(each.getKey());
            if (isKnown(mine) && !TypeUtils.equals(mine, each.getValue())) {
                return CONTRADICTORY;
            }
        }
        Map<TypeVariable<?>, Type> both = new HashMap<>(known);
        both.putAll(other.known);
        return both.size() == known.size() ? this : new TypeArguments(type, both);
    }

    private Type resolved(TypeVariable<?> variable) {
        return variable.getGenericDeclaration() instanceof Class<?> owner
                ? substituted(variable, bindings(owner))
                : variable;
    }

    /** Whether a type tells something, be it that anything goes. */
    static boolean isKnown(Type type) {
        return type instanceof Class || type instanceof ParameterizedType;
    }

    /**
     * The argument for a parameter of the object's class, or of a class or interface above it; null when it is not
     * known, or is Object.
     */
    Type of(Class<?> above, int index) {
        Type[] arguments = found.get(above);
        if (arguments == null) {
            Map<TypeVariable<?>, Type> bindings = bindings(above);
            arguments = Arrays.stream(above.getTypeParameters())
                    .map(variable -> wanted(substituted(variable, bindings)))
                    .toArray(Type[]::new);
            found.put(above, arguments);
        }
        return arguments[index];
    }

    /** The type that a value has to be converted to; null for any. */
    private static Type wanted(Type type) {
        return isKnown(type) && type != Object.class ? type : null;
    }

    /** A type in the declaration of a member of some class, its variables replaced by what they are here. */
    Type substituted(Type type, Class<?> owner) {
        return substituted(type, bindings(owner));
    }

    /** What a method takes and gives that is called on this object. */
    Signature signature(Candidate candidate) {
        return signatures.computeIfAbsent(
                candidate, it -> new Signature(it, this, bindings(it.executable.getDeclaringClass())));
    }

    /** The declaration of the items of a container that Python sees; null when it says nothing. */
    static DeclaredType items(long container) {
        TypeArguments known = Handles.typeArguments(container);
        return known == null ? null : known.items();
    }

    static DeclaredType keys(long map) {
        TypeArguments known = Handles.typeArguments(map);
        return known == null ? null : known.keys();
    }

    static DeclaredType values(long map) {
        TypeArguments known = Handles.typeArguments(map);
        return known == null ? null : known.values();
    }

    /** The declaration of the items of a collection and the like, if they have type arguments themselves; or null. */
    DeclaredType items() {
        return parts()[0];
    }

    /** The same for the keys of a map or an entry. */
    DeclaredType keys() {
        return parts()[1];
    }

    DeclaredType values() {
        return parts()[2];
    }

    private DeclaredType[] parts() {
        if (parts == null) {
            Class<?> pairs = Map.class.isAssignableFrom(type) ? Map.class : Map.Entry.class;
            Class<?> items = Iterable.class.isAssignableFrom(type) ? Iterable.class : Iterator.class;
            parts = new DeclaredType[] {
                DeclaredType.of(of(items, 0)), DeclaredType.of(of(pairs, 0)), DeclaredType.of(of(pairs, 1))
            };
        }
        return parts;
    }

    private Map<TypeVariable<?>, Type> bindings(Class<?> owner) {
        Map<TypeVariable<?>, Type> bindings = new HashMap<>(above(type, owner));
        bindings.putAll(known);
        return bindings;
    }

    /** The variables of a class above, in terms of those of a class; none when it is not above. */
    private static Map<TypeVariable<?>, Type> above(Class<?> type, Class<?> above) {
        if (!above.isAssignableFrom(type)) {
            return Map.of();
        }
        TypeVariable<?>[] own = type.getTypeParameters();
        Type with = own.length == 0 ? type : TypeUtils.parameterize(type, own);
        Map<TypeVariable<?>, Type> found = TypeUtils.getTypeArguments(with, above);
        return found == null ? Map.of() : found;
    }

    static Type substituted(Type type, Map<TypeVariable<?>, Type> bindings) {
        if (type instanceof TypeVariable<?>) {
            Type argument = type;
            while (argument instanceof TypeVariable<?>) {
                Type next = bindings.get(argument);
                if (next == null || next == argument) {
                    return type;
                }
                argument = next;
            }
            return substituted(argument, bindings);
        }
        if (type instanceof ParameterizedType generic && TypeUtils.containsTypeVariables(type)) {
            return TypeUtils.parameterizeWithOwner(
                    generic.getOwnerType(),
                    (Class<?>) generic.getRawType(),
                    substituted(generic.getActualTypeArguments(), bindings));
        }
        if (type instanceof WildcardType wildcard && TypeUtils.containsTypeVariables(type)) {
            return TypeUtils.wildcardType()
                    .withUpperBounds(substituted(wildcard.getUpperBounds(), bindings))
                    .withLowerBounds(substituted(wildcard.getLowerBounds(), bindings))
                    .build();
        }
        return type;
    }

    private static Type[] substituted(Type[] types, Map<TypeVariable<?>, Type> bindings) {
        return Arrays.stream(types).map(type -> substituted(type, bindings)).toArray(Type[]::new);
    }
}
