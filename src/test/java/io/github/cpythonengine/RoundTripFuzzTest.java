package io.github.cpythonengine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.sameInstance;

import io.github.cpythonengine.convert.Complex;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import javax.script.ScriptEngine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random nested values go from Java to Python and back, and from Python to Java and back. */
class RoundTripFuzzTest {

    private final ScriptEngine engine = TestEngines.engine();

    @BeforeEach
    void defineCopies() throws Exception {
        engine.eval("""
                import random
                def plain(v):
                    'The same of Python kinds alone.'
                    if hasattr(v, 'items'): return {k: plain(e) for k, e in v.items()}
                    if isinstance(v, (str, bytes, int, float, complex)) or v is None: return v
                    if hasattr(v, 'index') and hasattr(v, '__len__'): return [plain(e) for e in v]
                    if hasattr(v, '__len__') and hasattr(v, '__contains__'): return {plain(e) for e in v}
                    return v
                def scalar(r):
                    return [lambda: None, lambda: r.random() < .5, lambda: r.randint(-2**70, 2**70) >> r.randint(0, 140),
                            lambda: r.gauss(0, 1e6), lambda: complex(r.random(), -1),
                            lambda: ''.join(chr(r.choice([65, 0, 233, 0x20ac, 0x1f600, 0xd800])) for _ in range(r.randint(0, 6)))][r.randint(0, 5)]()
                def value(r, depth):
                    kind = r.randint(0, 9) if depth else 0
                    if kind < 4: return scalar(r)
                    n = range(r.randint(0, 4))
                    if kind < 6: return [value(r, depth - 1) for _ in n]
                    if kind == 6: return tuple(value(r, depth - 1) for _ in n)
                    if kind == 7: return {scalar(r) for _ in n}
                    return {scalar(r): value(r, depth - 1) for _ in n}
                """);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void javaValuesComeBackEqual(long seed) throws Exception {
        Random random = new Random(seed);
        for (int step = 0; step < TestEngines.scaled(150); step++) {
            Object value = value(random, 3);
            engine.put("v", value);
            String where = "seed " + seed + ", step " + step + ": " + value;
            assertThat(where, engine.get("v"), is(value));
            if (value instanceof List || value instanceof Map || value instanceof Set) {
                assertThat(where, engine.eval("v"), sameInstance(value));
            }
            Object copy = engine.eval("plain(v)");
            assertThat(where, copy, is(value));
            assertThat(where, value, is(copy));
            assertThat(where, engine.eval("v == plain(v)"), is(true));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24})
    void pythonValuesComeBackIdenticalOrEqual(long seed) throws Exception {
        engine.put("seed", seed);
        engine.eval("r = random.Random(seed)");
        for (int step = 0; step < TestEngines.scaled(150); step++) {
            Object value = engine.eval("v = value(r, 3); v");
            engine.put("back", value);
            String where = "seed " + seed + ", step " + step;
            assertThat(where, engine.eval("type(back) is type(v) and repr(back) == repr(v)"), is(true));
            if (value instanceof List || value instanceof Map || value instanceof Set) {
                assertThat(where, engine.eval("back is v"), is(true));
                Object copy = copy(value);
                assertThat(where, copy, is(value));
                assertThat(where, value, is(copy));
                assertThat(where, value.hashCode(), is(copy.hashCode()));
            }
        }
    }

    private static Object copy(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(RoundTripFuzzTest::copy).collect(ArrayList::new, List::add, List::addAll);
        }
        if (value instanceof Set<?> set) {
            return new LinkedHashSet<>(set);
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((key, each) -> copy.put(key, copy(each)));
            return copy;
        }
        return value;
    }

    private static Object value(Random random, int depth) {
        int kind = depth == 0 ? 0 : random.nextInt(10);
        if (kind < 5) {
            return scalar(random);
        }
        int length = random.nextInt(4);
        if (kind < 7) {
            List<Object> list = new ArrayList<>();
            for (int i = 0; i < length; i++) {
                list.add(value(random, depth - 1));
            }
            return list;
        }
        if (kind == 7) {
            Set<Object> set = new LinkedHashSet<>();
            for (int i = 0; i < length; i++) {
                set.add(key(random));
            }
            return set;
        }
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < length; i++) {
            map.put(key(random), value(random, depth - 1));
        }
        return map;
    }

    /** Values that are unequal in Java are unequal in Python too: no 1, 1.0 and true side by side. */
    private static Object key(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> 10 + random.nextInt(1_000);
            case 1 -> text(random);
            case 2 -> LocalDate.ofEpochDay(random.nextInt(100_000));
            default -> new BigDecimal(random.nextInt()).movePointLeft(3).add(new BigDecimal("0.0001"));
        };
    }

    private static Object scalar(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextInt();
            case 3 -> (1L << 40) + random.nextInt();
            case 4 -> new BigInteger(200, random).setBit(199);
            case 5 -> random.nextGaussian();
            case 6 -> text(random);
            case 7 -> LocalDate.ofEpochDay(random.nextInt(100_000));
            case 8 -> LocalDateTime.of(2024, 1, 1, 0, 0).plusNanos(1_000L * random.nextInt());
            case 9 -> Duration.ofNanos(1_000L * random.nextInt());
            case 10 -> new UUID(random.nextLong(), random.nextLong());
            default -> new Complex(random.nextInt(), -0.5);
        };
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(8); length > 0; length--) {
            text.appendCodePoint(
                    switch (random.nextInt(4)) {
                        case 0 -> 'a' + random.nextInt(26);
                        case 1 -> random.nextInt(256);
                        case 2 -> 0x1f600 + random.nextInt(50);
                        default -> random.nextInt(0x10000);
                    });
        }
        return text.toString();
    }
}
