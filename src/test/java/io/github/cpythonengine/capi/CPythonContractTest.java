package io.github.cpythonengine.capi;

import static io.github.cpythonengine.capi.Api.C;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Interpreter;
import io.github.cpythonengine.interpreter.Py;
import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What {@link CPython} promises, on the backend that is in use: {@code -Dcpython.backend=jna|ffm} chooses it, {@code
 * -Dtest.backend=jna|ffm} says which one it must be. Each test holds the GIL and leaves no error behind.
 */
class CPythonContractTest extends HoldingGil {

    @Test
    void everyMethodIsTested() throws IOException {
        Path source = Path.of("src/test/java", getClass().getName().replace('.', '/') + ".java");
        assumeTrue(Files.exists(source), "no sources here");
        String text = Files.readString(source);
        List<String> untested = Stream.of(CPython.class.getMethods())
                .map(Method::getName)
                .filter(name -> !text.contains("C." + name + "("))
                .toList();
        assertThat(untested, is(empty()));
    }

    @Test
    void objectsAndMethodsAreMadeOfTypesAndFunctions() {
        try (Gil gil = Gil.acquire()) {
            long made = gil.own(C.PyType_GenericAlloc(C.address("PyByteArray_Type"), 0));
            assertThat(C.PyByteArray_Size(made), is(0L));
            long builtins = gil.own(C.PyImport_ImportModule(Py.cString("builtins")));
            long method = gil.own(C.PyInstanceMethod_New(gil.attr(builtins, "len")));
            assertThat(C.PyCallable_Check(method), is(1));
        }
    }

    // ---- process and threads

    @Test
    void theExpectedBackendIsInUse() {
        boolean jar = Backend.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath()
                .endsWith(".jar");
        String usual = jar && Runtime.version().feature() >= 22 ? "ffm" : "jna"; // only the jar has both
        String forced = System.getProperty("cpython.backend", usual);
        assertThat(Backend.name(), is(System.getProperty("test.backend", forced)));
    }

    @Test
    void theLibraryIsTheRunningOne() {
        Path running = Backend.running().orElse(null);
        assumeTrue(running != null, "no /proc/self/maps");
        assertThat(running.toFile().getName(), startsWith("libpython3."));
        assertThat(C.Py_IsInitialized(), is(1));
        assertThat(
                C.getString(C.Py_GetVersion()), startsWith(Interpreter.running().version() + " "));
    }

    @Test
    void statesNestAndTheGilPassesBetweenThreads() throws InterruptedException {
        long state = C.PyGILState_GetThisThreadState();
        assertThat(state, is(not(MISSING)));
        int ensured = C.PyGILState_Ensure();
        C.PyGILState_Release(ensured);
        C.releaseInner(C.PyGILState_Ensure());
        assertThat(C.PyGILState_GetThisThreadState(), is(state));

        assertThat(C.PyEval_SaveThread(), is(state));
        C.releaseInner(C.PyGILState_Ensure());
        long[] other = new long[2];
        Thread thread = new Thread(() -> {
            long scratch = C.PyThreadState_New(C.PyInterpreterState_Main());
            C.PyEval_RestoreThread(scratch);
            other[0] = scratch;
            C.PyThreadState_Clear(scratch);
            C.PyThreadState_DeleteCurrent();
            int again = C.PyGILState_Ensure();
            other[1] = C.PyGILState_GetThisThreadState();
            C.PyGILState_Release(again);
        });
        thread.start();
        thread.join();
        C.PyEval_RestoreThread(state);
        assertThat(other[0], is(not(MISSING)));
        assertThat(other[1], is(not(MISSING)));
    }

    @Test
    void anotherThreadsStateIsDeleted() {
        long state = C.PyThreadState_New(C.PyInterpreterState_Main());
        C.PyThreadState_Clear(state);
        long mine = C.PyGILState_GetThisThreadState();
        assertThat(state, is(not(mine)));
        // deleting it here would clear this thread's slot from 3.12 on: the reaper's way, on a thread without a state
        C.PyEval_SaveThread();
        Thread thread = new Thread(() -> {
            long scratch = C.PyThreadState_New(C.PyInterpreterState_Main());
            C.PyEval_RestoreThread(scratch);
            C.PyThreadState_Delete(state);
            C.PyThreadState_Clear(scratch);
            C.PyThreadState_DeleteCurrent();
        });
        thread.start();
        join(thread);
        C.PyEval_RestoreThread(mine);
        assertThat(C.PyGILState_GetThisThreadState(), is(mine));
    }

    // ---- references

    @Test
    void referencesAreCounted() {
        long list = gil.own(C.PyList_New(0));
        long item = gil.own(C.PyFloat_FromDouble(0.125));
        long before = references(item);
        C.Py_IncRef(item);
        assertThat(references(item), is(before + 1));
        C.PyList_Append(list, item);
        assertThat(references(item), is(before + 2));
        C.Py_DecRef(item);
        C.PyList_SetSlice(list, 0, 1, 0);
        assertThat(references(item), is(before));
        C.Py_IncRef(0); // both take a null pointer
        C.Py_DecRef(0);
    }

    @Test
    void referencesAreCountedInPlaceAsTheApiDoes() {
        long object = eval("[]");
        long before = references(object);
        RefCounts.increment(object);
        RefCounts.increment(object);
        assertThat(references(object), is(before + 2));
        RefCounts.decrement(object);
        C.Py_DecRef(object);
        assertThat(references(object), is(before));

        long none = eval("None");
        long ofNone = references(none);
        for (int i = 0; i < 1000; i++) {
            RefCounts.increment(none);
        }
        assertThat(references(none) - ofNone, is(in(List.of(0L, 1000L)))); // immortal or not
        for (int i = 0; i < 1000; i++) {
            RefCounts.decrement(none);
        }
        assertThat(references(none), is(ofNone));
    }

