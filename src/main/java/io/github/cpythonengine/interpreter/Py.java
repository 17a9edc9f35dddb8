package io.github.cpythonengine.interpreter;

import static io.github.cpythonengine.capi.Api.C;

import java.nio.charset.StandardCharsets;

/** Addresses of CPython's immortal objects and built-in types: borrowed, the same for ever. */
public final class Py {

    public static final long NONE = address("_Py_NoneStruct");
    public static final long TRUE = address("_Py_TrueStruct");
    public static final long FALSE = address("_Py_FalseStruct");
    public static final long NOT_IMPLEMENTED = address("_Py_NotImplementedStruct");

    public static final long BOOL = address("PyBool_Type");
    public static final long INT = address("PyLong_Type");
    public static final long FLOAT = address("PyFloat_Type");
    public static final long COMPLEX = address("PyComplex_Type");
    public static final long STR = address("PyUnicode_Type");
    public static final long BYTES = address("PyBytes_Type");
    public static final long BYTEARRAY = address("PyByteArray_Type");
    public static final long MEMORYVIEW = address("PyMemoryView_Type");
    public static final long LIST = address("PyList_Type");
    public static final long TUPLE = address("PyTuple_Type");
    public static final long DICT = address("PyDict_Type");
    public static final long SET = address("PySet_Type");
    public static final long FROZENSET = address("PyFrozenSet_Type");
    public static final long TYPE = address("PyType_Type");
    public static final long COROUTINE = address("PyCoro_Type");
    public static final long FUNCTION = address("PyFunction_Type");
    public static final long MODULE = address("PyModule_Type");

    /** Bits of {@code PyType_GetFlags} that tell the family of a subclass. */
    public static final long LONG_SUBCLASS = 1L << 24;

    public static final long LIST_SUBCLASS = 1L << 25;
    public static final long TUPLE_SUBCLASS = 1L << 26;
    public static final long BYTES_SUBCLASS = 1L << 27;
    public static final long UNICODE_SUBCLASS = 1L << 28;
    public static final long DICT_SUBCLASS = 1L << 29;
    public static final long EXCEPTION_SUBCLASS = 1L << 30;

    /** Operators of {@code PyObject_RichCompare}. */
    public static final int LT = 0;

    public static final int LE = 1;
    public static final int EQ = 2;
    public static final int NE = 3;
    public static final int GT = 4;
    public static final int GE = 5;

    private Py() {}

    /** The built-in exception class of this name, for example {@code "TypeError"}; borrowed. */
    public static long exception(String name) {
        return C.getLong(address("PyExc_" + name));
    }

    /** A NUL-terminated C string. */
    public static byte[] cString(String text) {
        return (text + "\0").getBytes(StandardCharsets.UTF_8);
    }

    private static long address(String symbol) {
        long address = C.address(symbol);
        if (address == 0) {
            throw new IllegalStateException("This libpython does not export " + symbol);
        }
        return address;
    }
}
