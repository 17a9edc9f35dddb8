package io.github.cpythonengine.interpreter;

import static io.github.cpythonengine.capi.Api.C;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/**
 * The child of {@code os.fork()}: a copy of the process with one thread, the script's. The JVM's own threads are not
 * there, so that a call into Java may wait for ever: in the child each {@code PyMethodDef} of ours is made to lead to a C
 * function that raises instead, by Python code alone. Where the script ends the child ends, as it would without a JVM
 * around it.
 */
public final class ForkedChild {

    private static final int WRITABLE = 0x200;

    /** Raises TypeError and returns NULL, whatever its arguments. */
    private static final String REFUSAL = "PyErr_BadArgument";

    /** A list of memoryviews of our definitions. */
    private static long definitions;

    /** A list of pairs: a memoryview of a pointer to a function of ours, and the bytes that the child has there. */
    private static long slots;

    /** A byte that the child sets. */
    private static long here;

    private static long run;
    private static long end;

    private ForkedChild() {}

    static void install(Gil gil) {
        PythonHalf half = PythonHalf.load(gil, "forks", Map.of());
        end = half.member(gil, "end");
        run = half.member(gil, "run");
        here = C.allocate(Long.BYTES);
        gil.call(
                half.member(gil, "install"),
                definitions(gil),
                slots(gil),
                pointer(gil, C.address(REFUSAL)),
                gil.own(C.PyMemoryView_FromMemory(here, 1, WRITABLE)));
    }

    private static long definitions(Gil gil) {
        if (definitions == 0) {
            definitions = gil.check(C.PyList_New(0));
        }
        return definitions;
    }

    private static long slots(Gil gil) {
        if (slots == 0) {
            slots = gil.check(C.PyList_New(0));
        }
        return slots;
    }

    /**
     * Adds memory that lives as long as the process, and holds a pointer to a function of ours. GIL held.
     *
     * @param harmless what it holds in a child, may be 0
     */
    public static void watchSlot(Gil gil, long address, long harmless) {
        long pair = gil.own(C.PyTuple_New(2));
        C.PyTuple_SetItem(pair, 0, gil.newRef(gil.own(C.PyMemoryView_FromMemory(address, Long.BYTES, WRITABLE))));
        C.PyTuple_SetItem(pair, 1, gil.newRef(pointer(gil, harmless)));
        gil.check(C.PyList_Append(slots(gil), pair));
    }

    private static long pointer(Gil gil, long value) {
        byte[] bytes = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .putLong(value)
                .array();
        return gil.own(C.PyBytes_FromStringAndSize(bytes, bytes.length));
    }

    /** Adds memory that holds nothing but {@code PyMethodDef}s. GIL held. */
    static void watch(Gil gil, long address, int size) {
        gil.check(C.PyList_Append(definitions(gil), gil.own(C.PyMemoryView_FromMemory(address, size, WRITABLE))));
    }

    /** Whether this process is such a child. */
    public static boolean isHere() {
        return here != 0 && C.getByte(here) != 0;
    }

    /**
     * Runs statements and an expression, either of which may be None, so that a child which comes to their end ends
     * there, before anything of Java. Code that forks where nobody expects it ends a little later, in {@link #end}.
     *
     * @return the value, owned by the scope
     */
    static long run(Gil gil, long statements, long expression, long names) {
        return gil.call(run, statements, expression, names);
    }

    /**
     * Ends the process as the end of a Python script does. GIL held.
     *
     * @param error the Python exception, or a text, that the script ended with, or null
     */
    public static void end(Gil gil, Object error) {
        gil.callRaw(end, 1, new long[] {gil.python(error)});
    }
}
