package io.github.cpythonengine.host;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.python.PyException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Methods of whole packages, called by Python and by reflection with the same arguments: the results are the same, and so
 * are the exceptions. Null stands for arguments of types without a sample.
 */
class CallsSweepTest {

    /** They wait, depend on time, chance or identity, change what all share, or start something. */
    private static final Set<String> LEFT_OUT = Set.of(
            "wait",
            "notify",
            "notifyAll",
            "getClass",
            "take",
            "put",
            "putFirst",
            "putLast",
            "takeFirst",
            "takeLast",
            "transfer",
            "acquire",
            "acquireUninterruptibly",
            "await",
            "awaitAdvance",
            "awaitAdvanceInterruptibly",
            "arriveAndAwaitAdvance",
            "awaitTermination",
            "awaitQuiescence",
            "join",
            "get",
            "exchange",
            "sleep",
            "timedJoin",
            "timedWait",
            "now",
            "shuffle",
            "randomUUID",
            "current",
            "setDefault",
            "systemUTC",
            "systemDefaultZone",
            "system",
            "tick",
            "tickMillis",
            "tickMinutes",
            "tickSeconds",
            "millis",
            "instant",
            "hashCode",
            "get2DigitYearStart",
            "getAvailableLocales",
            "getDefault",
            "commonPool",
            "managedBlock",
            "helpQuiesce",
            "forEach",
            "invokeAny",
            "delayedExecutor",
            "clearCache",
            "identityHashCode",
            "allocateDirect",
            "close",
            "generate");

