package io.github.cpythonengine.host;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.interpreter.Py;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The arrays that stand for bytearrays while Java is called: what Java wrote there, as {@code InputStream.read(byte[])}
 * does, goes into the bytearrays afterwards. Those that changed their length meanwhile stay as they are.
 */
final class LentBytes {

    private record Lent(long bytearray, byte[] array, byte[] before) {}

    private static final LentBytes NONE = new LentBytes(List.of());

    private final List<Lent> all;

    private LentBytes(List<Lent> all) {
        this.all = all;
    }

    /** Before the call. GIL held. */
    static LentBytes of(Given given, Object[] values) {
        List<Lent> found = null;
        for (int i = 0; i < given.count() && i < values.length; i++) {
            if (values[i] instanceof byte[] array && Layout.typeOf(given.pointers[i]) == Py.BYTEARRAY) {
                found = found == null ? new ArrayList<>() : found;
                found.add(new Lent(given.pointers[i], array, array.clone()));
            }
        }
        return found == null ? NONE : new LentBytes(found);
    }

    /** After it. GIL held. */
    void giveBack() {
        for (Lent lent : all) {
            if (C.PyByteArray_Size(lent.bytearray) == lent.array.length && !Arrays.equals(lent.array, lent.before)) {
                C.write(C.PyByteArray_AsString(lent.bytearray), lent.array, lent.array.length);
            }
        }
    }
}
