package io.github.cpythonengine.capi;

import static io.github.cpythonengine.capi.Downcalls.invoke;
import static io.github.cpythonengine.capi.Downcalls.invokeFromDoubles;
import static io.github.cpythonengine.capi.Downcalls.invokeMany;
import static io.github.cpythonengine.capi.Downcalls.invokeToDouble;
import static io.github.cpythonengine.capi.Downcalls.leaf;
import static io.github.cpythonengine.capi.Downcalls.leafFromDouble;
import static io.github.cpythonengine.capi.Memory.ALL;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_CHAR_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * {@link CPython} by {@code java.lang.foreign}: each method calls the C function of its name, whose
 * address is a constant. Binds all or nothing, as the other backend does.
 */
final class FfmCPython implements CPython {

    private static final SharedLibrary LIBRARY = ForeignLoader.libpython();

    private static MemorySegment function(String name) {
        return LIBRARY.function(name);
    }

    private static final MemorySegment Py_IsInitialized = function("Py_IsInitialized");

    @Override
    public int Py_IsInitialized() {
        return (int) invoke(Py_IsInitialized);
    }

    private static final MemorySegment Py_GetVersion = function("Py_GetVersion");

    @Override
    public long Py_GetVersion() {
        return invoke(Py_GetVersion);
    }

    private static final MemorySegment PyGILState_Ensure = function("PyGILState_Ensure");

    @Override
    public int PyGILState_Ensure() {
        return (int) invoke(PyGILState_Ensure);
    }

    private static final MemorySegment PyGILState_Release = function("PyGILState_Release");

    @Override
    public void PyGILState_Release(int state) {
        invoke(PyGILState_Release, state);
    }

    @Override
    public void releaseInner(int state) {
        leaf(PyGILState_Release, state);
    }

    private static final MemorySegment PyGILState_GetThisThreadState = function("PyGILState_GetThisThreadState");

    @Override
    public long PyGILState_GetThisThreadState() {
        return invoke(PyGILState_GetThisThreadState);
    }

    private static final MemorySegment PyEval_SaveThread = function("PyEval_SaveThread");

    @Override
    public long PyEval_SaveThread() {
        return leaf(PyEval_SaveThread);
    }

    private static final MemorySegment PyEval_RestoreThread = function("PyEval_RestoreThread");

    @Override
    public void PyEval_RestoreThread(long threadState) {
        invoke(PyEval_RestoreThread, threadState);
    }

    private static final MemorySegment PyInterpreterState_Main = function("PyInterpreterState_Main");

    @Override
    public long PyInterpreterState_Main() {
        return invoke(PyInterpreterState_Main);
    }

    private static final MemorySegment PyThreadState_New = function("PyThreadState_New");

    @Override
    public long PyThreadState_New(long interpreterState) {
        return invoke(PyThreadState_New, interpreterState);
    }

    private static final MemorySegment PyThreadState_Clear = function("PyThreadState_Clear");

    @Override
    public void PyThreadState_Clear(long threadState) {
        invoke(PyThreadState_Clear, threadState);
    }

    private static final MemorySegment PyThreadState_Delete = function("PyThreadState_Delete");

    @Override
    public void PyThreadState_Delete(long threadState) {
        invoke(PyThreadState_Delete, threadState);
    }

    private static final MemorySegment PyThreadState_DeleteCurrent = function("PyThreadState_DeleteCurrent");

    @Override
    public void PyThreadState_DeleteCurrent() {
        invoke(PyThreadState_DeleteCurrent);
    }

    private static final MemorySegment Py_IncRef = function("Py_IncRef");

    @Override
    public void Py_IncRef(long object) {
        leaf(Py_IncRef, object);
    }

    private static final MemorySegment Py_DecRef = function("Py_DecRef");

    @Override
    public void Py_DecRef(long object) {
        invoke(Py_DecRef, object);
    }

