/*
 * The workloads through the C API alone: what a C program that embeds CPython pays. Prints a line for each measured row:
 *
 *     key <tab> median <tab> least <tab> most     nanoseconds per operation, over the rounds
 *
 * Keys end in ".gil" where the GIL is taken and released for each operation, as a program with several threads must. The
 * process then has a second thread, which sleeps: with one alone, the C library takes locks without atomic instructions,
 * which no program with several threads can have, and makes the GIL half as expensive.
 * Arguments: the keys wanted, without that ending; none for all. "check" as the first argument: one round of one
 * operation each, to see that the answers are right. A wrong answer ends the program with exit code 1.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define ROUNDS 11
#define ROUND_NANOSECONDS 60e6

static int checking;
static PyObject *globals;

static void wrong(const char *what) {
    if (PyErr_Occurred()) {
        PyErr_Print();
    }
    fprintf(stderr, "wrong answer: %s\n", what);
    exit(1);
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e9 + t.tv_nsec;
}

static PyObject *need(PyObject *object) {
    if (object == NULL) {
        wrong("an exception");
    }
    return object;
}

static void run(const char *text) {
    Py_DECREF(need(PyRun_String(text, Py_file_input, globals, globals)));
}

static PyObject *intern(const char *name) {
    return need(PyUnicode_InternFromString(name));
}

/* A global by its interned name, borrowed. */
static PyObject *global(PyObject *name) {
    return need(PyDict_GetItemWithError(globals, name));
}

/* ---- W1 to W5 */

static PyObject *FOO, *ADD, *UPPER, *X, *INCREMENT, *TOTAL, *INTS, *STRS, *PRICES, *FAIL, *CALLS, *LINES, *STEPS, *METHODS;
static PyObject *REPEATED;
static char copy[1 << 16];

static void w1(void) {
    PyObject *text = need(PyObject_CallNoArgs(global(FOO)));
    Py_ssize_t size;
    const char *utf8 = PyUnicode_AsUTF8AndSize(text, &size);
    memcpy(copy, utf8, size + 1);
    Py_DECREF(text);
    if (copy[0] != '1' || copy[1] != 0) {
        wrong("W1");
    }
}

static long sum_of(long a, long b) {
    PyObject *arguments[3] = {NULL, PyLong_FromLong(a), PyLong_FromLong(b)};
    PyObject *sum = need(PyObject_Vectorcall(global(ADD), arguments + 1, 2 | PY_VECTORCALL_ARGUMENTS_OFFSET, NULL));
    long result = PyLong_AsLong(sum);
    Py_DECREF(sum);
    Py_DECREF(arguments[1]);
    Py_DECREF(arguments[2]);
    return result;
}

static void w2(void) {
    if (sum_of(20000, 22000) != 42000) {
        wrong("W2");
    }
}

static char hundred[101];

static void w3(void) {
    PyObject *arguments[2] = {NULL, PyUnicode_FromStringAndSize(hundred, 100)};
    PyObject *upper = need(PyObject_Vectorcall(global(UPPER), arguments + 1, 1 | PY_VECTORCALL_ARGUMENTS_OFFSET, NULL));
    Py_ssize_t size;
    memcpy(copy, PyUnicode_AsUTF8AndSize(upper, &size), 101);
    Py_DECREF(upper);
    Py_DECREF(arguments[1]);
    if (size != 100 || copy[99] != 'X') {
        wrong("W3");
    }
}

static long fresh;

static void w4_fresh(void) {
    char text[64];
    snprintf(text, sizeof text, "(%ld + 1) * 2", ++fresh);
    PyObject *code = need(Py_CompileString(text, "<script>", Py_eval_input));
    PyObject *value = need(PyEval_EvalCode(code, globals, globals));
    if (PyLong_AsLong(value) != (fresh + 1) * 2) {
        wrong("W4");
    }
    Py_DECREF(value);
    Py_DECREF(code);
}

static void w4_repeated(void) {
    PyObject *value = need(PyEval_EvalCode(REPEATED, globals, globals));
    if (PyLong_AsLong(value) != 42000) {
        wrong("W4");
    }
    Py_DECREF(value);
}

static long before = 100000;

static void w5(void) {
    PyObject *put = PyLong_FromLong(++before);
    PyDict_SetItem(globals, X, put);
    Py_DECREF(put);
    Py_DECREF(need(PyEval_EvalCode(INCREMENT, globals, globals)));
    if (PyLong_AsLong(global(X)) != before + 1) {
        wrong("W5");
    }
}

