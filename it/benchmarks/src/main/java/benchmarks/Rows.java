package benchmarks;

import java.util.List;

/** The rows of the tables, in order. */
final class Rows {

    /**
     * @param key what the C and the Python program call it, after which "W1" and the like choose rows
     * @param title what is done
     * @param benchmark the class and method that do it on this engine
     * @param threads how many do it
     */
    record Row(String key, String title, String benchmark, int threads) {}

    static final List<Row> WORKLOADS = List.of(
            row("W1", "call a function, get a `str`", "W01to05Calls.w1"),
            row("W1.10000", "the same 10,000 times", "W01to05Calls.w1x10000"),
            row("W2", "call with two ints, get an int", "W01to05Calls.w2"),
            row("W3", "`str` of 100 characters there and back", "W01to05Calls.w3"),
            row("W4.fresh", "evaluate a text never seen before", "W01to05Calls.w4Fresh"),
            row("W4.repeated", "evaluate a text seen before", "W01to05Calls.w4Repeated"),
            row("W5", "put, run compiled `x = x + 1`, get", "W01to05Calls.w5"),
            row("W5.each", "the same, the GIL taken for each of the three", "W01to05Calls.w5"),
            row("W6", "Java list of 1,000 to Python's `sum`", "W06to08Containers.w6"),
            row("W7.ints", "list of 1,000 ints, all read in Java", "W06to08Containers.w7Ints"),
            row("W7.strs", "list of 1,000 strs, all read in Java", "W06to08Containers.w7Strs"),
            row("W8", "dict of 1,000 str to float, all read in Java", "W06to08Containers.w8"),
            row("W9", "Python calls a Java function", "W09to12Callbacks.w9"),
            row("W10.zero-copy", "1,000,000 doubles to `numpy.sum`, not copied", "W10Arrays.w10ZeroCopy"),
            row("W10.copied", "1,000,000 doubles to `numpy.sum`, copied", "W10Arrays.w10Copied"),
            row("W10.back", "NumPy array of 1,000,000 to `double[]`", "W10Arrays.w10Back"),
            row("W11", "print a line, captured", "W09to12Callbacks.w11"),
            row("W12.iterate", "Python iterates over a Java list, one step", "W09to12Callbacks.w12Iterate"),
            row("W12.method", "Python calls a Java object's method", "W09to12Callbacks.w12Method"),
            row("W14", "exception from Python caught, with its frames", "W14Errors.w14"),
            new Row("W15.2", "W1 from 2 threads at once, each", "W01to05Calls.w1", 2),
            new Row("W15.8", "W1 from 8 threads at once, each", "W01to05Calls.w1", 8),
            row("W16", "engine made, used once, dropped", "W16Engines.w16"));

    static final List<Row> SCALING = List.of(
            row("S.variables", "put, call, get", "Scaling.Variables.call"),
            row("S.engines", "call", "Scaling.Engines.call"),
            row("S.wrapped", "pass a Java object", "Scaling.WrappedObjects.call"),
            row("S.held", "get a Python object", "Scaling.HeldObjects.call"),
            row("S.toPython", "Java list to Python's `sum`, an element", "Scaling.Elements.toPython"),
            row("S.toJava", "Python list read in Java, an element", "Scaling.Elements.toJava"),
            row("S.thread", "call from the thread", "Scaling.SecondThread.call"));

    private Rows() {}

    private static Row row(String key, String title, String benchmark) {
        return new Row(key, title, benchmark, 1);
    }
}
