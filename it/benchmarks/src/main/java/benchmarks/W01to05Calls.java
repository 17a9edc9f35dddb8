package benchmarks;

import javax.script.CompiledScript;
import org.openjdk.jmh.annotations.Benchmark;

/** W1 to W5: one crossing, with little work on the other side. */
public class W01to05Calls extends Workload {

    private static final String HUNDRED = "x".repeat(100);

    private final CompiledScript increment = compile("x = x + 1");
    private int number = 100_000;

    public W01to05Calls() {
        run("""
            def foo(): return str(1)
            def add(a, b): return a + b
            def upper(text): return text.upper()
            factor = 21000
            """);
    }

    @Benchmark
    public void w1() throws Exception {
        check("1".equals(functions.invokeFunction("foo")));
    }

    /** Ten thousand calls. */
    @Benchmark
    public void w1x10000() throws Exception {
        for (int i = 0; i < 10_000; i++) {
            check("1".equals(functions.invokeFunction("foo")));
        }
    }

    @Benchmark
    public void w2() throws Exception {
        check((Integer) functions.invokeFunction("add", 20_000, 22_000) == 42_000);
    }

    @Benchmark
    public void w3() throws Exception {
        check(((String) functions.invokeFunction("upper", HUNDRED)).charAt(99) == 'X');
    }

    @Benchmark
    public void w4Fresh() throws Exception {
        number++;
        check((Integer) engine.eval("(" + number + " + 1) * 2") == (number + 1) * 2);
    }

    @Benchmark
    public void w4Repeated() throws Exception {
        check((Integer) engine.eval("factor * 2") == 42_000);
    }

    @Benchmark
    public void w5() throws Exception {
        engine.put("x", ++number);
        increment.eval();
        check((Integer) engine.get("x") == number + 1);
    }
}