    private static final MemorySegment _Py_Dealloc = function("_Py_Dealloc");

    @Override
    public void _Py_Dealloc(long object) {
        leaf(_Py_Dealloc, object);
    }

    private static final MemorySegment PyContextVar_Get = function("PyContextVar_Get");

    @Override
    public int PyContextVar_Get(long variable, long otherwise, long value) {
        return (int) invoke(PyContextVar_Get, variable, otherwise, value);
    }

    private static final MemorySegment PyErr_Occurred = function("PyErr_Occurred");

    @Override
    public long PyErr_Occurred() {
        return leaf(PyErr_Occurred);
    }

    private static final MemorySegment PyErr_Fetch = function("PyErr_Fetch");

    @Override
    public void PyErr_Fetch(long type, long value, long traceback) {
        invoke(PyErr_Fetch, type, value, traceback);
    }

    private static final MemorySegment PyErr_NormalizeException = function("PyErr_NormalizeException");

    @Override
    public void PyErr_NormalizeException(long type, long value, long traceback) {
        invoke(PyErr_NormalizeException, type, value, traceback);
    }

    private static final MemorySegment PyErr_Restore = function("PyErr_Restore");

    @Override
    public void PyErr_Restore(long type, long value, long traceback) {
        invoke(PyErr_Restore, type, value, traceback);
    }

    private static final MemorySegment PyErr_SetObject = function("PyErr_SetObject");

    @Override
    public void PyErr_SetObject(long type, long value) {
        invoke(PyErr_SetObject, type, value);
    }

    private static final MemorySegment PyErr_SetString = function("PyErr_SetString");

    @Override
    public void PyErr_SetString(long type, long utf8) {
        invoke(PyErr_SetString, type, utf8);
    }

    private static final MemorySegment PyErr_Clear = function("PyErr_Clear");

    @Override
    public void PyErr_Clear() {
        invoke(PyErr_Clear);
    }

    private static final MemorySegment PyErr_GivenExceptionMatches = function("PyErr_GivenExceptionMatches");

    @Override
    public int PyErr_GivenExceptionMatches(long exception, long type) {
        return (int) invoke(PyErr_GivenExceptionMatches, exception, type);
    }

    private static final MemorySegment PyException_GetTraceback = function("PyException_GetTraceback");

    @Override
    public long PyException_GetTraceback(long exception) {
        return invoke(PyException_GetTraceback, exception);
    }

    private static final MemorySegment PyException_SetTraceback = function("PyException_SetTraceback");

    @Override
    public int PyException_SetTraceback(long exception, long traceback) {
        return (int) invoke(PyException_SetTraceback, exception, traceback);
    }

    private static final MemorySegment PyObject_GetAttr = function("PyObject_GetAttr");

    @Override
    public long PyObject_GetAttr(long object, long name) {
        return invoke(PyObject_GetAttr, object, name);
    }

    private static final MemorySegment PyObject_SetAttr = function("PyObject_SetAttr");

    @Override
    public int PyObject_SetAttr(long object, long name, long value) {
        return (int) invoke(PyObject_SetAttr, object, name, value);
    }

    private static final MemorySegment PyObject_GetItem = function("PyObject_GetItem");

    @Override
    public long PyObject_GetItem(long object, long key) {
        return invoke(PyObject_GetItem, object, key);
    }

    private static final MemorySegment PyObject_SetItem = function("PyObject_SetItem");

    @Override
    public int PyObject_SetItem(long object, long key, long value) {
        return (int) invoke(PyObject_SetItem, object, key, value);
    }

    private static final MemorySegment PyObject_DelItem = function("PyObject_DelItem");

    @Override
    public int PyObject_DelItem(long object, long key) {
        return (int) invoke(PyObject_DelItem, object, key);
    }

    private static final MemorySegment PyObject_Call = function("PyObject_Call");

    @Override
    public long PyObject_Call(long callable, long tuple, long dict) {
        return invoke(PyObject_Call, callable, tuple, dict);
    }

