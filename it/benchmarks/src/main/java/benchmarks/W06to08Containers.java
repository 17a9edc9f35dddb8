package benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;

/** W6 to W8: containers of a thousand elements, all of them read on the other side. */
public class W06to08Containers extends Workload {

    /** What they call. */
    static final String SCRIPT = """
            def total(numbers): return sum(numbers)
            the_ints = list(range(1000, 2000))
            the_strs = ['item %05d' % i for i in range(1000)]
            the_prices = {'price%04d' % i: i / 4 for i in range(1000)}
            def ints(): return the_ints
            def strs(): return the_strs
            def prices(): return the_prices
            """;

    private final List<Integer> numbers = new ArrayList<>();

    public W06to08Containers() {
        for (int i = 1000; i < 2000; i++) {
            numbers.add(i);
        }
        run(SCRIPT);
    }

    @Benchmark
    public void w6() throws Exception {
        check((Integer) functions.invokeFunction("total", numbers) == 1_499_500);
    }

    @Benchmark
    public void w7Ints() throws Exception {
        int sum = 0;
        for (Object number : (List<?>) functions.invokeFunction("ints")) {
            sum += (Integer) number;
        }
        check(sum == 1_499_500);
    }

    @Benchmark
    public void w7Strs() throws Exception {
        int characters = 0;
        for (Object text : (List<?>) functions.invokeFunction("strs")) {
            characters += ((String) text).length();
        }
        check(characters == 10_000);
    }

    @Benchmark
    public void w8() throws Exception {
        int characters = 0;
        double sum = 0;
        for (Map.Entry<?, ?> price : ((Map<?, ?>) functions.invokeFunction("prices")).entrySet()) {
            characters += ((String) price.getKey()).length();
            sum += (Double) price.getValue();
        }
        check(characters == 9_000 && sum == 499_500 / 4.0);
    }
}
