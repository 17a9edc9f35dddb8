package benchmarks;

import static benchmarks.Workload.check;
import static org.bytedeco.cpython.global.python.*;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bytedeco.cpython.PyCFunction;
import org.bytedeco.cpython.PyMethodDef;
import org.bytedeco.cpython.PyObject;
import org.bytedeco.cpython.Py_buffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.SizeTPointer;

/**
 * JavaCPP's preset for CPython, with its own CPython: the C API as it is, used as the C program uses it. It has no
 * {@code Py_DECREF}; to a list's first item one is given and the one before dropped.
 */
final class JavaCppBridge implements Bridge {

    private final PyObject globals;
    private final PyObject dropped;

    /** What Python refers to, and Java must not collect. */
    private Object held;

    private int number = 100_000;

    JavaCppBridge() throws IOException {
        Py_Initialize(cachePackages());
        globals = PyModule_GetDict(PyImport_AddModule("__main__"));
        dropped = PyList_New(1);
        PyEval_SaveThread();
    }

    @Override
    public Object eval(String expression) {
        int gil = PyGILState_Ensure();
        try {
            return evalLong(expression);
        } finally {
            PyGILState_Release(gil);
        }
    }

    private static PyObject need(PyObject object) {
        if (object == null) {
            PyErr_Print();
            throw new AssertionError("an exception in Python");
        }
        return object;
    }

    private void drop(PyObject object) {
        PyList_SetItem(dropped, 0, object);
    }

    private PyObject global(String name) {
        return need(PyDict_GetItemString(globals, name));
    }

    private void exec(String script) {
        drop(need(PyRun_String(script, Py_file_input, globals, globals)));
    }

    private long evalLong(String expression) {
        PyObject value = need(PyRun_String(expression, Py_eval_input, globals, globals));
        long number = PyLong_AsLong(value);
        drop(value);
        return number;
    }

    private long callLong(PyObject function) {
        PyObject value = need(PyObject_CallNoArgs(function));
        long number = PyLong_AsLong(value);
        drop(value);
        return number;
    }

    private static String text(PyObject text) {
        return PyUnicode_AsUTF8(text).getString(StandardCharsets.UTF_8);
    }

    /** With the GIL held for all of it. */
    private static Work locked(Work work) {
        return () -> {
            int gil = PyGILState_Ensure();
            try {
                work.run();
            } finally {
                PyGILState_Release(gil);
            }
        };
    }

    @Override
    public Work work(String row) throws IOException {
        int gil = PyGILState_Ensure();
        try {
            Work work = unlocked(row);
            return work == null ? null : locked(work);
        } finally {
            PyGILState_Release(gil);
        }
    }

    private Work unlocked(String row) throws IOException {
        exec(SCRIPT);
        PyObject foo = global("foo");
        PyObject add = global("add");
        PyObject upper = global("upper");
        PyObject total = global("total");
        PyObject totalOfBytes = global("total_of_bytes");
        PyObject ints = global("ints");
        PyObject strs = global("strs");
        PyObject prices = global("prices");
        PyObject calls = global("calls");
        PyObject fail = global("fail");
        PyObject x = PyUnicode_InternFromString("x");
        PyObject increment = need(Py_CompileString("x = x + 1", "<script>", Py_file_input));
        PointerPointer<PyObject> two = new PointerPointer<>(2);
        List<Integer> numbers = Bridge.numbers();
        return switch (row) {
            case "W1" ->
                () -> {
                    PyObject text = need(PyObject_CallNoArgs(foo));
                    check("1".equals(text(text)));
                    drop(text);
                };
            case "W2" ->
                () -> {
                    PyObject a = PyLong_FromLong(20_000);
                    PyObject b = PyLong_FromLong(22_000);
                    two.put(0, a).put(1, b);
                    PyObject sum = need(PyObject_Vectorcall(add, two, 2, null));
                    check(PyLong_AsLong(sum) == 42_000);
                    drop(sum);
                    drop(b);
                    drop(a);
                };
            case "W3" ->
                () -> {
                    PyObject lower = PyUnicode_FromString(HUNDRED);
                    PyObject text = need(PyObject_CallOneArg(upper, lower));
                    check(text(text).charAt(99) == 'X');
                    drop(text);
                    drop(lower);
                };
            case "W4.fresh" ->
                () -> {
                    number++;
                    check(evalLong("(" + number + " + 1) * 2") == (number + 1) * 2);
                };
            case "W4.repeated" -> () -> check(evalLong("factor * 2") == 42_000);
            case "W5" ->
                () -> {
                    PyObject put = PyLong_FromLong(++number);
                    PyDict_SetItem(globals, x, put);
                    drop(put);
                    drop(need(PyEval_EvalCode(increment, globals, globals)));
                    check(PyLong_AsLong(need(PyDict_GetItem(globals, x))) == number + 1);
                };
            case "W6" ->
                () -> {
                    PyObject list = PyList_New(numbers.size());
                    for (int i = 0; i < numbers.size(); i++) {
                        PyList_SetItem(list, i, PyLong_FromLong(numbers.get(i)));
                    }
                    PyObject sum = need(PyObject_CallOneArg(total, list));
                    check(PyLong_AsLong(sum) == 1_499_500);
                    drop(sum);
                    drop(list);
                };
            case "W6.array" ->
                () -> {
                    int[] array = Bridge.array(numbers);
                    try (IntPointer copy = new IntPointer(array)) {
                        PyObject memory = PyMemoryView_FromMemory(new BytePointer(copy), 4L * array.length, PyBUF_READ);
                        PyObject sum = need(PyObject_CallOneArg(totalOfBytes, memory));
                        check(PyLong_AsLong(sum) == 1_499_500);
                        drop(sum);
                        drop(memory);
                    }
                };
            case "W7.ints" ->
                () -> {
                    PyObject list = need(PyObject_CallNoArgs(ints));
                    long sum = 0;
                    for (long i = 0, size = PyList_Size(list); i < size; i++) {
                        sum += PyLong_AsLong(PyList_GetItem(list, i));
                    }
                    check(sum == 1_499_500);
                    drop(list);
                };
            case "W7.strs" ->
                () -> {
                    PyObject list = need(PyObject_CallNoArgs(strs));
                    int characters = 0;
                    for (long i = 0, size = PyList_Size(list); i < size; i++) {
                        characters += text(PyList_GetItem(list, i)).length();
                    }
                    check(characters == 10_000);
                    drop(list);
                };
            case "W8" ->
                () -> {
                    PyObject dict = need(PyObject_CallNoArgs(prices));
                    int characters = 0;
                    double sum = 0;
                    try (SizeTPointer position = new SizeTPointer(1).put(0);
                            PointerPointer<PyObject> key = new PointerPointer<>(1);
                            PointerPointer<PyObject> value = new PointerPointer<>(1)) {
                        while (PyDict_Next(dict, position, key, value) != 0) {
                            characters += text(key.get(PyObject.class, 0)).length();
                            sum += PyFloat_AsDouble(value.get(PyObject.class, 0));
                        }
                    }
                    check(characters == 9_000 && sum == 499_500 / 4.0);
                    drop(dict);
                };
            case "W9" -> {
                PyDict_SetItemString(globals, "next_number", function(new NextNumber(), "next_number"));
                yield () -> check(callLong(calls) == 1000);
            }
            case "W11" -> printed();
            case "W10.zero-copy", "W10.copied", "W10.back" -> array(row);
            case "W14" ->
                () -> {
                    check(PyObject_CallNoArgs(fail) == null);
                    PyObject exception = PyErr_GetRaisedException();
                    PyObject text = need(PyObject_Str(exception));
                    check(text(text).equals("bad"));
                    drop(text);
                    drop(exception);
                };
            case "W16" ->
                () -> {
                    PyObject module = need(PyModule_New("__main__"));
                    PyObject dict = PyModule_GetDict(module);
                    PyDict_SetItemString(dict, "__builtins__", PyEval_GetBuiltins());
                    PyObject code = need(Py_CompileString("x = 6\nx * 7", "<script>", Py_file_input));
                    drop(need(PyEval_EvalCode(code, dict, dict)));
                    check(PyLong_AsLong(PyDict_GetItemString(dict, "x")) == 6);
                    drop(code);
                    drop(module);
                };
            default -> null;
        };
    }

