package io.github.cpythonengine.wrap;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.github.cpythonengine.python.PyException;
import io.github.cpythonengine.python.PyObject;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;

/**
 * Random shapes, layouts and slices, against slices of nested lists in Python. {@code -Dtest.slices=100000} makes it
 * more than the usual number, {@code -Dtest.seed=5} repeats one.
 */
class RandomSlicesTest {

    private static final int SLICES = Integer.getInteger("test.slices", 300);
    private static final String TYPES = "bBhHiIqQfd";

    private final Session python = new Session();
    private boolean numpy;
    private Random random;

    @Test
    void slicesAreThoseOfNestedLists() {
        start();
        long seed = Long.getLong("test.seed", 42);
        for (int i = 0; i < SLICES; i++) {
            random = new Random(seed + i);
            try {
                one();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("test.seed=" + (seed + i) + ": " + python.repr("text"), e);
            }
        }
    }

    private void start() {
        python.exec("import array, math");
        try {
            python.exec("import numpy as np");
            numpy = true;
        } catch (PyException e) {
            numpy = false; // memoryviews are then enough
        }
        python.exec("""
                def cut(value, parts):
                    if not parts: return value
                    part, *rest = parts
                    if isinstance(part, slice): return [cut(v, rest) for v in value[part]]
                    return cut(value[part], rest)

                class Parts:
                    def __getitem__(self, parts): return parts if isinstance(parts, tuple) else (parts,)

                def sliced(value, text, ndim):
                    parts = list(eval('Parts()[' + text + ']'))
                    if ... in parts:
                        at = parts.index(...)
                        parts[at:at + 1] = [slice(None)] * (ndim - len(parts) + 1)
                    return cut(value, parts)

                def make(code, shape, layout):
                    n = math.prod(shape)
                    flat = array.array(code, [(k * 37 + 11) % 120 for k in range(n)])
                    if layout == 'memory':
                        return memoryview(flat).cast('B').cast(code, shape)
                    a = np.frombuffer(flat, code).reshape(shape) if n else np.zeros(shape, code)
                    if layout == 'F': return np.asfortranarray(a)
                    if layout == 'T': return a.T
                    if layout == 'swapped': return a.astype(a.dtype.newbyteorder())
                    if layout == 'back': return a[(slice(None, None, -1),) * a.ndim] if a.ndim else a
                    if layout == 'apart':
                        big = np.zeros([3 * s for s in shape], code)
                        part = big[(..., *(slice(None, None, 3),) * a.ndim)]
                        part[...] = a
                        return part
                    return a

                def flat(value):
                    return [x for v in value for x in flat(v)] if isinstance(value, list) else [value]
                """);
    }

    private void one() {
        python.exec("text = ''");
        String layout = !numpy
                ? "memory"
                : List.of("memory", "C", "F", "T", "swapped", "back", "apart").get(random.nextInt(7));
        boolean memory = layout.equals("memory");
        int ndim = memory ? 1 + random.nextInt(5) : random.nextInt(6);
        int[] shape = new int[ndim];
        for (int i = 0; i < ndim; i++) {
            shape[i] = memory ? 1 + random.nextInt(4) : random.nextInt(5);
        }
        char code = TYPES.charAt(random.nextInt(TYPES.length()));
        python.exec("a = make('" + code + "', " + Arrays.toString(shape) + ", '" + layout + "')\nvalue = a.tolist()");
        try (PyObject object = python.object("a");
                NdArray array = object.as(NdArray.class)) {
            check(array);
            NdArray part = array;
            for (int i = random.nextInt(3); i >= 0; i--) {
                part = cut(part);
                check(part);
            }
        }
    }

    private NdArray cut(NdArray array) {
        if (random.nextInt(4) == 0) {
            python.exec("text = 'again'");
            return array;
        }
        String text = text(array.shape());
        python.put("text", text);
        python.put("ndim", array.ndim());
        python.exec("value = sliced(value, text, ndim)");
        return array.slice(text);
    }

    /** Indices inside, and slices with any bounds. */
    private String text(long[] shape) {
        int given = random.nextInt(shape.length + 1);
        int dots = random.nextInt(3) == 0 || given == 0 ? random.nextInt(given + 1) : -1;
        StringJoiner text = new StringJoiner(random.nextBoolean() ? ", " : ",");
        for (int i = 0; i < given; i++) {
            if (i == dots) {
                text.add("...");
            }
            int axis = dots >= 0 && i >= dots ? i + shape.length - given : i;
            text.add(part((int) shape[axis]));
        }
        return dots == given ? text.add("...").toString() : text.toString();
    }

    private String part(int length) {
        if (length > 0 && random.nextInt(4) == 0) {
            return Integer.toString(random.nextInt(2 * length) - length);
        }
        String step = random.nextInt(3) == 0
                ? ":" + List.of("", "1", "-1", "2", "-2", "7", "-9").get(random.nextInt(7))
                : "";
        return bound(length) + ":" + bound(length) + step;
    }

    private String bound(int length) {
        return random.nextInt(3) == 0 ? "" : Integer.toString(random.nextInt(3 * length + 3) - length - length / 2 - 1);
    }

    private void check(NdArray array) {
        @SuppressWarnings("unchecked")
        List<Object> expected = new ArrayList<>((List<Object>) python.eval("flat(value)"));
        List<Double> wanted =
                expected.stream().map(it -> ((Number) it).doubleValue()).toList();
        List<Double> items = new ArrayList<>();
        collect(array, new long[array.ndim()], 0, items);
        assertThat(items, is(wanted));
        assertThat(array.size(), is((long) wanted.size()));
        if (array.ndim() > 0) {
            Class<?> leaf = List.<Class<?>>of(double.class, float.class).get(random.nextInt(2));
            Class<?> type = leaf;
            for (int i = 0; i < array.ndim(); i++) {
                type = type.arrayType();
            }
            List<Double> copied = new ArrayList<>();
            flat(array.as(type), copied);
            assertThat(copied, is(wanted));
        }
    }

    private static void collect(NdArray array, long[] index, int axis, List<Double> into) {
        if (axis == index.length) {
            into.add(array.getDouble(index));
            return;
        }
        for (long i = 0; i < array.shape()[axis]; i++) {
            index[axis] = i;
            collect(array, index, axis + 1, into);
        }
    }

    private static void flat(Object array, List<Double> into) {
        for (int i = 0; i < Array.getLength(array); i++) {
            Object item = Array.get(array, i);
            if (item instanceof Number number) {
                into.add(number.doubleValue());
            } else {
                flat(item, into);
            }
        }
    }
}
