package io.github.cpythonengine.host;

import io.github.cpythonengine.interpreter.Bridge;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.python.PyObject;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

/**
 * Which of several methods a call means, by the rules of Java (JLS 15.12.2): first without boxing,
 * then with it, then with a variable number of arguments, each time the most specific one; and where
 * Java would find none, by conversions from Python, first the nearest ones.
 */
final class Overloads {

    /** How near an argument is to a parameter: the smaller, the nearer. */
    static final int NO = -1;

    static final int STRICT = 0;
    static final int LOOSE = 1;
    private static final int CONVERTED = 2;

    /** Conversions that only a try can tell. */
    private static final int TRIED = 10;

    /** What was chosen, and whether the last arguments go into an array. */
    record Choice(Candidate candidate, boolean spread, boolean certain) {}

    private record Fit(Candidate candidate, boolean spread, int worst, int sum) {}

    private Overloads() {}

    /**
     * The choice, or null when none fits.
     *
     * @throws AmbiguousException when several fit and none is the most specific
     */
    static Choice choose(Gil gil, List<Candidate> candidates, Given given) {
        List<Fit> fixed = new ArrayList<>();
        List<Fit> spread = new ArrayList<>();
        for (Candidate candidate : candidates) {
            add(fixed, fit(gil, candidate, given, false));
            add(spread, fit(gil, candidate, given, true));
        }
        for (int most = STRICT; most <= LOOSE; most++) {
            Choice choice = best(fixed, most, given);
            if (choice != null) {
                return choice;
            }
        }
        Choice variable = best(spread, LOOSE, given);
        if (variable != null) {
            return variable;
        }
        Choice converted = nearest(fixed, given, false);
        if (converted != null) {
            return converted;
        }
        Choice all = nearest(spread, given, false);
        return all != null ? all : nearest(fixed, given, true);
    }

    private static void add(List<Fit> fits, Fit fit) {
        if (fit != null) {
            fits.add(fit);
        }
    }

    private static Fit fit(Gil gil, Candidate candidate, Given given, boolean spread) {
        int count = given.count();
        int wanted = candidate.parameters.length;
        if (spread ? !candidate.isVarargs || count < wanted - 1 : count != wanted) {
            return null;
        }
        int worst = STRICT;
        int sum = 0;
        for (int i = 0; i < count; i++) {
            int level = level(gil, given, i, spread ? candidate.variable(i) : candidate.parameters[i]);
            if (level == NO) {
                return null;
            }
            worst = Math.max(worst, level);
            sum += level;
        }
        return new Fit(candidate, spread, worst, sum);
    }

    private static Choice best(List<Fit> fits, int most, Given given) {
        List<Fit> near = new ArrayList<>();
        for (Fit fit : fits) {
            if (fit.worst <= most) {
                near.add(fit);
            }
        }
        return near.isEmpty() ? null : mostSpecific(near, given);
    }

    /** A list for an array that could also stand for its items is one item, unless nothing else fits. */
    private static Choice nearest(List<Fit> fits, Given given, boolean alsoVarargs) {
        List<Fit> near = new ArrayList<>();
        int least = Integer.MAX_VALUE;
        for (Fit fit : fits) {
            if (!alsoVarargs && !fit.spread && fit.candidate.isVarargs) {
                continue;
            }
            if (fit.sum < least) {
                least = fit.sum;
                near.clear();
            }
            if (fit.sum == least) {
                near.add(fit);
            }
        }
        return near.isEmpty() ? null : mostSpecific(near, given);
    }

    private static Choice mostSpecific(List<Fit> fits, Given given) {
        Fit best = fits.get(0);
        if (fits.size() > 1) {
            best = null;
            for (Fit fit : fits) {
                if (fits.stream().allMatch(other -> other == fit || isMoreSpecific(fit, other, given))) {
                    best = fit;
                    break;
                }
            }
            if (best == null) {
                throw new AmbiguousException(fits.stream().map(Fit::candidate).toList());
            }
        }
        return new Choice(best.candidate, best.spread, best.worst < TRIED);
    }

