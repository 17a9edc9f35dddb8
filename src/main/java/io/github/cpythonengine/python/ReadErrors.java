package io.github.cpythonengine.python;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.DictSlot;
import io.github.cpythonengine.capi.ErrorLayout;
import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import io.github.cpythonengine.interpreter.Ref;
import io.github.cpythonengine.interpreter.Strings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code errors.py} tells of an exception, read out of Python's objects: the frames, and what an exception of a
 * built-in class says, when nothing is out of the ordinary. For the rest Python is asked.
 *
 * <p>GIL held.
 */
final class ReadErrors {

    /** To find out how exceptions are laid out takes about a millisecond, which a few are not worth. */
    private static final int FIRST = 16;

    // as in errors.py
    private static final int MOST_TEXT = 1 << 20;
    private static final int MOST_FRAMES = 1000;
    private static final String OWN_FILES = "cpython-engine/";

    private static final String MAIN = "__main__";

    private static final long[] NO_MEMBERS = {};
    private static final long HEAP_TYPE = 1L << 9;
    private static final long SYNTAX_ERROR = Py.exception("SyntaxError");

    private static int asked;

    private ReadErrors() {}

    /** What is known of a class. */
    private record Kind(String name, boolean textIsArgument) {}

    /** Of classes that live for ever. */
    private static final Map<Long, Kind> KINDS = new HashMap<>();

    /** Null where this CPython keeps exceptions in unknown places, and until they were sought. */
    private static ErrorLayout layout;

    /** Where namespaces have {@code __name__}. */
    private static DictSlot name;

    /** Where {@code linecache}, whose names these are, has {@code cache}; 0 when there is no such module. */
    private static DictSlot cache;

    private static long lines;

    private static ErrorLayout layout(Gil gil) {
        if (asked < FIRST && ++asked == FIRST) {
            try {
                learn(gil);
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                C.PyErr_Clear();
                asked = 0; // an error at the end of the stack: another one will do
            }
        }
        return layout;
    }

    private static void learn(Gil gil) {
        name = new DictSlot(Strings.interned("__name__"));
        cache = new DictSlot(Strings.interned("cache"));
        long module = PyErrors.member(gil, "linecache");
        lines = Layout.typeOf(module) == Py.MODULE ? C.PyModule_GetDict(module) : 0;
        layout = ErrorLayout.of(gil.call(PyErrors.member(gil, "sample")));
    }

    // ---- describe()

    /** Null: ask Python. */
    static Described.Parts describe(Gil gil, long error) {
        ErrorLayout layout = layout(gil);
        StackTraceElement[] frames = layout == null ? null : frames(gil, layout, layout.traceback(error));
        if (frames == null) {
            return null;
        }
        long before = before(gil, layout, error);
        Kind kind = layout.dict(error) != 0 ? null : kind(gil, Layout.typeOf(error)); // where notes are, for one
        String text = kind == null ? null : text(gil, kind, error, layout.args(error));
        if (text == null) {
            return said(gil, error, frames, before);
        }
        return new Described.Parts(
                new PyException.Said(kind.name, text, ""), frames, before, frames.length, NO_MEMBERS);
    }

    /** {@code said} gives (type name, text, notes, members). */
    private static Described.Parts said(Gil gil, long error, StackTraceElement[] frames, long before) {
        long said = PyErrors.half(gil, "said", error);
        if (said == 0) {
            C.PyErr_Clear();
            return null;
        }
        long[] parts = new long[4];
        Layout.tupleItems(gil.own(said), 0, parts);
        return new Described.Parts(
                Described.said(gil, parts), frames, before, frames.length, Layout.tupleItems(parts[3]));
    }

    private static Kind kind(Gil gil, long type) {
        Kind known = KINDS.get(type);
        if (known != null || KINDS.containsKey(type) || (C.PyType_GetFlags(type) & HEAP_TYPE) != 0) {
            return known;
        }
        long usual = PyErrors.half(gil, "usual", type);
        if (usual == 0) {
            C.PyErr_Clear();
            return null;
        }
        Kind made = null;
        if (gil.own(usual) != Py.NONE) {
            long[] parts = new long[2];
            Layout.tupleItems(usual, 0, parts);
            made = new Kind(gil.text(parts[0]), parts[1] == Py.TRUE);
        }
        KINDS.put(type, made);
        return made;
    }

    /** {@code str(error)}. */
    private static String text(Gil gil, Kind kind, long error, long args) {
        if (kind.textIsArgument) {
            long count = Layout.tupleSize(args);
            if (count == 0) {
                return "";
            }
            long[] argument = new long[1];
            Layout.tupleItems(args, 0, argument);
            if (count == 1 && Layout.typeOf(argument[0]) == Py.STR) {
                return shortText(argument[0]);
            }
        }
        long said = C.PyObject_Str(error);
        if (said == 0) {
            C.PyErr_Clear();
            return "<exception str() failed>";
        }
        return shortText(gil.own(said));
    }

    private static String shortText(long text) {
        return Layout.textLength(text) <= MOST_TEXT ? Layout.text(text) : null;
    }

