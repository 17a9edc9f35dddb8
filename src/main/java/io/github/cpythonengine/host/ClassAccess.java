package io.github.cpythonengine.host;

import java.lang.reflect.Member;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Which Java classes the scripts of an engine reach.
 *
 * <p>A class that is not allowed cannot be imported or found by its name, no object of it made, and no
 * static member used, in whatever way the script came by it. Objects that the host hands out, and what
 * their methods return, can be used whatever their class; but not for reflection: the members of {@link
 * Class}, class loaders, {@code java.lang.reflect} and {@code java.lang.invoke}, and {@code getClass()},
 * need these classes to be allowed too.
 *
 * <p><b>This guards against accidents. It is no sandbox:</b> a script has all rights of the process,
 * since CPython itself keeps nothing from it ({@code ctypes}, {@code os}). Run untrusted scripts in a
 * process of their own that the operating system confines.
 *
 * <p>Asked often, from any thread, with the GIL held: answers at once and waits for nothing.
 */
@FunctionalInterface
public interface ClassAccess {

    /** Whether scripts may use this class, which is never an array or a primitive one. */
    boolean allows(Class<?> type);

    /** Whether they may use this public member, where its class is allowed or an object of it was handed out. */
    default boolean allows(Member member) {
        return true;
    }

    /** Every public class: what an engine has that nobody limits. */
    static ClassAccess all() {
        return type -> true;
    }

    /** No class: scripts have the objects that they are given, and what these return. */
    static ClassAccess none() {
        return type -> false;
    }

    /**
     * Some classes: {@code "java.util.ArrayList"} with its nested ones, {@code "java.util.*"} for a
     * package, {@code "java.util.**"} also for the packages below it.
     */
    static ClassAccess only(String... patterns) {
        List<String> all = List.copyOf(Arrays.asList(Objects.requireNonNull(patterns, "patterns")));
        return type -> all.stream().anyMatch(pattern -> Patterns.match(pattern, type));
    }
}