    @Test
    void theLastReferenceInPlaceEndsTheObject() {
        long seen = eval("[]");
        long make = eval("lambda seen: type('T', (), {'__del__': lambda self: seen.append(1)})()");
        long object = C.PyObject_Call(make, tuple(seen), 0);
        RefCounts.increment(object);
        RefCounts.decrement(object);
        assertThat(C.PyList_Size(seen), is(0L));
        RefCounts.decrement(object);
        assertThat(C.PyList_Size(seen), is(1L));
    }

    @Test
    void anObjectWithoutReferencesIsFreed() {
        long blocks = eval("sys.getallocatedblocks");
        long before = Layout.intValue(gil.call(blocks));
        for (int i = 0; i < 1000; i++) {
            long text = C.PyUnicode_FromKindAndData(1, new byte[200], 200);
            C.putInt(text, 0);
            C._Py_Dealloc(text);
        }
        assertThat(Layout.intValue(gil.call(blocks)) - before, is(lessThan(100L)));
    }

    private long references(long object) {
        try (Gil scope = Gil.acquire()) { // releases the tuple of arguments
            return Layout.intValue(call("sys.getrefcount", object));
        }
    }

    // ---- errors

    @Test
    void anErrorIsSetFetchedAndCleared() {
        assertThat(C.PyErr_Occurred(), is(MISSING));
        long valueError = C.getLong(C.address("PyExc_ValueError"));
        C.PyErr_SetString(valueError, c("b\u00e4d \ud83d\ude00"));
        assertThat(C.PyErr_Occurred(), is(valueError));
        long[] parts = fetch();
        assertThat(parts[0], is(valueError));
        assertThat(text(gil.own(C.PyObject_Str(parts[1]))), is("b\u00e4d \ud83d\ude00"));
        assertThat(C.PyException_GetTraceback(parts[1]), is(MISSING));
        assertThat(C.PyErr_GivenExceptionMatches(parts[1], C.getLong(C.address("PyExc_Exception"))), is(1));
        assertThat(C.PyErr_GivenExceptionMatches(parts[1], C.getLong(C.address("PyExc_KeyError"))), is(0));
        assertThat(C.PyErr_Occurred(), is(MISSING));

        C.PyErr_SetObject(valueError, gil.str("object"));
        parts = fetch();
        assertThat(text(gil.own(C.PyObject_Str(parts[1]))), is("object"));
        C.PyErr_Restore(parts[0], parts[1], parts[2]);
        assertThat(C.PyErr_Occurred(), is(valueError));
        C.PyErr_Clear();
    }

    @Test
    void aTracebackIsReadAndSet() {
        assertThat(C.PyObject_Call(eval("lambda: 1/0"), tuple(), 0), is(MISSING));
        long[] parts = fetch();
        assertThat(parts[2], is(not(MISSING)));
        assertThat(C.PyException_SetTraceback(parts[1], parts[2]), is(0));
        assertThat(gil.own(C.PyException_GetTraceback(parts[1])), is(parts[2]));
    }

    @Test
    void aContextVariableHasItsValueOrTheDefault() {
        long variable = eval("__import__('contextvars').ContextVar('v')");
        long otherwise = gil.str("otherwise");
        long cell = C.allocate(Long.BYTES);
        assertThat(C.PyContextVar_Get(variable, otherwise, cell), is(0));
        assertThat(gil.own(C.getLong(cell)), is(otherwise));
        gil.own(C.PyObject_Call(gil.attr(variable, "set"), tuple(gil.str("set")), 0));
        assertThat(C.PyContextVar_Get(variable, otherwise, cell), is(0));
        assertThat(text(gil.own(C.getLong(cell))), is("set"));
        C.free(cell);
    }

    /** Type, value and traceback, owned by the scope; the value twice, so that Restore can take one. */
    private long[] fetch() {
        long cells = C.allocate(3L * Long.BYTES);
        C.PyErr_Fetch(cells, cells + 8, cells + 16);
        C.PyErr_NormalizeException(cells, cells + 8, cells + 16);
        long[] parts = new long[3];
        C.read(cells, parts, 3);
        C.free(cells);
        for (long part : parts) {
            if (part != 0) {
                gil.own(part);
                C.Py_IncRef(part);
            }
        }
        return parts;
    }

    // ---- any object

    @Test
    void attributes() {
        long object = eval("type('T', (), {})()");
        long name = gil.str("n\u00e4me");
        assertThat(C.PyObject_GetAttr(object, name), is(MISSING));
        raised("AttributeError");
        long value = gil.str("value");
        assertThat(C.PyObject_SetAttr(object, name, value), is(0));
        assertThat(gil.own(C.PyObject_GetAttr(object, name)), is(value));
        assertThat(C.PyObject_SetAttr(object, name, 0), is(0)); // deletes
        assertThat(C.PyObject_SetAttr(object, name, 0), is(-1));
        raised("AttributeError");
        long names = gil.own(C.PyObject_Dir(object));
        assertThat(C.PySequence_Contains(names, gil.str("__class__")), is(1));
    }

    @Test
    void items() {
        long dict = eval("{'a': 1}");
        long key = gil.str("a");
        assertThat(number(gil.own(C.PyObject_GetItem(dict, key))), is(1L));
        assertThat(C.PyObject_SetItem(dict, key, integer(-2)), is(0));
        assertThat(number(gil.own(C.PyObject_GetItem(dict, key))), is(-2L));
        assertThat(C.PyObject_DelItem(dict, key), is(0));
        assertThat(C.PyObject_DelItem(dict, key), is(-1));
        raised("KeyError");
        assertThat(C.PyObject_GetItem(dict, key), is(MISSING));
        raised("KeyError");
    }

