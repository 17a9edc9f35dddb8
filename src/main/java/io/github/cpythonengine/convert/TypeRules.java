package io.github.cpythonengine.convert;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.interpreter.Arguments;
import io.github.cpythonengine.interpreter.Bridge;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Which rule an object of a Python type follows, remembered by the type's address. A type that dies
 * is forgotten by a weak reference's callback, before its address can be used again.
 */
final class TypeRules {

    /** @param builtIn the rule there would be without users' */
    private record Known(ToJava rule, ToJava builtIn) {}

    private static final Map<Long, Known> KNOWN = new ConcurrentHashMap<>();

    /** By the full name of the type. A class of its own: a program that needs none of them starts sooner. */
    private static final class Standard {
        static final Map<String, ToJava> RULES = new HashMap<>();

        static {
            for (Rule rule : StandardRules.ALL) {
                RULES.putAll(rule.types);
            }
        }
    }

    private static final Map<String, ToJava> USERS = new ConcurrentHashMap<>();

    /** Counts users' rules, so that what was learnt while one was added is not kept. */
    private static final AtomicInteger GENERATION = new AtomicInteger();

    /** Whether users' rules concern a type that is otherwise converted without looking here. */
    private static volatile boolean commonReplaced;

    private static final Set<String> COMMON =
            Set.of("builtins.str", "builtins.int", "builtins.float", "builtins.bool", "builtins.NoneType");

    private TypeRules() {}

    /** The rule for objects of this type. GIL held. */
    static ToJava of(Gil gil, long type) {
        return known(gil, type).rule;
    }

    /** The same without users' rules. GIL held. */
    static ToJava builtIn(Gil gil, long type) {
        return known(gil, type).builtIn;
    }

    /** Whether a user's rule concerns objects of this type. GIL held. */
    static boolean isReplaced(Gil gil, long type) {
        Known known = known(gil, type);
        return known.rule != known.builtIn;
    }

    static boolean isCommonReplaced() {
        return commonReplaced;
    }

    /** Adds a user's rule, which replaces an earlier one for the same type. Any thread. */
    static void add(String typeName, ToJava rule) {
        USERS.put(typeName, rule);
        if (COMMON.contains(typeName)) {
            commonReplaced = true;
        }
        GENERATION.incrementAndGet();
        KNOWN.clear();
    }

    private static Known known(Gil gil, long type) {
        Known known = KNOWN.get(type);
        return known != null ? known : learn(gil, type);
    }

    private static Known learn(Gil gil, long type) {
        int generation = GENERATION.get();
        Known learnt = find(gil, type);
        gil.call(Half.member(gil, "watch"), type);
        KNOWN.put(type, learnt);
        if (GENERATION.get() != generation) {
            KNOWN.remove(type);
        }
        return learnt;
    }

    private static Known find(Gil gil, long type) {
        if (Bridge.javaObjects().isJavaType(gil, type)) {
            ToJava unwrap = Bridge.javaObjects()::unwrap;
            return new Known(unwrap, unwrap);
        }
        String name = gil.text(gil.call(Half.member(gil, "true_name"), type));
        ToJava standard = Standard.RULES.get(name);
        ToJava builtIn = standard != null ? standard : family(gil, type);
        return new Known(USERS.getOrDefault(name, builtIn), builtIn);
    }

    /** Containers and their subclasses, and iterators, are seen as live views. */
    private static ToJava family(Gil gil, long type) {
        Bridge.Views views = Bridge.views();
        long flags = C.PyType_GetFlags(type);
        if ((flags & Py.LIST_SUBCLASS) != 0) {
            return views::list;
        }
        if ((flags & Py.TUPLE_SUBCLASS) != 0) {
            return views::tuple;
        }
        if ((flags & Py.DICT_SUBCLASS) != 0) {
            return views::dict;
        }
        if (C.PyType_IsSubtype(type, Py.SET) != 0 || C.PyType_IsSubtype(type, Py.FROZENSET) != 0) {
            return views::set;
        }
        List<Class<?>> interfaces = Bridge.javaObjects().interfaces(gil, type);
        if (!interfaces.isEmpty()) {
            return views.implementations(interfaces)::apply;
        }
        boolean iterator = gil.check(C.PyObject_IsTrue(gil.call(Half.member(gil, "is_iterator"), type))) != 0;
        return iterator ? views::iterator : Gil::objectOf;
    }

    /** {@code type_died(address)}, called by Python when a watched type is freed. */
    static long typeDied(Gil gil, Arguments arguments) {
        KNOWN.remove(arguments.integer(0));
        return gil.newRef(Py.NONE);
    }
}
