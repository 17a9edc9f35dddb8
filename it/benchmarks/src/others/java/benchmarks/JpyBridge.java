package benchmarks;

import static benchmarks.Workload.check;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jpy.PyInputMode;
import org.jpy.PyLib;
import org.jpy.PyModule;
import org.jpy.PyObject;

/**
 * jpy; its native libraries are in the directory that the system property {@code others.jpy} names. To Python, a Java list
 * is neither a sequence nor iterable, a Java array is.
 */
final class JpyBridge implements Bridge {

    private static final Class<?>[] NO_CLASSES = {};
    private static final Object[] NOTHING = {};

    private final PyObject main;
    private int number = 100_000;

    JpyBridge() throws IOException {
        System.setProperty("jpy.pythonLib", System.getProperty("python.library"));
        System.setProperty("jpy.jpyLib", library("jpy"));
        System.setProperty("jpy.jdlLib", library("jdl"));
        PyLib.setPythonHome(System.getProperty("python.home"));
        PyLib.startPython();
        main = PyModule.importModule("__main__");
    }

    private static String library(String name) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("others.jpy")))) {
            return files.filter(file -> file.getFileName().toString().matches(name + "\\..*so"))
                    .findFirst()
                    .orElseThrow()
                    .toString();
        }
    }

    @Override
    public Object eval(String expression) {
        try (PyObject value = PyObject.executeCode(expression, PyInputMode.EXPRESSION)) {
            return value.getObjectValue();
        }
    }

    private <T> T call(Class<T> type, String function) {
        return main.call(type, function, NO_CLASSES, NOTHING);
    }

    private Object[] list(String function) {
        try (PyObject list = main.call(function)) {
            return list.getObjectArrayValue(Object.class);
        }
    }

    @Override
    public Work work(String row) {
        PyObject.executeCode(SCRIPT, PyInputMode.SCRIPT).close();
        if (row.startsWith("W10")) {
            PyObject.executeCode(NUMPY_SCRIPT, PyInputMode.SCRIPT).close();
        }
        PyObject.executeCode("""
                import jpy
                def steps():
                    for n in numbers.toArray(): pass
                    return n
                def bytes_of_halves(): return jpy.byte_buffer(halves())
                """, PyInputMode.SCRIPT).close();
        main.setAttribute("host", new Host());
        main.setAttribute("numbers", Bridge.numbers());
        PyObject.executeCode("next_number = host.next", PyInputMode.STATEMENT).close();
        List<Integer> numbers = Bridge.numbers();
        double[] doubles = Bridge.doubles();
        return switch (row) {
            case "W1" -> () -> check("1".equals(call(String.class, "foo")));
            case "W2" ->
                () -> {
                    try (PyObject sum = main.call("add", 20_000, 22_000)) {
                        check(sum.getIntValue() == 42_000);
                    }
                };
            case "W3" ->
                () -> check(
                        main.call(String.class, "upper", String.class, HUNDRED).charAt(99) == 'X');
            case "W4.fresh" ->
                () -> {
                    number++;
                    check(evalInt("(" + number + " + 1) * 2") == (number + 1) * 2);
                };
            case "W4.repeated" -> () -> check(evalInt("factor * 2") == 42_000);
            case "W5" ->
                () -> {
                    main.setAttribute("x", ++number);
                    main.call("increment").close();
                    check(main.getAttribute("x", Integer.class) == number + 1);
                };
            case "W6" ->
                () -> {
                    try (PyObject sum = main.call("total", (Object) numbers.toArray())) {
                        check(sum.getIntValue() == 1_499_500);
                    }
                };
            case "W6.array" ->
                () -> {
                    try (PyObject sum = main.call("total_of_buffer", (Object) Bridge.array(numbers))) {
                        check(sum.getIntValue() == 1_499_500);
                    }
                };
            case "W7.ints" ->
                () -> {
                    int sum = 0;
                    for (Object n : list("ints")) {
                        sum += ((Number) n).intValue();
                    }
                    check(sum == 1_499_500);
                };
            case "W7.strs" ->
                () -> {
                    int characters = 0;
                    for (Object s : list("strs")) {
                        characters += ((String) s).length();
                    }
                    check(characters == 10_000);
                };
            case "W8" -> () -> check(Bridge.arePrices(list("price_names"), list("price_values")));
            case "W9" -> () -> check(call(Integer.class, "calls") == 1000);
            case "W10.copied" ->
                () -> check(
                        main.call(Double.class, "numpy_total_of_bytes", double[].class, doubles) == 499_999_500_000.0);
            case "W10.back" ->
                () -> {
                    double[] halves = new double[1_000_000];
                    call(ByteBuffer.class, "bytes_of_halves")
                            .order(ByteOrder.nativeOrder())
                            .asDoubleBuffer()
                            .get(halves);
                    check(halves[999_999] == 499_999.5);
                };
            case "W11" -> printed();
            case "W12.iterate" -> () -> check(call(Integer.class, "steps") == 1999);
            case "W12.method" -> () -> check(call(Integer.class, "methods") == 1000);
            case "W14" ->
                () -> {
                    try {
                        main.call("fail");
                        check(false);
                    } catch (RuntimeException e) {
                        check(e.getMessage().contains("Value: bad")
                                && e.getMessage().contains("inner"));
                    }
                };
            case "W16" -> useOnce();
            default -> null;
        };
    }

    private static int evalInt(String expression) {
        try (PyObject value = PyObject.executeCode(expression, PyInputMode.EXPRESSION)) {
            return value.getIntValue();
        }
    }

    /** Java's writer is Python's standard output. */
    private Work printed() {
        StringWriter text = new StringWriter();
        PyModule.importModule("sys").setAttribute("stdout", text);
        return () -> {
            text.getBuffer().setLength(0);
            check(call(Integer.class, "lines") == 10_000);
            check(text.getBuffer().length() == 190_000 && text.getBuffer().charAt(189_999) == '\n');
        };
    }

    private Work useOnce() {
        return () -> {
            try (PyObject names = PyObject.executeCode("{}", PyInputMode.EXPRESSION)) {
                PyObject.executeCode("x = 6", PyInputMode.SCRIPT, names, names).close();
                try (PyObject value = PyObject.executeCode("x * 7", PyInputMode.EXPRESSION, names, names)) {
                    check(value.getIntValue() == 42);
                }
            }
        };
    }
}
