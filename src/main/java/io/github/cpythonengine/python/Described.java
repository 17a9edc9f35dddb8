package io.github.cpythonengine.python;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.interpreter.Bridge;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import java.util.HashSet;
import java.util.Set;

/** Makes the PyExceptions of an exception and of those that belong to it: causes, contexts, members of groups. */
final class Described {

    /** In all: more are left out. */
    private static final int MOST = 100;

    private final Gil gil;

    /** By address: a chain of causes can be a cycle, and one exception a member of several groups. */
    private final Set<Long> seen = new HashSet<>();

    Described(Gil gil) {
        this.gil = gil;
    }

    /** For Java: the Throwable that it stands for, else a PyException. */
    Throwable throwable(long exception) {
        Throwable java = Bridge.javaObjects().throwable(gil, exception);
        return java != null ? java : exception(exception);
    }

    /** {@code describe} gives (type name, text, notes, frames, cause or None, entries, members) and does not fail. */
    PyException exception(long value) {
        seen.add(value);
        long described = PyErrors.half(gil, "describe", value);
        if (described == 0) {
            // no memory or no stack left even for that
            C.PyErr_Clear();
            return bare(value);
        }
        gil.own(described);
        long[] parts = new long[7];
        Layout.tupleItems(described, 0, parts);
        PyException.Said said = new PyException.Said(gil.text(parts[0]), gil.text(parts[1]), gil.text(parts[2]));
        StackTraceElement[] python = frames(parts[3]);
        Throwable cause = parts[4] == Py.NONE ? null : related(parts[4]);
        int entries = (int) Layout.intValue(parts[5]);
        PyException known = PassedOn.find(value);
        if (known != null) {
            known.update(said, cause);
            StackTraceElement[] java = new Throwable().getStackTrace();
            known.setStackTrace(known.route().arrive(python, entries, java, gil.upcall()));
            return known;
        }
        Throwable java = Bridge.javaObjects().throwable(gil, value);
        PyException made = new PyException(said, (PyObject) gil.objectOf(value), java, cause);
        begin(made, Route.join(python, made.getStackTrace()), entries);
        addMembers(made, parts[6]);
        return made;
    }

    private PyException bare(long value) {
        PyException.Said said = new PyException.Said(TypeNames.of(gil, value), "", "");
        PyException made = new PyException(said, (PyObject) gil.objectOf(value), null, null);
        begin(made, made.getStackTrace(), Integer.MAX_VALUE);
        return made;
    }

    private void begin(PyException made, StackTraceElement[] trace, int entries) {
        made.begin(new Route(trace, entries, gil.upcall()), trace);
    }

    /** Null for one that was here already, and when there are too many. */
    private Throwable related(long value) {
        return seen.size() < MOST && !seen.contains(value) ? throwable(value) : null;
    }

    private void addMembers(PyException made, long members) {
        long[] items = new long[Layout.arrayLength(Layout.tupleSize(members))];
        Layout.tupleItems(members, 0, items);
        for (long item : items) {
            Throwable member = related(item);
            if (member != null && member != made) {
                made.addSuppressed(member);
            }
        }
    }

    /** {@code frames} is a flat tuple of file, line, function and so on, innermost first. */
    private StackTraceElement[] frames(long frames) {
        long[] items = new long[Layout.arrayLength(Layout.tupleSize(frames))];
        Layout.tupleItems(frames, 0, items);
        StackTraceElement[] python = new StackTraceElement[items.length / 3];
        for (int i = 0; i < python.length; i++) {
            String file = gil.text(items[3 * i]);
            int line = (int) Layout.intValue(items[3 * i + 1]);
            python[i] = new StackTraceElement("python", gil.text(items[3 * i + 2]), file, line);
        }
        return python;
    }
}
