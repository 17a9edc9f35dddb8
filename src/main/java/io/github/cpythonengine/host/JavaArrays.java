package io.github.cpythonengine.host;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.interpreter.Arguments;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import io.github.cpythonengine.interpreter.PythonFunction;
import java.lang.reflect.Array;
import java.util.Map;

/** Java arrays as Python sequences of fixed length. */
final class JavaArrays {

    private JavaArrays() {}

    static Map<String, PythonFunction> functions() {
        return Map.of(
                "is_array", JavaArrays::isArray,
                "array_items", JavaArrays::items,
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
