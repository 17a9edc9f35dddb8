package benchmarks;

import java.util.concurrent.TimeUnit;
import javax.script.Compilable;
import javax.script.CompiledScript;
import javax.script.Invocable;
import javax.script.ScriptEngine;
import javax.script.ScriptEngineManager;
import javax.script.ScriptException;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What the workloads have in common: an engine, used as any program would, and checks of what it answers. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public abstract class Workload {

    final ScriptEngine engine = newEngine();
    final Invocable functions = (Invocable) engine;

    static ScriptEngine newEngine() {
        return new ScriptEngineManager().getEngineByName("cpython");
    }

    static boolean hasNumpy() throws ScriptException {
        return (Boolean) newEngine().eval("import importlib.util; importlib.util.find_spec('numpy') is not None");
    }

    /** Runs a script and returns its value. */
    final Object run(String script) {
        try {
            return engine.eval(script);
        } catch (ScriptException e) {
            throw new IllegalStateException(e);
        }
    }

    final CompiledScript compile(String script) {
        try {
            return ((Compilable) engine).compile(script);
        } catch (ScriptException e) {
            throw new IllegalStateException(e);
        }
    }

    static void check(boolean right) {
        if (!right) {
            throw new AssertionError("a wrong answer");
        }
    }
}
