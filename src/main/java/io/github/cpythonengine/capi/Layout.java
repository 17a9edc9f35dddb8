package io.github.cpythonengine.capi;

import static io.github.cpythonengine.capi.Api.C;

import java.nio.charset.StandardCharsets;

/**
 * Where CPython's objects keep their parts, for reading them without a call. Layouts differ between
 * versions and builds: each is checked once against objects made for the purpose, and where a check
 * fails the readers answer "unknown" and the C API is to be asked.
 *
 * <p>Initialised at the first use, which must hold the GIL. Readers need the GIL and a live object.
 */
public final class Layout {

    /** Answer of {@link #intValue} for "not known by reading". */
    public static final long UNKNOWN_INT = Long.MIN_VALUE;

    private static final int WORD = Long.BYTES;

    /** Where short texts pass through, guarded by the GIL: a new array would first be cleared. */
    private static final int SHORT_TEXT = 1024;

    private static final byte[] BYTES = new byte[SHORT_TEXT];
    private static final char[] UNITS = new char[SHORT_TEXT];

    /** Size of the object header; its last word is the type. */
    private static final int HEAD = findHead();

    private static final int TYPE = HEAD - WORD;
    private static final int SIZE = HEAD;
    private static final int TYPE_FLAGS = findTypeFlags();
    static final int DIGITS = HEAD + WORD;
    private static final int TEXT_LENGTH = HEAD;
    private static final int TEXT_STATE = HEAD + 2 * WORD;

    private static final boolean TAGGED_INT = checkInts(true);
    private static final boolean SIGNED_SIZE_INT = !TAGGED_INT && checkInts(false);
    private static final boolean FLOAT = checkFloat();
    private static final int TUPLE_ITEMS = findTupleItems();
    private static final boolean LIST = checkList();
    private static final int TEXT_KIND_SHIFT = findKindShift();
    private static final int ASCII_DATA = findTextData("layout-check", "layout-check");
    private static final int COMPACT_DATA = findTextData("layout-\u00e9-check", "layout-");
    private static final boolean TEXT = TEXT_KIND_SHIFT >= 0 && ASCII_DATA > 0 && COMPACT_DATA > 0 && checkText();

    private Layout() {}

    /** The type of an object, borrowed. */
    public static long typeOf(long object) {
        return C.getLong(object + TYPE);
    }

    /** Makes a dead object of a type without parts of its own out of any dead object. */
    public static void setType(long object, long type) {
        C.putLong(object + TYPE, type);
    }

    /** Number of references to an object that is not immortal; 0 when it is dead and still there. */
    public static int refCount(long object) {
        return C.getInt(object + TYPE - WORD);
    }

    /** Takes flags away from a type, whose instances must not exist yet. */
    public static void clearTypeFlags(long type, long flags) {
        int low = C.getInt(type + TYPE_FLAGS);
        C.putInt(type + TYPE_FLAGS, low & ~(int) flags);
    }

    /** Where a type keeps its {@code PyBufferProcs}, which begin with the pointer to {@code bf_getbuffer}; 0 for none. */
    public static long bufferProcs(long type) {
        return C.getLong(type + TYPE_FLAGS - WORD);
    }

    /** Size in bytes of what every object has; the parts of a subclass of {@code object} begin there. */
    public static int headSize() {
        return HEAD;
    }

    /** The value of an exact {@code int} of at most 60 bits, else {@link #UNKNOWN_INT}. */
    public static long intValue(long integer) {
        if (TAGGED_INT) {
            long tag = C.getLong(integer + SIZE);
            return digits(integer, tag >>> 3, 1 - (tag & 3));
        }
        if (SIGNED_SIZE_INT) {
            long size = C.getLong(integer + SIZE);
            return digits(integer, Math.abs(size), Long.signum(size));
        }
        return UNKNOWN_INT;
    }

    /** Whether it is a positive {@code int} of one digit, which is at {@link #DIGITS}. */
    static boolean isOneDigit(long integer) {
        long size = C.getLong(integer + SIZE);
        return TAGGED_INT ? size == 1 << 3 : SIGNED_SIZE_INT && size == 1;
    }

