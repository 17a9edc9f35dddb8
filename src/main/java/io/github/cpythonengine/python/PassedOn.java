package io.github.cpythonengine.python;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.interpreter.Forgotten;
import io.github.cpythonengine.interpreter.Gil;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** PyExceptions that Java has thrown into Python, by their exception's address: when it comes out, they are it again. */
final class PassedOn extends Forgotten<PyException> {

    private static final Map<Long, PassedOn> ALL = new ConcurrentHashMap<>();

    private final long address;

    private PassedOn(PyException error, long address) {
        super(error);
        this.address = address;
    }

    @Override
    protected void gone() {
        ALL.remove(address, this);
    }

    /** The one for an exception, or null. GIL held. */
    static PyException find(long exception) {
        PassedOn known = ALL.isEmpty() ? null : ALL.get(exception);
        PyException error = known == null ? null : known.get();
        // what is released may have another exception at its address
        return error == null || error.getValue().ref().isReleased() ? null : error;
    }

    /** Called when Java throws one into Python, before its traceback grows. Never fails. */
    static void note(Gil gil, PyException error, long exception) {
        try {
            Route route = error.route();
            boolean goesOn = route.goesOn(gil.upcall());
            int most = goesOn ? Integer.MAX_VALUE : route.firstEntries();
            long left = PyErrors.half(gil, "leave", exception, gil.own(C.PyLong_FromLongLong(most)));
            if (left == 0) {
                C.PyErr_Clear();
                return;
            }
            int entries = (int) Layout.intValue(gil.own(left));
            route.leave(error.getStackTrace(), new Throwable().getStackTrace(), entries, gil.upcall());
            if (find(exception) != error) {
                ALL.put(exception, new PassedOn(error, exception));
            }
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            C.PyErr_Clear(); // then it goes without
        }
    }
}
