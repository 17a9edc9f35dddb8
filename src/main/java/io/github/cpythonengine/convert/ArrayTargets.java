package io.github.cpythonengine.convert;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.interpreter.Bridge;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import io.github.cpythonengine.python.PyObject;
import java.lang.reflect.Array;
import java.lang.reflect.Type;

/**
 * Java arrays, as copies: of any iterable, item by item; those of primitives in a block of what shows its memory; {@code
 * byte[]} of bytes and {@code char[]} of text.
 */
final class ArrayTargets {

    private ArrayTargets() {}

    static Target of(Type component, Class<?> array) {
        return (gil, object) -> convert(gil, object, component, array);
    }

    private static Object convert(Gil gil, long object, Type component, Class<?> array) {
        Object whole = whole(gil, object, array);
        if (whole != null) {
            return whole;
        }
        long[] items = Elements.of(gil, object, array);
        if (component == int.class) {
            return ints(gil, items);
        }
        if (component == double.class) {
            return doubles(gil, items);
        }
        Object made = Array.newInstance(array.getComponentType(), items.length);
        Elements.convert(gil, items, component, (index, value) -> Array.set(made, index, value));
        return made;
    }

    /** What is such an array as a whole, or null. */
    private static Object whole(Gil gil, long object, Class<?> array) {
        if (array == byte[].class && (Targets.isA(object, Py.BYTES))) {
            return Texts.bytes(object);
        }
        if (array == char[].class && Targets.isA(object, Py.STR)) {
            return Layout.text(object).toCharArray();
        }
        if (Targets.isA(object, Py.LIST) || Targets.isA(object, Py.TUPLE)) {
            return null;
        }
        if (array != byte[].class && Targets.isA(object, Py.BYTES)) {
            return null; // its items are seldom meant
        }
        Object natural = Values.builtIn(gil, object);
        if (array.isInstance(natural)) {
            return natural;
        }
        return natural instanceof PyObject || natural instanceof byte[]
                ? Bridge.buffers().copy(gil, object, array)
                : null;
    }

    private static int[] ints(Gil gil, long[] items) {
        int[] made = new int[items.length];
        for (int i = 0; i < made.length; i++) {
            long value = Layout.typeOf(items[i]) == Py.INT ? Layout.intValue(items[i]) : Layout.UNKNOWN_INT;
            made[i] = (int) value == value ? (int) value : (Integer) item(gil, items[i], i, int.class);
        }
        return made;
    }

    private static double[] doubles(Gil gil, long[] items) {
        double[] made = new double[items.length];
        for (int i = 0; i < made.length; i++) {
            made[i] = Layout.typeOf(items[i]) == Py.FLOAT
                    ? Layout.floatValue(items[i])
                    : (Double) item(gil, items[i], i, double.class);
        }
        return made;
    }

    private static Object item(Gil gil, long item, int index, Class<?> type) {
        try (Gil one = Gil.acquire()) {
            return Targets.to(one, item, type);
        } catch (Refused e) {
            throw e.at(index);
        }
    }
}