    private static final MemorySegment PyObject_VectorcallDict = function("PyObject_VectorcallDict");

    @Override
    public long PyObject_VectorcallDict(long callable, long args, long nargs, long dict) {
        return invoke(PyObject_VectorcallDict, callable, args, nargs, dict);
    }

    private static final MemorySegment PyObject_VectorcallMethod = function("PyObject_VectorcallMethod");

    @Override
    public long PyObject_VectorcallMethod(long name, long args, long nargs, long kwnames) {
        return invoke(PyObject_VectorcallMethod, name, args, nargs, kwnames);
    }

    private static final MemorySegment PyObject_CallNoArgs = function("PyObject_CallNoArgs");

    @Override
    public long PyObject_CallNoArgs(long callable) {
        return invoke(PyObject_CallNoArgs, callable);
    }

    private static final MemorySegment PyObject_Str = function("PyObject_Str");

    @Override
    public long PyObject_Str(long object) {
        return invoke(PyObject_Str, object);
    }

    private static final MemorySegment PyObject_Repr = function("PyObject_Repr");

    @Override
    public long PyObject_Repr(long object) {
        return invoke(PyObject_Repr, object);
    }

    private static final MemorySegment PyObject_Dir = function("PyObject_Dir");

    @Override
    public long PyObject_Dir(long object) {
        return invoke(PyObject_Dir, object);
    }

    private static final MemorySegment PyObject_Hash = function("PyObject_Hash");

    @Override
    public long PyObject_Hash(long object) {
        return invoke(PyObject_Hash, object);
    }

    private static final MemorySegment PyObject_IsTrue = function("PyObject_IsTrue");

    @Override
    public int PyObject_IsTrue(long object) {
        return (int) invoke(PyObject_IsTrue, object);
    }

    private static final MemorySegment PyObject_RichCompareBool = function("PyObject_RichCompareBool");

    @Override
    public int PyObject_RichCompareBool(long left, long right, int operator) {
        return (int) invoke(PyObject_RichCompareBool, left, right, operator);
    }

    private static final MemorySegment PyObject_Size = function("PyObject_Size");

    @Override
    public long PyObject_Size(long object) {
        return invoke(PyObject_Size, object);
    }

    private static final MemorySegment PyObject_LengthHint = function("PyObject_LengthHint");

    @Override
    public long PyObject_LengthHint(long object, long otherwise) {
        return invoke(PyObject_LengthHint, object, otherwise);
    }

    private static final MemorySegment PyObject_GetIter = function("PyObject_GetIter");

    @Override
    public long PyObject_GetIter(long object) {
        return invoke(PyObject_GetIter, object);
    }

    private static final MemorySegment PyIter_Next = function("PyIter_Next");

    @Override
    public long PyIter_Next(long iterator) {
        return invoke(PyIter_Next, iterator);
    }

    private static final MemorySegment PyCallable_Check = function("PyCallable_Check");

    @Override
    public int PyCallable_Check(long object) {
        return (int) invoke(PyCallable_Check, object);
    }

    private static final MemorySegment PyObject_IsInstance = function("PyObject_IsInstance");

    @Override
    public int PyObject_IsInstance(long object, long type) {
        return (int) invoke(PyObject_IsInstance, object, type);
    }

    private static final MemorySegment PyType_IsSubtype = function("PyType_IsSubtype");

    @Override
    public int PyType_IsSubtype(long type, long base) {
        return (int) leaf(PyType_IsSubtype, type, base);
    }

    private static final MemorySegment PyType_GetFlags = function("PyType_GetFlags");

    @Override
    public long PyType_GetFlags(long type) {
        return leaf(PyType_GetFlags, type);
    }

    private static final MemorySegment PyObject_GC_Track = function("PyObject_GC_Track");

    @Override
    public void PyObject_GC_Track(long object) {
        leaf(PyObject_GC_Track, object);
    }

