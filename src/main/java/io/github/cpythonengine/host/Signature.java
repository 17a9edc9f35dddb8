package io.github.cpythonengine.host;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.apache.commons.lang3.reflect.TypeUtils;

/** What a method takes and gives that is called on an object whose type arguments are known. */
final class Signature {

    private static final Set<String> OF_A_KEY = Set.of("get", "getOrDefault", "containsKey", "remove");
    private static final Set<String> OF_AN_ITEM =
            Set.of("contains", "remove", "indexOf", "lastIndexOf", "removeFirstOccurrence", "removeLastOccurrence");
    private static final Set<String> OF_ITEMS = Set.of("containsAll", "removeAll", "retainAll");

    private final Type[] parameters;

    /** Parameters that take anything, to look for it: {@code Map.get(Object)}. */
    private final boolean[] lookUps;

    /** Null when it says nothing. */
    final DeclaredType result;

    /** The classes of the arguments as they have to be; null when one has type arguments, or may be anything. */
    final Class<?>[] classes;

    Signature(Candidate candidate, TypeArguments arguments, Map<TypeVariable<?>, Type> bindings) {
        Type[] declared = candidate.executable.getGenericParameterTypes();
        int count = declared.length == candidate.parameters.length ? declared.length : 0;
        parameters = new Type[candidate.parameters.length];
        lookUps = new boolean[candidate.parameters.length];
        for (int i = 0; i < count; i++) {
            Type type = TypeArguments.substituted(declared[i], bindings);
            if (type != declared[i] && TypeArguments.isKnown(type) && type != Object.class) {
                parameters[i] = type;
            } else {
                parameters[i] = lookedUp(candidate, i, arguments);
                lookUps[i] = parameters[i] != null;
            }
        }
        classes = classes(candidate);
        result = candidate.executable instanceof Method method
                ? DeclaredType.of(TypeArguments.substituted(method.getGenericReturnType(), bindings))
                : null;
    }

    private Class<?>[] classes(Candidate candidate) {
        Class<?>[] classes = candidate.parameters.clone();
        for (int i = 0; i < classes.length; i++) {
            if (parameters[i] instanceof Class<?> type && !lookUps[i]) {
                classes[i] = type;
            } else if (parameters[i] != null) {
                return null;
            }
        }
        return classes;
    }

    /** What is looked for under the name of the method: the type it has if it is there; or null. */
    private static Type lookedUp(Candidate candidate, int index, TypeArguments arguments) {
        Class<?> owner = candidate.executable.getDeclaringClass();
        String name = candidate.executable.getName();
        if (candidate.parameters[index] == Object.class && Map.class.isAssignableFrom(owner)) {
            if (index == 0 && OF_A_KEY.contains(name)) {
                return arguments.of(Map.class, 0);
            }
            return name.equals("containsValue") || name.equals("remove") ? arguments.of(Map.class, 1) : null;
        }
        if (!Collection.class.isAssignableFrom(owner)) {
            return null;
        }
        Type item = arguments.of(Collection.class, 0);
        if (candidate.parameters[index] == Object.class && OF_AN_ITEM.contains(name)) {
            return item;
        }
        boolean many = item != null && candidate.parameters[index] == Collection.class && OF_ITEMS.contains(name);
        return many ? TypeUtils.parameterize(Collection.class, item) : null;
    }

    /** The type that an argument is converted to; null where the class of the parameter says it all. */
    Type parameter(int index, boolean spread) {
        return spread && index >= parameters.length - 1 ? null : parameters[index];
    }

    boolean looksUp(int index) {
        return lookUps[index];
    }
}
