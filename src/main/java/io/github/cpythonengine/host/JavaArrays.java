package io.github.cpythonengine.host;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.capi.PyBuffer;
import io.github.cpythonengine.interpreter.Arguments;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import io.github.cpythonengine.interpreter.PythonFunction;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.util.Map;

/** Java arrays as Python sequences of fixed length. */
final class JavaArrays {

    private JavaArrays() {}

    static Map<String, PythonFunction> functions() {
        return Map.of(
                "is_array", JavaArrays::isArray,
                "array_items", JavaArrays::items,
                "array_bytes", JavaArrays::bytes,
                "fetch_array", Fetched.by(JavaArrays::items),
                "array_fill", JavaArrays::fill,
                "array_get", JavaArrays::get,
                "array_set", JavaArrays::set,
                "array_set_item", JavaArrays::setItem);
    }

    private static Object self(Arguments arguments) {
        Object self = Handles.object(arguments.get(0));
        if (self == null || !self.getClass().isArray()) {
            throw new ClassCastException("not a Java array");
        }
        return self;
    }

    private static long isArray(Gil gil, Arguments arguments) {
        Object object = JavaObjects.isJava(gil, arguments.get(0)) ? arguments.value(0) : null;
        return gil.toPython(object != null && object.getClass().isArray());
    }

    private static long items(Gil gil, Arguments arguments) {
        Object self = self(arguments);
        int from = Places.toInt(arguments.integer(1));
        int count = Math.max(0, Math.min(Places.toInt(arguments.integer(2)), Array.getLength(self) - from));
        return Bulk.arrayToPython(gil, self, from, count);
    }

    /** Also of an array of arrays. */
    private static long bytes(Gil gil, Arguments arguments) {
        return gil.newRef(Exports.bytes(gil, self(arguments)));
    }

    /** (array, start, memory): items as they are in memory, of an array of a primitive type. */
    private static long fill(Gil gil, Arguments arguments) {
        Object self = self(arguments);
        int start = Places.toInt(arguments.integer(1));
        long view = C.allocate(PyBuffer.SIZE);
        try {
            gil.check(C.PyObject_GetBuffer(arguments.get(2), view, 0));
            try {
                fill(self, start, PyBuffer.address(view), PyBuffer.length(view));
            } finally {
                C.PyBuffer_Release(view);
            }
        } finally {
            C.free(view);
        }
        return gil.newRef(Py.NONE);
    }

    /** Below the most that a buffer can have, and a multiple of every item's size. */
    private static final int PIECE = 1 << 30;

    private static void fill(Object array, int start, long address, long bytes) {
        int size = ItemFormat.of(array.getClass().getComponentType()).size();
        int at = start;
        for (long from = 0; from < bytes; from += PIECE) {
            long piece = Math.min(PIECE, bytes - from);
            int count = (int) (piece / size);
            fill(array, at, count, C.buffer(address + from, piece));
            at += count;
        }
    }

    private static void fill(Object array, int start, int count, ByteBuffer from) {
        if (array instanceof double[] numbers) {
            from.asDoubleBuffer().get(numbers, start, count);
        } else if (array instanceof float[] numbers) {
            from.asFloatBuffer().get(numbers, start, count);
        } else if (array instanceof long[] numbers) {
            from.asLongBuffer().get(numbers, start, count);
        } else if (array instanceof int[] numbers) {
            from.asIntBuffer().get(numbers, start, count);
        } else if (array instanceof short[] numbers) {
            from.asShortBuffer().get(numbers, start, count);
        } else if (array instanceof char[] chars) {
            from.asCharBuffer().get(chars, start, count);
        } else if (array instanceof byte[] bytes) {
            from.get(bytes, start, count);
        } else {
            boolean[] flags = (boolean[]) array;
            for (int i = 0; i < count; i++) {
                flags[start + i] = from.get(i) != 0;
            }
        }
    }

    private static long get(Gil gil, Arguments arguments) {
        Object self = self(arguments);
        return Values.item(gil, Array.get(self, Places.in(arguments.integer(1), Array.getLength(self), "array")));
    }

    private static long setItem(Gil gil, Arguments arguments) {
        Object self = self(arguments);
        int place = Places.in(arguments.integer(1), Array.getLength(self), "array");
        Array.set(
                self,
                place,
                Scalars.convert(gil, arguments.get(2), self.getClass().getComponentType()));
        return gil.newRef(Py.NONE);
    }

    /** (array, start, step, values): all or nothing. */
    private static long set(Gil gil, Arguments arguments) {
        Object self = self(arguments);
        int start = Places.toInt(arguments.integer(1));
        int step = Places.toInt(arguments.integer(2));
        long[] items = Layout.listItems(arguments.get(3));
        Object[] values = new Object[items.length];
        for (int i = 0; i < items.length; i++) {
            values[i] = Scalars.convert(gil, items[i], self.getClass().getComponentType());
        }
        for (int i = 0; i < values.length; i++) {
            Array.set(self, start + i * step, values[i]);
        }
        return gil.newRef(Py.NONE);
    }
}
