package io.github.cpythonengine.capi;

import java.nio.ByteBuffer;

/**
 * The <a href="https://docs.python.org/3/c-api/index.html">C API of CPython</a>, one method per
 * function under its C name, as far as every supported version (3.9 to 3.14) exports it.
 *
 * <p>Pointers, {@code Py_ssize_t} and {@code size_t} are {@code long}; {@code int} is {@code int}.
 * A {@code byte[]} is copied for the call; as a C string it ends with 0. Nothing here checks an
 * error or counts a reference: {@link NewRef}, {@link Borrowed} and {@link Steals} say who owns what. Unless a comment says otherwise the calling thread must hold the GIL.
 *
 * <p>The second part reads and writes memory by address; it needs no GIL of its own, but what it
 * reads may.
 */
public interface CPython {

    // ---- process and threads

    /** No GIL needed; valid before the interpreter is started. */
    int Py_IsInitialized();

    /** A static C string. No GIL needed; valid before the interpreter is started. */
    @Borrowed
    long Py_GetVersion();

    /** Takes the GIL, waiting for it; creates a thread state if this thread has none. */
    int PyGILState_Ensure();

    /** Undoes one {@link #PyGILState_Ensure}. The outermost deletes the thread state, which may run Python code. */
    void PyGILState_Release(int state);

    /**
     * {@link #PyGILState_Release} for one inside another, which lets go of the GIL and does nothing else. At most it waits for
     * a thread that has asked for the GIL to wake up and take it.
     */
    default void releaseInner(int state) {
        PyGILState_Release(state);
    }

    /** This thread's state, or 0 when Python does not know the thread. No GIL needed. */
    long PyGILState_GetThisThreadState();

    /** Lets go of the GIL. At most it waits for a thread that has asked for the GIL to wake up and take it. */
    long PyEval_SaveThread();

    /** Takes the GIL back, waiting for it. */
    void PyEval_RestoreThread(long threadState);

    long PyInterpreterState_Main();

    /** No GIL needed. */
    long PyThreadState_New(long interpreterState);

    void PyThreadState_Clear(long threadState);

    /** Not for the current thread state. */
    void PyThreadState_Delete(long threadState);

    /** Deletes the current thread state and lets go of the GIL. */
    void PyThreadState_DeleteCurrent();

    // ---- references

    void Py_IncRef(long object);

    void Py_DecRef(long object);

    /** Frees an object whose count just became 0 and whose type runs no Python code then. */
    void _Py_Dealloc(long object);

    // ---- contexts

    /**
     * Writes a new reference to {@code value}: the variable's value in the current context, else the default.
     *
     * @return 0, or -1 with an error set
     */
    int PyContextVar_Get(long variable, long otherwise, long value);

    // ---- errors

    @Borrowed
    long PyErr_Occurred();

    /** Writes three new references (each may be 0) to the three addresses and clears the error. */
    void PyErr_Fetch(long type, long value, long traceback);

    void PyErr_NormalizeException(long type, long value, long traceback);

    void PyErr_Restore(@Steals long type, @Steals long value, @Steals long traceback);

    void PyErr_SetObject(long type, long value);

    void PyErr_SetString(long type, long utf8);

    default void PyErr_SetString(long type, byte[] utf8) {
        long copy = CopiedBytes.of(utf8, utf8.length);
        try {
            PyErr_SetString(type, copy);
        } finally {
            CopiedBytes.done(copy);
        }
    }

    void PyErr_Clear();

    int PyErr_GivenExceptionMatches(long exception, long type);

    /** Returns -1 with an error set when a check found one. */
    @NewRef
    long PyException_GetTraceback(long exception);

    int PyException_SetTraceback(long exception, long traceback);

    // ---- any object

    @NewRef
    long PyObject_GetAttr(long object, long name);

    int PyObject_SetAttr(long object, long name, long value);

    @NewRef
    long PyObject_GetItem(long object, long key);

    int PyObject_SetItem(long object, long key, long value);

    int PyObject_DelItem(long object, long key);

    @NewRef
    long PyObject_Call(long callable, long tuple, long dict);

    /** Keyword arguments as a dict, which may be 0; since 3.9 under this name. */
    @NewRef
    long PyObject_VectorcallDict(long callable, long args, long nargs, long dict);

    /** {@code args[0]} is the object, {@code nargs} counts it. */
    @NewRef
    long PyObject_VectorcallMethod(long name, long args, long nargs, long kwnames);

    @NewRef
    long PyObject_CallNoArgs(long callable);

    @NewRef
    long PyObject_Str(long object);

    @NewRef
    long PyObject_Repr(long object);

    @NewRef
    long PyObject_Dir(long object);

