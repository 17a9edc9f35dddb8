package io.github.cpythonengine.convert;

import io.github.cpythonengine.interpreter.Bridge;
import io.github.cpythonengine.interpreter.Gil;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Which rule a Java object follows, remembered by its class: a user's rule, a rule for exactly this
 * class, the first rule for a supertype, or else it stays a Java object.
 */
final class ClassRules {

    private static final CopyOnWriteArrayList<Rule.FromClass<?>> USERS = new CopyOnWriteArrayList<>();

    /** Replaced as a whole when a rule is added, which forgets what was remembered. */
    private static volatile ClassValue<ToPython<Object>> known = remembering();

    private ClassRules() {}

    static ToPython<Object> of(Class<?> type) {
        return known.get(type);
    }

    /** Adds a user's rule, which goes before all others; a later one before an earlier one. */
    static void add(Rule.FromClass<?> rule) {
        USERS.add(0, rule);
        known = remembering();
    }

    private static ClassValue<ToPython<Object>> remembering() {
        return new ClassValue<>() {
            @Override
            protected ToPython<Object> computeValue(Class<?> type) {
                return find(type);
            }
        };
    }

    @SuppressWarnings("unchecked") // a rule is given instances of its class only
    private static ToPython<Object> find(Class<?> type) {
        for (Rule.FromClass<?> rule : USERS) {
            if (rule.type().isAssignableFrom(type)) {
                return (ToPython<Object>) rule.rule();
            }
        }
        ToPython<?> exact = EXACT.get(type);
        if (exact != null) {
            return (ToPython<Object>) exact;
        }
        for (Rule row : StandardRules.ALL) {
            for (Rule.FromClass<?> rule : row.classes) {
                if (rule.type().isAssignableFrom(type)) {
                    return (ToPython<Object>) rule.rule();
                }
            }
        }
        return ClassRules::asJavaObject;
    }

    private static final Map<Class<?>, ToPython<?>> EXACT = new ConcurrentHashMap<>();

    static {
        for (Rule row : StandardRules.ALL) {
            for (Rule.FromClass<?> rule : row.classes) {
                EXACT.put(rule.type(), rule.rule());
            }
        }
    }

    private static long asJavaObject(Gil gil, Object value) {
        return Bridge.javaObjects().wrap(gil, value);
    }
}
