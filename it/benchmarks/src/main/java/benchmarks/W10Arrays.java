package benchmarks;

import io.github.cpythonengine.python.PyObject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** W10: a million doubles to NumPy and back. */
public class W10Arrays extends Workload {

    private final double[] doubles = new double[1_000_000];
    private final DoubleBuffer direct =
            ByteBuffer.allocateDirect(8_000_000).order(ByteOrder.nativeOrder()).asDoubleBuffer();

    @Setup
    public void prepare() {
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = i;
            direct.put(i, i);
        }
        run("""
            import numpy
            the_halves = numpy.arange(1000000) / 2
            def total(array): return numpy.sum(numpy.asarray(array))
            def halves(): return the_halves
            """);
    }

    /** NumPy sees memory outside the Java heap. */
    @Benchmark
    public void w10ZeroCopy() throws Exception {
        check((Double) functions.invokeFunction("total", direct) == 499_999_500_000.0);
    }

    /** A Java array is copied to NumPy. */
    @Benchmark
    public void w10Copied() throws Exception {
        check((Double) functions.invokeFunction("total", doubles) == 499_999_500_000.0);
    }

    @Benchmark
    public void w10Back() throws Exception {
        PyObject array = (PyObject) functions.invokeFunction("halves");
        check(array.as(double[].class)[999_999] == 499_999.5);
    }
}
