package io.github.cpythonengine.host;

import io.github.cpythonengine.interpreter.Gil;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The overloads that a class has under one name. Remembers what was chosen for the shapes of calls
 * that came last, so that a call in a loop searches nothing. Guarded by the GIL.
 */
final class MethodSet implements Handles.Internal {

    private static final int REMEMBERED = 8;

    private final Class<?> owner;
    private final String name;
    private final List<Candidate> candidates;
    private final long[][] shapes = new long[REMEMBERED][];
    private final Overloads.Choice[] choices = new Overloads.Choice[REMEMBERED];
    private int next;

    private final boolean hasStatic;
    private final boolean hasInstance;

    /** The calls that came often, see {@link ReadyCall}. */
    private final ReadyCall[] ready = new ReadyCall[REMEMBERED];

    private int nextReady;

    /** The class of the object that a method was last called on, and what it has under this name. */
    private Class<?> lastType;

    private MethodSet lastSet;

    /** Those that can be called without an object. */
    private MethodSet statics;

    /** Whether a script named the parameters: no other overload will do. */
    private final boolean forced;

    MethodSet(Class<?> owner, String name, List<Candidate> candidates) {
        this(owner, name, candidates, false);
    }

    private MethodSet(Class<?> owner, String name, List<Candidate> candidates, boolean forced) {
        this.owner = owner;
        this.name = name;
        this.candidates = candidates;
        this.forced = forced;
        hasStatic = candidates.stream().anyMatch(candidate -> candidate.isStatic);
        hasInstance = candidates.stream().anyMatch(candidate -> !candidate.isStatic);
    }

    Class<?> owner() {
        return owner;
    }

    String name() {
        return name;
    }

    List<Candidate> candidates() {
        return candidates;
    }

    boolean hasStatic() {
        return hasStatic;
    }

    boolean hasInstance() {
        return hasInstance;
    }

    /** What objects of a class have under this name: a subclass may have more; null when they are none of the owner. */
    MethodSet of(Class<?> type) {
        if (type == owner) {
            return this;
        }
        if (type == lastType) {
            return lastSet;
        }
        if (!owner.isAssignableFrom(type)) {
            return null;
        }
        JavaType java = JavaType.of(type);
        MethodSet more = forced ? null : java.members().methods(name);
        MethodSet found = more != null ? more : this;
        if (!java.canBeUnloaded()) {
            lastSet = found;
            lastType = type;
        }
        return found;
    }

    /** The call that came often with arguments of these kinds, or null. */
    ReadyCall ready(int count, long first, long second, long third) {
        for (ReadyCall call : ready) {
            if (call == null) {
                return null;
            }
            if (call.is(count, first, second, third)) {
                return call;
            }
        }
        return null;
    }

    boolean isReady(long[] kinds) {
        int count = kinds.length;
        return ready(count, count < 1 ? 0 : kinds[0], count < 2 ? 0 : kinds[1], count < 3 ? 0 : kinds[2]) != null;
    }

    void remember(ReadyCall call) {
        ready[nextReady] = call;
        nextReady = (nextReady + 1) % REMEMBERED;
    }

    /** Those of a static call; this set itself when it has no others. */
    MethodSet statics() {
        if (statics == null) {
            statics = !hasInstance()
                    ? this
                    : new MethodSet(
                            owner,
                            name,
                            candidates.stream()
                                    .filter(candidate -> candidate.isStatic)
                                    .toList());
        }
        return statics;
    }

    /** Those of objects with so many parameters, or null. */
    MethodSet instanceMethods(int parameters) {
        List<Candidate> some = candidates.stream()
                .filter(candidate -> !candidate.isStatic && candidate.parameters.length == parameters)
                .toList();
        return some.isEmpty() ? null : new MethodSet(owner, name, some);
    }

    /** The overload with these parameters, written {@code (int, String)}, each in its simple or full name; or null. */
    MethodSet only(String parameters) {
        if (!parameters.endsWith(")")) {
            return null;
        }
        String[] wanted = normal(parameters);
        for (Candidate candidate : candidates) {
            if (wanted.length == candidate.parameters.length
                    && IntStream.range(0, wanted.length).allMatch(i -> isName(wanted[i], candidate.parameters[i]))) {
                return new MethodSet(owner, name, List.of(candidate), true);
            }
        }
        return null;
    }

    private static boolean isName(String wanted, Class<?> type) {
        return wanted.equals(Names.simple(type))
                || wanted.equals(Names.nested(type))
                || wanted.equals(Names.full(type));
    }

    private static String[] normal(String parameters) {
        String inside = parameters.substring(1, parameters.length() - 1);
        String names = inside.replace(" ", "").replace("...", "[]").replace('$', '.');
        return names.isEmpty() ? new String[0] : names.split(",", -1);
    }

    /**
     * What these arguments choose.
     *
     * @throws RuntimeException a Python TypeError that lists the candidates, when none fits or several do
     */
    Overloads.Choice choose(Gil gil, Given given) {
        for (int i = 0; i < REMEMBERED && shapes[i] != null; i++) {
            if (Arrays.equals(shapes[i], given.kinds)) {
                return choices[i];
            }
        }
        return search(gil, given);
    }

    /** The same without remembering anything. */
    Overloads.Choice search(Gil gil, Given given) {
        Overloads.Choice choice;
        try {
            choice = Overloads.choose(gil, candidates, given);
        } catch (Overloads.AmbiguousException e) {
            throw Errors.type(
                    gil,
                    "several overloads of " + title() + " fit the arguments " + given.types(gil) + " equally well:"
                            + list(e.candidates()) + "\nChoose one by its parameters, for example getattr("
                            + (hasInstance() ? "object" : Names.nested(owner)) + ", \""
                            + e.candidates().get(0).signature().replace(Names.nested(owner) + "(", "new(") + "\")");
        }
        if (choice == null) {
            throw Errors.type(
                    gil,
                    candidates.isEmpty()
                            ? title() + " cannot be called: it has no public "
                                    + (name.equals(Names.nested(owner)) ? "constructor" : "method of this kind")
                            : "no overload of " + title() + " fits the arguments " + given.types(gil) + ":"
                                    + list(candidates));
        }
        if (choice.certain()) {
            shapes[next] = given.kinds;
            choices[next] = choice;
            next = (next + 1) % REMEMBERED;
        }
        return choice;
    }

    /** A TypeError for arguments of which one cannot be converted after all. */
    RuntimeException refused(Gil gil, Given given, String reason) {
        return Errors.type(
                gil,
                "no overload of " + title() + " fits the arguments " + given.types(gil) + " (" + reason + "):"
                        + list(candidates));
    }

    private String title() {
        return name.equals(Names.nested(owner)) ? Names.full(owner) : Names.full(owner) + "." + name;
    }

    private static String list(List<Candidate> candidates) {
        return candidates.stream().map(Candidate::declaration).sorted().collect(Collectors.joining("\n  ", "\n  ", ""));
    }

    /** The declarations, one on a line. */
    String doc() {
        return candidates.stream().map(Candidate::declaration).sorted().collect(Collectors.joining("\n"));
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s (%d overloads)", title(), candidates.size());
    }
}