    private static final MemorySegment PyObject_GC_UnTrack = function("PyObject_GC_UnTrack");

    @Override
    public void PyObject_GC_UnTrack(long object) {
        leaf(PyObject_GC_UnTrack, object);
    }

    private static final MemorySegment PyDict_New = function("PyDict_New");

    @Override
    public long PyDict_New() {
        return invoke(PyDict_New);
    }

    private static final MemorySegment PyDict_GetItemWithError = function("PyDict_GetItemWithError");

    @Override
    public long PyDict_GetItemWithError(long dict, long key) {
        return invoke(PyDict_GetItemWithError, dict, key);
    }

    private static final MemorySegment PyDict_SetItem = function("PyDict_SetItem");

    @Override
    public int PyDict_SetItem(long dict, long key, long value) {
        return (int) invoke(PyDict_SetItem, dict, key, value);
    }

    private static final MemorySegment PyDict_DelItem = function("PyDict_DelItem");

    @Override
    public int PyDict_DelItem(long dict, long key) {
        return (int) invoke(PyDict_DelItem, dict, key);
    }

    private static final MemorySegment PyDict_Contains = function("PyDict_Contains");

    @Override
    public int PyDict_Contains(long dict, long key) {
        return (int) invoke(PyDict_Contains, dict, key);
    }

    private static final MemorySegment PyDict_Size = function("PyDict_Size");

    @Override
    public long PyDict_Size(long dict) {
        return invoke(PyDict_Size, dict);
    }

    private static final MemorySegment PyDict_Clear = function("PyDict_Clear");

    @Override
    public void PyDict_Clear(long dict) {
        invoke(PyDict_Clear, dict);
    }

    private static final MemorySegment PyDict_Keys = function("PyDict_Keys");

    @Override
    public long PyDict_Keys(long dict) {
        return invoke(PyDict_Keys, dict);
    }

    private static final MemorySegment PyDict_Values = function("PyDict_Values");

    @Override
    public long PyDict_Values(long dict) {
        return invoke(PyDict_Values, dict);
    }

    private static final MemorySegment PyDict_Items = function("PyDict_Items");

    @Override
    public long PyDict_Items(long dict) {
        return invoke(PyDict_Items, dict);
    }

    private static final MemorySegment PyDict_Copy = function("PyDict_Copy");

    @Override
    public long PyDict_Copy(long dict) {
        return invoke(PyDict_Copy, dict);
    }

    private static final MemorySegment PyDict_Update = function("PyDict_Update");

    @Override
    public int PyDict_Update(long dict, long other) {
        return (int) invoke(PyDict_Update, dict, other);
    }

    private static final MemorySegment PyList_New = function("PyList_New");

    @Override
    public long PyList_New(long size) {
        return invoke(PyList_New, size);
    }

    private static final MemorySegment PyList_Size = function("PyList_Size");

    @Override
    public long PyList_Size(long list) {
        return invoke(PyList_Size, list);
    }

    private static final MemorySegment PyList_GetItem = function("PyList_GetItem");

    @Override
    public long PyList_GetItem(long list, long index) {
        return invoke(PyList_GetItem, list, index);
    }

    private static final MemorySegment PyList_SetItem = function("PyList_SetItem");

    @Override
    public int PyList_SetItem(long list, long index, long item) {
        return (int) invoke(PyList_SetItem, list, index, item);
    }

    private static final MemorySegment PyList_Append = function("PyList_Append");

    @Override
    public int PyList_Append(long list, long item) {
        return (int) invoke(PyList_Append, list, item);
    }

    private static final MemorySegment PyList_Insert = function("PyList_Insert");

    @Override
    public int PyList_Insert(long list, long index, long item) {
        return (int) invoke(PyList_Insert, list, index, item);
    }

    private static final MemorySegment PyList_GetSlice = function("PyList_GetSlice");

