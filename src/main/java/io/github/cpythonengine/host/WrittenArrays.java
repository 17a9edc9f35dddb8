package io.github.cpythonengine.host;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The arrays that stand for lists, bytearrays and other buffers of Python's during a call. They are copies, so
 * what Java writes into one ({@code InputStream.read}, {@code Arrays.sort}) is written back after the call.
 */
final class WrittenArrays {

    private record Copy(long target, Object array, Object before) {}

    private final List<Copy> copies = new ArrayList<>();

    private WrittenArrays() {}

    /**
     * Looks before the call; null when there is nothing to write back to.
     *
     * @param values one for each parameter
     * @param single how many of them were given as they are: all but the array of variable arguments
     */
    static WrittenArrays of(Gil gil, Given given, Object[] values, int single) {
        WrittenArrays found = null;
        for (int i = 0; i < single; i++) {
            if (values[i] != null && values[i].getClass().isArray() && isCopyOfChangeable(gil, given, i)) {
                found = found == null ? new WrittenArrays() : found;
                found.copies.add(new Copy(given.pointers[i], values[i], clone(values[i])));
            }
        }
        return found;
    }

    private static boolean isCopyOfChangeable(Gil gil, Given given, int i) {
        long pointer = given.pointers[i];
        long type = Layout.typeOf(pointer);
        if (type == Py.TUPLE || type == Py.STR || type == Py.BYTES || Handles.object(pointer) != null) {
            return false;
        }
        return type == Py.LIST
                || gil.check(C.PyObject_IsTrue(gil.call(Half.collection(gil, "can_be_written"), pointer))) != 0;
    }

    private static Object clone(Object array) {
        int length = Array.getLength(array);
        Object copy = Array.newInstance(array.getClass().getComponentType(), length);
        System.arraycopy(array, 0, copy, 0, length);
        return copy;
    }

    /** Looks after the call. */
    void writeBack(Gil gil) {
        for (Copy copy : copies) {
            if (isChanged(copy)) {
                writeBack(gil, copy);
            }
        }
    }

    /** The same after a call that failed: this failure is the one to tell. */
    void writeBackAfter(Gil gil, Throwable failure) {
        try {
            writeBack(gil);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private static boolean isChanged(Copy copy) {
        if (copy.array instanceof Object[] now) {
            Object[] before = (Object[]) copy.before;
            for (int i = 0; i < now.length; i++) {
                if (now[i] != before[i]) {
                    return true;
                }
            }
            return false;
        }
        return !Objects.deepEquals(copy.array, copy.before);
    }

    private static void writeBack(Gil gil, Copy copy) {
        if (copy.array instanceof byte[] bytes && Layout.typeOf(copy.target) == Py.BYTEARRAY) {
            writeBytes(copy.target, bytes);
            return;
        }
        List<Object> places = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < Array.getLength(copy.array); i++) {
            Object now = Array.get(copy.array, i);
            Object before = Array.get(copy.before, i);
            if (copy.array instanceof Object[] ? now != before : !now.equals(before)) {
                places.add(i);
                values.add(now);
            }
        }
        gil.call(
                Half.collection(gil, "write_back"),
                copy.target,
                gil.own(Bulk.toPython(gil, places.toArray(), places.size())),
                gil.own(Bulk.toPython(gil, values.toArray(), values.size())));
    }

    /** In one go; one that changed its length meanwhile stays as it is. */
    private static void writeBytes(long bytearray, byte[] bytes) {
        if (C.PyByteArray_Size(bytearray) == bytes.length) {
            C.write(C.PyByteArray_AsString(bytearray), bytes, bytes.length);
        }
    }
}
