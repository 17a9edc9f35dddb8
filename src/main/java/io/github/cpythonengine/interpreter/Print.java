package io.github.cpythonengine.interpreter;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.DictSlot;
import io.github.cpythonengine.capi.Layout;

/**
 * {@code print()} to the {@code sys.stdout} of {@code streams.py}: the line goes straight to the Writer, which spares
 * Python a call of {@code write()} for each value, each space and the end. Only where a call from Python into Java costs
 * little; and while some thread has begun a line, or with keyword arguments, or several values that are not plain,
 * Python's own {@code print()} does it.
 */
final class Print {

    /** Python's own: a C function. */
    private final long original;

    private final long stdout;
    private final long write;

    private final long sysNames;
    private final long stdoutNames;
    private final DictSlot stdoutSlot = new DictSlot(Strings.interned("stdout"));
    private final DictSlot writeSlot = new DictSlot(Strings.interned("write"));

    private Print(Gil gil, long original) {
        this.original = original;
        long sys = gil.own(C.PyImport_ImportModule(Py.cString("sys")));
        stdout = gil.newRef(gil.attr(sys, "stdout"));
        write = gil.newRef(gil.attr(stdout, "write"));
        sysNames = C.PyModule_GetDict(sys);
        stdoutNames = gil.newRef(gil.attr(stdout, "__dict__"));
    }

    /** Takes the place of Python's own, unless something else has it. */
    static void install(Gil gil) {
        long builtins = C.PyEval_GetBuiltins();
        long name = Strings.interned("print");
        long function = C.PyDict_GetItemWithError(builtins, name);
        long original = function == 0 ? 0 : Builtins.code(function);
        if (original != 0) {
            Print print = new Print(gil, original);
            gil.check(C.PyDict_SetItem(builtins, name, gil.own(Builtins.inPlaceOf(gil, function, print::call))));
        }
    }

    private long call(Gil gil, Arguments arguments) throws Exception {
        Run run = Gil.currentRun();
        if (run != null && arguments.names() == 0 && Streams.isNothingKept() && isToStdout()) {
            int count = arguments.count();
            String text = count == 1 ? plain(gil, arguments.get(0)) : joined(gil, arguments, count);
            if (text != null) {
                return write(gil, run, text);
            }
            if (count == 1) {
                return printObject(gil, run, arguments.get(0));
            }
        }
        return arguments.passTo(original);
    }

    /** Whether the stream and its method are those that are there at the start. */
    private boolean isToStdout() {
        return stdoutSlot.value(sysNames) == stdout && writeSlot.value(stdoutNames) == write;
    }

    private static long write(Gil gil, Run run, String text) throws Exception {
        Streams.write(gil, run, Streams.OUTPUT_STREAM, text + "\n");
        return gil.newRef(Py.NONE);
    }

    private long printObject(Gil gil, Run run, long object) throws Exception {
        long text = C.PyObject_Str(object);
        if (text == 0) {
            return 0;
        }
        gil.own(text);
        if (Streams.isNothingKept()) {
            return write(gil, run, gil.text(text));
        }
        gil.call(write, text); // its code has begun a line, perhaps
        gil.call(write, gil.str("\n"));
        return gil.newRef(Py.NONE);
    }

    private static String joined(Gil gil, Arguments arguments, int count) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < count; i++) {
            String text = plain(gil, arguments.get(i));
            if (text == null) {
                return null;
            }
            line.append(i == 0 ? "" : " ").append(text);
        }
        return line.toString();
    }

    /** The text of a value that runs no code of a script's and cannot fail; else null. */
    private static String plain(Gil gil, long value) {
        long type = Layout.typeOf(value);
        if (type == Py.STR) {
            return Layout.text(value);
        }
        if (type == Py.INT) {
            long number = Layout.intValue(value);
            return number == Layout.UNKNOWN_INT ? null : Long.toString(number);
        }
        return type == Py.FLOAT || type == Py.BOOL || value == Py.NONE
                ? gil.text(gil.own(C.PyObject_Str(value)))
                : null;
    }
}