    @Override
    public long PyList_GetSlice(long list, long from, long to) {
        return invoke(PyList_GetSlice, list, from, to);
    }

    private static final MemorySegment PyList_SetSlice = function("PyList_SetSlice");

    @Override
    public int PyList_SetSlice(long list, long from, long to, long items) {
        return (int) invoke(PyList_SetSlice, list, from, to, items);
    }

    private static final MemorySegment PyTuple_New = function("PyTuple_New");

    @Override
    public long PyTuple_New(long size) {
        return invoke(PyTuple_New, size);
    }

    private static final MemorySegment PyTuple_Size = function("PyTuple_Size");

    @Override
    public long PyTuple_Size(long tuple) {
        return invoke(PyTuple_Size, tuple);
    }

    private static final MemorySegment PyTuple_GetItem = function("PyTuple_GetItem");

    @Override
    public long PyTuple_GetItem(long tuple, long index) {
        return invoke(PyTuple_GetItem, tuple, index);
    }

    private static final MemorySegment PyTuple_SetItem = function("PyTuple_SetItem");

    @Override
    public int PyTuple_SetItem(long tuple, long index, long item) {
        return (int) invoke(PyTuple_SetItem, tuple, index, item);
    }

    private static final MemorySegment PySet_New = function("PySet_New");

    @Override
    public long PySet_New(long iterable) {
        return invoke(PySet_New, iterable);
    }

    private static final MemorySegment PyFrozenSet_New = function("PyFrozenSet_New");

    @Override
    public long PyFrozenSet_New(long iterable) {
        return invoke(PyFrozenSet_New, iterable);
    }

    private static final MemorySegment PySet_Add = function("PySet_Add");

    @Override
    public int PySet_Add(long set, long item) {
        return (int) invoke(PySet_Add, set, item);
    }

    private static final MemorySegment PySet_Contains = function("PySet_Contains");

    @Override
    public int PySet_Contains(long set, long item) {
        return (int) invoke(PySet_Contains, set, item);
    }

    private static final MemorySegment PySet_Discard = function("PySet_Discard");

    @Override
    public int PySet_Discard(long set, long item) {
        return (int) invoke(PySet_Discard, set, item);
    }

    private static final MemorySegment PySet_Clear = function("PySet_Clear");

    @Override
    public int PySet_Clear(long set) {
        return (int) invoke(PySet_Clear, set);
    }

    private static final MemorySegment PySet_Size = function("PySet_Size");

    @Override
    public long PySet_Size(long set) {
        return invoke(PySet_Size, set);
    }

    private static final MemorySegment PySequence_List = function("PySequence_List");

    @Override
    public long PySequence_List(long iterable) {
        return invoke(PySequence_List, iterable);
    }

    private static final MemorySegment PySequence_Tuple = function("PySequence_Tuple");

    @Override
    public long PySequence_Tuple(long iterable) {
        return invoke(PySequence_Tuple, iterable);
    }

    private static final MemorySegment PySequence_Contains = function("PySequence_Contains");

    @Override
    public int PySequence_Contains(long sequence, long item) {
        return (int) invoke(PySequence_Contains, sequence, item);
    }

    private static final MemorySegment PyLong_FromLongLong = function("PyLong_FromLongLong");

    @Override
    public long PyLong_FromLongLong(long value) {
        return leaf(PyLong_FromLongLong, value);
    }

    private static final MemorySegment PyLong_AsLongLongAndOverflow = function("PyLong_AsLongLongAndOverflow");

    @Override
    public long PyLong_AsLongLongAndOverflow(long integer, long overflow) {
        return invoke(PyLong_AsLongLongAndOverflow, integer, overflow);
    }

    private static final MemorySegment PyFloat_FromDouble = function("PyFloat_FromDouble");

    @Override
    public long PyFloat_FromDouble(double value) {
        return leafFromDouble(PyFloat_FromDouble, value);
    }

