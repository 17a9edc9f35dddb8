package io.github.cpythonengine.capi;

import static io.github.cpythonengine.capi.Api.C;

/**
 * Java's strings of short texts that were read before: keys, categories and names come again and again, and finding a string
 * is cheaper than making one. Guarded by the GIL.
 *
 * <p>A text of up to 15 characters of a byte each is, with its length, two words. They are kept at one of two places when it
 * is first read, and its string when it is read again, so that what is read once only costs two stores.
 */
final class RepeatedTexts {

    /** Length of the longest. */
    static final int LONGEST = 2 * Long.BYTES - 1;

    private static final int BITS = 12;
    private static final int PLACES = 2 << BITS;
    private static final long[] WORDS = new long[2 * PLACES];
    private static final String[] STRINGS = new String[PLACES];

    /** Which of two strings makes way next. */
    private static int turn;

    private RepeatedTexts() {}

    /**
     * The string of a text that was read before, or null. Reads words of which a byte or more belongs to the text.
     *
     * @param data where its characters are, in a byte each
     */
    static String find(long data, int length) {
        long first = 0;
        long second = 0;
        if (length > Long.BYTES) {
            first = C.getLong(data);
            second = start(C.getLong(data + Long.BYTES), length - Long.BYTES);
        } else if (length > 0) {
            first = start(C.getLong(data), length);
        }
        second |= (long) length << -Byte.SIZE;
        long mixed = (first ^ Long.rotateLeft(second, Integer.SIZE)) * 0x9e3779b97f4a7c15L;
        int at = (int) (mixed >>> -BITS) * 2;
        if (!isAt(at, first, second)) {
            if (!isAt(at + 1, first, second)) {
                remember(at, first, second);
                return null;
            }
            at++;
        }
        String string = STRINGS[at];
        return string != null ? string : keep(at, data, length);
    }

    /** The word with all but its first bytes cleared: 1 to 8. */
    private static long start(long word, int bytes) {
        return word & -1L >>> -bytes * Byte.SIZE;
    }

    private static boolean isAt(int at, long first, long second) {
        return WORDS[2 * at] == first && WORDS[2 * at + 1] == second;
    }

    /** In the place of what has no string yet, the older one if neither has, else of either. */
    private static void remember(int one, long first, long second) {
        int at = one;
        if (STRINGS[one] == null) {
            if (STRINGS[one + 1] == null) {
                put(one + 1, WORDS[2 * one], WORDS[2 * one + 1]);
            }
        } else if (STRINGS[one + 1] == null) {
            at++;
        } else {
            at += turn++ & 1;
            STRINGS[at] = null;
        }
        put(at, first, second);
    }

    private static void put(int at, long first, long second) {
        WORDS[2 * at] = first;
        WORDS[2 * at + 1] = second;
    }

    private static String keep(int at, long data, int length) {
        String string = Layout.newLatin(data, length);
        STRINGS[at] = string;
        return string;
    }
}