    /** -1 with an error set on failure. */
    long PyObject_Hash(long object);

    int PyObject_IsTrue(long object);

    int PyObject_RichCompareBool(long left, long right, int operator);

    long PyObject_Size(long object);

    /** How many items are left in an iterator, where it tells; -1 with an error set on failure. */
    long PyObject_LengthHint(long object, long otherwise);

    @NewRef
    long PyObject_GetIter(long object);

    /** 0 at the end without an error, 0 on failure with one. */
    @NewRef
    long PyIter_Next(long iterator);

    /** Never fails. */
    int PyCallable_Check(long object);

    int PyObject_IsInstance(long object, long type);

    /** Never fails, runs no Python code. */
    int PyType_IsSubtype(long type, long base);

    /** Never fails, runs no Python code. */
    long PyType_GetFlags(long type);

    // ---- garbage collection

    /** The cyclic garbage collector looks after an object that it does not look after. Runs no Python code. */
    void PyObject_GC_Track(long object);

    /** The collector looks no more after it and takes what it refers to as in use. Runs no Python code. */
    void PyObject_GC_UnTrack(long object);

    // ---- dict

    @NewRef
    long PyDict_New();

    /** 0 without an error when the key is absent. */
    @Borrowed
    long PyDict_GetItemWithError(long dict, long key);

    int PyDict_SetItem(long dict, long key, long value);

    int PyDict_DelItem(long dict, long key);

    int PyDict_Contains(long dict, long key);

    long PyDict_Size(long dict);

    void PyDict_Clear(long dict);

    @NewRef
    long PyDict_Keys(long dict);

    @NewRef
    long PyDict_Values(long dict);

    @NewRef
    long PyDict_Items(long dict);

    @NewRef
    long PyDict_Copy(long dict);

    int PyDict_Update(long dict, long other);

    // ---- list, tuple, set, sequence

    @NewRef
    long PyList_New(long size);

    long PyList_Size(long list);

    @Borrowed
    long PyList_GetItem(long list, long index);

    int PyList_SetItem(long list, long index, @Steals long item);

    int PyList_Append(long list, long item);

    int PyList_Insert(long list, long index, long item);

    @NewRef
    long PyList_GetSlice(long list, long from, long to);

    int PyList_SetSlice(long list, long from, long to, long items);

    @NewRef
    long PyTuple_New(long size);

    long PyTuple_Size(long tuple);

    @Borrowed
    long PyTuple_GetItem(long tuple, long index);

    int PyTuple_SetItem(long tuple, long index, @Steals long item);

    @NewRef
    long PySet_New(long iterable);

    @NewRef
    long PyFrozenSet_New(long iterable);

    int PySet_Add(long set, long item);

    int PySet_Contains(long set, long item);

    /** 1 when found and removed, 0 when absent. */
    int PySet_Discard(long set, long item);

    int PySet_Clear(long set);

    long PySet_Size(long set);

    @NewRef
    long PySequence_List(long iterable);

    @NewRef
    long PySequence_Tuple(long iterable);

    int PySequence_Contains(long sequence, long item);

    // ---- numbers

    @NewRef
    long PyLong_FromLongLong(long value);

    /** Writes -1, 0 or 1 to the {@code int} at {@code overflow}. */
    long PyLong_AsLongLongAndOverflow(long integer, long overflow);

    @NewRef
    long PyFloat_FromDouble(double value);

    double PyFloat_AsDouble(long number);

    @NewRef
    long PyComplex_FromDoubles(double real, double imaginary);

    double PyComplex_RealAsDouble(long complex);

    double PyComplex_ImagAsDouble(long complex);

    // ---- text and bytes

    /** {@code kind} is 1, 2 or 4 bytes a character; the length counts characters. */
    @NewRef
    long PyUnicode_FromKindAndData(int kind, long data, long length);

    @NewRef
    default long PyUnicode_FromKindAndData(int kind, byte[] data, int length) {
        long copy = CopiedBytes.of(data, kind * length);
        try {
            return PyUnicode_FromKindAndData(kind, copy, length);
        } finally {
            CopiedBytes.done(copy);
        }
    }

    /** The length counts bytes. */
    @NewRef
    long PyUnicode_DecodeUTF16(long data, long length, long errors, long byteOrder);

    @NewRef
    long PyUnicode_AsEncodedString(long text, long encoding, long errors);

    long PyUnicode_GetLength(long text);

    /** Replaces the reference at {@code address} by the interned one. */
    void PyUnicode_InternInPlace(long address);

    @NewRef
    long PyBytes_FromStringAndSize(long data, long size);

