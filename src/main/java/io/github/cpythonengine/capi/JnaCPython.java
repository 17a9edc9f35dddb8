package io.github.cpythonengine.capi;

import com.sun.jna.Callback;
import com.sun.jna.CallbackReference;
import com.sun.jna.CallbackThreadInitializer;
import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import io.github.cpythonengine.capi.MemoryWindows.Window;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * {@link CPython} by JNA direct mapping: each native method is bound to the C function of its name.
 * Binds all or nothing, so a function that some supported CPython lacks is called by name instead.
 */
final class JnaCPython implements CPython {

    /** Memory from address 0: one object for every read and write. */
    private static final Pointer MEMORY = new Pointer(0);

    /** Bytes from which on copying by a buffer is worth making one. */
    private static final int LARGE = 32 << 10;

    private static final MemoryWindows WINDOWS = new MemoryWindows(JnaCPython::bufferOf);

    /** Upcalls are called by Python for as long as the process lives. */
    private static final ConcurrentLinkedQueue<Callback> UPCALLS = new ConcurrentLinkedQueue<>();

    private final NativeLibrary library;

    JnaCPython(NativeLibrary library) {
        this.library = library;
        Native.register(JnaCPython.class, library);
    }

    @Override
    public native int Py_IsInitialized();

    @Override
    public native long Py_GetVersion();

    @Override
    public native int PyGILState_Ensure();

    @Override
    public native void PyGILState_Release(int state);

    @Override
    public native long PyGILState_GetThisThreadState();

    @Override
    public native long PyEval_SaveThread();

    @Override
    public native void PyEval_RestoreThread(long threadState);

    @Override
    public native long PyInterpreterState_Main();

    @Override
    public native long PyThreadState_New(long interpreterState);

    @Override
    public native void PyThreadState_Clear(long threadState);

    @Override
    public native void PyThreadState_Delete(long threadState);

    @Override
    public native void PyThreadState_DeleteCurrent();

    @Override
    public native void Py_IncRef(long object);

    @Override
    public native void Py_DecRef(long object);

    @Override
    public native void _Py_Dealloc(long object);

    @Override
    public native int PyContextVar_Get(long variable, long otherwise, long value);

    @Override
    public native long PyErr_Occurred();

    @Override
    public native void PyErr_Fetch(long type, long value, long traceback);

    @Override
    public native void PyErr_NormalizeException(long type, long value, long traceback);

    @Override
    public native void PyErr_Restore(long type, long value, long traceback);

    @Override
    public native void PyErr_SetObject(long type, long value);

    @Override
    public native void PyErr_SetString(long type, long utf8);

    @Override
    public native void PyErr_Clear();

    @Override
    public native int PyErr_GivenExceptionMatches(long exception, long type);

    @Override
    public native long PyException_GetTraceback(long exception);

    @Override
    public native int PyException_SetTraceback(long exception, long traceback);

    @Override
    public native long PyObject_GetAttr(long object, long name);

    @Override
    public native int PyObject_SetAttr(long object, long name, long value);

    @Override
    public native long PyObject_GetItem(long object, long key);

    @Override
    public native int PyObject_SetItem(long object, long key, long value);

    @Override
    public native int PyObject_DelItem(long object, long key);

    @Override
    public native long PyObject_Call(long callable, long tuple, long dict);

    @Override
    public native long PyObject_VectorcallDict(long callable, long args, long nargs, long dict);

    @Override
    public native long PyObject_VectorcallMethod(long name, long args, long nargs, long kwnames);

    @Override
    public native long PyObject_CallNoArgs(long callable);

    @Override
    public native long PyObject_Str(long object);

    @Override
    public native long PyObject_Repr(long object);

    @Override
    public native long PyObject_Dir(long object);

    @Override
    public native long PyObject_Hash(long object);

    @Override
    public native int PyObject_IsTrue(long object);

    @Override
    public native int PyObject_RichCompareBool(long left, long right, int operator);

    @Override
    public native long PyObject_Size(long object);

    @Override
    public native long PyObject_LengthHint(long object, long otherwise);

    @Override
    public native long PyObject_GetIter(long object);

    @Override
    public native long PyIter_Next(long iterator);

    @Override
    public native int PyCallable_Check(long object);

