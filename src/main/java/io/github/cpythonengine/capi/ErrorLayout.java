package io.github.cpythonengine.capi;

import static io.github.cpythonengine.capi.Api.C;

/**
 * Where CPython's exceptions, tracebacks, frames and code objects keep their parts, as {@link Layout} knows it of other
 * objects: found in an exception made for the purpose, whose parts are known.
 *
 * <p>Readers need the GIL and a live object. What they give is borrowed, 0 for none.
 */
public final class ErrorLayout {

    /**
     * Where a traceback's entry is in its source.
     *
     * @param line from 1, or -1 when unknown
     * @param column from 0, in bytes of UTF-8, or -1 when unknown
     */
    public record Place(int line, int column) {}

    /** An exception and its parts, and those of the last entry of its traceback. */
    private record Sample(
            long error,
            long dict,
            long args,
            long traceback,
            long context,
            long cause,
            long last,
            long frame,
            long code,
            long globals,
            long fileName,
            long name,
            long lines,
            Numbers numbers) {

        static Sample of(long tuple) {
            long[] p = new long[17];
            Layout.tupleItems(tuple, 0, p);
            Numbers numbers = new Numbers(number(p[13]), number(p[14]), new Place(number(p[15]), number(p[16])));
            return new Sample(p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7], p[8], p[9], p[10], p[11], p[12], numbers);
        }