static void let_others(void) {
    PyEval_RestoreThread(PyEval_SaveThread());
}

/* as three operations that know nothing of each other */
static void w5_each(void) {
    PyObject *put = PyLong_FromLong(++before);
    PyDict_SetItem(globals, X, put);
    Py_DECREF(put);
    let_others();
    Py_DECREF(need(PyEval_EvalCode(INCREMENT, globals, globals)));
    let_others();
    if (PyLong_AsLong(global(X)) != before + 1) {
        wrong("W5");
    }
}

/* ---- W6 to W8 */

static void w6(void) {
    PyObject *list = PyList_New(1000);
    for (long i = 0; i < 1000; i++) {
        PyList_SET_ITEM(list, i, PyLong_FromLong(1000 + i));
    }
    PyObject *total = need(PyObject_CallFunctionObjArgs(global(TOTAL), list, NULL));
    if (PyLong_AsLong(total) != 1499500) {
        wrong("W6");
    }
    Py_DECREF(total);
    Py_DECREF(list);
}

static void w7_ints(void) {
    PyObject *list = need(PyObject_CallNoArgs(global(INTS)));
    long sum = 0;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list); i++) {
        sum += PyLong_AsLong(PyList_GET_ITEM(list, i));
    }
    Py_DECREF(list);
    if (sum != 1499500) {
        wrong("W7");
    }
}

static void w7_strs(void) {
    PyObject *list = need(PyObject_CallNoArgs(global(STRS)));
    Py_ssize_t characters = 0;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list); i++) {
        Py_ssize_t size;
        memcpy(copy, PyUnicode_AsUTF8AndSize(PyList_GET_ITEM(list, i), &size), 16);
        characters += size;
    }
    Py_DECREF(list);
    if (characters != 10000) {
        wrong("W7");
    }
}

static void w8(void) {
    PyObject *dict = need(PyObject_CallNoArgs(global(PRICES)));
    PyObject *key, *value;
    Py_ssize_t at = 0, characters = 0;
    double sum = 0;
    while (PyDict_Next(dict, &at, &key, &value)) {
        Py_ssize_t size;
        memcpy(copy, PyUnicode_AsUTF8AndSize(key, &size), 16);
        characters += size;
        sum += PyFloat_AsDouble(value);
    }
    Py_DECREF(dict);
    if (characters != 9000 || sum != 499500.0 / 4) {
        wrong("W8");
    }
}

/* ---- W9, W11, W12: Python calls C; each runs many steps per operation */

static PyObject *next_number(PyObject *self, PyObject *number) {
    long value = PyLong_AsLong(number);
    if (value == -1 && PyErr_Occurred()) {
        return NULL;
    }
    return PyLong_FromLong(value + 1);
}

static char *captured;
static size_t captured_size, captured_room;

static PyObject *capture(PyObject *self, PyObject *text) {
    Py_ssize_t size;
    const char *utf8 = PyUnicode_AsUTF8AndSize(text, &size);
    if (utf8 == NULL) {
        return NULL;
    }
    if (captured_size + size > captured_room) {
        captured_room = 2 * (captured_size + size);
        captured = realloc(captured, captured_room);
    }
    memcpy(captured + captured_size, utf8, size);
    captured_size += size;
    return PyLong_FromSsize_t(PyUnicode_GET_LENGTH(text));
}

static PyObject *nothing(PyObject *self, PyObject *none) {
    Py_RETURN_NONE;
}

