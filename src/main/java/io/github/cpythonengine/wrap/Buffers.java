package io.github.cpythonengine.wrap;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.interpreter.Bridge;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import io.github.cpythonengine.python.PyObject;
import io.github.cpythonengine.wrap.DType.Kind;
import java.util.EnumSet;
import java.util.Set;

/** What Python objects show by the <a href="https://docs.python.org/3/c-api/buffer.html">buffer protocol</a>. */
final class Buffers implements Bridge.Buffers {

    private static final Set<Kind> NUMBERS = EnumSet.of(Kind.BOOL, Kind.INT, Kind.UINT, Kind.FLOAT);

    @Override
    public boolean isView(Class<?> type) {
        return type == NdArray.class || NioBuffers.isOne(type);
    }

    @Override
    public Object view(Gil gil, long object, Class<?> wanted) {
        Exported memory = export(gil, object);
        if (memory == null) {
            long array = Half.call(gil, "as_numpy", object);
            return array == Py.NONE ? null : view(gil, array, wanted);
        }
        if (wanted == NdArray.class) {
            return new NdArray((PyObject) gil.objectOf(object), memory);
        }
        try {
            return NioBuffers.on(memory, memory.type, memory.whole, wanted);
        } finally {
            memory.close(); // when the buffer is gone
        }
    }

    @Override
    public Object copy(Gil gil, long object, Class<?> array) {
        if (!ArrayCopy.leaf(array).isPrimitive()) {
            return null;
        }
        Exported memory = export(gil, object);
        if (memory == null) {
            long asNumpy = Half.call(gil, "as_numpy", object);
            return asNumpy == Py.NONE ? null : copy(gil, asNumpy, array);
        }
        try {
            return copy(memory, memory.type, memory.whole, array);
        } finally {
            memory.close();
        }
    }

    /** Null when the items cannot be read in place. */
    static Object copy(Exported memory, DType type, Strided place, Class<?> array) {
        boolean byItems = type.kind() == Kind.OBJECT
                || type.kind() == Kind.TEXT
                || type.kind() == Kind.BYTES && ArrayCopy.rank(array) != place.ndim();
        if (byItems || !ArrayCopy.leaf(array).isPrimitive()) {
            return null;
        }
        long base = memory.enter();
        try {
            return ArrayCopy.of(base, type, place, array);
        } finally {
            memory.leave();
        }
    }

    @Override
    public int distance(Gil gil, long object, Class<?> array) {
        Exported memory = ArrayCopy.leaf(array).isPrimitive() ? export(gil, object) : null;
        if (memory == null) {
            return -1;
        }
        memory.close();
        return array == byte[].class && isBytes(object) ? 0 : ArrayCopy.distance(ArrayCopy.leaf(array), memory.type);
    }

    /** Whether it is of Python's types for bytes, not for numbers. */
    private static boolean isBytes(long object) {
        long type = Layout.typeOf(object);
        return C.PyType_IsSubtype(type, Py.BYTES) != 0
                || C.PyType_IsSubtype(type, Py.BYTEARRAY) != 0
                || C.PyType_IsSubtype(type, Py.MEMORYVIEW) != 0;
    }

    @Override
    public Object single(Gil gil, long object) {
        Exported memory = export(gil, object);
        if (memory == null) {
            return null;
        }
        try (NdArray array = new NdArray((PyObject) gil.objectOf(object), memory)) {
            boolean known = NUMBERS.contains(array.dtype().kind()) && array.itemSize() <= Double.BYTES;
            return array.ndim() == 0 && known ? array.get() : null;
        }
    }

    @Override
    public Object time(boolean delta, long count, String unit) {
        return NumpyTimes.value(delta, count, unit);
    }

    /** The memory, or null when the object shows none. */
    private static Exported export(Gil gil, long object) {
        Exported memory = Exported.of(gil, object, null);
        if (memory == null) {
            return exportByNumpy(gil, object);
        }
        if (memory.type.kind() != Kind.RECORD && memory.type.kind() != Kind.OPAQUE) {
            return memory;
        }
        // the notations of numpy and ctypes leave out padding, those of ctypes also unions and fields of bits
        long format = Half.call(gil, "record_format", object);
        if (format == Py.NONE) {
            return memory;
        }
        memory.close();
        return checked(gil, Exported.of(gil, object, gil.text(format)));
    }

    /** An array of times, which numpy does not export as such. */
    private static Exported exportByNumpy(Gil gil, long object) {
        long error = C.PyErr_Occurred();
        if (C.PyErr_GivenExceptionMatches(error, Py.exception("TypeError")) != 0) {
            C.PyErr_Clear();
            return null;
        }
        RuntimeException reason = gil.error();
        long found = Half.call(gil, "bytes_and_format", object);
        if (found == Py.NONE) {
            throw reason;
        }
        long[] parts = new long[2];
        Layout.tupleItems(found, 0, parts);
        return checked(gil, Exported.of(gil, parts[0], gil.text(parts[1])));
    }

    private static Exported checked(Gil gil, Exported memory) {
        if (memory == null) {
            throw gil.error();
        }
        return memory;
    }
}
