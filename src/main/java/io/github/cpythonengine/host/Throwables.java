package io.github.cpythonengine.host;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import io.github.cpythonengine.python.PyException;
import java.util.concurrent.Callable;

/**
 * Java's Throwables as Python exceptions. A Python exception has a body of its own, so it keeps the
 * hidden reference to its Throwable in its dict; the Throwable's message is its argument, and the
 * cause its {@code __cause__}.
 */
final class Throwables {

    /** Causes beyond this many are cut: a chain can be a cycle. */
    private static final int MOST_CAUSES = 50;

    private Throwables() {}

    /** A new reference to the exception for this Throwable, the one that is alive or a new one. */
    static long toPython(Gil gil, Throwable error) {
        return toPython(gil, error, MOST_CAUSES);
    }

    private static long toPython(Gil gil, Throwable error, int causes) {
        if (error instanceof PyException python && python.getValue() != null) {
            return gil.newRef(gil.use(python.getValue()));
        }
        long reference = gil.own(Handles.bodyOf(gil, error, Body.type(gil)));
        long known = gil.call(Half.member(gil, "known_exception"), reference);
        if (known != Py.NONE) {
            return gil.newRef(known);
        }
        long type = JavaType.of(error.getClass()).pointer(gil);
        String message = message(gil, error);
        long arguments = gil.own(C.PyTuple_New(message == null ? 0 : 1));
        if (message != null) {
            C.PyTuple_SetItem(arguments, 0, gil.toPython(message));
        }
        Throwable cause = causes == 0 ? null : cause(gil, error);
        long because = cause == null ? Py.NONE : gil.own(toPython(gil, cause, causes - 1));
        return gil.newRef(gil.call(Half.member(gil, "new_exception"), type, reference, arguments, because));
    }

    /** Both are code of the exception's class, which may do anything. */
    private static String message(Gil gil, Throwable error) {
        return withoutGil(gil, () -> {
            try {
                return error.getMessage();
            } catch (Throwable t) {
                return "getMessage() of " + error.getClass().getName() + " threw "
                        + t.getClass().getName();
            }
        });
    }

    private static Throwable cause(Gil gil, Throwable error) {
        return withoutGil(gil, () -> {
            try {
                Throwable cause = error.getCause();
                return cause == error ? null : cause;
            } catch (Throwable t) {
                return null;
            }
        });
    }

    private static <T> T withoutGil(Gil gil, Callable<T> work) {
        try {
            return gil.withoutGil(work);
        } catch (Exception e) {
            throw new IllegalStateException(e); // the work catches all
        }
    }

    /** What an object keeps in its dict: a Throwable, say; null when a script took it out. */
    static Object behind(Gil gil, long object) {
        long reference = C.PyObject_GetAttr(object, gil.name("__javaobject__"));
        if (reference == 0) {
            C.PyErr_Clear();
            return null;
        }
        return Handles.object(gil.own(reference));
    }
}