    private Work printed() {
        Write write = new Write();
        PyDict_SetItemString(globals, "write", function(write, "write"));
        exec("""
                import sys
                class Out: pass
                sys.stdout = Out()
                sys.stdout.write = write
                """);
        PyObject lines = global("lines");
        return () -> {
            write.text.setLength(0);
            check(callLong(lines) == 10_000);
            check(write.text.length() == 190_000 && write.text.charAt(189_999) == '\n');
        };
    }

    private Work array(String row) throws IOException {
        // NumPy's preset has no classes that say where its modules are.
        File modules = Loader.cacheResource("/org/bytedeco/numpy/" + Loader.getPlatform() + "/python/");
        exec("import sys\nsys.path.append(r'" + modules + "')");
        exec(NUMPY_SCRIPT);
        PyObject total = global("numpy_total_of_bytes");
        PyObject halves = global("halves");
        double[] doubles = Bridge.doubles();
        DoublePointer direct = new DoublePointer(doubles);
        return switch (row) {
            case "W10.zero-copy" -> () -> total(total, direct);
            case "W10.copied" ->
                () -> {
                    try (DoublePointer copy = new DoublePointer(doubles)) {
                        total(total, copy);
                    }
                };
            default ->
                () -> {
                    PyObject array = need(PyObject_CallNoArgs(halves));
                    try (Py_buffer view = new Py_buffer()) {
                        check(PyObject_GetBuffer(array, view, PyBUF_C_CONTIGUOUS) == 0);
                        double[] back = new double[(int) (view.len() / Double.BYTES)];
                        new DoublePointer(view.buf()).get(back);
                        PyBuffer_Release(view);
                        check(back[999_999] == 499_999.5);
                    }
                    drop(array);
                };
        };
    }

    private void total(PyObject function, DoublePointer doubles) {
        PyObject memory = PyMemoryView_FromMemory(new BytePointer(doubles), 8_000_000, PyBUF_WRITE);
        PyObject sum = need(PyObject_CallOneArg(function, memory));
        check(PyFloat_AsDouble(sum) == 499_999_500_000.0);
        drop(sum);
        drop(memory);
    }

    private PyObject function(PyCFunction function, String name) {
        BytePointer nativeName = new BytePointer(name);
        PyMethodDef definition = new PyMethodDef()
                .ml_name(nativeName)
                .ml_meth(function)
                .ml_flags(METH_O)
                .ml_doc(null);
        held = List.of(nativeName, function, definition);
        return need(PyCFunction_New(definition, null));
    }

    /** A function that Python calls. */
    private static final class NextNumber extends PyCFunction {
        @Override
        public PyObject call(PyObject self, PyObject argument) {
            return PyLong_FromLong(PyLong_AsLong(argument) + 1);
        }
    }

    private static final class Write extends PyCFunction {
        final StringBuilder text = new StringBuilder();

        @Override
        public PyObject call(PyObject self, PyObject argument) {
            String written = text(argument);
            text.append(written);
            return PyLong_FromLong(written.length());
        }
    }
}
