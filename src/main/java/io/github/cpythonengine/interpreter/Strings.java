package io.github.cpythonengine.interpreter;

import static io.github.cpythonengine.capi.Api.C;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;

/** Java strings as Python {@code str}: exactly, NUL and lone surrogates included. */
public final class Strings {

    /** A byte order that is not given would make a leading U+FEFF disappear. */
    private static final int NATIVE_ORDER = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? -1 : 1;

    /** What C reads in UTF-16 decoding: the error handler's name and the byte order. */
    private static final long SURROGATEPASS = C.allocate(16);

    private static final long BYTE_ORDER = C.allocate(Integer.BYTES);

    static {
        byte[] name = Py.cString("surrogatepass");
        C.write(SURROGATEPASS, name, name.length);
    }

    private static final int SHORT = 32;

    /** Where texts that are not long pass through, guarded by the GIL. */
    private static final byte[] BYTES = new byte[1024];

    /** Interned names, which live for ever: a bounded set of identifiers, not of user's data. */
    private static final ConcurrentHashMap<String, Long> NAMES = new ConcurrentHashMap<>();

    private static final int MOST_NAMES = 20_000;

    private Strings() {}

    /** A new reference, or 0 with a Python error set. GIL held. */
    public static long toPython(String text) {
        int length = text.length();
        if (isLatin(text, Math.min(length, SHORT))) {
            byte[] latin = length <= BYTES.length ? lowBytes(text) : text.getBytes(StandardCharsets.ISO_8859_1);
            // comparing copies of a long text is ten times faster than looking at each character
            if (length <= SHORT || isSame(text, latin)) {
                return C.PyUnicode_FromKindAndData(1, latin, length);
            }
        }
        return wide(text);
    }

    private static boolean isSame(String text, byte[] latin) {
        int count = Math.min(text.length(), latin.length); // a surrogate pair becomes one byte
        return text.equals(new String(latin, 0, count, StandardCharsets.ISO_8859_1));
    }

    @SuppressWarnings("deprecation") // the one method that makes no array
    private static byte[] lowBytes(String text) {
        text.getBytes(0, text.length(), BYTES, 0);
        return BYTES;
    }

    private static boolean isLatin(String text, int length) {
        int all = 0;
        for (int i = 0; i < length; i++) {
            all |= text.charAt(i);
        }
        return all <= 0xff;
    }

    private static long wide(String text) {
        int length = text.length();
        if (length > Integer.MAX_VALUE / 2 - 8) {
            throw new OutOfMemoryError("a text of " + length + " characters");
        }
        char[] units = text.toCharArray();
        byte[] bytes = new byte[2 * length];
        ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).asCharBuffer().put(units);
        if (!hasSurrogates(units)) {
            return C.PyUnicode_FromKindAndData(2, bytes, length);
        }
        C.putInt(BYTE_ORDER, NATIVE_ORDER);
        long copy = C.allocate(bytes.length);
        try {
            C.write(copy, bytes, bytes.length);
            return C.PyUnicode_DecodeUTF16(copy, bytes.length, SURROGATEPASS, BYTE_ORDER);
        } finally {
            C.free(copy);
        }
    }

    private static boolean hasSurrogates(char[] units) {
        for (char unit : units) {
            if (Character.isSurrogate(unit)) {
                return true;
            }
        }
        return false;
    }

    /** The interned {@code str} of a name that was used before, borrowed, good for ever; or 0. GIL held. */
    static long knownName(String name) {
        Long known = NAMES.get(name);
        return known == null ? 0 : known;
    }

    /** The interned {@code str} of a name of our own, borrowed, good for ever. GIL held. */
    public static long interned(String name) {
        Long known = NAMES.get(name);
        return known != null ? known : intern(name);
    }

    private static long intern(String name) {
        long cell = C.allocate(Long.BYTES);
        try {
            long made = toPython(name);
            if (made == 0) {
                throw Bridge.errors().take(null);
            }
            C.putLong(cell, made);
            C.PyUnicode_InternInPlace(cell);
            long interned = C.getLong(cell);
            Long raced = NAMES.putIfAbsent(name, interned);
            return raced != null ? raced : interned;
        } finally {
            C.free(cell);
        }
    }

    /** Whether one more name may be interned for ever. */
    static boolean hasRoom() {
        return NAMES.size() < MOST_NAMES;
    }
}
