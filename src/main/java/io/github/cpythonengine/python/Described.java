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

    /** By address: a chain of causes can be a cycle, and one exception a member of several groups. Null until it matters. */
    private Set<Long> seen;

    /** Whether Java's frames may be left for later, and these frames, which all have in common, when they are known. */
    private final boolean atEnd;

    private StackTraceElement[] java;

    /** @param atEnd whether the exception goes to {@link PyErrors#end} */
    Described(Gil gil, boolean atEnd) {
        this.gil = gil;
        this.atEnd = atEnd;
    }

    /** For Java: the Throwable that it stands for, else a PyException. */
    Throwable throwable(long exception) {
        Throwable java = Bridge.javaObjects().throwable(gil, exception);
        return java != null ? java : exception(exception);
    }

    /**
     * What there is to tell.
     *
     * @param frames innermost first
     * @param before the exception shown before it, or 0
     * @param entries how many entries the traceback has
     * @param members of a group
     */
    record Parts(PyException.Said said, StackTraceElement[] frames, long before, int entries, long[] members) {

        private boolean isAlone() {
            return before == 0 && members.length == 0;
        }
    }

    PyException exception(long value) {
        if (seen != null) {
            seen.add(value);
        }
        Parts parts = ReadErrors.describe(gil, value);
        if (parts == null) {
            parts = byPython(value);
        }
        if (parts == null) {
            parts = bare(value);
        }
        PyException known = PassedOn.find(value);
        boolean later = atEnd && known == null && parts.isAlone();
        if (java == null && !later) {
            java = new Throwable().getStackTrace();
        }
        Throwable cause = parts.before == 0 ? null : related(value, parts.before);
        if (known != null) {
            known.update(parts.said, cause);
            known.setStackTrace(known.route().arrive(parts.frames, parts.entries, java, gil.upcall()));
            return known;
        }
        Throwable itself = Bridge.javaObjects().throwable(gil, value);
        PyException made = new PyException(parts.said, (PyObject) gil.objectOf(value), itself, cause);
        StackTraceElement[] trace = later ? parts.frames : Route.join(parts.frames, java);
        made.begin(new Route(trace, parts.entries, gil.upcall()), later);
        for (long member : parts.members) {
            Throwable suppressed = related(value, member);
            if (suppressed != null && suppressed != made) {
                made.addSuppressed(suppressed);
            }
        }
        return made;
    }

    /** {@code describe} gives (type name, text, notes, frames, cause or None, entries, members) and does not fail. */
    Parts byPython(long value) {
        long described = PyErrors.half(gil, "describe", value);
        if (described == 0) {
            // no memory or no stack left even for that
            C.PyErr_Clear();
            return null;
        }
        gil.own(described);
        long[] parts = new long[7];
        Layout.tupleItems(described, 0, parts);
        return new Parts(
                said(gil, parts),
                frames(parts[3]),
                parts[4] == Py.NONE ? 0 : parts[4],
                (int) Layout.intValue(parts[5]),
                Layout.tupleItems(parts[6]));
    }

    /** Of a type name, a text and notes. */
    static PyException.Said said(Gil gil, long[] texts) {
        return new PyException.Said(gil.text(texts[0]), gil.text(texts[1]), gil.text(texts[2]));
    }

    private Parts bare(long value) {
        PyException.Said said = new PyException.Said(TypeNames.of(gil, value), "", "");
        return new Parts(said, new StackTraceElement[0], 0, Integer.MAX_VALUE, new long[0]);
    }

    /** Of {@code owner}; null for one that was here already, and when there are too many. */
    private Throwable related(long owner, long value) {
        if (seen == null) {
            seen = new HashSet<>(Set.of(owner));
        }
        return seen.size() < MOST && !seen.contains(value) ? throwable(value) : null;
    }

    /** {@code frames} is a flat tuple of file, line, function and so on, innermost first. */
    private StackTraceElement[] frames(long frames) {
        long[] items = Layout.tupleItems(frames);
        StackTraceElement[] python = new StackTraceElement[items.length / 3];
        for (int i = 0; i < python.length; i++) {
            String file = gil.text(items[3 * i]);
            int line = (int) Layout.intValue(items[3 * i + 1]);
            python[i] = new StackTraceElement("python", gil.text(items[3 * i + 2]), file, line);
        }
        return python;
    }
}