static PyMethodDef functions[] = {
    {"next_number", next_number, METH_O, NULL},
    {"write", capture, METH_O, NULL},
    {"flush", nothing, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

typedef struct {
    PyObject_HEAD
    long at;
} Host;

static PyObject *host_iterator(PyObject *self) {
    ((Host *) self)->at = 0;
    Py_INCREF(self);
    return self;
}

static PyObject *host_next(PyObject *self) {
    Host *host = (Host *) self;
    return host->at < 1000 ? PyLong_FromLong(1000 + host->at++) : NULL;
}

static PyMethodDef host_methods[] = {
    {"next", next_number, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot host_slots[] = {
    {Py_tp_iter, host_iterator},
    {Py_tp_iternext, host_next},
    {Py_tp_methods, host_methods},
    {0, NULL},
};

static PyType_Spec host_spec = {"workloads.Host", sizeof(Host), 0, Py_TPFLAGS_DEFAULT, host_slots};

static void expect(PyObject *function, long answer, const char *what) {
    PyObject *result = need(PyObject_CallNoArgs(global(function)));
    if (PyLong_AsLong(result) != answer) {
        wrong(what);
    }
    Py_DECREF(result);
}

static void w9(void) {
    expect(CALLS, 1000, "W9");
}

static void w11(void) {
    captured_size = 0;
    expect(LINES, 10000, "W11");
    if (captured_size != 10000 * 19 || captured[captured_size - 1] != '\n') {
        wrong("W11");
    }
}

static void w12_iterate(void) {
    expect(STEPS, 1999, "W12");
}

static void w12_method(void) {
    expect(METHODS, 1000, "W12");
}

/* ---- W10: a million doubles; needs NumPy */

#define MILLION 1000000
static double *doubles;
static PyObject *FROM_BUFFER, *SUM, *HALVES;

static void w10_zero_copy(void) {
    PyObject *memory = need(PyMemoryView_FromMemory((char *) doubles, MILLION * 8L, PyBUF_WRITE));
    PyObject *array = need(PyObject_CallFunctionObjArgs(FROM_BUFFER, memory, NULL));
    PyObject *sum = need(PyObject_CallFunctionObjArgs(SUM, array, NULL));
    if (PyFloat_AsDouble(sum) != 499999500000.0) {
        wrong("W10");
    }
    Py_DECREF(sum);
    Py_DECREF(array);
    Py_DECREF(memory);
}

static void w10_copied(void) {
    PyObject *bytes = need(PyBytes_FromStringAndSize((char *) doubles, MILLION * 8L));
    PyObject *array = need(PyObject_CallFunctionObjArgs(FROM_BUFFER, bytes, NULL));
    PyObject *sum = need(PyObject_CallFunctionObjArgs(SUM, array, NULL));
    if (PyFloat_AsDouble(sum) != 499999500000.0) {
        wrong("W10");
    }
    Py_DECREF(sum);
    Py_DECREF(array);
    Py_DECREF(bytes);
}

static void w10_back(void) {
    PyObject *array = need(PyObject_CallNoArgs(global(HALVES)));
    Py_buffer view;
    if (PyObject_GetBuffer(array, &view, PyBUF_C_CONTIGUOUS | PyBUF_FORMAT) < 0 || view.len != MILLION * 8L) {
        wrong("W10");
    }
    double *back = malloc(view.len); /* an array of its own, as in Java */
    memcpy(back, view.buf, view.len);
    PyBuffer_Release(&view);
    Py_DECREF(array);
    if (back[MILLION - 1] != 499999.5) {
        wrong("W10");
    }
    free(back);
}

/* ---- W14, W16 */

static void w14(void) {
    if (PyObject_CallNoArgs(global(FAIL)) != NULL) {
        wrong("W14");
    }
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    PyErr_NormalizeException(&type, &value, &traceback);
    PyObject *text = need(PyObject_Str(value));
    Py_ssize_t size;
    memcpy(copy, PyUnicode_AsUTF8AndSize(text, &size), 4);
    Py_DECREF(text);
    Py_XDECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(traceback);
    if (size != 3 || strcmp(copy, "bad") != 0) {
        wrong("W14");
    }
}

static void w16(void) {
    PyObject *module = need(PyModule_New("__main__"));
    PyObject *dict = PyModule_GetDict(module);
    PyDict_SetItemString(dict, "__builtins__", PyEval_GetBuiltins());
    PyObject *code = need(Py_CompileString("x = 6\nx * 7", "<script>", Py_file_input));
    Py_DECREF(need(PyEval_EvalCode(code, dict, dict)));
    if (PyLong_AsLong(PyDict_GetItemString(dict, "x")) != 6) {
        wrong("W16");
    }
    Py_DECREF(code);
    Py_DECREF(module);
}

/* ---- rows */

typedef struct {
    const char *key;
    void (*work)(void);
    int steps; /* per operation; the result is told per step */
    int by_gil; /* also with the GIL taken and released per operation */
} Row;

static Row rows[] = {
    {"W1", w1, 1, 1},
    {"W2", w2, 1, 1},
    {"W3", w3, 1, 1},
    {"W4.fresh", w4_fresh, 1, 1},
    {"W4.repeated", w4_repeated, 1, 1},
    {"W5", w5, 1, 1},
    {"W5.each", w5_each, 1, 1},
    {"W6", w6, 1, 1},
    {"W7.ints", w7_ints, 1, 1},
    {"W7.strs", w7_strs, 1, 1},
    {"W8", w8, 1, 1},
    {"W9", w9, 1000, 0},
    {"W10.zero-copy", w10_zero_copy, 1, 0},
    {"W10.copied", w10_copied, 1, 0},
    {"W10.back", w10_back, 1, 0},
    {"W11", w11, 10000, 0},
    {"W12.iterate", w12_iterate, 1000, 0},
    {"W12.method", w12_method, 1000, 0},
    {"W14", w14, 1, 1},
    {"W16", w16, 1, 1},
};

static int compare(const void *a, const void *b) {
    double difference = *(const double *) a - *(const double *) b;
    return (difference > 0) - (difference < 0);
}

static void tell(const char *key, const char *ending, double *times) {
    qsort(times, ROUNDS, sizeof *times, compare);
    printf("%s%s\t%.1f\t%.1f\t%.1f\n", key, ending, times[ROUNDS / 2], times[0], times[ROUNDS - 1]);
    fflush(stdout);
}

static double repeat(Row *row, long count, int by_gil) {
    double start = now();
    if (by_gil) {
        PyThreadState *state = PyEval_SaveThread();
        for (long i = 0; i < count; i++) {
            PyGILState_STATE held = PyGILState_Ensure();
            row->work();
            PyGILState_Release(held);
        }
        PyEval_RestoreThread(state);
    } else {
        for (long i = 0; i < count; i++) {
            row->work();
        }
    }
    return (now() - start) / count;
}

/* As many operations as take about one round. */
static long count_of(Row *row) {
    long count = 1;
    if (checking) {
        return count;
    }
    while (repeat(row, count, 0) * count < ROUND_NANOSECONDS / 4) {
        count *= 2;
    }
    return count * 4;
}

static void *sleep_for_ever(void *unused) {
    for (;;) {
        pause();
    }
    return NULL;
}

/* For the rest of the process, so that the rows without the GIL come first. */
static void have_two_threads(void) {
    static int two;
    if (!two) {
        pthread_t thread;
        two = pthread_create(&thread, NULL, sleep_for_ever, NULL) == 0;
    }
}

static void measure(Row *row, int by_gil) {
    double times[ROUNDS];
    if (by_gil) {
        have_two_threads();
    }
    long count = count_of(row);
    for (int i = 0; i < ROUNDS; i++) {
        times[i] = repeat(row, count, by_gil) / row->steps;
    }
    tell(row->key, by_gil ? ".gil" : "", times);
}

/* ---- W15: W1 on several threads; time per operation and thread */

static long per_thread;

static void *w15_thread(void *unused) {
    PyGILState_STATE kept = PyGILState_Ensure();
    PyThreadState *state = PyEval_SaveThread();
    for (long i = 0; i < per_thread; i++) {
        PyGILState_STATE held = PyGILState_Ensure();
        PyObject *text = need(PyObject_CallNoArgs(global(FOO)));
        char own[8];
        Py_ssize_t size;
        memcpy(own, PyUnicode_AsUTF8AndSize(text, &size), 2);
        Py_DECREF(text);
        if (own[0] != '1') {
            wrong("W15");
        }
        PyGILState_Release(held);
    }
    PyEval_RestoreThread(state);
    PyGILState_Release(kept);
    return NULL;
}

static void w15(const char *key, int threads) {
    double times[ROUNDS];
    per_thread = checking ? 1 : 400000 / threads;
    for (int i = 0; i < ROUNDS; i++) {
        pthread_t all[8];
        PyThreadState *state = PyEval_SaveThread();
        double start = now();
        for (int t = 0; t < threads; t++) {
            pthread_create(&all[t], NULL, w15_thread, NULL);
        }
        for (int t = 0; t < threads; t++) {
            pthread_join(all[t], NULL);
        }
        times[i] = (now() - start) / per_thread;
        PyEval_RestoreThread(state);
    }
    tell(key, "", times);
}

/* ---- */

static void prepare(void) {
    globals = PyModule_GetDict(need(PyImport_AddModule("__main__")));
    run("def foo(): return str(1)\n"
        "def add(a, b): return a + b\n"
        "def upper(text): return text.upper()\n"
        "def total(numbers): return sum(numbers)\n"
        "the_ints = list(range(1000, 2000))\n"
        "the_strs = ['item %05d' % i for i in range(1000)]\n"
        "the_prices = {'price%04d' % i: i / 4 for i in range(1000)}\n"
        "def ints(): return the_ints\n"
        "def strs(): return the_strs\n"
        "def prices(): return the_prices\n"
        "def inner(): raise ValueError('bad')\n"
        "def fail(): inner()\n"
        "def calls():\n"
        "    n = 0\n"
        "    for _ in range(1000): n = next_number(n)\n"
        "    return n\n"
        "def lines():\n"
        "    for _ in range(10000): print('a line of the text')\n"
        "    return 10000\n"
        "def steps():\n"
        "    for n in host: pass\n"
        "    return n\n"
        "def methods():\n"
        "    n = 0\n"
        "    for _ in range(1000): n = host.next(n)\n"
        "    return n\n");
    for (PyMethodDef *each = functions; each->ml_name; each++) {
        PyDict_SetItemString(globals, each->ml_name, need(PyCFunction_New(each, NULL)));
    }
    PyObject *type = need(PyType_FromSpec(&host_spec));
    PyDict_SetItemString(globals, "host", need(PyObject_CallNoArgs(type)));
    run("import sys, types\nsys.stdout = types.SimpleNamespace(write=write, flush=flush)\n");
    FOO = intern("foo");
    ADD = intern("add");
    UPPER = intern("upper");
    X = intern("x");
    TOTAL = intern("total");
    INTS = intern("ints");
    STRS = intern("strs");
    PRICES = intern("prices");
    FAIL = intern("fail");
    CALLS = intern("calls");
    LINES = intern("lines");
    STEPS = intern("steps");
    METHODS = intern("methods");
    memset(hundred, 'x', 100);
    run("factor = 21000\n");
    REPEATED = need(Py_CompileString("factor * 2", "<script>", Py_eval_input));
    INCREMENT = need(Py_CompileString("x = x + 1", "<script>", Py_file_input));
}

static int prepare_numpy(void) {
    PyObject *numpy = PyImport_ImportModule("numpy");
    if (numpy == NULL) {
        PyErr_Clear();
        return 0;
    }
    PyDict_SetItemString(globals, "numpy", numpy);
    FROM_BUFFER = need(PyObject_GetAttrString(numpy, "frombuffer"));
    SUM = need(PyObject_GetAttrString(numpy, "sum"));
    HALVES = intern("halves");
    run("the_halves = numpy.arange(1000000) / 2\ndef halves(): return the_halves\n");
    doubles = malloc(MILLION * sizeof *doubles);
    for (long i = 0; i < MILLION; i++) {
        doubles[i] = i;
    }
    return 1;
}

static int is_wanted(const char *key, int count, char **keys) {
    for (int i = 0; i < count; i++) {
        if (strcmp(keys[i], key) == 0) {
            return 1;
        }
    }
    return count == 0;
}

int main(int count, char **arguments) {
    Py_InitializeEx(0);
    if (count == 2 && strcmp(arguments[1], "start") == 0) { /* W13: the first result, and the end */
        globals = PyModule_GetDict(need(PyImport_AddModule("__main__")));
        PyObject *value = need(PyRun_String("6 * 7", Py_eval_input, globals, globals));
        return PyLong_AsLong(value) == 42 ? Py_FinalizeEx() : 1;
    }
    count--;
    arguments++;
    if (count > 0 && strcmp(arguments[0], "check") == 0) {
        checking = 1;
        count--;
        arguments++;
    }
    prepare();
    int numpy = -1;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (!is_wanted(rows[i].key, count, arguments)) {
            continue;
        }
        if (strncmp(rows[i].key, "W10.", 4) == 0) {
            numpy = numpy < 0 ? prepare_numpy() : numpy;
            if (!numpy) {
                continue;
            }
        }
        measure(&rows[i], 0);
        if (rows[i].by_gil) {
            measure(&rows[i], 1);
        }
    }
    if (is_wanted("W15.2", count, arguments)) {
        w15("W15.2", 2);
    }
    if (is_wanted("W15.8", count, arguments)) {
        w15("W15.8", 8);
    }
    return 0;
}