    private static boolean isMoreSpecific(Fit one, Fit other, Given given) {
        int count = given.count();
        for (int i = 0; i < count; i++) {
            Class<?> first = one.spread ? one.candidate.variable(i) : one.candidate.parameters[i];
            Class<?> second = other.spread ? other.candidate.variable(i) : other.candidate.parameters[i];
            if (first != second && !isSubtype(first, second) && !isBetterFunction(first, second, given, i)) {
                return false;
            }
        }
        if (one.spread && count < one.candidate.parameters.length) {
            // no argument for the last parameter: its type decides all the same
            Class<?> first = one.candidate.variable(count);
            Class<?> second = other.candidate.variable(Math.min(count, other.candidate.parameters.length - 1));
            return first == second || isSubtype(first, second);
        }
        return true;
    }

    private static final List<Class<?>> WIDENING =
            List.of(byte.class, short.class, int.class, long.class, float.class, double.class);

    private static boolean isSubtype(Class<?> one, Class<?> other) {
        if (one.isPrimitive() && other.isPrimitive()) {
            int from = WIDENING.indexOf(one);
            return one == char.class ? WIDENING.indexOf(other) >= 2 : from >= 0 && from < WIDENING.indexOf(other);
        }
        return other.isAssignableFrom(one);
    }

    /** For a function of Python's, which may give a value: an interface that wants one. */
    private static boolean isBetterFunction(Class<?> one, Class<?> other, Given given, int i) {
        if (!given.isCallable(i)) {
            return false;
        }
        Method first = Functional.method(one);
        Method second = Functional.method(other);
        if (first == null || second == null) {
            return false;
        }
        boolean gives = first.getReturnType() != void.class;
        boolean otherGives = second.getReturnType() != void.class;
        if (gives != otherGives) {
            return gives;
        }
        return !first.getReturnType().isPrimitive() && second.getReturnType().isPrimitive();
    }

    // ---- how near one argument is to one parameter

    private static int level(Gil gil, Given given, int i, Class<?> wanted) {
        long kind = given.kinds[i];
        if (kind == Given.NONE) {
            return wanted.isPrimitive() ? NO : STRICT;
        }
        if (kind == Given.BOOL) {
            return wanted == boolean.class ? STRICT : wanted.isAssignableFrom(Boolean.class) ? LOOSE : NO;
        }
        if (kind <= Given.BIG) {
            return integer(kind, wanted);
        }
        if (kind == Given.FLOAT) {
            return floating(wanted);
        }
        if (kind == Given.CHAR || kind == Given.TEXT) {
            return text(gil, given, i, wanted);
        }
        if (wanted.isPrimitive()) {
            return NO;
        }
        boolean isPythons = Handles.object(given.pointers[i]) == null;
        if (isPythons && isFuture(wanted) && Bridge.views().isAwaitable(gil, given.pointers[i])) {
            return TRIED; // a try would start it
        }
        return given.isPython(i) ? python(gil, given, i, wanted) : object(gil, given, i, wanted);
    }