    private static long digits(long integer, long count, long sign) {
        if (count <= 1) {
            return sign * C.getInt(integer + DIGITS);
        }
        if (count == 2) {
            long both = C.getLong(integer + DIGITS);
            return sign * ((both & 0x3fffffff) | (both >>> 32 << 30));
        }
        return UNKNOWN_INT;
    }

    /** The value of an exact {@code float} or of a subclass. */
    public static double floatValue(long number) {
        return FLOAT ? C.getDouble(number + HEAD) : C.PyFloat_AsDouble(number);
    }

    /** Number of characters, as Python counts them, of a {@code str} or of a subclass. */
    public static long textLength(long text) {
        return TEXT ? C.getLong(text + TEXT_LENGTH) : C.PyUnicode_GetLength(text);
    }

    /** Whether all characters of a {@code str} are known to be below 128. */
    public static boolean isAscii(long text) {
        return TEXT && (C.getInt(text + TEXT_STATE) >>> TEXT_KIND_SHIFT & (8 | 16)) == (8 | 16);
    }

    /** Whether {@link #text} runs no Python code: it has to for texts that old C extensions made, up to Python 3.11. */
    public static boolean isPlain(long text) {
        return TEXT && (C.getInt(text + TEXT_STATE) >>> TEXT_KIND_SHIFT & 8) != 0;
    }

    /** The text of a {@code str} or of a subclass, exactly, lone surrogates included. */
    public static String text(long text) {
        if (TEXT) {
            int state = C.getInt(text + TEXT_STATE) >>> TEXT_KIND_SHIFT;
            int kind = state & 7;
            boolean compact = (state & 8) != 0;
            boolean ascii = (state & 16) != 0;
            if (compact) {
                long length = C.getLong(text + TEXT_LENGTH);
                return characters(text + (ascii ? ASCII_DATA : COMPACT_DATA), kind, length);
            }
        }
        return encoded(text);
    }

    /** Where the characters of a {@code str} are, if that is known and they take a byte each; else 0. */
    static long latinData(long text) {
        if (!TEXT) {
            return 0;
        }
        int state = C.getInt(text + TEXT_STATE) >>> TEXT_KIND_SHIFT;
        boolean latin = (state & (7 | 8)) == (1 | 8);
        return latin ? text + ((state & 16) != 0 ? ASCII_DATA : COMPACT_DATA) : 0;
    }

    private static String characters(long data, int kind, long length) {
        int count = arrayLength(length);
        switch (kind) {
            case 1:
                return latin(data, count);
            case 2:
                char[] units = count <= SHORT_TEXT ? UNITS : new char[count];
                C.read(data, units, count);
                return new String(units, 0, count);
            default:
                int[] points = new int[count];
                C.read(data, points, count);
                return new String(points, 0, count);
        }
    }

    private static String latin(long data, int count) {
        String known = count <= RepeatedTexts.LONGEST ? RepeatedTexts.find(data, count) : null;
        return known != null ? known : newLatin(data, count);
    }

    /** The text of characters that are in a byte each. */
    static String newLatin(long data, int count) {
        byte[] bytes = count <= SHORT_TEXT ? BYTES : new byte[count];
        C.read(data, bytes, count);
        return latin(bytes, count);
    }

    private static String latin(byte[] bytes, int count) {
        return latin(bytes, 0, count);
    }

    @SuppressWarnings("deprecation") // the one constructor that is a copy and nothing else
    static String latin(byte[] bytes, int from, int count) {
        return new String(bytes, 0, from, count);
    }

    /** The same by the C API, for a string of a shape not known here. */
    private static String encoded(long text) {
        byte[] names = ascii("utf-16-le\0surrogatepass");
        long encoding = CopiedBytes.ownOf(names, names.length);
        long bytes = C.PyUnicode_AsEncodedString(text, encoding, encoding + "utf-16-le\0".length());
        CopiedBytes.done(encoding);
        if (bytes == 0) {
            throw new OutOfMemoryError("a Python str of " + C.PyUnicode_GetLength(text) + " characters");
        }
        try {
            byte[] copy = new byte[arrayLength(C.PyBytes_Size(bytes))];
            C.read(C.PyBytes_AsString(bytes), copy, copy.length);
            char[] units = new char[copy.length / 2];
            for (int i = 0; i < units.length; i++) {
                units[i] = (char) ((copy[2 * i] & 0xff) | copy[2 * i + 1] << 8);
            }
            return new String(units);
        } finally {
            C.Py_DecRef(bytes);
        }
    }

