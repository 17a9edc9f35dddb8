package benchmarks;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** W9, W11 and W12: Python calls Java, many times in a run; the time is that of one call, line or step. */
public class W09to12Callbacks extends Workload {

    /** What they call. */
    static final String SCRIPT = """
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
            """;

    private final StringWriter text = new StringWriter();

    public W09to12Callbacks() {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 1000; i < 2000; i++) {
            numbers.add(i);
        }
        engine.put("next_number", (IntUnaryOperator) n -> n + 1);
        engine.put("host", new Host());
        engine.put("numbers", numbers);
        engine.getContext().setWriter(text);
        run(SCRIPT);
    }

    private void expect(String function, int answer) throws Exception {
        check((Integer) functions.invokeFunction(function) == answer);
    }

    @Benchmark
    @OperationsPerInvocation(1000)
    public void w9() throws Exception {
        expect("calls", 1000);
    }

    @Benchmark
    @OperationsPerInvocation(10_000)
    public void w11() throws Exception {
        text.getBuffer().setLength(0);
        expect("lines", 10_000);
        check(text.getBuffer().length() == 190_000 && text.getBuffer().charAt(189_999) == '\n');
    }

    @Benchmark
    @OperationsPerInvocation(1000)
    public void w12Iterate() throws Exception {
        expect("steps", 1999);
    }

    @Benchmark
    @OperationsPerInvocation(1000)
    public void w12Method() throws Exception {
        expect("methods", 1000);
    }
}
