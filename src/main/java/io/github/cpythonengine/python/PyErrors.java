package io.github.cpythonengine.python;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.interpreter.Bridge;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import io.github.cpythonengine.interpreter.PythonHalf;
import java.util.Map;
import java.util.Optional;

/** Makes {@link PyException} of the pending Python error, and the reverse. */
final class PyErrors implements Bridge.Errors {

    @Override
    public RuntimeException take(Gil gil) {
        long value = fetch();
        if (value == 0) {
            return new IllegalStateException("a CPython function failed without an exception");
        }
        try {
            return new Described(gil).exception(value);
        } finally {
            C.Py_DecRef(value);
        }
    }

    @Override
    public Throwable of(Gil gil, long exception) {
        return new Described(gil).throwable(exception);
    }

    /** The pending exception with its traceback, cleared: a new reference, or 0 when there is none. */
    private static long fetch() {
        long type = C.allocate(3L * Long.BYTES);
        long value = type + Long.BYTES;
        long traceback = value + Long.BYTES;
        try {
            C.PyErr_Fetch(type, value, traceback);
            if (C.getLong(type) == 0) {
                return 0;
            }
            C.PyErr_NormalizeException(type, value, traceback);
            C.Py_DecRef(C.getLong(type));
            long exception = C.getLong(value);
            long trace = C.getLong(traceback);
            if (trace != 0) {
                C.PyException_SetTraceback(exception, trace);
                C.Py_DecRef(trace);
            }
            return exception;
        } finally {
            C.free(type);
        }
    }

    @Override
    public void set(Gil gil, Throwable error) {
        try {
            long exception = exception(gil, error);
            if (error instanceof PyException python && python.getValue() != null) {
                PassedOn.note(gil, python, exception);
            }
            long trace = C.PyException_GetTraceback(exception);
            C.Py_IncRef(Layout.typeOf(exception));
            C.Py_IncRef(exception);
            C.PyErr_Restore(Layout.typeOf(exception), exception, trace);
        } catch (Throwable second) {
            // out of memory or stack: Python must still see an error
            C.PyErr_SetString(Py.exception("SystemError"), Py.cString("an exception in Java: " + error));
        }
    }

    /** The Python exception that this one is, or that stands for it; used or owned by the scope. */
    static long exception(Gil gil, Throwable error) {
        return error instanceof PyException python && python.getValue() != null
                ? gil.use(python.getValue())
                : gil.own(Bridge.javaObjects().exception(gil, error));
    }

    static String traceback(PyObject value) {
        return Gil.with(gil -> gil.text(gil.own(half(gil, "traceback_text", gil.use(value.ref())))));
    }

    /** {@code position} gives (file, line, column) or None. */
    static Optional<PyException.Position> position(PyObject value) {
        return Gil.with(gil -> {
            long error = gil.use(value.ref());
            Optional<PyException.Position> read = ReadErrors.position(gil, error);
            return read != null ? read : positionByPython(gil, error);
        });
    }

    static Optional<PyException.Position> positionByPython(Gil gil, long error) {
        long found = gil.own(half(gil, "position", error));
        if (found == Py.NONE) {
            return Optional.empty();
        }
        long[] parts = new long[3];
        Layout.tupleItems(found, 0, parts);
        return Optional.of(new PyException.Position(
                gil.text(parts[0]), (int) Layout.intValue(parts[1]), (int) Layout.intValue(parts[2])));
    }

    /** Calls a function of the Python half; a new reference or 0. */
    static long half(Gil gil, String function, long... arguments) {
        return gil.callRaw(member(gil, function), arguments.length, arguments);
    }

    /** What is a global of the Python half, borrowed, good for ever. */
    static long member(Gil gil, String name) {
        return PythonHalf.load(gil, "errors", Map.of()).member(gil, name);
    }
}