    /** Number of items of a list or of a subclass. */
    public static long listSize(long list) {
        return LIST ? C.getLong(list + SIZE) : C.PyList_Size(list);
    }

    /** The items of a list from {@code from} on, borrowed, as many as {@code into} is long. */
    public static void listItems(long list, long from, long[] into) {
        if (LIST) {
            if (into.length > 0) {
                C.read(C.getLong(list + HEAD + WORD) + from * WORD, into, into.length);
            }
            return;
        }
        for (int i = 0; i < into.length; i++) {
            into[i] = C.PyList_GetItem(list, from + i);
        }
    }

    /** All items of a list, borrowed. */
    public static long[] listItems(long list) {
        long[] items = new long[arrayLength(listSize(list))];
        listItems(list, 0, items);
        return items;
    }

    /** Fills a list that {@code PyList_New} just made; the references pass to it. */
    public static void fillList(long list, long[] newRefs) {
        if (LIST) {
            if (newRefs.length > 0) {
                C.write(C.getLong(list + HEAD + WORD), newRefs, newRefs.length);
            }
            return;
        }
        for (int i = 0; i < newRefs.length; i++) {
            C.PyList_SetItem(list, i, newRefs[i]);
        }
    }

    /** Gives a list that nobody else sees its own items in another order. */
    public static void reorderList(long list, long[] items) {
        if (LIST) {
            fillList(list, items);
            return;
        }
        for (long item : items) {
            C.Py_IncRef(item);
        }
        for (int i = 0; i < items.length; i++) {
            C.PyList_SetItem(list, i, items[i]);
        }
    }

    /** Number of items of a tuple or of a subclass. */
    public static long tupleSize(long tuple) {
        return TUPLE_ITEMS > 0 ? C.getLong(tuple + SIZE) : C.PyTuple_Size(tuple);
    }

    /** The items of a tuple from {@code from} on, borrowed, as many as {@code into} is long. */
    public static void tupleItems(long tuple, long from, long[] into) {
        if (TUPLE_ITEMS > 0) {
            C.read(tuple + TUPLE_ITEMS + from * WORD, into, into.length);
            return;
        }
        for (int i = 0; i < into.length; i++) {
            into[i] = C.PyTuple_GetItem(tuple, from + i);
        }
    }

    /** All items of a tuple, borrowed. */
    public static long[] tupleItems(long tuple) {
        long[] items = new long[arrayLength(tupleSize(tuple))];
        tupleItems(tuple, 0, items);
        return items;
    }

    /** A Python length as the length of a Java array. */
    public static int arrayLength(long length) {
        if (length > Integer.MAX_VALUE - 8) {
            throw new OutOfMemoryError(length + " Python items do not fit a Java array");
        }
        return (int) length;
    }

    // ---- the checks

    private static int findHead() {
        long number = C.PyLong_FromLongLong(1 << 20);
        long type = C.address("PyLong_Type");
        try {
            for (int head = 2 * WORD; head <= 4 * WORD; head += WORD) {
                if (C.getLong(number + head - WORD) == type && C.getInt(number + head - 2L * WORD) == 1) {
                    return head;
                }
            }
        } finally {
            C.Py_DecRef(number);
        }
        throw new IllegalStateException(
                "This CPython keeps an object's type and references in an unknown place; is it a free-threaded build?");
    }

    private static int findTypeFlags() {
        String[] types = {"PyLong_Type", "PyFloat_Type", "PyList_Type", "PyType_Type", "PyDict_Type"};
        for (int at = HEAD + 16 * WORD; at < HEAD + 24 * WORD; at += WORD) {
            boolean found = true;
            for (String type : types) {
                long address = C.address(type);
                found &= C.getInt(address + at) == (int) C.PyType_GetFlags(address);
            }
            if (found) {
                return at;
            }
        }
        throw new IllegalStateException("This CPython keeps the flags of a type in an unknown place");
    }