    @Test
    void calls() {
        long function = eval("lambda *a, **k: repr((a, k))");
        assertThat(text(gil.own(C.PyObject_CallNoArgs(function))), is("((), {})"));
        assertThat(
                text(gil.own(C.PyObject_Call(function, tuple(integer(1)), eval("{'k': 2}")))), is("((1,), {'k': 2})"));
        assertThat(text(gil.own(C.PyObject_Call(function, tuple(), 0))), is("((), {})"));
        long args = C.allocate(3L * Long.BYTES);
        C.write(args, new long[] {gil.str("abc"), integer(7), integer(8)}, 3);
        assertThat(text(gil.own(C.PyObject_VectorcallDict(function, args, 3, 0))), is("(('abc', 7, 8), {})"));
        assertThat(
                text(gil.own(C.PyObject_VectorcallDict(function, args, 1, eval("{'x': None}")))),
                is("(('abc',), {'x': None})"));
        assertThat(text(gil.own(C.PyObject_VectorcallMethod(gil.str("upper"), args, 1, 0))), is("ABC"));
        assertThat(C.PyObject_VectorcallMethod(gil.str("nothing"), args, 1, 0), is(MISSING));
        raised("AttributeError");
        C.free(args);
        assertThat(C.PyObject_CallNoArgs(eval("lambda: 1/0")), is(MISSING));
        raised("ZeroDivisionError");
        assertThat(C.PyCallable_Check(function), is(1));
        assertThat(C.PyCallable_Check(integer(1)), is(0));
    }

    @Test
    void theGarbageCollectorLooksAfterObjectsOrNot() {
        long isTracked = eval("__import__('gc').is_tracked");
        long list = gil.own(C.PyList_New(0));
        assertThat(gil.call(isTracked, list), is(Py.TRUE));
        C.PyObject_GC_UnTrack(list);
        assertThat(gil.call(isTracked, list), is(Py.FALSE));
        C.PyObject_GC_Track(list);
        assertThat(gil.call(isTracked, list), is(Py.TRUE));
    }

    @Test
    void textsHashesTruthAndOrder() {
        long list = eval("[1, 'a']");
        assertThat(text(gil.own(C.PyObject_Str(list))), is("[1, 'a']"));
        assertThat(text(gil.own(C.PyObject_Repr(gil.str("a\0b")))), is("'a\\x00b'"));
        assertThat(C.PyObject_Hash(integer(1L << 40)), is(1L << 40));
        assertThat(C.PyObject_Hash(integer(-5)), is(-5L));
        assertThat(C.PyObject_Hash(list), is(-1L));
        raised("TypeError");
        assertThat(C.PyObject_IsTrue(list), is(1));
        assertThat(C.PyObject_IsTrue(eval("[]")), is(0));
        assertThat(C.PyObject_IsTrue(eval("type('T', (), {'__bool__': lambda s: 1/0})()")), is(-1));
        raised("ZeroDivisionError");
        assertThat(C.PyObject_RichCompareBool(integer(1), integer(2), 0), is(1)); // <
        assertThat(C.PyObject_RichCompareBool(integer(1), integer(2), 5), is(0)); // >=
        assertThat(C.PyObject_RichCompareBool(integer(1), gil.str("x"), 0), is(-1));
        raised("TypeError");
        assertThat(C.PyObject_Size(list), is(2L));
        assertThat(C.PyObject_Size(integer(1)), is(-1L));
        raised("TypeError");
        long iterator = gil.own(C.PyObject_GetIter(list));
        gil.own(C.PyIter_Next(iterator));
        assertThat(C.PyObject_LengthHint(iterator, 9), is(1L));
        assertThat(C.PyObject_LengthHint(integer(1), 9), is(9L));
    }

    @Test
    void iteration() {
        long iterator = gil.own(C.PyObject_GetIter(eval("(1, 2)")));
        assertThat(number(gil.own(C.PyIter_Next(iterator))), is(1L));
        assertThat(number(gil.own(C.PyIter_Next(iterator))), is(2L));
        assertThat(C.PyIter_Next(iterator), is(MISSING));
        assertThat(C.PyErr_Occurred(), is(MISSING));
        assertThat(C.PyIter_Next(gil.own(C.PyObject_GetIter(eval("(1/0 for i in [1])")))), is(MISSING));
        raised("ZeroDivisionError");
        assertThat(C.PyObject_GetIter(integer(1)), is(MISSING));
        raised("TypeError");
    }

    @Test
    void types() {
        long intType = C.address("PyLong_Type");
        long boolType = C.address("PyBool_Type");
        long strType = C.address("PyUnicode_Type");
        assertThat(C.PyObject_IsInstance(eval("True"), intType), is(1));
        assertThat(C.PyObject_IsInstance(eval("'x'"), intType), is(0));
        assertThat(C.PyObject_IsInstance(eval("'x'"), eval("'x'")), is(-1));
        raised("TypeError");
        assertThat(C.PyType_IsSubtype(boolType, intType), is(1));
        assertThat(C.PyType_IsSubtype(intType, boolType), is(0));
        assertThat(C.PyType_GetFlags(boolType) & (1L << 24), is(1L << 24));
        assertThat(C.PyType_GetFlags(strType) & (1L << 24), is(0L));
    }

    // ---- containers

    @Test
    void dicts() {
        long dict = gil.own(C.PyDict_New());
        long key = gil.str("k");
        assertThat(C.PyDict_GetItemWithError(dict, key), is(MISSING));
        assertThat(C.PyErr_Occurred(), is(MISSING));
        assertThat(C.PyDict_GetItemWithError(dict, dict), is(MISSING));
        raised("TypeError");
        assertThat(C.PyDict_SetItem(dict, key, integer(5)), is(0));
        assertThat(number(C.PyDict_GetItemWithError(dict, key)), is(5L));
        assertThat(C.PyDict_Contains(dict, key), is(1));
        assertThat(C.PyDict_Contains(dict, gil.str("x")), is(0));
        assertThat(C.PyDict_Contains(dict, dict), is(-1));
        raised("TypeError");
        assertThat(C.PyDict_Size(dict), is(1L));
        assertThat(repr(gil.own(C.PyDict_Keys(dict))), is("['k']"));
        assertThat(repr(gil.own(C.PyDict_Values(dict))), is("[5]"));
        assertThat(repr(gil.own(C.PyDict_Items(dict))), is("[('k', 5)]"));
        long copy = gil.own(C.PyDict_Copy(dict));
        assertThat(C.PyDict_Update(copy, eval("{'z': 1}")), is(0));
        assertThat(repr(copy), is("{'k': 5, 'z': 1}"));
        assertThat(C.PyDict_DelItem(dict, key), is(0));
        assertThat(C.PyDict_DelItem(dict, key), is(-1));
        raised("KeyError");
        C.PyDict_Clear(copy);
        assertThat(C.PyDict_Size(copy), is(0L));
    }