    private static int integer(long kind, Class<?> wanted) {
        boolean isBig = kind == Given.BIG;
        if (wanted.isPrimitive()) {
            if (wanted == int.class) {
                return kind <= Given.INT32 ? STRICT : NO;
            }
            if (wanted == long.class) {
                return isBig ? NO : STRICT;
            }
            if (wanted == double.class || wanted == float.class) {
                return isBig ? CONVERTED + 6 : STRICT;
            }
            if (wanted == short.class) {
                return kind <= Given.INT16 ? CONVERTED : NO;
            }
            return wanted == byte.class && kind == Given.INT8 ? CONVERTED + 1 : NO;
        }
        Class<?> natural = isBig ? BigInteger.class : kind == Given.INT64 ? Long.class : Integer.class;
        if (wanted.isAssignableFrom(natural)) {
            return LOOSE;
        }
        if (wanted == Long.class) {
            return isBig ? NO : CONVERTED;
        }
        if (wanted == BigInteger.class) {
            return CONVERTED + 1;
        }
        if (wanted == Short.class) {
            return kind <= Given.INT16 ? CONVERTED + 2 : NO;
        }
        if (wanted == Byte.class) {
            return kind == Given.INT8 ? CONVERTED + 3 : NO;
        }
        if (wanted == Double.class) {
            return CONVERTED + 4;
        }
        if (wanted == Float.class) {
            return CONVERTED + 5;
        }
        return wanted == BigDecimal.class ? CONVERTED + 6 : NO;
    }

    private static int floating(Class<?> wanted) {
        if (wanted == double.class) {
            return STRICT;
        }
        if (wanted == float.class) {
            return CONVERTED;
        }
        if (wanted.isAssignableFrom(Double.class)) {
            return LOOSE;
        }
        return wanted == Float.class ? CONVERTED + 1 : wanted == BigDecimal.class ? CONVERTED + 2 : NO;
    }

    private static int text(Gil gil, Given given, int i, Class<?> wanted) {
        if (wanted.isAssignableFrom(String.class)) {
            return STRICT;
        }
        if (wanted == char.class || wanted == Character.class) {
            return given.kinds[i] == Given.CHAR ? CONVERTED : NO;
        }
        if (wanted.isPrimitive() || wanted.isInterface() || Number.class.isAssignableFrom(wanted)) {
            return NO;
        }
        return given.canBe(gil, i, wanted) ? TRIED : NO;
    }

    /** An object of Java's, a view of one of Python's, or a value that Python's was converted to. */
    private static int object(Gil gil, Given given, int i, Class<?> wanted) {
        if (wanted.isInstance(given.naturals[i])) {
            return STRICT;
        }
        if (Handles.object(given.pointers[i]) != null) {
            return NO;
        }
        if (given.isOneShot(i) && Given.takesItems(wanted)) {
            return TRIED; // a try would use it up
        }
        return given.canBe(gil, i, wanted) ? TRIED + ofArray(gil, given.pointers[i], wanted) : NO;
    }

    private static final List<Class<?>> ARRAYS =
            List.of(int.class, long.class, double.class, boolean.class, String.class, Object.class, char.class);

    /** Of several arrays that can hold all items, the one whose items are nearest to Python's. */
    private static int ofArray(Gil gil, long pointer, Class<?> wanted) {
        if (!wanted.isArray()) {
            return 0;
        }
        int distance = Bridge.buffers().distance(gil, pointer, wanted);
        if (distance >= 0) {
            return distance;
        }
        int place = ARRAYS.indexOf(wanted.getComponentType());
        return 1 + (place >= 0 ? place : ARRAYS.size());
    }

    private static int python(Gil gil, Given given, int i, Class<?> wanted) {
        if (wanted == Object.class || wanted == PyObject.class) {
            return STRICT;
        }
        if (wanted.isInterface()) {
            Method function = Functional.method(wanted);
            if (function != null && given.isCallable(i)) {
                return given.takes(i, function.getParameterCount()) ? STRICT : NO;
            }
        }
        return given.canBe(gil, i, wanted) ? TRIED + 1 + ofArray(gil, given.pointers[i], wanted) : NO;
    }

    private static boolean isFuture(Class<?> type) {
        return type == CompletableFuture.class || type == CompletionStage.class || type == Future.class;
    }

    /** Several overloads fit and none is the most specific. */
    static final class AmbiguousException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient List<Candidate> candidates;

        AmbiguousException(List<Candidate> candidates) {
            super("ambiguous");
            this.candidates = candidates;
        }

        List<Candidate> candidates() {
            return candidates;
        }
    }
}
