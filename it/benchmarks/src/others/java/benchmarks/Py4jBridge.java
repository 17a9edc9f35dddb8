package benchmarks;

import static benchmarks.Workload.check;

import java.io.IOException;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import py4j.ClientServer;
import py4j.Py4JException;

/**
 * Py4J, whose Python is another process; the Python half, of the same version, is in the directory that the system
 * property {@code others.py4j} names.
 */
final class Py4jBridge implements Bridge {

    /** What service.py implements. */
    public interface Service {
        Object eval(String expression);

        void exec(String script);

        void put(String name, Object value);

        Object get(String name);

        String foo();

        int add(int a, int b);

        String upper(String text);

        void increment();

        int total(List<Integer> numbers);

        List<Integer> ints();

        List<String> strs();

        Map<String, Double> prices();

        int calls();

        int steps();

        int methods();

        double sumOfBytes(byte[] doubles);

        byte[] halves();

        int lines();

        void fail();
    }

    private final Service python;
    private int number = 100_000;

    Py4jBridge() throws IOException {
        int javaPort = freePort();
        int pythonPort = freePort();
        ClientServer java = new ClientServer.ClientServerBuilder()
                .javaPort(javaPort)
                .pythonPort(pythonPort)
                .build();
        java.startServer();
        ProcessBuilder command = new ProcessBuilder(
                System.getProperty("python"),
                System.getProperty("service"),
                String.valueOf(javaPort),
                String.valueOf(pythonPort));
        command.environment().put("PYTHONPATH", System.getProperty("others.py4j"));
        Process process = command.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        if (process.getInputStream().read() != '!') {
            throw new IOException("service.py does not start");
        }
        python = (Service) java.getPythonServerEntryPoint(new Class<?>[] {Service.class});
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public Object eval(String expression) {
        return python.eval(expression);
    }

    @Override
    public Work work(String row) {
        python.exec(SCRIPT);
        if (row.startsWith("W10")) {
            python.exec(NUMPY_SCRIPT);
        }
        python.put("host", new Host());
        python.exec("next_number = host.next");
        List<Integer> numbers = Bridge.numbers();
        python.put("numbers", numbers);
        double[] doubles = Bridge.doubles();
        return switch (row) {
            case "W1" -> () -> check("1".equals(python.foo()));
            case "W2" -> () -> check(python.add(20_000, 22_000) == 42_000);
            case "W3" -> () -> check(python.upper(HUNDRED).charAt(99) == 'X');
            case "W4.fresh" ->
                () -> {
                    number++;
                    check((Integer) python.eval("(" + number + " + 1) * 2") == (number + 1) * 2);
                };
            case "W4.repeated" -> () -> check((Integer) python.eval("factor * 2") == 42_000);
            case "W5" ->
                () -> {
                    python.put("x", ++number);
                    python.increment();
                    check((Integer) python.get("x") == number + 1);
                };
            case "W6" -> () -> check(python.total(numbers) == 1_499_500);
            case "W7.ints" ->
                () -> {
                    int sum = 0;
                    for (Integer n : python.ints()) {
                        sum += n;
                    }
                    check(sum == 1_499_500);
                };
            case "W7.strs" ->
                () -> {
                    int characters = 0;
                    for (String s : python.strs()) {
                        characters += s.length();
                    }
                    check(characters == 10_000);
                };
            case "W8" ->
                () -> {
                    int characters = 0;
                    double sum = 0;
                    for (Map.Entry<String, Double> price : python.prices().entrySet()) {
                        characters += price.getKey().length();
                        sum += price.getValue();
                    }
                    check(characters == 9_000 && sum == 499_500 / 4.0);
                };
            case "W9" -> () -> check(python.calls() == 1000);
            case "W10.copied" ->
                () -> {
                    ByteBuffer bytes = ByteBuffer.allocate(8_000_000).order(ByteOrder.nativeOrder());
                    bytes.asDoubleBuffer().put(doubles);
                    check(python.sumOfBytes(bytes.array()) == 499_999_500_000.0);
                };
            case "W10.back" ->
                () -> {
                    double[] halves = new double[1_000_000];
                    ByteBuffer.wrap(python.halves())
                            .order(ByteOrder.nativeOrder())
                            .asDoubleBuffer()
                            .get(halves);
                    check(halves[999_999] == 499_999.5);
                };
            case "W11" -> printed();
            case "W12.iterate" -> () -> check(python.steps() == 1999);
            case "W12.method" -> () -> check(python.methods() == 1000);
            case "W14" ->
                () -> {
                    try {
                        python.fail();
                        check(false);
                    } catch (Py4JException e) {
                        check(e.getMessage().contains("ValueError: bad")
                                && e.getMessage().contains("in inner"));
                    }
                };
            default -> null;
        };
    }

    /** Java's writer is Python's standard output. */
    private Work printed() {
        StringWriter text = new StringWriter();
        python.put("text", text);
        python.exec("import sys; sys.stdout = text");
        return () -> {
            text.getBuffer().setLength(0);
            check(python.lines() == 10_000);
            check(text.getBuffer().length() == 190_000 && text.getBuffer().charAt(189_999) == '\n');
        };
    }
}
