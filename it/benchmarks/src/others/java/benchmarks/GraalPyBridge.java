package benchmarks;

import static benchmarks.Workload.check;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;

/** GraalPy, whose Python lives in the JVM. NumPy, which it would have to compile, is left out. */
final class GraalPyBridge implements Bridge {

    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private final Engine engine = Engine.create("python");
    private final Context context = Context.newBuilder("python")
            .engine(engine)
            .allowAllAccess(true)
            .out(text)
            .build();
    private int number = 100_000;

    @Override
    public Object eval(String expression) {
        return context.eval("python", expression).as(Object.class);
    }

    @Override
    public Work work(String row) {
        context.eval("python", SCRIPT);
        Value python = context.getBindings("python");
        python.putMember("next_number", (IntUnaryOperator) n -> n + 1);
        python.putMember("host", new Host());
        List<Integer> numbers = Bridge.numbers();
        python.putMember("numbers", numbers);
        Source increment = Source.create("python", "x = x + 1");
        return switch (row) {
            case "W1" -> {
                Value foo = python.getMember("foo");
                yield () -> check("1".equals(foo.execute().asString()));
            }
            case "W2" -> {
                Value add = python.getMember("add");
                yield () -> check(add.execute(20_000, 22_000).asInt() == 42_000);
            }
            case "W3" -> {
                Value upper = python.getMember("upper");
                yield () -> check(upper.execute(HUNDRED).asString().charAt(99) == 'X');
            }
            case "W4.fresh" ->
                () -> {
                    number++;
                    check(context.eval("python", "(" + number + " + 1) * 2").asInt() == (number + 1) * 2);
                };
            case "W4.repeated" ->
                () -> check(context.eval("python", "factor * 2").asInt() == 42_000);
            case "W5" ->
                () -> {
                    python.putMember("x", ++number);
                    context.eval(increment);
                    check(python.getMember("x").asInt() == number + 1);
                };
            case "W6" -> () -> check(call(python, "total", numbers).asInt() == 1_499_500);
            case "W6.array" ->
                () -> check(call(python, "total", Bridge.array(numbers)).asInt() == 1_499_500);
            case "W7.ints" ->
                () -> {
                    Value list = call(python, "ints");
                    int sum = 0;
                    for (long i = 0, size = list.getArraySize(); i < size; i++) {
                        sum += list.getArrayElement(i).asInt();
                    }
                    check(sum == 1_499_500);
                };
            case "W7.strs" ->
                () -> {
                    Value list = call(python, "strs");
                    int characters = 0;
                    for (long i = 0, size = list.getArraySize(); i < size; i++) {
                        characters += list.getArrayElement(i).asString().length();
                    }
                    check(characters == 10_000);
                };
            case "W8" ->
                () -> {
                    Value entries = call(python, "prices").getHashEntriesIterator();
                    int characters = 0;
                    double sum = 0;
                    while (entries.hasIteratorNextElement()) {
                        Value entry = entries.getIteratorNextElement();
                        characters += entry.getArrayElement(0).asString().length();
                        sum += entry.getArrayElement(1).asDouble();
                    }
                    check(characters == 9_000 && sum == 499_500 / 4.0);
                };
            case "W9" -> () -> check(call(python, "calls").asInt() == 1000);
            case "W11" ->
                () -> {
                    text.reset();
                    check(call(python, "lines").asInt() == 10_000);
                    String lines = text.toString();
                    check(lines.length() == 190_000 && lines.charAt(189_999) == '\n');
                };
            case "W12.iterate" -> () -> check(call(python, "steps").asInt() == 1999);
            case "W12.method" -> () -> check(call(python, "methods").asInt() == 1000);
            case "W14" ->
                () -> {
                    try {
                        call(python, "fail");
                        check(false);
                    } catch (PolyglotException e) {
                        check(e.getMessage().endsWith("bad")
                                && e.getPolyglotStackTrace()
                                        .iterator()
                                        .next()
                                        .getRootName()
                                        .equals("inner"));
                    }
                };
            case "W16" -> this::useOnce;
            default -> null;
        };
    }

    private static Value call(Value python, String function, Object... arguments) {
        return python.getMember(function).execute(arguments);
    }

    private void useOnce() {
        try (Context other =
                Context.newBuilder("python").engine(engine).allowAllAccess(true).build()) {
            check(other.eval("python", "x = 6\nx * 7").asInt() == 42);
        }
    }
}