    @Override
    public native int PyObject_IsInstance(long object, long type);

    @Override
    public native int PyType_IsSubtype(long type, long base);

    @Override
    public native long PyType_GetFlags(long type);

    @Override
    public native void PyObject_GC_Track(long object);

    @Override
    public native void PyObject_GC_UnTrack(long object);

    @Override
    public native long PyDict_New();

    @Override
    public native long PyDict_GetItemWithError(long dict, long key);

    @Override
    public native int PyDict_SetItem(long dict, long key, long value);

    @Override
    public native int PyDict_DelItem(long dict, long key);

    @Override
    public native int PyDict_Contains(long dict, long key);

    @Override
    public native long PyDict_Size(long dict);

    @Override
    public native void PyDict_Clear(long dict);

    @Override
    public native long PyDict_Keys(long dict);

    @Override
    public native long PyDict_Values(long dict);

    @Override
    public native long PyDict_Items(long dict);

    @Override
    public native long PyDict_Copy(long dict);

    @Override
    public native int PyDict_Update(long dict, long other);

    @Override
    public native long PyList_New(long size);

    @Override
    public native long PyList_Size(long list);

    @Override
    public native long PyList_GetItem(long list, long index);

    @Override
    public native int PyList_SetItem(long list, long index, long item);

    @Override
    public native int PyList_Append(long list, long item);

    @Override
    public native int PyList_Insert(long list, long index, long item);

    @Override
    public native long PyList_GetSlice(long list, long from, long to);

    @Override
    public native int PyList_SetSlice(long list, long from, long to, long items);

    @Override
    public native long PyTuple_New(long size);

    @Override
    public native long PyTuple_Size(long tuple);

    @Override
    public native long PyTuple_GetItem(long tuple, long index);

    @Override
    public native int PyTuple_SetItem(long tuple, long index, long item);

    @Override
    public native long PySet_New(long iterable);

    @Override
    public native long PyFrozenSet_New(long iterable);

    @Override
    public native int PySet_Add(long set, long item);

    @Override
    public native int PySet_Contains(long set, long item);

    @Override
    public native int PySet_Discard(long set, long item);

    @Override
    public native int PySet_Clear(long set);

    @Override
    public native long PySet_Size(long set);

    @Override
    public native long PySequence_List(long iterable);

    @Override
    public native long PySequence_Tuple(long iterable);

    @Override
    public native int PySequence_Contains(long sequence, long item);

    @Override
    public native long PyLong_FromLongLong(long value);

    @Override
    public native long PyLong_AsLongLongAndOverflow(long integer, long overflow);

    @Override
    public native long PyFloat_FromDouble(double value);

    @Override
    public native double PyFloat_AsDouble(long number);

    @Override
    public native long PyComplex_FromDoubles(double real, double imaginary);

    @Override
    public native double PyComplex_RealAsDouble(long complex);

    @Override
    public native double PyComplex_ImagAsDouble(long complex);

    @Override
    public native long PyUnicode_FromKindAndData(int kind, long data, long length);

    @Override
    public native long PyUnicode_DecodeUTF16(long data, long length, long errors, long byteOrder);

    @Override
    public native long PyUnicode_AsEncodedString(long text, long encoding, long errors);

    @Override
    public native long PyUnicode_GetLength(long text);

    @Override
    public native void PyUnicode_InternInPlace(long address);

    @Override
    public native long PyBytes_FromStringAndSize(long data, long size);

    @Override
    public native long PyBytes_AsString(long bytes);

    @Override
    public native long PyBytes_Size(long bytes);

    @Override
    public native long PyByteArray_AsString(long bytearray);

    @Override
    public native long PyByteArray_Size(long bytearray);

    @Override
    public native long PyMemoryView_FromMemory(long address, long size, int flags);

    @Override
    public native int PyObject_GetBuffer(long object, long view, int flags);

    @Override
    public native void PyBuffer_Release(long view);

    @Override
    public native long PyImport_ImportModule(long utf8);

    @Override
    public native long PyImport_AddModule(long utf8);

    @Override
    public native long PyModule_NewObject(long name);

    @Override
    public native long PyModule_GetDict(long module);

    @Override
    public native long PyEval_EvalCode(long code, long globals, long locals);

    @Override
    public native long PyEval_GetBuiltins();