    private static final MemorySegment PyFloat_AsDouble = function("PyFloat_AsDouble");

    @Override
    public double PyFloat_AsDouble(long number) {
        return invokeToDouble(PyFloat_AsDouble, number);
    }

    private static final MemorySegment PyComplex_FromDoubles = function("PyComplex_FromDoubles");

    @Override
    public long PyComplex_FromDoubles(double real, double imaginary) {
        return invokeFromDoubles(PyComplex_FromDoubles, real, imaginary);
    }

    private static final MemorySegment PyComplex_RealAsDouble = function("PyComplex_RealAsDouble");

    @Override
    public double PyComplex_RealAsDouble(long complex) {
        return invokeToDouble(PyComplex_RealAsDouble, complex);
    }

    private static final MemorySegment PyComplex_ImagAsDouble = function("PyComplex_ImagAsDouble");

    @Override
    public double PyComplex_ImagAsDouble(long complex) {
        return invokeToDouble(PyComplex_ImagAsDouble, complex);
    }

    /** Characters that are copied so soon that garbage collection can wait for it. */
    private static final int SHORT_TEXT = 1024;

    private static final MemorySegment PyUnicode_FromKindAndData = function("PyUnicode_FromKindAndData");

    @Override
    public long PyUnicode_FromKindAndData(int kind, long data, long length) {
        return length <= SHORT_TEXT
                ? leaf(PyUnicode_FromKindAndData, kind, data, length)
                : invoke(PyUnicode_FromKindAndData, kind, data, length);
    }

    private static final MemorySegment PyUnicode_DecodeUTF16 = function("PyUnicode_DecodeUTF16");

    @Override
    public long PyUnicode_DecodeUTF16(long data, long length, long errors, long byteOrder) {
        return invoke(PyUnicode_DecodeUTF16, data, length, errors, byteOrder);
    }

    private static final MemorySegment PyUnicode_AsEncodedString = function("PyUnicode_AsEncodedString");

    @Override
    public long PyUnicode_AsEncodedString(long text, long encoding, long errors) {
        return invoke(PyUnicode_AsEncodedString, text, encoding, errors);
    }

    private static final MemorySegment PyUnicode_GetLength = function("PyUnicode_GetLength");

    @Override
    public long PyUnicode_GetLength(long text) {
        return invoke(PyUnicode_GetLength, text);
    }

    private static final MemorySegment PyUnicode_InternInPlace = function("PyUnicode_InternInPlace");

    @Override
    public void PyUnicode_InternInPlace(long address) {
        invoke(PyUnicode_InternInPlace, address);
    }

    private static final MemorySegment PyBytes_FromStringAndSize = function("PyBytes_FromStringAndSize");

    @Override
    public long PyBytes_FromStringAndSize(long data, long size) {
        return invoke(PyBytes_FromStringAndSize, data, size);
    }

    private static final MemorySegment PyBytes_AsString = function("PyBytes_AsString");

    @Override
    public long PyBytes_AsString(long bytes) {
        return invoke(PyBytes_AsString, bytes);
    }

    private static final MemorySegment PyBytes_Size = function("PyBytes_Size");

    @Override
    public long PyBytes_Size(long bytes) {
        return invoke(PyBytes_Size, bytes);
    }

    private static final MemorySegment PyByteArray_AsString = function("PyByteArray_AsString");

    @Override
    public long PyByteArray_AsString(long bytearray) {
        return invoke(PyByteArray_AsString, bytearray);
    }

    private static final MemorySegment PyByteArray_Size = function("PyByteArray_Size");

    @Override
    public long PyByteArray_Size(long bytearray) {
        return invoke(PyByteArray_Size, bytearray);
    }

    private static final MemorySegment PyMemoryView_FromMemory = function("PyMemoryView_FromMemory");

    @Override
    public long PyMemoryView_FromMemory(long address, long size, int flags) {
        return invoke(PyMemoryView_FromMemory, address, size, flags);
    }

