package io.github.cpythonengine.interpreter;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.Layout;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Makes Python functions of Java code. All share one upcall and are told apart by their {@code
 * self}, an {@code int}: an upcall costs memory and start-up time, a number nothing.
 */
public final class Builtins {

    private static final CopyOnWriteArrayList<PythonFunction> FUNCTIONS = new CopyOnWriteArrayList<>();

    private static final int FASTCALL = 0x80;
    private static final int KEYWORDS = 0x02;

    private static final long UPCALL = C.upcall(Builtins::call);

    private Builtins() {}

    /** A new reference to a Python function. The Java function lives for ever. GIL held. */
    public static long function(Gil gil, String name, PythonFunction function) {
        int number;
        synchronized (FUNCTIONS) {
            number = FUNCTIONS.size();
            FUNCTIONS.add(function);
        }
        long self = gil.own(C.PyLong_FromLongLong(number));
        return gil.check(C.PyCFunction_NewEx(definition(gil, name, "", UPCALL), self, 0));
    }

    /** A {@code PyMethodDef}, for ever. GIL held. */
    private static long definition(Gil gil, String name, String doc, long upcall) {
        byte[] text = Py.cString(name);
        byte[] docText = Py.cString(doc);
        long texts = C.allocate(text.length + (long) docText.length);
        C.write(texts, text, text.length);
        C.write(texts + text.length, docText, docText.length);
        long address = place(gil);
        C.putLong(address, texts);
        C.putLong(address + Long.BYTES, upcall);
        C.putInt(address + 2L * Long.BYTES, FASTCALL | KEYWORDS);
        C.putLong(address + 3L * Long.BYTES, texts + text.length);
        return address;
    }

    /** The C function behind a Python function, if it has the signature that ours have; else 0. */
    static long code(long function) {
        if (Layout.typeOf(function) != C.address("PyCFunction_Type")) {
            return 0;
        }
        long code = C.call("PyCFunction_GetFunction", function);
        long definition = definition(function);
        boolean known = C.getLong(definition + Long.BYTES) == code;
        return known && C.getInt(definition + 2L * Long.BYTES) == (FASTCALL | KEYWORDS) ? code : 0;
    }

    /**
     * A new reference to a Python function that looks like one with a {@link #code}, which it is in a forked child. For
     * the life of the process. GIL held.
     */
    static long inPlaceOf(Gil gil, long original, PythonFunction function) {
        long upcall =
                C.upcall((self, arguments, count, names) -> Gil.fromPython(function, self, arguments, count, names));
        long[] fields = new long[DEFINITION / Long.BYTES];
        C.read(definition(original), fields, fields.length);
        long definition = C.allocate(DEFINITION);
        C.write(definition, fields, fields.length);
        C.putLong(definition + Long.BYTES, upcall);
        ForkedChild.watchSlot(gil, definition + Long.BYTES, fields[1]);
        return gil.check(
                C.PyCFunction_NewEx(definition, gil.attr(original, "__self__"), gil.attr(original, "__module__")));
    }

    /** The {@code PyMethodDef} of a function of C's or ours. */
    private static long definition(long function) {
        return C.getLong(function + Layout.headSize());
    }

    private static final int DEFINITION = 4 * Long.BYTES;
    private static final int DEFINITIONS = 64;

    /** Where the next definition goes, and how many more do there: one piece of memory for many. */
    private static long next;

    private static int left;

    private static long place(Gil gil) {
        boolean fresh = left == 0;
        if (fresh) {
            next = C.allocate((long) DEFINITIONS * DEFINITION);
            left = DEFINITIONS;
        }
        long place = next;
        next += DEFINITION;
        left--;
        if (fresh) {
            ForkedChild.watch(gil, place, DEFINITIONS * DEFINITION);
        }
        return place;
    }

    private static long call(long self, long arguments, long count, long names) {
        int number = (int) Layout.intValue(self);
        return Gil.fromPython(FUNCTIONS.get(number), self, arguments, count, names);
    }

    /** Java code behind the slot {@code bf_getbuffer} of a type. */
    @FunctionalInterface
    public interface BufferSlot {

        /**
         * Fills a {@code Py_buffer}. What it throws becomes a Python exception. GIL held.
         *
         * @param self borrowed
         * @param flags what the consumer asks for
         */
        void fill(Gil gil, long self, long view, int flags) throws Exception;
    }

    private static final int VIEW_OBJECT = Long.BYTES;

    /** The address for the slot, for the life of the process. GIL held. */
    public static long slot(BufferSlot slot) {
        return C.upcall(
                (self, view, flags, none) -> {
                    if (ForkedChild.isHere()) { // by a class of a script's, which has inherited the slot
                        C.call("PyErr_BadArgument");
                        return -1;
                    }
                    C.putLong(view + VIEW_OBJECT, 0); // as it must be after a failure
                    PythonFunction function = (gil, arguments) -> {
                        slot.fill(gil, self, view, (int) flags);
                        return 1;
                    };
                    return Gil.fromPython(function, self, 0, 0, 0) == 0 ? -1 : 0;
                },
                -1);
    }

    /**
     * Python functions that one Java function stands behind, told apart by {@link Arguments#self}, an
     * object of the caller's that each of them keeps alive.
     */
    public static final class Family {

        private final long upcall;
        private final Map<String, Long> definitions = new ConcurrentHashMap<>();

        /** Once in a process for each kind: it lives for ever. */
        public Family(PythonFunction function) {
            upcall = C.upcall(
                    (self, arguments, count, names) -> Gil.fromPython(function, self, arguments, count, names));
        }

        /**
         * A new reference to a Python function. GIL held.
         *
         * @param doc its docstring; kept for ever, as the name is
         */
        public long function(Gil gil, String name, String doc, long self) {
            String key = name + "\0" + doc;
            Long known = definitions.get(key);
            if (known == null) {
                known = definition(gil, name, doc, upcall);
                definitions.put(key, known);
            }
            return gil.check(C.PyCFunction_NewEx(known, self, 0));
        }
    }
}
