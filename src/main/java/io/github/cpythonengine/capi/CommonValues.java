package io.github.cpythonengine.capi;

import static io.github.cpythonengine.capi.Api.C;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The Java values of many Python objects at once. Guarded by the GIL.
 *
 * <p>Of many short texts, first the characters are copied, word by word and each text to a place of its own, and then the
 * strings are made. One after the other, each string would wait until the words just written are in memory.
 */
public final class CommonValues {

    private static final long STR = C.address("PyUnicode_Type");
    private static final long INT = C.address("PyLong_Type");
    private static final long FLOAT = C.address("PyFloat_Type");
    private static final long BOOL = C.address("PyBool_Type");
    private static final long TRUE = C.address("_Py_TrueStruct");
    private static final long NONE = C.address("_Py_NoneStruct");

    /** Texts are padded to words where they are, in Python's memory and in the places here. */
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private static final int MANY = 256;
    private static final int SHORT = 4 * Long.BYTES;

    private static final byte[] PLACES = new byte[MANY * SHORT];
    private static final int[] LENGTHS = new int[MANY];
    private static final int NONE_HERE = -1;

    /** Parts left to read without looking for texts that were read before, and how many it was the last time. */
    private static int unlooked;

    private static int pause;
    private static final int LONGEST_PAUSE = 63;

    private CommonValues() {}

    /**
     * Reads {@code str}, {@code int} up to 60 bits, {@code float}, {@code bool} and {@code None}, no subclasses; runs no
     * Python code.
     *
     * @param objects borrowed
     * @param values as long
     * @param other takes the place of values that are to be had in another way
     * @return number of those
     */
    public static int read(long[] objects, Object[] values, Object other) {
        int others = 0;
        for (int from = 0; from < objects.length; from += MANY) {
            others += read(objects, values, other, from, Math.min(objects.length, from + MANY));
        }
        return others;
    }

    /**
     * One method on purpose, and longer than what HotSpot inlines: compiled by itself. Shared out among the methods around
     * it, it took half as long again, since these had used up what may be inlined.
     */
    private static int read(long[] objects, Object[] values, Object other, int from, int to) {
        int others = 0;
        boolean texts = false;
        boolean looking = unlooked == 0;
        int looked = 0;
        int known = 0;
        for (int i = from; i < to; i++) {
            long object = objects[i];
            long type = Layout.typeOf(object);
            LENGTHS[i - from] = NONE_HERE;
            if (type == INT) {
                long value = Layout.intValue(object);
                if ((int) value == value) {
                    values[i] = (int) value;
                } else if (value != Layout.UNKNOWN_INT) {
                    values[i] = value;
                } else {
                    values[i] = other;
                    others++;
                }
            } else if (type == STR) {
                long length = Layout.textLength(object);
                long data = length <= SHORT ? Layout.latinData(object) : 0;
                String text = null;
                if (looking && data != 0 && length <= RepeatedTexts.LONGEST) {
                    text = RepeatedTexts.find(data, (int) length);
                    looked++;
                }
                if (text != null) {
                    values[i] = text;
                    known++;
                } else if (data != 0) {
                    int place = (i - from) * SHORT;
                    for (int at = 0; at < length; at += Long.BYTES) {
                        WORDS.set(PLACES, place + at, C.getLong(data + at));
                    }
                    LENGTHS[i - from] = (int) length;
                    texts = true;
                } else if (Layout.isPlain(object)) {
                    values[i] = Layout.text(object);
                } else {
                    values[i] = other;
                    others++;
                }
            } else if (type == FLOAT) {
                values[i] = Layout.floatValue(object);
            } else if (type == BOOL) {
                values[i] = object == TRUE;
            } else if (object == NONE) {
                values[i] = null;
            } else {
                values[i] = other;
                others++;
            }
        }
        if (texts) {
            for (int i = from; i < to; i++) {
                int length = LENGTHS[i - from];
                if (length != NONE_HERE) {
                    values[i] = Layout.latin(PLACES, (i - from) * SHORT, length);
                }
            }
        }
        rate(looked, known);
        return others;
    }

    /** Where few texts were read before, looking costs more than it saves: for some time nobody looks. */
    private static void rate(int looked, int known) {
        if (unlooked > 0) {
            unlooked--;
        } else if (known >= looked / 4) {
            pause = 0;
        } else {
            pause = Math.min(2 * pause + 1, LONGEST_PAUSE);
            unlooked = pause;
        }
    }
}
