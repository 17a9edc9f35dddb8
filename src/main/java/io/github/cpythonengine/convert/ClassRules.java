package io.github.cpythonengine.convert;

import io.github.cpythonengine.interpreter.Bridge;
import io.github.cpythonengine.interpreter.Gil;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * Which rule a Java object follows, remembered by its class: a user's rule, a rule for exactly this
 * class, the first rule for a supertype, or else it stays a Java object.
 */
final class ClassRules {

    private static final CopyOnWriteArrayList<Rule.FromClass<?>> USERS = new CopyOnWriteArrayList<>();

    /** Replaced as a whole when a rule is added, which forgets what was remembered. */
    private static volatile ClassValue<ToPython<Object>> known = remembering();

    private ClassRules() {}

    private static final List<Class<?>> COMMON =
            List.of(String.class, Integer.class, Long.class, Double.class, Boolean.class);

    /** Whether users' rules concern a class that is otherwise converted without looking here. */
    private static volatile boolean commonReplaced;

    static ToPython<Object> of(Class<?> type) {
        return known.get(type);
    }

    static boolean isCommonReplaced() {
        return commonReplaced;
    }

    /** Adds a user's rule, which goes before all others; a later one before an earlier one. */
    static void add(Rule.FromClass<?> rule) {
        USERS.add(0, rule);
        known = remembering();
        if (COMMON.stream().anyMatch(rule.type()::isAssignableFrom)) {
            commonReplaced = true;
        }
    }

    /** A user's rule; what it makes is converted in turn, by the rules after this one if it would apply again. */
    static <T> Rule.FromClass<T> userRule(Class<T> type, Function<? super T, ?> converter) {
        ToPython<?>[] self = new ToPython<?>[1];
        ToPython<T> rule = (gil, value) -> {
            Object made = converter.apply(value);
            boolean again = made != null && of(made.getClass()) == self[0];
            return again ? find(made.getClass(), self[0]).convert(gil, made) : gil.toPython(made);
        };
        self[0] = rule;
        return new Rule.FromClass<>(type, rule);
    }

    private static ClassValue<ToPython<Object>> remembering() {
        return new ClassValue<>() {
            @Override
            protected ToPython<Object> computeValue(Class<?> type) {
                return find(type, null);
            }
        };
    }

    /** Looks in all rules, or in those after a user's one. */
    @SuppressWarnings("unchecked") // a rule is given instances of its class only
    private static ToPython<Object> find(Class<?> type, ToPython<?> after) {
        boolean reached = after == null;
        for (Rule.FromClass<?> rule : USERS) {
            if (!reached) {
                reached = rule.rule() == after;
            } else if (rule.type().isAssignableFrom(type)) {
                return (ToPython<Object>) rule.rule();
            }
        }
        ToPython<?> exact = Exact.RULES.get(type);
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

    /** A class of its own: a program that needs none of the rules starts sooner. */
    private static final class Exact {
        static final Map<Class<?>, ToPython<?>> RULES = new HashMap<>();

        static {
            for (Rule row : StandardRules.ALL) {
                for (Rule.FromClass<?> rule : row.classes) {
                    RULES.put(rule.type(), rule.rule());
                }
            }
        }
    }

    private static long asJavaObject(Gil gil, Object value) {
        return Bridge.javaObjects().wrap(gil, value);
    }
}
