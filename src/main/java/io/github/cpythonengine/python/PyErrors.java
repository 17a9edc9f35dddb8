package io.github.cpythonengine.python;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.capi.RefCounts;
import io.github.cpythonengine.interpreter.Bridge;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Interpreter;
import io.github.cpythonengine.interpreter.Py;
import io.github.cpythonengine.interpreter.PythonHalf;
import java.util.Map;
import java.util.Optional;

/** Makes {@link PyException} of the pending Python error, and the reverse. */
final class PyErrors implements Bridge.Errors {

    /** Three words where {@code PyErr_Fetch} writes. Guarded by the GIL. */
    private static long fetched;

    @Override
    public RuntimeException take(Gil gil) {
        return take(gil, false);
    }

    @Override
    public RuntimeException takeAtEnd(Gil gil) {
        return take(gil, true);
    }

    private static RuntimeException take(Gil gil, boolean atEnd) {
        long value = fetch();
        if (value == 0) {
            return new IllegalStateException("a CPython function failed without an exception");
        }
        PyException taken;
        try {
            taken = new Described(gil, atEnd).exception(value);
        } finally {
            RefCounts.decrement(value);
        }
        if (!atEnd && PassedOn.find(value) == null) {
            taken.untrack();
        }
        return taken;
    }

    @Override
    public void end(Throwable error, Throwable told) {
        if (error instanceof PyException python) {
            python.end(told);
        }
    }

    /** Called for an exception that nobody has used since it came out of Python. */
    static void untrack(PyObject value) {
        if (value != null) {
            Gil.run(gil -> ReadErrors.untrack(gil, value.ref()));
        }
    }

    @Override
    public Throwable of(Gil gil, long exception) {
        return new Described(gil, false).throwable(exception);
    }

    /** The pending exception with its traceback, cleared: a new reference, or 0 when there is none. */
    private static long fetch() {
        if (fetched == 0) {
            fetched = C.allocate(3L * Long.BYTES);
        }
        C.PyErr_Fetch(fetched, fetched + Long.BYTES, fetched + 2L * Long.BYTES);
        long type = C.getLong(fetched);
        long value = C.getLong(fetched + Long.BYTES);
        long trace = C.getLong(fetched + 2L * Long.BYTES);
        if (type == 0) {
            return 0;
        }
        if (value == 0 || Layout.typeOf(value) != type) {
            return normal(type, value, trace);
        }
        RefCounts.decrement(type);
        return withTraceback(value, trace);
    }

    /** Makes an exception of what may be only what one is to be made of; takes over the references. */
    private static long normal(long type, long value, long traceback) {
        long parts = C.allocate(3L * Long.BYTES);
        try {
            C.write(parts, new long[] {type, value, traceback}, 3);
            C.PyErr_NormalizeException(parts, parts + Long.BYTES, parts + 2L * Long.BYTES);
            C.Py_DecRef(C.getLong(parts));
            return withTraceback(C.getLong(parts + Long.BYTES), C.getLong(parts + 2L * Long.BYTES));
        } finally {
            C.free(parts);
        }
    }

    /** From 3.12 on an exception has it already. */
    private static long withTraceback(long exception, long traceback) {
        if (traceback != 0) {
            if (Interpreter.minorVersion() < 12) {
                C.PyException_SetTraceback(exception, traceback);
            }
            RefCounts.decrement(traceback);
        }
        return exception;
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
