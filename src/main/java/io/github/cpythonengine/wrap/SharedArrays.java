package io.github.cpythonengine.wrap;

import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.python.PyObject;
import java.nio.Buffer;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Makes arrays that both languages share. */
final class SharedArrays {

    /** numpy's names without a size of their own: those of struct. */
    private static final Map<Class<?>, String> FORMATS = Map.of(
            boolean.class, "?",
            byte.class, "b",
            char.class, "H",
            short.class, "h",
            int.class, "i",
            long.class, "q",
            float.class, "f",
            double.class, "d");

    private SharedArrays() {}

    static NdArray zeros(Class<?> item, long[] shape) {
        String format = FORMATS.get(item);
        if (format == null) {
            throw new IllegalArgumentException(item.getName() + " is no primitive type that an array can have");
        }
        if (LongStream.of(shape).anyMatch(length -> length < 0)) {
            throw new IllegalArgumentException("a negative number of items: " + Arrays.toString(shape));
        }
        return Gil.with(gil -> array(gil, Half.call(gil, "zeros", gil.str(format), gil.str(text(shape)))));
    }

    static NdArray of(Buffer buffer, long[] shape) {
        Buffer items = buffer.slice();
        long[] wanted = shape.length == 0 ? new long[] {items.remaining()} : shape;
        if (LongStream.of(wanted).reduce(1, Math::multiplyExact) != items.remaining()
                || LongStream.of(wanted).anyMatch(length -> length < 0)) {
            throw new IllegalArgumentException(
                    "an array of shape " + Arrays.toString(shape) + " has not " + items.remaining() + " items");
        }
        return Gil.with(gil -> array(gil, Half.call(gil, "shaped", gil.python(items), gil.str(text(wanted)))));
    }

    private static NdArray array(Gil gil, long object) {
        return ((PyObject) gil.objectOf(object)).as(NdArray.class);
    }

    private static String text(long[] shape) {
        return LongStream.of(shape).mapToObj(Long::toString).collect(Collectors.joining(","));
    }
}
