package io.github.cpythonengine.interpreter;

import static io.github.cpythonengine.capi.Api.C;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;

/** Java strings as Python {@code str}: exactly, NUL and lone surrogates included. */
public final class Strings {

    private static final byte[] SURROGATEPASS = Py.cString("surrogatepass");

    private static final long BYTE_ORDER = C.allocate(Integer.BYTES);

    /** Interned names, which live for ever: a bounded set of identifiers, not of user's data. */
    private static final ConcurrentHashMap<String, Long> NAMES = new ConcurrentHashMap<>();

    private static final int MOST_NAMES = 20_000;

    private Strings() {}

    /** A new reference, or 0 with a Python error set. GIL held. */
    public static long toPython(String text) {
        int length = text.length();
        int all = 0;
        boolean surrogates = false;
        for (int i = 0; i < length; i++) {
            char unit = text.charAt(i);
            all |= unit;
            surrogates |= Character.isSurrogate(unit);
        }
        if (all <= 0xff) {
            return C.PyUnicode_FromKindAndData(1, text.getBytes(StandardCharsets.ISO_8859_1), length);
        }
        char[] units = text.toCharArray();
        if (!surrogates) {
            byte[] bytes = new byte[2 * length];
            ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).asCharBuffer().put(units);
            return C.PyUnicode_FromKindAndData(2, bytes, length);
        }
        // a byte order that is not given would make a leading U+FEFF disappear
        C.putInt(BYTE_ORDER, ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? -1 : 1);
        return C.PyUnicode_DecodeUTF16(units, 2L * length, SURROGATEPASS, BYTE_ORDER);
    }

    /** The interned {@code str} of a name of our own, borrowed, good for ever. GIL held. */
    static long interned(String name) {
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
