package io.github.cpythonengine.wrap;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cpythonengine.interpreter.Interpreter;
import io.github.cpythonengine.python.Kwargs;
import io.github.cpythonengine.python.PyCallable;
import io.github.cpythonengine.python.PyContext;
import io.github.cpythonengine.python.PyException;
import io.github.cpythonengine.python.PyObject;
import io.github.cpythonengine.python.TypeRef;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a debug build of CPython: operations leave the number of all references as it was. */
class TotalRefcountTest {

    private static final int TIMES = 300;

    private final Session python = new Session();

    @BeforeEach
    void onlyOnADebugBuild() {
        assumeTrue(python.eval("hasattr(__import__('sys'), 'gettotalrefcount')").equals(true), "no debug build");
        python.exec("import sys");
    }

    private void neutral(Runnable work) throws InterruptedException {
        for (int i = 0; i < 20; i++) {
            work.run();
        }
        long more = Long.MAX_VALUE;
        // what other tests left may go or come meanwhile; what leaks does so each time
        for (int round = 0; round < 4 && Math.abs(more) >= TIMES / 2; round++) {
            long before = total();
            for (int i = 0; i < TIMES; i++) {
                work.run();
            }
            more = total() - before;
        }
        assertThat("references more after " + TIMES + " times: " + more, Math.abs(more), is(lessThan(TIMES / 2L)));
    }

    private long total() throws InterruptedException {
        int held = Integer.MAX_VALUE;
        for (int unchanged = 0; unchanged < 10; ) {
            System.gc();
            Thread.sleep(40);
            unchanged = Interpreter.heldObjects() < held ? 0 : unchanged + 1;
            held = Interpreter.heldObjects();
        }
        python.exec("import gc\ngc.collect()");
        return ((Number) python.eval("sys.gettotalrefcount()")).longValue();
    }

    @Test
    void lists() throws InterruptedException {
        python.exec("x = [object() for _ in range(40)]\ny = [1, 2, 3]");
        PyList list = python.list("x");
        PyList numbers = python.list("y");
        neutral(() -> {
            list.toArray();
            list.sort((a, b) -> 0);
            list.replaceAll(item -> item);
            list.add(5);
            list.removeIf(item -> item instanceof Integer);
            list.addAll(3, numbers);
            list.addAll(List.of(4, "x", 2.5));
            list.set(0, list.get(0));
            list.subList(3, 6).clear();
            list.subList(list.size() - 3, list.size()).clear();
            assertThrows(IndexOutOfBoundsException.class, () -> list.get(99));
            for (Iterator<Object> it = numbers.iterator(); it.hasNext(); ) {
                it.next();
            }
            numbers.replaceAll(number -> (Integer) number + 1000);
            numbers.sort(Comparator.comparing(number -> -(Integer) number));
        });
    }

    @Test
    void dictsAndSets() throws InterruptedException {
        python.exec("d = {i: [i] for i in range(1500)}\ns = {(i,) for i in range(1500)}\nn = []");
        PyDict dict = python.dict("d");
        PySet set = python.set("s");
        PyList unhashable = python.list("n");
        neutral(() -> {
            dict.put("a", List.of().size());
            dict.get("a");
            dict.get(unhashable);
            dict.remove("a");
            dict.putAll(Map.of("b", 1, "c", 2));
            dict.keySet().removeIf(key -> key instanceof String);
            set.add(1);
            set.contains(unhashable);
            set.addAll(List.of(2, 3));
            set.removeAll(List.of(1, 2, 3));
            assertThrows(PyException.class, () -> dict.put(unhashable, 1));
        });
    }

    @Test
    void conversions() throws InterruptedException {
        python.exec("from datetime import *\nfrom decimal import Decimal\nimport uuid, pathlib, fractions");
        PyObject nested = python.object("{'a': [1, 2], 'b': [3]}");
        PyObject wrong = python.object("[[1], ['x']]");
        BigInteger large = BigInteger.ONE.shiftLeft(300);
        neutral(() -> {
            python.put("x", LocalDateTime.of(2024, 1, 1, 0, 0).atZone(java.time.ZoneOffset.UTC));
            python.put("x", new BigDecimal("1.5"));
            python.put("x", large);
            python.put("x", "text \ud83d\ude00");
            python.eval("[x, datetime(2024, 1, 1), timedelta(3), uuid.UUID(int=5), pathlib.Path('a')]");
            new ArrayList<>(python.list("[Decimal('1'), fractions.Fraction(1, 2), 2**200, time(1), date(2024, 1, 1)]"));
            nested.as(Map.class);
            assertThrows(ClassCastException.class, () -> wrong.as(int[][].class));
        });
    }

    @Test
    void arrays() throws InterruptedException {
        // a NumPy that was not built for a debug Python does not count its references in the total
        assumeTrue(python.eval("'numpy' in sys.modules").equals(false), "another test has imported numpy");
        python.exec("import array\nd = array.array('d', [1, 2, 3, 4])\no = bytearray(8)");
        PyObject doubles = python.object("d");
        PyObject bytes = python.object("o");
        PyObject none = python.object("object()");
        neutral(() -> {
            try (NdArray array = doubles.as(NdArray.class)) {
                try (NdArray part = array.slice("::-2")) {
                    python.put("x", part);
                    part.set(part.get(0), 1);
                }
                array.reshape(2, 2).as(double[][].class);
            }
            bytes.as(NdArray.class);
            bytes.as(ByteBuffer.class).put(1, (byte) 5);
            bytes.as(int[].class);
            assertThrows(ClassCastException.class, () -> doubles.as(IntBuffer.class));
            assertThrows(ClassCastException.class, () -> doubles.as(int[].class));
            assertThrows(ClassCastException.class, () -> none.as(NdArray.class));
            assertThrows(ClassCastException.class, () -> none.as(int.class));
        });
    }

    @Test
    void proxies() throws InterruptedException {
        PyObject function = python.object("lambda: [1]");
        neutral(() -> {
            function.as(Supplier.class).get();
            assertThrows(ClassCastException.class, () -> function.as(Map.Entry.class));
        });
    }

    @Test
    void objects() throws InterruptedException {
        python.exec("import contextlib\ndef f(*a, **k): return [a, k]\ndef g():\n  yield 1\n  yield 2");
        PyObject function = python.object("f");
        PyObject generator = python.object("g");
        PyObject list = python.object("[1, 2, 3]");
        PyObject suppress = python.object("contextlib.suppress(Exception)");
        PyObject four = python.object("[4]");
        PyCallable<PyObject> handle = function.callable(PyObject.class);
        neutral(() -> {
            try (PyObject sum = list.add(four);
                    PyObject part = sum.getSlice(1, null);
                    PyObject tuple = PyObject.tuple(part, null, "x");
                    PyObject result = handle.call(part, tuple, Kwargs.of("n", part));
                    PyObject less = list.lt(part);
                    PyContext context = suppress.enter()) {
                result.getItem(0, new TypeRef<List<Object>>() {});
                list.compare(part);
                less.isTrue();
                list.is(part);
                part.setSlice(0, 1, tuple);
                assertThrows(PyException.class, () -> list.subtract(1));
                context.exit(new IllegalStateException("suppressed"));
                context.value();
            }
            try (Stream<Long> numbers = generator.callAs(PyObject.class).stream(Long.class)) {
                numbers.limit(1).toList();
            }
        });
    }
}
