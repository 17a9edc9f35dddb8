package io.github.cpythonengine.convert;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import io.github.cpythonengine.interpreter.PythonHalf;
import java.util.Map;

/** The conversions' Python half: {@code convert.py} and {@code times.py}. */
final class Half {

    private static volatile boolean timesBegun;

    private Half() {}

    /** A function of {@code convert.py}, borrowed. */
    static long member(Gil gil, String name) {
        PythonHalf half = PythonHalf.load(gil, "convert", Map.of("type_died", TypeRules::typeDied));
        return half.member(gil, name);
    }

    /** A function of {@code times.py}, borrowed. */
    static long times(Gil gil, String name) {
        PythonHalf half = PythonHalf.load(gil, "times", Map.of());
        if (!timesBegun) {
            gil.call(half.member(gil, "begin"), member(gil, "real"));
            timesBegun = true;
        }
        return half.member(gil, name);
    }

    /** Calls a function with Java values: a new reference, owned by the caller. */
    static long make(Gil gil, long function, Object... values) {
        long[] pointers = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            pointers[i] = gil.own(simple(gil, values[i]));
        }
        return gil.newRef(gil.call(function, pointers));
    }

    /** By the built-in rules, whatever users added. */
    private static long simple(Gil gil, Object value) {
        if (value == null) {
            return gil.newRef(Py.NONE);
        }
        if (value instanceof Number number) {
            return Numbers.toInt(gil, number);
        }
        return value instanceof byte[] bytes ? Texts.toBytes(gil, bytes) : Texts.toStr(gil, value);
    }

    /** What a function that returns a tuple of simple values, or None, says of an object; null for None. */
    static Object[] parts(Gil gil, long function, long object) {
        long tuple = gil.call(function, object);
        if (tuple == Py.NONE) {
            return null;
        }
        long[] items = Layout.tupleItems(tuple);
        Object[] values = new Object[items.length];
        for (int i = 0; i < items.length; i++) {
            values[i] = Values.builtIn(gil, items[i]);
        }
        return values;
    }
}