    private static final MemorySegment PyObject_GetBuffer = function("PyObject_GetBuffer");

    @Override
    public int PyObject_GetBuffer(long object, long view, int flags) {
        return (int) invoke(PyObject_GetBuffer, object, view, flags);
    }

    private static final MemorySegment PyBuffer_Release = function("PyBuffer_Release");

    @Override
    public void PyBuffer_Release(long view) {
        invoke(PyBuffer_Release, view);
    }

    private static final MemorySegment PyImport_ImportModule = function("PyImport_ImportModule");

    @Override
    public long PyImport_ImportModule(long utf8) {
        return invoke(PyImport_ImportModule, utf8);
    }

    private static final MemorySegment PyImport_AddModule = function("PyImport_AddModule");

    @Override
    public long PyImport_AddModule(long utf8) {
        return invoke(PyImport_AddModule, utf8);
    }

    private static final MemorySegment PyModule_NewObject = function("PyModule_NewObject");

    @Override
    public long PyModule_NewObject(long name) {
        return invoke(PyModule_NewObject, name);
    }

    private static final MemorySegment PyInstanceMethod_New = function("PyInstanceMethod_New");

    @Override
    public long PyInstanceMethod_New(long function) {
        return invoke(PyInstanceMethod_New, function);
    }

    private static final MemorySegment PyType_GenericAlloc = function("PyType_GenericAlloc");

    @Override
    public long PyType_GenericAlloc(long type, long items) {
        return invoke(PyType_GenericAlloc, type, items);
    }

    private static final MemorySegment PyModule_GetDict = function("PyModule_GetDict");

    @Override
    public long PyModule_GetDict(long module) {
        return invoke(PyModule_GetDict, module);
    }

    private static final MemorySegment PyEval_EvalCode = function("PyEval_EvalCode");

    @Override
    public long PyEval_EvalCode(long code, long globals, long locals) {
        return invoke(PyEval_EvalCode, code, globals, locals);
    }

    private static final MemorySegment PyEval_GetBuiltins = function("PyEval_GetBuiltins");

    @Override
    public long PyEval_GetBuiltins() {
        return invoke(PyEval_GetBuiltins);
    }

    private static final MemorySegment PyCFunction_NewEx = function("PyCFunction_NewEx");

    @Override
    public long PyCFunction_NewEx(long def, long self, long module) {
        return invoke(PyCFunction_NewEx, def, self, module);
    }

    // ---- by name

    @Override
    public long address(String symbol) {
        return LIBRARY.find(symbol).map(MemorySegment::address).orElse(0L);
    }

    @Override
    public long call(String function, long... args) {
        return call(LIBRARY, function, args);
    }

    @Override
    public long callAt(long function, long a, long b, long c, long d) {
        return invoke(MemorySegment.ofAddress(function), a, b, c, d);
    }

    private static long call(SharedLibrary library, String function, long... args) {
        MemorySegment found = library.function(function);
        switch (args.length) {
            case 0:
                return invoke(found);
            case 1:
                return invoke(found, args[0]);
            case 2:
                return invoke(found, args[0], args[1]);
            case 3:
                return invoke(found, args[0], args[1], args[2]);
            case 4:
                return invoke(found, args[0], args[1], args[2], args[3]);
            default:
                return invokeMany(found, args);
        }
    }

    @Override
    public String callForStatus(String function, long argument) {
        return PyStatus.call(LIBRARY.function(function), argument);
    }

    @Override
    public ThreadStack stack() {
        return ThreadStack.ofThisThread(this, (function, args) -> call(SharedLibrary.process(), function, args));
    }

    @Override
    public int wcharSize() {
        return (int) Linker.nativeLinker().canonicalLayouts().get("wchar_t").byteSize();
    }

    @Override
    public long upcall(Upcall target, long failed) {
        FirstFrame.prepare();
        return Upcalls.stub(target, failed);
    }