    @Test
    void lists() {
        long list = gil.own(C.PyList_New(2));
        assertThat(C.PyList_SetItem(list, 0, C.PyLong_FromLongLong(10)), is(0));
        assertThat(C.PyList_SetItem(list, 1, C.PyLong_FromLongLong(11)), is(0));
        assertThat(C.PyList_SetItem(list, 2, C.PyLong_FromLongLong(12)), is(-1));
        raised("IndexError");
        assertThat(C.PyList_Append(list, integer(12)), is(0));
        assertThat(C.PyList_Insert(list, 0, integer(9)), is(0));
        assertThat(C.PyList_Size(list), is(4L));
        assertThat(number(C.PyList_GetItem(list, 3)), is(12L));
        assertThat(C.PyList_GetItem(list, 4), is(MISSING));
        raised("IndexError");
        assertThat(repr(gil.own(C.PyList_GetSlice(list, 1, 3))), is("[10, 11]"));
        assertThat(C.PyList_SetSlice(list, 1, 3, eval("['x']")), is(0));
        assertThat(C.PyList_SetSlice(list, 0, 1, 0), is(0));
        assertThat(repr(list), is("['x', 12]"));
    }

    @Test
    void tuplesAndSequences() {
        long tuple = gil.own(C.PyTuple_New(2));
        assertThat(C.PyTuple_SetItem(tuple, 0, C.PyLong_FromLongLong(1)), is(0));
        assertThat(C.PyTuple_SetItem(tuple, 1, C.PyLong_FromLongLong(2)), is(0));
        assertThat(C.PyTuple_Size(tuple), is(2L));
        assertThat(number(C.PyTuple_GetItem(tuple, 1)), is(2L));
        assertThat(C.PyTuple_GetItem(tuple, 2), is(MISSING));
        raised("IndexError");
        assertThat(repr(gil.own(C.PySequence_List(tuple))), is("[1, 2]"));
        assertThat(repr(gil.own(C.PySequence_Tuple(eval("range(3)")))), is("(0, 1, 2)"));
        assertThat(C.PySequence_Contains(tuple, integer(2)), is(1));
        assertThat(C.PySequence_Contains(tuple, integer(3)), is(0));
        assertThat(C.PySequence_List(integer(1)), is(MISSING));
        raised("TypeError");
    }

    @Test
    void sets() {
        long set = gil.own(C.PySet_New(0));
        assertThat(C.PySet_Add(set, integer(1)), is(0));
        assertThat(C.PySet_Add(set, set), is(-1));
        raised("TypeError");
        assertThat(C.PySet_Contains(set, integer(1)), is(1));
        assertThat(C.PySet_Contains(set, integer(2)), is(0));
        assertThat(C.PySet_Discard(set, integer(2)), is(0));
        assertThat(C.PySet_Discard(set, integer(1)), is(1));
        assertThat(C.PySet_Size(set), is(0L));
        assertThat(repr(gil.own(C.PyFrozenSet_New(tuple(integer(3))))), is("frozenset({3})"));
        long full = gil.own(C.PySet_New(tuple(integer(3))));
        assertThat(C.PySet_Clear(full), is(0));
        assertThat(C.PySet_Size(full), is(0L));
    }

    // ---- numbers

    @Test
    void integers() {
        for (long value : new long[] {0, 1, -1, 1L << 31, Long.MIN_VALUE, Long.MAX_VALUE}) {
            assertThat(number(integer(value)), is(value));
        }
        long overflow = C.allocate(Integer.BYTES);
        assertThat(C.PyLong_AsLongLongAndOverflow(eval("2**63"), overflow), is(-1L));
        assertThat(C.getInt(overflow), is(1));
        assertThat(C.PyLong_AsLongLongAndOverflow(eval("-2**63-1"), overflow), is(-1L));
        assertThat(C.getInt(overflow), is(-1));
        C.free(overflow);
    }

    @Test
    void floatsAndComplexNumbers() {
        for (double value : new double[] {0.0, -0.0, 1.5, Double.MIN_VALUE, Double.NEGATIVE_INFINITY, Double.NaN}) {
            assertThat(C.PyFloat_AsDouble(gil.own(C.PyFloat_FromDouble(value))), is(value));
        }
        assertThat(C.PyFloat_AsDouble(gil.str("x")), is(-1.0));
        raised("TypeError");
        long complex = gil.own(C.PyComplex_FromDoubles(1.25, -2.5));
        assertThat(repr(complex), is("(1.25-2.5j)"));
        assertThat(C.PyComplex_RealAsDouble(complex), closeTo(1.25, 0));
        assertThat(C.PyComplex_ImagAsDouble(complex), closeTo(-2.5, 0));
    }

    // ---- text and bytes

