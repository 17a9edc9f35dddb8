package benchmarks;

import static benchmarks.Workload.check;

import java.util.List;
import javax.script.Invocable;
import javax.script.ScriptEngine;

/** This project's engine: the workloads that JMH measures. */
final class EngineBridge implements Bridge {

    @Override
    public Work work(String row) throws Exception {
        return switch (row) {
            case "W1" -> new W01to05Calls()::w1;
            case "W2" -> new W01to05Calls()::w2;
            case "W3" -> new W01to05Calls()::w3;
            case "W4.fresh" -> new W01to05Calls()::w4Fresh;
            case "W4.repeated" -> new W01to05Calls()::w4Repeated;
            case "W5" -> new W01to05Calls()::w5;
            case "W6" -> new W06to08Containers()::w6;
            case "W6.array" -> array();
            case "W7.ints" -> new W06to08Containers()::w7Ints;
            case "W7.strs" -> new W06to08Containers()::w7Strs;
            case "W8" -> new W06to08Containers()::w8;
            case "W9" -> new W09to12Callbacks()::w9;
            case "W10.zero-copy" -> arrays()::w10ZeroCopy;
            case "W10.copied" -> arrays()::w10Copied;
            case "W10.back" -> arrays()::w10Back;
            case "W11" -> new W09to12Callbacks()::w11;
            case "W12.iterate" -> new W09to12Callbacks()::w12Iterate;
            case "W12.method" -> new W09to12Callbacks()::w12Method;
            case "W14" -> new W14Errors()::w14;
            case "W16" -> new W16Engines()::w16;
            default -> null;
        };
    }

    private static Work array() throws Exception {
        ScriptEngine engine = Workload.newEngine();
        engine.eval(SCRIPT);
        List<Integer> numbers = Bridge.numbers();
        Invocable functions = (Invocable) engine;
        return () -> check((Integer) functions.invokeFunction("total_of_buffer", Bridge.array(numbers)) == 1_499_500);
    }

    private static W10Arrays arrays() {
        W10Arrays arrays = new W10Arrays();
        arrays.prepare();
        return arrays;
    }

    @Override
    public Object eval(String expression) throws Exception {
        return Workload.newEngine().eval(expression);
    }
}