    @NewRef
    default long PyBytes_FromStringAndSize(byte[] data, int size) {
        long copy = CopiedBytes.of(data, size);
        try {
            return PyBytes_FromStringAndSize(copy, size);
        } finally {
            CopiedBytes.done(copy);
        }
    }

    long PyBytes_AsString(long bytes);

    long PyBytes_Size(long bytes);

    long PyByteArray_AsString(long bytearray);

    long PyByteArray_Size(long bytearray);

    @NewRef
    long PyMemoryView_FromMemory(long address, long size, int flags);

    int PyObject_GetBuffer(long object, long view, int flags);

    void PyBuffer_Release(long view);

    // ---- modules, code, functions

    @NewRef
    long PyImport_ImportModule(long utf8);

    @NewRef
    default long PyImport_ImportModule(byte[] utf8) {
        long copy = CopiedBytes.of(utf8, utf8.length);
        try {
            return PyImport_ImportModule(copy);
        } finally {
            CopiedBytes.done(copy);
        }
    }

    @Borrowed
    long PyImport_AddModule(long utf8);

    @Borrowed
    default long PyImport_AddModule(byte[] utf8) {
        long copy = CopiedBytes.of(utf8, utf8.length);
        try {
            return PyImport_AddModule(copy);
        } finally {
            CopiedBytes.done(copy);
        }
    }

    @NewRef
    long PyModule_NewObject(long name);

    @Borrowed
    long PyModule_GetDict(long module);

    @NewRef
    long PyEval_EvalCode(long code, long globals, long locals);

    @Borrowed
    long PyEval_GetBuiltins();

    /** {@code def} is a {@code PyMethodDef} that must live as long as the process. */
    @NewRef
    long PyCFunction_NewEx(long def, long self, long module);

    /** A function that binds like a Python one when it is found in a class. */
    @NewRef
    long PyInstanceMethod_New(long function);

    /** An instance with zeroed parts; {@code __new__} and {@code __init__} are not called. */
    @NewRef
    long PyType_GenericAlloc(long type, long items);

    // ---- by name: slow, for start-up and for functions that only some versions have

    /** Address of an exported function or variable, 0 when there is none. */
    long address(String symbol);

    /** Calls a function of libpython whose arguments and result are pointers or integers. */
    long call(String function, long... args);

    /** Calls the function of four pointers or integers that is there. */
    long callAt(long function, long a, long b, long c, long d);

    /**
     * Calls a function of libpython that takes a pointer or an integer and returns a {@code PyStatus} by value.
     *
     * @return null when it says success, else its error text
     */
    String callForStatus(String function, long argument);

    /** The calling thread's stack. No GIL needed. */
    ThreadStack stack();

    /** Size in bytes of a {@code wchar_t}. */
    int wcharSize();

    /**
     * A C function that calls {@code target}. Python must have been started. Lives as long as the process. Threads that Python
     * started appear in Java as daemon threads and stay attached until they end.
     */
    default long upcall(Upcall target) {
        return upcall(target, 0);
    }

    /**
     * The same for a slot of a type.
     *
     * @param failed what C gets when the target throws, in place of 0
     */
    long upcall(Upcall target, long failed);

    // ---- memory

    byte getByte(long address);

    short getShort(long address);

    int getInt(long address);

    long getLong(long address);

    double getDouble(long address);

    void putByte(long address, byte value);

    void putShort(long address, short value);

    void putInt(long address, int value);

    void putLong(long address, long value);

    void read(long address, byte[] to, int length);

    void read(long address, char[] to, int length);

    void read(long address, short[] to, int length);

    void read(long address, int[] to, int length);

    void read(long address, long[] to, int length);

    void read(long address, float[] to, int length);

    void read(long address, double[] to, int length);

    void write(long address, byte[] from, int length);

    void write(long address, long[] from, int length);

    /** A NUL-terminated UTF-8 string. */
    String getString(long address);

    /** Zeroed memory that lives until {@link #free}. */
    long allocate(long size);

    void free(long address);

    /**
     * The same memory as a direct buffer in native byte order; the caller keeps it alive.
     *
     * @throws IllegalArgumentException when it is larger than a buffer can be
     */
    ByteBuffer buffer(long address, long size);

    /**
     * The same; {@code gone}, which must not refer to the buffer, is run when neither it nor one derived from it is
     * reachable any more. No GIL needed.
     *
     * @throws IllegalArgumentException when it is larger than a buffer can be
     */
    ByteBuffer buffer(long address, long size, Runnable gone);

    /**
     * The same memory as a {@code MemorySegment} of any size, or null where this backend has none; {@code gone} is run
     * as for a buffer. No GIL needed.
     */
    Object segment(long address, long size, boolean readOnly, Runnable gone);
}