    @Test
    void textsGoInExactly() {
        long passing = copy(c("surrogatepass"));
        for (String text : List.of("", "a\0b", "\u00e9\u00ff", "\u20ac", "\ufeffx", "\ud83d\ude00", "a\ud800b")) {
            byte[] units = new byte[2 * text.length()];
            ByteBuffer.wrap(units).order(ByteOrder.LITTLE_ENDIAN).asCharBuffer().put(text);
            long data = copy(units);
            long little = copy(new byte[] {-1, -1, -1, -1});
            long made = gil.own(C.PyUnicode_DecodeUTF16(data, units.length, passing, little));
            C.free(little);
            C.free(data);
            assertThat(C.PyUnicode_GetLength(made), is((long) text.codePointCount(0, text.length())));
            assertThat(text(made), is(text));
            long utf16 = copy(c("utf-16-le"));
            long bytes = gil.own(C.PyUnicode_AsEncodedString(made, utf16, passing));
            C.free(utf16);
            assertThat(bytes(bytes), is(units));
        }
        C.free(passing);
        long ascii = copy(c("ascii"));
        assertThat(C.PyUnicode_AsEncodedString(gil.str("\u20ac"), ascii, 0), is(MISSING));
        raised("UnicodeEncodeError");
        assertThat(C.PyUnicode_AsEncodedString(gil.str("\u20ac"), ascii + 1, 0), is(MISSING));
        raised("LookupError");
        C.free(ascii);
    }

    @Test
    void textsOfEachKindAndAnyLength() {
        for (int length : new int[] {0, 1, 3, 1000, 16 << 10, (16 << 10) + 1, 5_000_000}) {
            byte[] latin = new byte[length];
            Arrays.fill(latin, (byte) 0xe9);
            String expected = "\u00e9".repeat(length);
            assertThat(
                    text(gil.own(C.PyUnicode_FromKindAndData(1, latin, length))).equals(expected), is(true));
            long memory = C.allocate(length + 1L);
            C.write(memory, latin, length);
            assertThat(
                    text(gil.own(C.PyUnicode_FromKindAndData(1, memory, length)))
                            .equals(expected),
                    is(true));
            C.free(memory);
        }
        ByteBuffer units = ByteBuffer.allocate(4)
                .order(ByteOrder.nativeOrder())
                .putChar('\u20ac')
                .putChar('x');
        assertThat(text(gil.own(C.PyUnicode_FromKindAndData(2, units.array(), 2))), is("\u20acx"));
        ByteBuffer points =
                ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(0x1f600);
        assertThat(text(gil.own(C.PyUnicode_FromKindAndData(4, points.array(), 1))), is("\ud83d\ude00"));
    }

    @Test
    void namesAreInterned() {
        long cell = C.allocate(Long.BYTES);
        String name = "interned_" + System.nanoTime();
        long[] interned = new long[2];
        for (int i = 0; i < 2; i++) {
            byte[] latin = name.getBytes(StandardCharsets.ISO_8859_1);
            C.putLong(cell, C.PyUnicode_FromKindAndData(1, latin, latin.length));
            C.PyUnicode_InternInPlace(cell);
            interned[i] = gil.own(C.getLong(cell));
        }
        C.free(cell);
        assertThat(interned[0], is(interned[1]));
    }

    @Test
    void bytesOfAnyLength() {
        for (int length : new int[] {0, 1, 16 << 10, (16 << 10) + 1, 3_000_000}) {
            byte[] data = new byte[length + 3];
            for (int i = 0; i < data.length; i++) {
                data[i] = (byte) (i * 31);
            }
            long made = gil.own(C.PyBytes_FromStringAndSize(data, length));
            assertThat(C.PyBytes_Size(made), is((long) length));
            assertThat(Arrays.equals(bytes(made), Arrays.copyOf(data, length)), is(true));
        }
        long array = eval("bytearray(b'a\\0b')");
        assertThat(C.PyByteArray_Size(array), is(3L));
        byte[] copy = new byte[3];
        C.read(C.PyByteArray_AsString(array), copy, 3);
        assertThat(copy, is(new byte[] {'a', 0, 'b'}));
        assertThat(C.PyBytes_AsString(array), is(MISSING));
        raised("TypeError");
    }

    @Test
    void buffersShareTheirMemory() {
        long memory = C.allocate(8);
        long view = gil.own(C.PyMemoryView_FromMemory(memory, 8, 0x200)); // PyBUF_WRITE
        assertThat(C.PyObject_SetItem(view, integer(3), integer(200)), is(0));
        assertThat(C.getByte(memory + 3), is((byte) 200));
        long buffer = C.allocate(256);
        assertThat(C.PyObject_GetBuffer(view, buffer, 0), is(0));
        assertThat(C.getLong(buffer), is(memory));
        C.PyBuffer_Release(buffer);
        assertThat(C.PyObject_GetBuffer(integer(1), buffer, 0), is(-1));
        raised("TypeError");
        C.free(buffer);
        call("operator.methodcaller('release')", view);
        C.free(memory);
    }

    // ---- modules, code, functions

    @Test
    void modulesAndCode() {
        long json = gil.own(C.PyImport_ImportModule(c("json.decoder")));
        assertThat(repr(json), startsWith("<module 'json.decoder'"));
        assertThat(C.PyImport_ImportModule(c("no_such_module")), is(MISSING));
        raised("ModuleNotFoundError");
        long main = C.PyImport_AddModule(c("__main__"));
        assertThat(repr(main), containsString("__main__"));
        long module = gil.own(C.PyModule_NewObject(gil.str("m\u00f6dule")));
        long dict = C.PyModule_GetDict(module);
        C.PyDict_SetItem(dict, gil.str("__builtins__"), C.PyEval_GetBuiltins());
        long code = call("lambda text: compile(text, 'f', 'exec')", gil.str("answer = len('forty') * 8 + 2"));
        gil.own(C.PyEval_EvalCode(code, dict, dict));
        assertThat(number(C.PyDict_GetItemWithError(dict, gil.str("answer"))), is(42L));
    }

    @Test
    void functionsBindAndInstancesAreMade() {
        long type = eval("type('T', (), {'__init__': lambda self: 1/0})");
        long function = function((self, args, nargs, kwnames) -> C.PyLong_FromLongLong(nargs));
        assertThat(C.PyObject_SetAttr(type, gil.str("method"), gil.own(C.PyInstanceMethod_New(function))), is(0));
        long instance = gil.own(C.PyType_GenericAlloc(type, 0));
        assertThat(Layout.typeOf(instance), is(type));
        long method = gil.own(C.PyObject_GetAttr(instance, gil.str("method")));
        assertThat(number(gil.own(C.PyObject_CallNoArgs(method))), is(1L));
    }

