package io.github.cpythonengine.convert;

import io.github.cpythonengine.interpreter.Bridge;
import io.github.cpythonengine.interpreter.Gil;
import java.util.function.Function;

/** Scalars of numpy, which is never imported: by their types' names, through their {@code item()}. */
final class NumpyScalars {

    private NumpyScalars() {}

    static Rule row() {
        Rule row = Rule.row(
                "numpy scalar",
                "box of its width; unsigned the next wider, uint64 beyond Long BigInteger; datetime64 LocalDate or"
                        + " LocalDateTime, timedelta64 Duration or Period by unit, NaT null");
        add(row, value -> value, "bool", "bool_", "float64", "complex64", "complex128", "str_", "bytes_");
        add(row, value -> ((Number) value).floatValue(), "float16", "float32");
        add(row, value -> ((Number) value).byteValue(), "int8");
        add(row, value -> ((Number) value).shortValue(), "int16", "uint8");
        add(row, value -> ((Number) value).intValue(), "int32", "intc", "uint16");
        add(row, NumpyScalars::asLong, "int64", "longlong", "uint32", "uintc", "uint64", "ulonglong");
        row.fromPython("numpy.datetime64", (gil, scalar) -> time(gil, scalar, false));
        row.fromPython("numpy.timedelta64", (gil, scalar) -> time(gil, scalar, true));
        return row;
    }

    /** What java.time has no equal of stays a Python object. */
    private static Object time(Gil gil, long scalar, boolean delta) {
        Object[] parts = Half.parts(gil, Half.member(gil, "numpy_time"), scalar);
        try {
            return Bridge.buffers().time(delta, ((Number) parts[0]).longValue(), (String) parts[1]);
        } catch (ArithmeticException e) {
            return gil.objectOf(scalar);
        }
    }

    private static Object asLong(Object value) {
        return value instanceof Integer number ? (Object) number.longValue() : value;
    }

    /** {@code box}: from the value that {@code item()} has in Java. */
    private static void add(Rule row, Function<Object, Object> box, String... names) {
        for (String name : names) {
            row.fromPython("numpy." + name, (gil, scalar) -> box.apply(item(gil, scalar)));
        }
    }

    private static Object item(Gil gil, long scalar) {
        return Values.builtIn(gil, gil.call(gil.attr(scalar, "item")));
    }
}