    // ---- memory

    @Override
    public byte getByte(long address) {
        return ALL.get(JAVA_BYTE, address);
    }

    @Override
    public short getShort(long address) {
        return ALL.get(JAVA_SHORT_UNALIGNED, address);
    }

    @Override
    public int getInt(long address) {
        return ALL.get(JAVA_INT_UNALIGNED, address);
    }

    @Override
    public long getLong(long address) {
        return ALL.get(JAVA_LONG_UNALIGNED, address);
    }

    @Override
    public double getDouble(long address) {
        return ALL.get(JAVA_DOUBLE_UNALIGNED, address);
    }

    @Override
    public void putByte(long address, byte value) {
        ALL.set(JAVA_BYTE, address, value);
    }

    @Override
    public void putShort(long address, short value) {
        ALL.set(JAVA_SHORT_UNALIGNED, address, value);
    }

    @Override
    public void putInt(long address, int value) {
        ALL.set(JAVA_INT_UNALIGNED, address, value);
    }

    @Override
    public void putLong(long address, long value) {
        ALL.set(JAVA_LONG_UNALIGNED, address, value);
    }

    @Override
    public void read(long address, byte[] to, int length) {
        MemorySegment.copy(ALL, JAVA_BYTE, address, to, 0, length);
    }

    @Override
    public void read(long address, char[] to, int length) {
        MemorySegment.copy(ALL, JAVA_CHAR_UNALIGNED, address, to, 0, length);
    }

    @Override
    public void read(long address, short[] to, int length) {
        MemorySegment.copy(ALL, JAVA_SHORT_UNALIGNED, address, to, 0, length);
    }

    @Override
    public void read(long address, int[] to, int length) {
        MemorySegment.copy(ALL, JAVA_INT_UNALIGNED, address, to, 0, length);
    }

    @Override
    public void read(long address, long[] to, int length) {
        MemorySegment.copy(ALL, JAVA_LONG_UNALIGNED, address, to, 0, length);
    }

    @Override
    public void read(long address, float[] to, int length) {
        MemorySegment.copy(ALL, JAVA_FLOAT_UNALIGNED, address, to, 0, length);
    }

    @Override
    public void read(long address, double[] to, int length) {
        MemorySegment.copy(ALL, JAVA_DOUBLE_UNALIGNED, address, to, 0, length);
    }

    @Override
    public void write(long address, byte[] from, int length) {
        MemorySegment.copy(from, 0, ALL, JAVA_BYTE, address, length);
    }

    @Override
    public void write(long address, long[] from, int length) {
        MemorySegment.copy(from, 0, ALL, JAVA_LONG_UNALIGNED, address, length);
    }

    @Override
    public String getString(long address) {
        return ALL.getString(address);
    }

    @Override
    public long allocate(long size) {
        return Memory.allocate(size);
    }

    @Override
    public void free(long address) {
        Memory.free(address);
    }

    @Override
    public ByteBuffer buffer(long address, long size) {
        if (size > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(size + " bytes do not fit a ByteBuffer");
        }
        return ALL.asSlice(address, size).asByteBuffer().order(ByteOrder.nativeOrder());
    }

    @Override
    public ByteBuffer buffer(long address, long size, Runnable gone) {
        if (size > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(size + " bytes do not fit a ByteBuffer");
        }
        return watched(address, size, gone).asByteBuffer().order(ByteOrder.nativeOrder());
    }

    @Override
    public Object segment(long address, long size, boolean readOnly, Runnable gone) {
        MemorySegment segment = watched(address, size, gone);
        return readOnly ? segment.asReadOnly() : segment;
    }

    /** Not a part of all memory: a segment of a buffer made of it knows the arena only. */
    private static MemorySegment watched(long address, long size, Runnable gone) {
        return MemorySegment.ofAddress(address).reinterpret(size, Arena.ofAuto(), segment -> gone.run());
    }
}