    /** Extension modules find libpython's symbols only when it was loaded RTLD_GLOBAL. */
    @Test
    void extensionModulesLoad() {
        for (String module : List.of("_ssl", "_ctypes", "_decimal", "_elementtree")) {
            long found = call("importlib.util.find_spec", gil.str(module));
            if (found != eval("None")) {
                gil.own(C.PyImport_ImportModule(c(module)));
            }
        }
    }

    // ---- by name

    @Test
    void functionsAndVariablesByName() {
        assertThat(C.address("PyLong_Type"), is(Layout.typeOf(integer(1))));
        assertThat(C.address("no_such_symbol"), is(MISSING));
        assertThrows(UnsatisfiedLinkError.class, () -> C.call("no_such_function"));
        assertThat((int) C.call("Py_IsInitialized"), is(1));
        assertThat(C.call("PyLong_AsLong", integer(-7)), is(-7L));
        assertThat((int) C.call("PyObject_RichCompareBool", integer(1), integer(1), 2), is(1));
        assertThat((int) C.callAt(C.address("PyObject_RichCompareBool"), integer(1), integer(2), 0, 0), is(1));
        long dict = gil.own(C.PyDict_New());
        long module = C.call("PyImport_ImportModuleLevelObject", gil.str("json"), dict, dict, eval("['loads']"), 0);
        assertThat(repr(gil.own(module)), startsWith("<module 'json'"));
        long code = call("lambda text: compile(text, 'f', 'eval')", gil.str("6 * 7"));
        C.PyDict_SetItem(dict, gil.str("__builtins__"), C.PyEval_GetBuiltins());
        assertThat(number(gil.own(C.call("PyEval_EvalCodeEx", code, dict, dict, 0, 0, 0, 0, 0, 0, 0, 0))), is(42L));
    }

    @Test
    void statusesAreReturnedByValue() {
        long memory = copy(c("w\u00e4s"));
        assertThat(C.callForStatus("PyStatus_Error", memory), is("w\u00e4s"));
        C.free(memory);
        assertThat(C.callForStatus("PyStatus_Exit", 3), is("exit 3"));
        assertThat(C.callForStatus("PyStatus_Ok", 0), is(nullValue()));
        assertThrows(UnsatisfiedLinkError.class, () -> C.callForStatus("no_such_function", 0));
    }

    @Test
    void theStackIsKnown() {
        ThreadStack stack = C.stack();
        assumeTrue(!System.getProperty("os.name").startsWith("Windows"), "Windows does not tell");
        assertThat(stack.size(), allOf(greaterThan(64L << 10), lessThan(1L << 40)));
        assertThat(stack.start(), greaterThan(0L));
        long[] size = new long[1];
        Thread thread = new Thread(null, () -> size[0] = C.stack().size(), "t", 3 << 20);
        thread.start();
        join(thread);
        // glibc may give it the larger stack of a thread that has ended
        assertThat(size[0], allOf(greaterThanOrEqualTo(3L << 20), lessThan(1L << 30)));
        assertThat(C.wcharSize(), is(System.getProperty("os.name").startsWith("Windows") ? 2 : 4));
    }

    // ---- upcalls

    @Test
    void pythonCallsJava() {
        long[] seen = new long[4];
        long function = function((self, args, nargs, kwnames) -> {
            seen[0] = self;
            seen[1] = nargs;
            seen[2] = kwnames == 0 ? 0 : Layout.tupleSize(kwnames);
            seen[3] = C.getLong(args + 8 * nargs);
            long first = C.getLong(args);
            C.Py_IncRef(first);
            return first;
        });
        long args = tuple(gil.str("first"), integer(2));
        long result = gil.own(C.PyObject_Call(function, args, eval("{'k': 'v'}")));
        assertThat(text(result), is("first"));
        assertThat(number(seen[0]), is(99L));
        assertThat(seen[1], is(2L));
        assertThat(seen[2], is(1L));
        assertThat(text(seen[3]), is("v"));
    }

    @Test
    void anUpcallReportsAnErrorByZero() {
        long function = function((self, args, nargs, kwnames) -> {
            C.PyErr_SetString(C.getLong(C.address("PyExc_KeyError")), c("from Java"));
            return 0;
        });
        assertThat(C.PyObject_CallNoArgs(function), is(MISSING));
        raised("KeyError");
    }

    @Test
    void whatIsThrownInAnUpcallIsNoMoreThanAnErrorInPython() {
        for (Throwable thrown : List.of(new IllegalStateException("test"), new StackOverflowError(), new Error("e"))) {
            long function = function((self, args, nargs, kwnames) -> {
                throw CPythonContractTest.<RuntimeException>sneaky(thrown);
            });
            assertThat(C.PyObject_CallNoArgs(function), is(MISSING));
            raised("SystemError");
        }
    }

    @Test
    void upcallsNest() {
        long[] self = new long[1];
        int[] depth = new int[1];
        long function = function((ignored, args, nargs, kwnames) -> {
            if (++depth[0] == 20) {
                return C.PyLong_FromLongLong(20);
            }
            return C.PyObject_CallNoArgs(self[0]);
        });
        self[0] = function;
        assertThat(number(gil.own(C.PyObject_CallNoArgs(function))), is(20L));
    }

