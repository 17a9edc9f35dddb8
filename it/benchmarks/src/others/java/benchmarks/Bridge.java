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
    String SCRIPT = """
            def foo(): return str(1)
            def add(a, b): return a + b
            def upper(text): return text.upper()
            factor = 21000
            def increment():
                global x
                x = x + 1
            def get(name): return globals()[name]
            def total(numbers): return sum(numbers)
            def total_of_buffer(numbers): return sum(memoryview(numbers))
            def total_of_bytes(numbers): return sum(numbers.cast('i'))
            the_ints = list(range(1000, 2000))
            the_strs = ['item %05d' % i for i in range(1000)]
            the_prices = {'price%04d' % i: i / 4 for i in range(1000)}
            def ints(): return the_ints
            def strs(): return the_strs
            def prices(): return the_prices
            def price_names(): return list(the_prices)
            def price_values(): return list(the_prices.values())
            def calls():
                n = 0
                for _ in range(1000): n = next_number(n)
                return n
            def lines():
                for _ in range(10000): print('a line of the text')
                return 10000
            def steps():
                for n in numbers: pass
                return n
            def methods():
                n = 0
                for _ in range(1000): n = host.next(n)
                return n
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