        private static int number(long integer) {
            return (int) Layout.intValue(integer);
        }
    }

    private record Numbers(int firstLine, int instruction, Place place) {}

    private static final int WORD = Long.BYTES;
    private static final int HEAD = Layout.headSize();
    private static final int MOST_WORDS = 24;

    // PyBaseExceptionObject; context, cause and a byte for "suppress context" follow the traceback
    private static final int DICT = HEAD;
    private static final int ARGS = HEAD + WORD;

    // PyTracebackObject; the line is -1 until somebody asks, from 3.11 on
    private static final int NEXT = HEAD;
    private static final int FRAME = HEAD + WORD;
    private static final int INSTRUCTION = HEAD + 2 * WORD;
    private static final int LINE = INSTRUCTION + Integer.BYTES;

    /** From 3.11 on what a frame runs is told in a struct, to which it points; before, in the frame itself. */
    private static final int RUNNING = HEAD + WORD;

    // PyBytesObject: size, hash, data
    private static final int BYTES = HEAD + 2 * WORD;

    /** From 3.14 on a pointer in a frame can have bits that say whether it is counted. */
    private static final long TAG = 7;

    private final int traceback;
    private final boolean indirect;
    private final int code;
    private final int globals;
    private final int fileName;
    private final int name;

    /** Of the table of lines and columns, as it is from 3.11 on, and of the line where it begins; 0 before. */
    private final int lines;

    private final int firstLine;

    private final long codeType;

    /** What an exception has as its traceback that a script took away. */
    private final long none;

    private ErrorLayout(Sample known, boolean indirect) {
        this.indirect = indirect;
        codeType = Layout.typeOf(known.code);
        none = C.address("_Py_NoneStruct");
        traceback = find(known.error, known.traceback);
        long running = running(known.frame);
        code = running == 0 ? -1 : find(running - HEAD, known.code);
        globals = running == 0 ? -1 : find(running - HEAD, known.globals);
        fileName = find(known.code, known.fileName);
        name = find(known.code, known.name);
        lines = indirect ? find(known.code, known.lines) : 0;
        firstLine = indirect ? findInt(known.code, known.numbers.firstLine) : 0;
    }

    /**
     * Null when this CPython keeps them in other places.
     *
     * @param sample a tuple, as {@code sample()} of {@code errors.py} gives it
     */
    public static ErrorLayout of(long sample) {
        Sample known = Sample.of(sample);
        for (boolean indirect : new boolean[] {true, false}) {
            ErrorLayout layout = new ErrorLayout(known, indirect);
            if (layout.fits(known)) {
                return layout;
            }
        }
        return null;
    }

    /** The offset of a pointer, -1 when it is not there. */
    private static int find(long object, long pointer) {
        for (int at = HEAD; at < HEAD + MOST_WORDS * WORD; at += WORD) {
            if ((C.getLong(object + at) & ~TAG) == pointer) {
                return at;
            }
        }
        return -1;
    }

    private static int findInt(long object, int value) {
        for (int at = HEAD; at < HEAD + MOST_WORDS * WORD; at += Integer.BYTES) {
            if (C.getInt(object + at) == value) {
                return at;
            }
        }
        return -1;
    }

    private boolean fits(Sample known) {
        if (traceback < 0 || code < 0 || globals < 0 || fileName < 0 || name < 0 || lines < 0 || firstLine < 0) {
            return false;
        }
        return dict(known.error) == known.dict
                && args(known.error) == known.args
                && context(known.error) == known.context
                && cause(known.error) == known.cause
                && suppressesContext(known.error)
                && dict(known.context) == 0
                && cause(known.context) == 0
                && !suppressesContext(known.context)
                && next(known.traceback) == known.last
                && next(known.last) == 0
                && frame(known.last) == known.frame
                && C.getInt(known.last + INSTRUCTION) == known.numbers.instruction
                && isTracked(known.error)
                && canUntrack(known.context)
                && code(known.last) == known.code
                && isAt(known.last, known.numbers.place);
    }

    private boolean isAt(long entry, Place known) {
        Place found = place(entry);
        return found.line == known.line && found.column == known.column;
    }

    private boolean canUntrack(long made) {
        if (!isTracked(made)) {
            return false;
        }
        C.PyObject_GC_UnTrack(made);
        boolean tracked = isTracked(made);
        C.PyObject_GC_Track(made);
        return !tracked && isTracked(made);
    }

    /** Whether Python's garbage collector looks after an object of these kinds: the first word of what it keeps before it. */
    public boolean isTracked(long object) {
        return C.getLong(object - 2L * WORD) != 0;
    }

    // ---- exceptions

    /** Of its attributes; 0 while it has none. */
    public long dict(long error) {
        return C.getLong(error + DICT);
    }

    /** A tuple. */
    public long args(long error) {
        return C.getLong(error + ARGS);
    }

    public long traceback(long error) {
        long found = C.getLong(error + traceback);
        return found == none ? 0 : found;
    }

    public long context(long error) {
        return C.getLong(error + traceback + WORD);
    }

    public long cause(long error) {
        return C.getLong(error + traceback + 2L * WORD);
    }

    public boolean suppressesContext(long error) {
        return C.getByte(error + traceback + 3L * WORD) != 0;
    }

    // ---- entries of a traceback, outermost first

    public long next(long entry) {
        return C.getLong(entry + NEXT);
    }

    /** The frame, which others may have, too. */
    public long frame(long entry) {
        return C.getLong(entry + FRAME);
    }

    private long running(long frame) {
        return indirect ? C.getLong(frame + RUNNING) : frame + HEAD;
    }

    /** What it ran; 0 also when that is none of the usual code objects. */
    public long code(long entry) {
        long found = C.getLong(running(frame(entry)) + code - HEAD) & ~TAG;
        return found != 0 && Layout.typeOf(found) == codeType ? found : 0;
    }

    /** A dict or an object of a subclass. */
    public long globals(long entry) {
        return C.getLong(running(frame(entry)) + globals - HEAD);
    }

    /** Where its {@link #code} was. */
    public Place place(long entry) {
        int line = C.getInt(entry + LINE);
        if (lines == 0) {
            return new Place(line, -1);
        }
        Place found = found(code(entry), C.getInt(entry + INSTRUCTION));
        return line == -1 || line == found.line ? found : new Place(line, -1);
    }

    // ---- code

    /** A {@code str}. */
    public long fileName(long code) {
        return C.getLong(code + fileName);
    }

    /** A {@code str}. */
    public long name(long code) {
        return C.getLong(code + name);
    }

    private Place found(long ofCode, int instruction) {
        int first = C.getInt(ofCode + firstLine);
        if (instruction < 0) {
            return new Place(first, -1);
        }
        long table = C.getLong(ofCode + lines);
        return new Locations(table + BYTES, C.getLong(table + HEAD), first).at(instruction);
    }
}
