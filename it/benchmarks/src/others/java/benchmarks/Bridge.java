package benchmarks;

import java.util.ArrayList;
import java.util.List;

/** A way to run Python from Java, and how it does the work of a row, with its own API. */
interface Bridge {

    /** Does it once and checks the answer. */
    interface Work {
        void run() throws Exception;
    }

    String HUNDRED = "x".repeat(100);

    /** What the workloads call. */
    String SCRIPT = W06to08Containers.SCRIPT + W09to12Callbacks.SCRIPT + """
            def foo(): return str(1)
            def add(a, b): return a + b
            def upper(text): return text.upper()
            factor = 21000
            def increment():
                global x
                x = x + 1
            def get(name): return globals()[name]
            def total_of_buffer(numbers): return sum(memoryview(numbers))
            def total_of_bytes(numbers): return sum(numbers.cast('i'))
            def price_names(): return list(the_prices)
            def price_values(): return list(the_prices.values())
            def inner(): raise ValueError('bad')
            def fail(): inner()
            """;

    String NUMPY_SCRIPT = """
            import numpy
            the_halves = numpy.arange(1000000) / 2
            def numpy_total(array): return float(numpy.sum(numpy.asarray(array)))
            def numpy_total_of_bytes(array): return float(numpy.sum(numpy.frombuffer(array)))
            def halves(): return the_halves
            """;

    /** The work of a row, ready to be repeated; null where the bridge has no way to do it. */
    Work work(String row) throws Exception;

    /** The value of an expression. */
    Object eval(String expression) throws Exception;

    static Bridge open(String name) throws Exception {
        return switch (name) {
            case "Jep" -> new JepBridge();
            case "jpy" -> new JpyBridge();
            case "JavaCPP" -> new JavaCppBridge();
            case "Py4J" -> new Py4jBridge();
            case "GraalPy" -> new GraalPyBridge();
            default -> new EngineBridge();
        };
    }

    static List<Integer> numbers() {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 1000; i < 2000; i++) {
            numbers.add(i);
        }
        return numbers;
    }

    /** Whether these are the names and the prices of W8; reads them all. */
    static boolean arePrices(Object[] names, Object[] prices) {
        int characters = 0;
        double sum = 0;
        for (int i = 0; i < names.length; i++) {
            characters += ((String) names[i]).length();
            sum += (Double) prices[i];
        }
        return characters == 9_000 && sum == 499_500 / 4.0;
    }

    static int[] array(List<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }

    static double[] doubles() {
        double[] doubles = new double[1_000_000];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = i;
        }
        return doubles;
    }
}