    private static boolean checkInts(boolean tagged) {
        long[] values = {0, 1, -1, 255, -255, 1 << 29, -(1 << 29), 1L << 45, -(1L << 45) - 7};
        for (long value : values) {
            long integer = C.PyLong_FromLongLong(value);
            long word = C.getLong(integer + SIZE);
            long count = tagged ? word >>> 3 : Math.abs(word);
            long sign = tagged ? 1 - (word & 3) : Long.signum(word);
            boolean right = count <= 2 && digits(integer, count, sign) == value;
            C.Py_DecRef(integer);
            if (!right) {
                return false;
            }
        }
        return true;
    }

    private static boolean checkFloat() {
        long text = make("-1234.5678e9");
        long number = C.call("PyFloat_FromString", text); // a call of double would have to be linked for this alone
        C.Py_DecRef(text);
        boolean right = C.getDouble(number + HEAD) == -1234.5678e9;
        C.Py_DecRef(number);
        return right;
    }

    private static int findTupleItems() {
        long tuple = C.PyTuple_New(2);
        long first = C.PyLong_FromLongLong(1 << 20);
        long second = C.PyLong_FromLongLong(1 << 21);
        C.PyTuple_SetItem(tuple, 0, first);
        C.PyTuple_SetItem(tuple, 1, second);
        int found = -1;
        for (int at = HEAD + WORD; found < 0 && at <= HEAD + 2 * WORD; at += WORD) {
            if (C.getLong(tuple + at) == first && C.getLong(tuple + at + WORD) == second) {
                found = at;
            }
        }
        boolean sized = C.getLong(tuple + SIZE) == 2;
        C.Py_DecRef(tuple);
        return sized ? found : -1;
    }

    private static boolean checkList() {
        long list = C.PyList_New(0);
        long number = C.PyLong_FromLongLong(1 << 20);
        for (int i = 0; i < 3; i++) {
            C.PyList_Append(list, number);
        }
        C.Py_DecRef(number);
        boolean right = C.getLong(list + SIZE) == 3;
        long items = C.getLong(list + HEAD + WORD);
        for (int i = 0; right && i < 3; i++) {
            right = C.getLong(items + (long) i * WORD) == number;
        }
        C.Py_DecRef(list);
        return right;
    }

    /** Bit of the state word where kind, compact and ascii begin; 2 up to 3.13, 16 in 3.14. */
    private static int findKindShift() {
        for (int shift : new int[] {2, 8, 16}) {
            if (stateIs("layout-check", shift, 1 | 8 | 16)
                    && stateIs("layout-\u00e9", shift, 1 | 8)
                    && stateIs("layout-\u20ac", shift, 2 | 8)
                    && stateIs("layout-\ud83d\ude00", shift, 4 | 8)) {
                return shift;
            }
        }
        return -1;
    }

    private static boolean stateIs(String text, int shift, int wanted) {
        long made = make(text);
        boolean right = (C.getInt(made + TEXT_STATE) >>> shift & 31) == wanted
                && C.getLong(made + TEXT_LENGTH) == text.codePointCount(0, text.length());
        C.Py_DecRef(made);
        return right;
    }

    private static int findTextData(String text, String start) {
        long made = make(text);
        try {
            byte[] wanted = ascii(start);
            for (int at = TEXT_STATE + WORD; at <= TEXT_STATE + 5 * WORD; at += WORD) {
                int matched = 0;
                while (matched < wanted.length - 1 && C.getByte(made + at + matched) == wanted[matched]) {
                    matched++;
                }
                if (matched == wanted.length - 1) {
                    return at;
                }
            }
            return -1;
        } finally {
            C.Py_DecRef(made);
        }
    }

    private static boolean checkText() {
        for (String text : new String[] {"abc", "\u00e9t\u00e9", "\u20acuro", "x\ud83d\ude00y"}) {
            long made = make(text);
            int state = C.getInt(made + TEXT_STATE) >>> TEXT_KIND_SHIFT;
            long data = made + ((state & 16) != 0 ? ASCII_DATA : COMPACT_DATA);
            String read = characters(data, state & 7, C.getLong(made + TEXT_LENGTH));
            C.Py_DecRef(made);
            if (!read.equals(text)) {
                return false;
            }
        }
        return true;
    }

    private static long make(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_16);
        long copy = CopiedBytes.of(bytes, bytes.length);
        return C.PyUnicode_DecodeUTF16(copy, bytes.length, 0, 0);
    }

    private static byte[] ascii(String text) {
        return (text + "\0").getBytes(StandardCharsets.US_ASCII);
    }
}