    @Test
    void threadsOfPythonAreDaemonsAndStayTheSame() {
        Thread[] seen = new Thread[2];
        boolean[] daemon = new boolean[1];
        long function = function((self, args, nargs, kwnames) -> {
            Thread thread = Thread.currentThread();
            daemon[0] = thread.isDaemon();
            seen[seen[0] == null ? 0 : 1] = thread;
            long none = C.address("_Py_NoneStruct");
            C.Py_IncRef(none);
            return none;
        });
        long run = eval("lambda f: __import__('threading').Thread(target=lambda: (f(), f()))");
        long thread = call(run, function);
        call("operator.methodcaller('start')", thread);
        call("operator.methodcaller('join')", thread);
        assertThat(daemon[0], is(true));
        assertThat(seen[0], is(not(Thread.currentThread())));
        assertThat(seen[1], is(seen[0]));
    }

    // ---- memory

    @Test
    void memoryIsReadAndWritten() {
        long memory = C.allocate(64);
        for (int i = 0; i < 64; i++) {
            assertThat(C.getByte(memory + i), is((byte) 0));
        }
        for (long address = memory; address < memory + 9; address++) { // aligned or not
            C.putLong(address, 0x8877665544332211L);
            assertThat(C.getLong(address), is(0x8877665544332211L));
            C.putInt(address, -2);
            assertThat(C.getInt(address), is(-2));
            C.putShort(address, (short) -3);
            assertThat(C.getShort(address), is((short) -3));
            C.putByte(address, (byte) -128);
            assertThat(C.getByte(address), is((byte) -128));
            C.putLong(address, Double.doubleToRawLongBits(-0.0));
            assertThat(C.getDouble(address), is(-0.0));
        }
        C.free(memory);
        C.free(0);
    }

    @Test
    void memoryIsCopiedInBlocks() {
        for (int shift : new int[] {0, 1, 2, 4}) {
            for (int count : new int[] {0, 1, 7, 100_000}) {
                long memory = C.allocate(8L * count + shift);
                long[] longs = new long[count + 2];
                for (int i = 0; i < longs.length; i++) {
                    longs[i] = i * 0x0123456789abcdefL;
                }
                C.write(memory + shift, longs, count);
                long[] read = new long[count + 2];
                C.read(memory + shift, read, count);
                assertThat(Arrays.equals(read, 0, count, longs, 0, count), is(true));
                assertThat("nothing beyond the length", read[count], is(0L));

                int[] ints = new int[2 * count];
                C.read(memory + shift, ints, ints.length);
                char[] chars = new char[4 * count];
                C.read(memory + shift, chars, chars.length);
                short[] shorts = new short[4 * count];
                C.read(memory + shift, shorts, shorts.length);
                float[] floats = new float[2 * count];
                C.read(memory + shift, floats, floats.length);
                double[] doubles = new double[count];
                C.read(memory + shift, doubles, doubles.length);
                byte[] bytes = new byte[8 * count];
                C.read(memory + shift, bytes, bytes.length);
                ByteBuffer expected = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
                for (int i = 0; i < count; i++) {
                    assertThat(expected.getLong(8 * i), is(longs[i]));
                    assertThat(expected.getInt(8 * i + 4), is(ints[2 * i + 1]));
                    assertThat(expected.getChar(8 * i + 6), is(chars[4 * i + 3]));
                    assertThat(expected.getShort(8 * i + 2), is(shorts[4 * i + 1]));
                    assertThat(expected.getFloat(8 * i + 4), is(floats[2 * i + 1]));
                    assertThat(expected.getDouble(8 * i), is(doubles[i]));
                }
                C.write(memory + shift, new byte[8 * count + 1], 8 * count);
                C.read(memory + shift, bytes, bytes.length);
                assertThat(Arrays.equals(bytes, new byte[8 * count]), is(true));
                C.free(memory);
            }
        }
    }

    @Test
    void stringsOfCAreUtf8() {
        byte[] text = c("gr\u00fc\u00df \ud83d\ude00");
        long memory = copy(text);
        assertThat(C.getString(memory), is("gr\u00fc\u00df \ud83d\ude00"));
        assertThat(C.getString(memory + text.length - 1), is(""));
        C.free(memory);
    }

    @Test
    void aBufferLiesOnTheMemory() {
        long memory = C.allocate(16);
        ByteBuffer buffer = C.buffer(memory, 16);
        assertThat(buffer.isDirect(), is(true));
        assertThat(buffer.capacity(), is(16));
        assertThat(buffer.order(), is(ByteOrder.nativeOrder()));
        buffer.putLong(8, 77);
        assertThat(C.getLong(memory + 8), is(77L));
        assertThat(C.buffer(memory, 0).capacity(), is(0));
        C.free(memory);
        assertThrows(IllegalArgumentException.class, () -> C.buffer(memory, 1L << 40));
    }

    @Test
    void whenBuffersAreGoneIsTold() throws InterruptedException {
        long memory = C.allocate(64);
        for (UnaryOperator<Object> derive : List.<UnaryOperator<Object>>of(
                buffer -> buffer,
                buffer -> ((ByteBuffer) buffer).slice(8, 16),
                buffer -> ((ByteBuffer) buffer).duplicate().asReadOnlyBuffer(),
                buffer -> ((ByteBuffer) buffer).asDoubleBuffer(),
                buffer -> ((ByteBuffer) buffer)
                        .slice()
                        .order(ByteOrder.BIG_ENDIAN)
                        .asIntBuffer()
                        .slice())) {
            AtomicBoolean gone = new AtomicBoolean();
            Object derived = derive.apply(C.buffer(memory, 64, () -> gone.set(true)));
            for (int i = 0; i < 3; i++) {
                System.gc();
                Thread.sleep(10);
            }
            assertThat("gone while reachable", gone.get(), is(false));
            Reference.reachabilityFence(derived);
            derived = null;
            assertThat("gone", becomes(gone), is(true));
        }
        C.buffer(memory, 64, () -> {}).putLong(8, 77);
        assertThat(C.getLong(memory + 8), is(77L));
        assertThrows(IllegalArgumentException.class, () -> C.buffer(memory, 1L << 40, () -> {}));
        C.free(memory);
    }

