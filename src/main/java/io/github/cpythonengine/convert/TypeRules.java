package io.github.cpythonengine.convert;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.interpreter.Arguments;
import io.github.cpythonengine.interpreter.Bridge;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which rule an object of a Python type follows, remembered by the type's address. A type that dies
 * is forgotten by a weak reference's callback, before its address can be used again.
 */
final class TypeRules {

    private static final Map<Long, ToJava> KNOWN = new ConcurrentHashMap<>();

    /** Rules by the full name of their type; users' rules replace built-in ones. */
    private static final Map<String, ToJava> BY_NAME = new ConcurrentHashMap<>();

    static {
        for (Rule rule : StandardRules.ALL) {
            for (String type : rule.types) {
                BY_NAME.put(type, rule.toJava);
            }
        }
    }

    private TypeRules() {}

    /** The rule for objects of this type. GIL held. */
    static ToJava of(Gil gil, long type) {
        ToJava known = KNOWN.get(type);
        return known != null ? known : learn(gil, type);
    }

    /** Adds a user's rule. */
    static void add(String typeName, ToJava rule) {
        BY_NAME.put(typeName, rule);
        KNOWN.clear();
    }

    private static ToJava learn(Gil gil, long type) {
        ToJava rule = find(gil, type);
        gil.call(Half.member(gil, "watch"), type);
        KNOWN.put(type, rule);
        return rule;
    }

    private static ToJava find(Gil gil, long type) {
        if (Bridge.javaObjects().isJavaType(gil, type)) {
            return Bridge.javaObjects()::unwrap;
        }
        String name = gil.text(gil.call(Half.member(gil, "true_name"), type));
        ToJava named = BY_NAME.get(name);
        if (named != null) {
            return named;
        }
        return family(gil, type);
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
        boolean iterator = gil.check(C.PyObject_IsTrue(gil.call(Half.member(gil, "is_iterator"), type))) != 0;
        return iterator ? views::iterator : Gil::objectOf;
    }

    /** {@code type_died(address)}, called by Python when a watched type is freed. */
    static long typeDied(Gil gil, Arguments arguments) {
        KNOWN.remove(arguments.integer(0));
        return gil.newRef(Py.NONE);
    }
}
