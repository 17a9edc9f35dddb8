package benchmarks;

import static benchmarks.Workload.check;

import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.file.Path;
import java.util.List;
import jep.DirectNDArray;
import jep.Interpreter;
import jep.JepConfig;
import jep.JepException;
import jep.MainInterpreter;
import jep.NDArray;
import jep.PyConfig;
import jep.SharedInterpreter;
import jep.python.PyCallable;

/** Jep; its native library is what the system property {@code others.jep} names. */
final class JepBridge implements Bridge {

    private int number = 100_000;

    JepBridge() {
        Path library = Path.of(System.getProperty("others.jep"));
        MainInterpreter.setJepLibraryPath(library.toString());
        MainInterpreter.setInitParams(new PyConfig().setPythonHome(System.getProperty("python.home")));
        SharedInterpreter.setConfig(
                new JepConfig().addIncludePaths(library.getParent().getParent().toString()));
    }

    @Override
    public Object eval(String expression) {
        return new SharedInterpreter().getValue(expression);
    }

    @Override
    public Work work(String row) {
        if (row.equals("W16")) {
            return JepBridge::useOnce;
        }
        Interpreter python = new SharedInterpreter();
        python.exec(SCRIPT);
        if (row.startsWith("W10")) {
            python.exec(NUMPY_SCRIPT);
        }
        python.set("host", new Host());
        python.exec("next_number = host.next");
        List<Integer> numbers = Bridge.numbers();
        python.set("numbers", numbers);
        double[] doubles = Bridge.doubles();
        DoubleBuffer direct = ByteBuffer.allocateDirect(8_000_000)
                .order(ByteOrder.nativeOrder())
                .asDoubleBuffer();
        direct.duplicate().put(doubles);
        return switch (row) {
            case "W1" -> {
                PyCallable foo = function(python, "foo");
                yield () -> check("1".equals(foo.callAs(String.class)));
            }
            case "W2" -> {
                PyCallable add = function(python, "add");
                yield () -> check(add.callAs(Integer.class, 20_000, 22_000) == 42_000);
            }
            case "W3" -> {
                PyCallable upper = function(python, "upper");
                yield () -> check(upper.callAs(String.class, HUNDRED).charAt(99) == 'X');
            }
            case "W4.fresh" ->
                () -> {
                    number++;
                    check((Long) python.getValue("(" + number + " + 1) * 2") == (number + 1) * 2);
                };
            case "W4.repeated" -> () -> check((Long) python.getValue("factor * 2") == 42_000);
            case "W5" -> {
                PyCallable increment = function(python, "increment");
                PyCallable get = function(python, "get");
                yield () -> {
                    python.set("x", ++number);
                    increment.call();
                    check(get.callAs(Integer.class, "x") == number + 1);
                };
            }
            case "W6" -> () -> check((Long) python.invoke("total", numbers) == 1_499_500);
            case "W6.array" -> () -> check((Long) python.invoke("total", (Object) Bridge.array(numbers)) == 1_499_500);
            case "W7.ints" -> {
                PyCallable ints = function(python, "ints");
                yield () -> {
                    long sum = 0;
                    for (Object n : ints.callAs(Object[].class)) {
                        sum += (Long) n;
                    }
                    check(sum == 1_499_500);
                };
            }
            case "W7.strs" -> {
                PyCallable strs = function(python, "strs");
                yield () -> {
                    int characters = 0;
                    for (Object s : strs.callAs(Object[].class)) {
                        characters += ((String) s).length();
                    }
                    check(characters == 10_000);
                };
            }
            case "W8" -> {
                PyCallable priceNames = function(python, "price_names");
                PyCallable priceValues = function(python, "price_values");
                yield () ->
                        check(Bridge.arePrices(priceNames.callAs(Object[].class), priceValues.callAs(Object[].class)));
            }
            case "W9" -> () -> check((Long) python.invoke("calls") == 1000);
            case "W10.zero-copy" ->
                () -> check((Double) python.invoke("numpy_total", new DirectNDArray<>(direct)) == 499_999_500_000.0);
            case "W10.copied" ->
                () -> check((Double) python.invoke("numpy_total", new NDArray<>(doubles)) == 499_999_500_000.0);
            case "W10.back" ->
                () -> check(((double[]) ((NDArray<?>) python.invoke("halves")).getData())[999_999] == 499_999.5);
            case "W11" -> printed(python);
            case "W12.iterate" -> () -> check((Long) python.invoke("steps") == 1999);
            case "W12.method" -> () -> check((Long) python.invoke("methods") == 1000);
            case "W14" ->
                () -> {
                    try {
                        python.invoke("fail");
                        check(false);
                    } catch (JepException e) {
                        check(e.getMessage().endsWith("bad")
                                && e.getStackTrace()[0].getMethodName().equals("inner"));
                    }
                };
            default -> null;
        };
    }

    private static PyCallable function(Interpreter python, String name) {
        return python.getValue(name, PyCallable.class);
    }

    /** Java's writer is Python's standard output, which takes less time than what JepConfig redirects to. */
    private static Work printed(Interpreter python) {
        StringWriter text = new StringWriter();
        python.set("text", text);
        python.exec("import sys; sys.stdout = text");
        return () -> {
            text.getBuffer().setLength(0);
            check((Long) python.invoke("lines") == 10_000);
            check(text.getBuffer().length() == 190_000 && text.getBuffer().charAt(189_999) == '\n');
        };
    }

    private static void useOnce() {
        try (Interpreter python = new SharedInterpreter()) {
            python.exec("x = 6");
            check((Long) python.getValue("x * 7") == 42);
        }
    }
}