    @Override
    public native long PyCFunction_NewEx(long def, long self, long module);

    @Override
    public native long PyInstanceMethod_New(long function);

    @Override
    public native long PyType_GenericAlloc(long type, long items);

    @Override
    public long address(String symbol) {
        try {
            return Pointer.nativeValue(library.getGlobalVariableAddress(symbol));
        } catch (UnsatisfiedLinkError e) {
            return 0;
        }
    }

    @Override
    public long call(String function, long... args) {
        return library.getFunction(function).invokeLong(boxed(args));
    }

    @Override
    public long callAt(long function, long a, long b, long c, long d) {
        return Function.getFunction(new Pointer(function)).invokeLong(new Object[] {a, b, c, d});
    }

    @Override
    public String callForStatus(String function, long argument) {
        Function found = library.getFunction(function);
        PyStatus status = (PyStatus) found.invoke(PyStatus.class, new Object[] {argument});
        if (status.type == 0) {
            return null;
        }
        String text = status.errorMessage == null ? "exit " + status.exitCode : status.errorMessage;
        return status.function == null ? text : status.function + ": " + text;
    }

    private static Object[] boxed(long[] args) {
        Object[] boxed = new Object[args.length];
        for (int i = 0; i < args.length; i++) {
            boxed[i] = args[i];
        }
        return boxed;
    }

    @Override
    public ThreadStack stack() {
        return ThreadStack.ofThisThread(
                this,
                (function, args) ->
                        NativeLibrary.getProcess().getFunction(function).invokeLong(boxed(args)));
    }

    @Override
    public int wcharSize() {
        return Native.WCHAR_SIZE;
    }

    @Override
    public long upcall(Upcall target, long failed) {
        FirstFrame.prepare();
        FastCall callback = (self, args, nargs, names) -> FirstFrame.call(target, failed, self, args, nargs, names);
        // must precede the function pointer; later it is ignored
        Native.setCallbackThreadInitializer(callback, new CallbackThreadInitializer(true, false, "python-thread"));
        UPCALLS.add(callback);
        return Pointer.nativeValue(CallbackReference.getFunctionPointer(callback));
    }

    /** The callback shape of JNA for {@link Upcall}. */
    private interface FastCall extends Callback {
        long callback(long self, long args, long nargs, long kwnames);
    }

    /** {@code PyStatus}, returned by value. */
    public static final class PyStatus extends Structure implements Structure.ByValue {
        public int type;
        public String function;
        public String errorMessage;
        public int exitCode;

        @Override
        protected List<String> getFieldOrder() {
            return List.of("type", "function", "errorMessage", "exitCode");
        }
    }

    @Override
    public byte getByte(long address) {
        if (RawMemory.USABLE) {
            return RawMemory.getByte(address);
        }
        Window window = WINDOWS.of(address);
        return window.buffer().get(window.index(address));
    }

    @Override
    public short getShort(long address) {
        Window window = WINDOWS.of(address);
        return window.buffer().getShort(window.index(address));
    }

    @Override
    public int getInt(long address) {
        if (RawMemory.USABLE) {
            return RawMemory.getInt(address);
        }
        Window window = WINDOWS.of(address);
        return window.buffer().getInt(window.index(address));
    }

    @Override
    public long getLong(long address) {
        if (RawMemory.USABLE) {
            return RawMemory.getLong(address);
        }
        Window window = WINDOWS.of(address);
        return window.buffer().getLong(window.index(address));
    }

    @Override
    public double getDouble(long address) {
        if (RawMemory.USABLE) {
            return RawMemory.getDouble(address);
        }
        Window window = WINDOWS.of(address);
        return window.buffer().getDouble(window.index(address));
    }

    @Override
    public void putByte(long address, byte value) {
        Window window = WINDOWS.of(address);
        window.buffer().put(window.index(address), value);
    }

    @Override
    public void putShort(long address, short value) {
        Window window = WINDOWS.of(address);
        window.buffer().putShort(window.index(address), value);
    }

    @Override
    public void putInt(long address, int value) {
        if (RawMemory.USABLE) {
            RawMemory.putInt(address, value);
            return;
        }
        Window window = WINDOWS.of(address);
        window.buffer().putInt(window.index(address), value);
    }

