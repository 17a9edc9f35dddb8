package io.github.cpythonengine.host;

import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Run;
import java.lang.reflect.Constructor;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;

/** Asks the {@link ClassAccess} of the run in progress on this thread. Each use of a class comes by here. */
final class Access {

    private Access() {}

    private static ClassAccess rules() {
        Run run = Gil.currentRun();
        return run == null ? null : (ClassAccess) run.classAccess();
    }

    /**
     * For a class found by its name, or about to be constructed.
     *
     * @throws SecurityException when scripts may not use it
     */
    static void check(Class<?> type) {
        ClassAccess rules = rules();
        if (rules != null) {
            check(rules, type);
        }
    }

    private static void check(ClassAccess rules, Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        if (!element.isPrimitive() && !rules.allows(element)) {
            throw new SecurityException("scripts of this engine may not use the class " + Names.full(element)
                    + ": its ClassAccess forbids it");
        }
    }

    /** @throws SecurityException when scripts may not use this member */
    static void check(Member member) {
        ClassAccess rules = rules();
        if (rules == null) {
            return;
        }
        Class<?> owner = member.getDeclaringClass();
        boolean byClass = Modifier.isStatic(member.getModifiers()) || member instanceof Constructor;
        if (byClass || isReflection(owner)) {
            check(rules, owner);
        } else if (owner == Object.class && member.getName().equals("getClass")) {
            check(rules, Class.class);
        }
        if (!rules.allows(member)) {
            throw new SecurityException("scripts of this engine may not use " + Names.full(owner) + "."
                    + member.getName() + ": its ClassAccess forbids it");
        }
    }

    private static boolean isReflection(Class<?> type) {
        String name = type.getPackageName();
        return type == Class.class
                || type == Module.class
                || type == ModuleLayer.class
                || ClassLoader.class.isAssignableFrom(type)
                || name.equals("java.lang.reflect")
                || name.equals("java.lang.invoke");
    }
}
