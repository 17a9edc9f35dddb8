package benchmarks;

import javax.script.ScriptEngineFactory;
import org.openjdk.jmh.annotations.Benchmark;

/** W16: an engine is made, used once and dropped, neither closed nor kept. */
public class W16Engines extends Workload {

    private final ScriptEngineFactory factory = engine.getFactory();

    public W16Engines() {
        run("first = True");
    }

    @Benchmark
    public void w16() throws Exception {
        check((Integer) factory.getScriptEngine().eval("x = 6\nx * 7") == 42);
    }
}