    /** Innermost first; null: ask Python. */
    private static StackTraceElement[] frames(Gil gil, ErrorLayout layout, long traceback) {
        int count = 0;
        for (long entry = traceback; entry != 0; entry = layout.next(entry)) {
            if (layout.code(entry) == 0 || ++count > MOST_FRAMES) {
                return null;
            }
        }
        StackTraceElement[] frames = new StackTraceElement[count];
        int at = count;
        for (long entry = traceback; entry != 0; entry = layout.next(entry)) {
            long code = layout.code(entry);
            String file = gil.text(layout.fileName(code));
            if (at == count && file.startsWith(OWN_FILES)) {
                return null;
            }
            frames[--at] = new StackTraceElement("python", gil.text(layout.name(code)), file, line(layout, entry));
        }
        return frames;
    }

    private static int line(ErrorLayout layout, long entry) {
        int line = layout.place(entry).line();
        return line == 0 ? -1 : line;
    }

    /** Owned by the scope, or 0. */
    private static long before(Gil gil, ErrorLayout layout, long error) {
        long cause = layout.cause(error);
        long before = cause != 0 || layout.suppressesContext(error) ? cause : layout.context(error);
        return before == 0 || before == Py.NONE ? 0 : gil.strong(before);
    }

    // ---- garbage collection

    /**
     * Takes the exception, its traceback and the frames of that from Python's garbage collector, when nobody but this new
     * reference leads to it, until that is used. Java keeps thousands until its own garbage collector finds them, and
     * each time Python's would go through them all.
     */
    static void untrack(Gil gil, Ref reference) {
        long error = gil.use(reference);
        ErrorLayout layout = layout(gil);
        if (layout == null || !isOurs(layout, error)) {
            return;
        }
        int entries = 0;
        for (long entry = layout.traceback(error); entry != 0 && isOurs(layout, entry); entry = layout.next(entry)) {
            entries++;
        }
        long[] objects = new long[1 + 2 * entries];
        reference.untracked(objects);
        objects[0] = untracked(error);
        long entry = layout.traceback(error);
        for (int i = 1; i < objects.length; i += 2) {
            objects[i] = untracked(entry);
            long frame = layout.frame(entry);
            if (layout.isTracked(frame)) { // a frame that runs is not, from 3.11 on
                objects[i + 1] = untracked(frame);
            }
            entry = layout.next(entry);
        }
    }

    private static long untracked(long object) {
        C.PyObject_GC_UnTrack(object);
        return object;
    }

    private static boolean isOurs(ErrorLayout layout, long object) {
        return Layout.refCount(object) == 1 && layout.isTracked(object);
    }

    // ---- position()

    /** Null: ask Python. */
    static Optional<PyException.Position> position(Gil gil, long error) {
        ErrorLayout layout = layout(gil);
        if (layout == null || isSyntaxError(Layout.typeOf(error))) {
            return null;
        }
        long traceback = layout.traceback(error);
        if (traceback == 0) {
            return Optional.empty();
        }
        long where = innermost(layout, traceback);
        if (where == 0) {
            return null;
        }
        long file = layout.fileName(layout.code(where));
        ErrorLayout.Place place = layout.place(where);
        int column = place.column() + 1;
        if (column > 1 && !(Layout.typeOf(file) == Py.STR && isAscii(file, place.line()))) {
            return null;
        }
        PyException.Position position =
                new PyException.Position(gil.text(file), line(layout, where), column == 0 ? -1 : column);
        return Optional.of(position);
    }

    private static boolean isSyntaxError(long type) {
        return KINDS.get(type) == null && C.PyType_IsSubtype(type, SYNTAX_ERROR) != 0;
    }

    /** The last entry of a script's own code, else the last one; 0: ask Python. */
    private static long innermost(ErrorLayout layout, long traceback) {
        long own = 0;
        long last = 0;
        long globals = 0;
        boolean isOwn = false;
        for (long entry = traceback; entry != 0; entry = layout.next(entry)) {
            long its = layout.code(entry) == 0 ? 0 : layout.globals(entry);
            if (its == 0) {
                return 0;
            }
            if (its != globals) {
                globals = its;
                isOwn = isMain(globals);
            }
            own = isOwn ? entry : own;
            last = entry;
        }
        return own != 0 ? own : last;
    }

    private static boolean isMain(long globals) {
        long its = name.value(globals);
        if (its == 0) {
            C.PyErr_Clear();
            return false;
        }
        return Layout.typeOf(its) == Py.STR
                && Layout.textLength(its) == MAIN.length()
                && Layout.text(its).equals(MAIN);
    }

    /** Whether this line of a source is known and its columns, which count bytes of UTF-8, count characters. */
    private static boolean isAscii(long file, int line) {
        long sources = lines == 0 ? 0 : cache.value(lines);
        if (sources == 0 || Layout.typeOf(sources) != Py.DICT) {
            C.PyErr_Clear();
            return false;
        }
        long known = C.PyDict_GetItemWithError(sources, file);
        if (known == 0 || Layout.typeOf(known) != Py.TUPLE || Layout.tupleSize(known) != 4) {
            C.PyErr_Clear();
            return false;
        }
        long[] part = new long[1];
        Layout.tupleItems(known, 2, part);
        long list = part[0];
        if (Layout.typeOf(list) != Py.LIST || line < 1 || line > Layout.listSize(list)) {
            return false;
        }
        Layout.listItems(list, line - 1L, part);
        return Layout.typeOf(part[0]) == Py.STR && Layout.isAscii(part[0]);
    }
}
