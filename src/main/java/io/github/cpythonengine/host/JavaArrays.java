package io.github.cpythonengine.host;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.interpreter.Arguments;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import io.github.cpythonengine.interpreter.PythonFunction;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/** Java arrays as Python sequences of fixed length. */
final class JavaArrays {

    private JavaArrays() {}

    static Map<String, PythonFunction> functions() {
        return Map.of(
                "is_array", JavaArrays::isArray,
                "array_items", JavaArrays::items,
                "fetch_array", Fetched.by(JavaArrays::items),
                "array_bytes", JavaArrays::bytes,
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

    /** The memory of an array of a primitive type but char, in the machine's byte order. */
    private static long bytes(Gil gil, Arguments arguments) {
        byte[] memory = memory(self(arguments));
        return gil.check(C.PyBytes_FromStringAndSize(memory, memory.length));
    }

    private static byte[] memory(Object array) {
        if (array instanceof byte[] bytes) {
            return bytes;
        }
        int length = Array.getLength(array);
        if (array instanceof boolean[] flags) {
            byte[] bytes = new byte[length];
            for (int i = 0; i < length; i++) {
                bytes[i] = (byte) (flags[i] ? 1 : 0);
            }
            return bytes;
        }
        int width = array instanceof short[] ? 2 : array instanceof int[] || array instanceof float[] ? 4 : 8;
        byte[] bytes = new byte[Layout.arrayLength((long) width * length)];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        if (array instanceof short[] numbers) {
            buffer.asShortBuffer().put(numbers);
        } else if (array instanceof int[] numbers) {
            buffer.asIntBuffer().put(numbers);
        } else if (array instanceof long[] numbers) {
            buffer.asLongBuffer().put(numbers);
        } else if (array instanceof float[] numbers) {
            buffer.asFloatBuffer().put(numbers);
        } else {
            buffer.asDoubleBuffer().put((double[]) array);
        }
        return bytes;
    }

    private static long get(Gil gil, Arguments arguments) {
        Object self = self(arguments);
        return gil.toPython(Array.get(self, Places.in(arguments.integer(1), Array.getLength(self), "array")));
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
        long[] items = new long[Layout.arrayLength(Layout.listSize(arguments.get(3)))];
        Layout.listItems(arguments.get(3), 0, items);
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
