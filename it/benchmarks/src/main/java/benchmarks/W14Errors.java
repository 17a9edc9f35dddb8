package benchmarks;

import io.github.cpythonengine.python.PyException;
import javax.script.ScriptException;
import org.openjdk.jmh.annotations.Benchmark;

/** W14: an exception raised in Python and caught in Java, with its frames. */
public class W14Errors extends Workload {

    public W14Errors() {
        run("""
            def inner(): raise ValueError('bad')
            def fail(): inner()
            """);
    }

    @Benchmark
    public void w14() throws Exception {
        try {
            functions.invokeFunction("fail");
            check(false);
        } catch (ScriptException e) {
            PyException cause = (PyException) e.getCause();
            check(cause.getText().equals("bad")
                    && cause.getStackTrace()[0].getMethodName().equals("inner"));
        }
    }
}