    private static final Set<String> LEFT_OUT_CLASSES = Set.of(
            "java.util.Calendar",
            "java.util.Timer",
            "java.util.concurrent.ThreadLocalRandom",
            "java.util.concurrent.ForkJoinPool",
            "java.util.concurrent.ForkJoinTask",
            "java.util.concurrent.ForkJoinWorkerThread",
            "java.util.concurrent.Executors",
            "java.util.ServiceLoader",
            "java.util.Random",
            "java.util.SplittableRandom",
            "java.util.concurrent.SubmissionPublisher",
            "java.util.concurrent.StructuredTaskScope");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java/util",
                "java/util/stream",
                "java/util/concurrent",
                "java/util/concurrent/atomic",
                "java/time",
                "java/nio",
                "java/text",
                "java/math"
            })
    void asByReflection(String folder) throws Exception {
        Script.start();
        List<String> wrong = new ArrayList<>();
        int calls = 0;
        for (Class<?> type : classes(folder)) {
            for (Method method : type.getMethods()) {
                if (isCalled(type, method)) {
                    calls += compare(type, method, wrong) ? 1 : 0;
                }
            }
        }
        assertThat(wrong, is(empty()));
        assertThat(calls, greaterThan(20));
    }

    private static List<Class<?>> classes(String folder) throws IOException {
        Path modules = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules/java.base");
        try (Stream<Path> files = Files.list(modules.resolve(folder))) {
            return files.map(file -> modules.relativize(file).toString())
                    .filter(name -> name.endsWith(".class") && name.indexOf('$') < 0 && !name.contains("-"))
                    .map(name -> load(name.substring(0, name.length() - 6).replace('/', '.')))
                    .filter(type -> Modifier.isPublic(type.getModifiers()))
                    .filter(type -> !LEFT_OUT_CLASSES.contains(type.getName()))
                    .sorted((one, other) -> one.getName().compareTo(other.getName()))
                    .collect(Collectors.toList());
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, null);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isCalled(Class<?> type, Method method) {
        boolean inherited = method.getDeclaringClass() != type;
        boolean isStatic = Modifier.isStatic(method.getModifiers());
        boolean isOfParent = inherited && !method.getDeclaringClass().isInterface();
        return !(inherited && isStatic)
                && !isOfParent
                && !method.isBridge()
                && Modifier.isPublic(method.getDeclaringClass().getModifiers())
                && !LEFT_OUT.contains(method.getName())
                && (isStatic || Samples.of(type) != null);
    }

    /** Whether there was something to compare. */
    private static boolean compare(Class<?> type, Method method, List<String> wrong) {
        boolean isStatic = Modifier.isStatic(method.getModifiers());
        Outcome wanted = byReflection(method, isStatic ? null : Samples.of(type).get(), arguments(method));
        Outcome forced = byPython(
                type, signature(method), isStatic ? null : Samples.of(type).get(), arguments(method));
        if (!wanted.isLike(forced)) {
            wrong.add(method + ": " + wanted + " in Java, " + forced + " in Python");
        }
        boolean isOverloaded = Arrays.stream(type.getMethods())
                        .filter(other -> other.getName().equals(method.getName()))
                        .count()
                > 1;
        if (!isOverloaded) {
            return true;
        }
        // the overloads chosen by Python's values may be others: it must end, and only with an exception
        byPython(type, method.getName(), isStatic ? null : Samples.of(type).get(), arguments(method));
        return true;
    }

    private static String signature(Method method) {
        return method.getName()
                + Arrays.stream(method.getParameterTypes())
                        .map(Class::getCanonicalName)
                        .collect(Collectors.joining(",", "(", ")"));
    }

    private static Object[] arguments(Method method) {
        return Arrays.stream(method.getParameterTypes()).map(Samples::argument).toArray();
    }

    /** What a call gave: a value as Java has it after it was in Python, or an exception. */
    private record Outcome(Object value, Throwable error) {

        boolean isLike(Outcome other) {
            if (error != null || other.error != null) {
                return error != null && other.error != null && error.getClass() == other.error.getClass();
            }
            if (Objects.deepEquals(value, other.value)) {
                return true;
            }
            if (value instanceof String text && other.value instanceof String found) {
                return text.replaceAll("@[0-9a-f]+", "@").equals(found.replaceAll("@[0-9a-f]+", "@"));
            }
            return value != null && other.value != null && value.getClass() == other.value.getClass() && isByIdentity();
        }

        private boolean isByIdentity() {
            try {
                Class<?> owner =
                        value.getClass().getMethod("equals", Object.class).getDeclaringClass();
                boolean isOfFunctions = value instanceof Collector || value instanceof Record; // which have no equals
                return owner == Object.class || value instanceof Stream || isOfFunctions;
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public String toString() {
            return error != null ? error.toString() : value + (value == null ? "" : " " + value.getClass());
        }
    }

    private static Outcome byReflection(Method method, Object receiver, Object[] arguments) {
        try {
            Object value = method.invoke(receiver, arguments);
            return new Outcome(Gil.with(gil -> gil.toJava(gil.own(Values.toPython(gil, value)))), null);
        } catch (InvocationTargetException e) {
            return new Outcome(null, e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(method.toString(), e);
        }
    }

    private static Outcome byPython(Class<?> type, String name, Object receiver, Object[] arguments) {
        try {
            return Gil.with(gil -> {
                long object = receiver == null
                        ? JavaType.of(type).pointer(gil)
                        : gil.own(JavaObjects.wrapAsIs(gil, receiver));
                long[] values = new long[arguments.length];
                for (int i = 0; i < values.length; i++) {
                    values[i] = gil.own(Values.toPython(gil, arguments[i]));
                }
                return new Outcome(gil.toJava(gil.call(gil.attr(object, name), values)), null);
            });
        } catch (PyException e) {
            return new Outcome(null, e.getJavaException().orElse(e));
        }
    }

    /** One value of a type, made anew each time. */
    private static final class Samples {

        static Supplier<?> of(Class<?> type) {
            return SampleValues.RECEIVERS.get(type);
        }

        static Object argument(Class<?> type) {
            Supplier<?> sample = SampleValues.ARGUMENTS.get(type);
            if (sample == null) {
                sample = SampleValues.RECEIVERS.get(type);
            }
            if (sample != null) {
                return sample.get();
            }
            return type.isEnum() ? type.getEnumConstants()[0] : null;
        }
    }
}