    @Test
    void segmentsAreOfAnySize() throws Exception {
        long memory = C.allocate(64);
        AtomicBoolean gone = new AtomicBoolean();
        Object segment = C.segment(memory, 1L << 40, true, () -> gone.set(true));
        assertThat(segment == null, is(Backend.name().equals("jna")));
        if (segment != null) {
            Class<?> type = Class.forName("java.lang.foreign." + "MemorySegment");
            assertThat(type.getMethod("byteSize").invoke(segment), is(1L << 40));
            assertThat(type.getMethod("isReadOnly").invoke(segment), is(true));
            assertThat(type.getMethod("address").invoke(segment), is(memory));
            System.gc();
            assertThat(gone.get(), is(false));
            Reference.reachabilityFence(segment);
            segment = null;
            assertThat(becomes(gone), is(true));
        }
        C.free(memory);
    }

    private static boolean becomes(AtomicBoolean condition) throws InterruptedException {
        for (int i = 0; i < 1000 && !condition.get(); i++) {
            System.gc();
            Thread.sleep(10);
        }
        return condition.get();
    }

    @Test
    void aBufferTellsItsParts() {
        long exporter = eval("memoryview(bytearray(range(48))).cast('B').cast('h', (2, 3, 4))");
        long view = C.allocate(PyBuffer.SIZE);
        assertThat(C.PyObject_GetBuffer(exporter, view, PyBuffer.RECORDS_RO), is(0));
        assertThat(C.getShort(PyBuffer.address(view) + 2), is((short) 0x302));
        assertThat(PyBuffer.length(view), is(48L));
        assertThat(PyBuffer.itemSize(view), is(2L));
        assertThat(PyBuffer.isReadOnly(view), is(false));
        assertThat(PyBuffer.shape(view), is(new long[] {2, 3, 4}));
        assertThat(PyBuffer.strides(view), is(new long[] {24, 8, 2}));
        assertThat(PyBuffer.format(view), is("h"));
        C.PyBuffer_Release(view);
        assertThat(C.PyObject_GetBuffer(eval("memoryview(b'abcdef')[::-2]"), view, PyBuffer.RECORDS_RO), is(0));
        assertThat(C.getByte(PyBuffer.address(view)), is((byte) 'f'));
        assertThat(PyBuffer.isReadOnly(view), is(true));
        assertThat(PyBuffer.strides(view), is(new long[] {-2}));
        C.PyBuffer_Release(view);
        long array = eval("(lambda c: ((c.c_int16 * 3) * 2)())(__import__('ctypes'))");
        assertThat(C.PyObject_GetBuffer(array, view, PyBuffer.RECORDS_RO), is(0));
        assertThat("which ctypes does not tell", PyBuffer.strides(view), is(new long[] {6, 2}));
        C.PyBuffer_Release(view);
        C.free(view);
    }

    // ---- how the tests speak

    private long eval(String expression) {
        long builtins = C.PyEval_GetBuiltins();
        long eval = C.PyDict_GetItemWithError(builtins, gil.str("eval"));
        long globals = gil.own(C.PyDict_New());
        for (String module : List.of("sys", "operator", "importlib.util")) {
            C.PyDict_SetItem(globals, gil.str(module.split("\\.")[0]), gil.own(importTop(module)));
        }
        C.PyDict_SetItem(globals, gil.str("__builtins__"), builtins);
        return gil.own(C.PyObject_Call(eval, tuple(gil.str(expression), globals), 0));
    }

    private long importTop(String module) {
        gil.own(C.PyImport_ImportModule(c(module)));
        return C.PyImport_ImportModule(c(module.split("\\.")[0]));
    }

    private long call(String function, long argument) {
        return call(eval(function), argument);
    }

    private long call(long function, long argument) {
        return gil.own(C.PyObject_Call(function, tuple(argument), 0));
    }

    private long tuple(long... items) {
        long tuple = gil.own(C.PyTuple_New(items.length));
        for (int i = 0; i < items.length; i++) {
            C.Py_IncRef(items[i]);
            C.PyTuple_SetItem(tuple, i, items[i]);
        }
        return tuple;
    }

    private long integer(long value) {
        return gil.own(C.PyLong_FromLongLong(value));
    }

    private static long number(long integer) {
        long overflow = C.allocate(Integer.BYTES);
        try {
            return C.PyLong_AsLongLongAndOverflow(integer, overflow);
        } finally {
            C.free(overflow);
        }
    }

    private static String text(long text) {
        return Layout.text(text);
    }

    private String repr(long object) {
        return text(gil.own(C.PyObject_Repr(object)));
    }

    private static long copy(byte[] bytes) {
        long memory = C.allocate(bytes.length);
        C.write(memory, bytes, bytes.length);
        return memory;
    }

    private static byte[] bytes(long bytes) {
        byte[] copy = new byte[(int) C.PyBytes_Size(bytes)];
        C.read(C.PyBytes_AsString(bytes), copy, copy.length);
        return copy;
    }

    /** A Python function of the upcall, with 99 as its self. */
    private long function(Upcall body) {
        byte[] name = c("from_java");
        long definition = C.allocate(4L * Long.BYTES + name.length);
        C.write(definition + 32, name, name.length);
        C.putLong(definition, definition + 32);
        C.putLong(definition + 8, C.upcall(body));
        C.putInt(definition + 16, 0x80 | 0x02);
        return gil.own(C.PyCFunction_NewEx(definition, integer(99), 0));
    }

    /** That this error is pending; clears it. */
    private void raised(String exception) {
        long error = C.PyErr_Occurred();
        assertThat("an error is set", error, is(not(MISSING)));
        long wanted = C.getLong(C.address("PyExc_" + exception));
        boolean right = C.PyErr_GivenExceptionMatches(error, wanted) == 1;
        C.PyErr_Clear();
        assertThat(repr(error), right, is(true));
    }

    private static byte[] c(String text) {
        return (text + "\0").getBytes(StandardCharsets.UTF_8);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> E sneaky(Throwable error) throws E {
        throw (E) error;
    }
}