    @Override
    public void putLong(long address, long value) {
        if (RawMemory.USABLE) {
            RawMemory.putLong(address, value);
            return;
        }
        Window window = WINDOWS.of(address);
        window.buffer().putLong(window.index(address), value);
    }

    @Override
    public void read(long address, byte[] to, int length) {
        Window window = WINDOWS.of(address);
        if (window.holds(address, length)) {
            window.buffer().get(window.index(address), to, 0, length);
        } else {
            MEMORY.read(address, to, 0, length);
        }
    }

    @Override
    public void read(long address, char[] to, int length) {
        long size = (long) length * Character.BYTES;
        Window window = WINDOWS.of(address);
        if (window.holds(address, size) && address % Character.BYTES == 0) {
            window.characters().get(window.index(address) / Character.BYTES, to, 0, length);
        } else {
            bufferOf(address, size).asCharBuffer().get(to, 0, length); // a Pointer's char is a wchar_t
        }
    }

    @Override
    public void read(long address, short[] to, int length) {
        ByteBuffer large = large(address, (long) length * Short.BYTES);
        if (large == null) {
            MEMORY.read(address, to, 0, length);
        } else {
            large.asShortBuffer().get(to, 0, length);
        }
    }

    @Override
    public void read(long address, int[] to, int length) {
        ByteBuffer large = large(address, (long) length * Integer.BYTES);
        if (large == null) {
            MEMORY.read(address, to, 0, length);
        } else {
            large.asIntBuffer().get(to, 0, length);
        }
    }

    @Override
    public void read(long address, long[] to, int length) {
        ByteBuffer large = large(address, (long) length * Long.BYTES);
        if (large == null) {
            MEMORY.read(address, to, 0, length);
        } else {
            large.asLongBuffer().get(to, 0, length);
        }
    }

    @Override
    public void read(long address, float[] to, int length) {
        ByteBuffer large = large(address, (long) length * Float.BYTES);
        if (large == null) {
            MEMORY.read(address, to, 0, length);
        } else {
            large.asFloatBuffer().get(to, 0, length);
        }
    }

    @Override
    public void read(long address, double[] to, int length) {
        ByteBuffer large = large(address, (long) length * Double.BYTES);
        if (large == null) {
            MEMORY.read(address, to, 0, length);
        } else {
            large.asDoubleBuffer().get(to, 0, length);
        }
    }

    @Override
    public void write(long address, byte[] from, int length) {
        Window window = WINDOWS.of(address);
        if (window.holds(address, length)) {
            window.buffer().put(window.index(address), from, 0, length);
        } else {
            MEMORY.write(address, from, 0, length);
        }
    }

    @Override
    public void write(long address, long[] from, int length) {
        MEMORY.write(address, from, 0, length);
    }

    @Override
    public String getString(long address) {
        return MEMORY.getString(address, "UTF-8");
    }

    @Override
    public long allocate(long size) {
        long address = Native.malloc(Math.max(1, size));
        if (address == 0) {
            throw new OutOfMemoryError("no " + size + " bytes of native memory");
        }
        MEMORY.setMemory(address, size, (byte) 0);
        return address;
    }

    @Override
    public void free(long address) {
        Native.free(address);
    }

    @Override
    public ByteBuffer buffer(long address, long size) {
        if (size > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(size + " bytes do not fit a ByteBuffer");
        }
        return bufferOf(address, size);
    }

    /** Derived buffers refer to the one that they were derived from. */
    @Override
    public ByteBuffer buffer(long address, long size, Runnable gone) {
        ByteBuffer buffer = buffer(address, size);
        Buffers.CLEANER.register(buffer, gone);
        return buffer;
    }

    private static final class Buffers {
        static final Cleaner CLEANER = Cleaner.create();
    }

    @Override
    public Object segment(long address, long size, boolean readOnly, Runnable gone) {
        return null;
    }

    /** What the JVM copies faster than JNI does; null for less, of which making the buffer would cost more. */
    private static ByteBuffer large(long address, long size) {
        return size < LARGE || size > Integer.MAX_VALUE ? null : bufferOf(address, size);
    }

    private static ByteBuffer bufferOf(long address, long size) {
        return MEMORY.getByteBuffer(address, size).order(ByteOrder.nativeOrder());
    }
}
