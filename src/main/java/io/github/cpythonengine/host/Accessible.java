package io.github.cpythonengine.host;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The public members of accessible types: those of a class that is public and exported to us, and of
 * any other class those that it has from such a superclass or interface.
 */
final class Accessible {

    private Accessible() {}

    static boolean is(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        return Modifier.isPublic(element.getModifiers())
                && element.getModule().isExported(element.getPackageName(), Accessible.class.getModule());
    }

    /** By name; each with its overloads, one method for each list of parameter types. */
    static Map<String, List<Method>> methods(Class<?> type) {
        Map<List<Object>, Method> bySignature = new LinkedHashMap<>();
        for (Class<?> each : hierarchy(type)) {
            if (!is(each)) {
                continue;
            }
            for (Method method : each.getMethods()) {
                boolean inherited = each != type || method.getDeclaringClass() != type;
                boolean notInherited = inherited
                        && Modifier.isStatic(method.getModifiers())
                        && method.getDeclaringClass().isInterface();
                if (is(method.getDeclaringClass()) && !notInherited) {
                    List<Object> signature = new ArrayList<>(Arrays.asList((Object[]) method.getParameterTypes()));
                    signature.add(method.getName());
                    bySignature.merge(signature, method, Accessible::better);
                }
            }
        }
        Map<String, List<Method>> byName = new LinkedHashMap<>();
        for (Method method : bySignature.values()) {
            byName.computeIfAbsent(method.getName(), name -> new ArrayList<>()).add(method);
        }
        return byName;
    }

    /** Of two with the same parameters: not the bridge, and the one with the more special result. */
    private static Method better(Method one, Method other) {
        if (one.isBridge() != other.isBridge()) {
            return one.isBridge() ? other : one;
        }
        Class<?> first = one.getReturnType();
        return first != other.getReturnType() && first.isAssignableFrom(other.getReturnType()) ? other : one;
    }

    /** The type, its superclasses, and all their interfaces; Object at the end, also for an interface. */
    private static Set<Class<?>> hierarchy(Class<?> type) {
        Set<Class<?>> all = new LinkedHashSet<>();
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            all.add(each);
        }
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            addInterfaces(each, all);
        }
        all.add(Object.class);
        return all;
    }

    private static void addInterfaces(Class<?> type, Set<Class<?>> all) {
        for (Class<?> each : type.getInterfaces()) {
            if (all.add(each)) {
                addInterfaces(each, all);
            }
        }
    }

    static Map<String, Field> fields(Class<?> type) {
        Map<String, Field> byName = new LinkedHashMap<>();
        for (Class<?> each : hierarchy(type)) {
            if (is(each)) {
                for (Field field : each.getFields()) {
                    if (is(field.getDeclaringClass())) {
                        byName.putIfAbsent(field.getName(), field);
                    }
                }
            }
        }
        return byName;
    }

    static Map<String, Class<?>> classes(Class<?> type) {
        Map<String, Class<?>> byName = new LinkedHashMap<>();
        for (Class<?> each : hierarchy(type)) {
            for (Class<?> member : is(each) ? each.getClasses() : new Class<?>[0]) {
                if (is(member)) {
                    byName.putIfAbsent(member.getSimpleName(), member);
                }
            }
        }
        return byName;
    }

    static List<Constructor<?>> constructors(Class<?> type) {
        return is(type) ? List.of(type.getConstructors()) : List.of();
    }
}
