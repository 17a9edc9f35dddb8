package benchmarks;

import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs each workload once, in this JVM, and checks what it answers. Measures nothing. */
public final class Smoke {

    private Smoke() {}

    public static void main(String[] none) throws Exception {
        System.setProperty("jmh.ignoreLock", "true"); // another one that measures does not matter here
        OptionsBuilder options = new OptionsBuilder();
        options.include("benchmarks\\.(W|Scaling)")
                .mode(Mode.SingleShotTime)
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(1))
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true);
        for (String parameter : new String[] {"variables", "engines", "wrapped", "held", "elements"}) {
            options.param(parameter, "10");
        }
        if (!Workload.hasNumpy()) {
            options.exclude("W10");
        }
        int count = new Runner(options.build()).run().size();
        if (count < 25) {
            throw new IllegalStateException("only " + count + " workloads ran");
        }
        String programs = "";
        EmbeddingPython python = EmbeddingPython.find();
        if (python != null) {
            EmbeddingPython.measured(python.pythonProgram("check"));
            programs = ", those in Python";
            if (python.compile()) {
                EmbeddingPython.measured(python.cProgram("check"));
                programs += " and in C";
            }
        }
        System.out.println(count + " workloads answer right" + programs);
        System.exit(0);
    }
}
