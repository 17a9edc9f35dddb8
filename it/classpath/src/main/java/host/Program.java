package host;

import java.io.StringWriter;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.script.Bindings;
import javax.script.Compilable;
import javax.script.Invocable;
import javax.script.ScriptEngine;
import javax.script.ScriptEngineManager;
import javax.script.ScriptException;

/** Uses the engine by name, as any program with the jar on its class path would. */
public final class Program {
    public static void main(String[] args) throws Exception {
        ScriptEngine python = new ScriptEngineManager().getEngineByName("cpython");

        check("value", python.eval("1 + 1"), 2);
        check("last expression", python.eval("import math\nx = 6\nmath.factorial(x)"), 720);
        check("big", python.eval("2 ** 100"), BigInteger.TWO.pow(100));
        check("text", python.eval("'na\\u00efve'.upper()"), "NA\u00cfVE");
        check("list", python.eval("[1, 'two', None]"), Arrays.asList(1, "two", null));
        check("dict", python.eval("{'a': 1.5}"), Map.of("a", 1.5));

        python.put("names", List.of("Guido", "James"));
        check("Java list in Python", python.eval("', '.join(sorted(names))"), "Guido, James");
        python.eval("def greet(name):\n    return 'Hello ' + name");
        check("function", ((Invocable) python).invokeFunction("greet", "world"), "Hello world");
        Bindings own = python.createBindings();
        own.put("x", 41);
        check("bindings", ((Compilable) python).compile("x + 1").eval(own), 42);
        check("own namespace kept", python.get("x"), 6);

        StringWriter output = new StringWriter();
        python.getContext().setWriter(output);
        python.eval("print('printed')");
        check("output", output.toString(), "printed\n");

        check(
                "backend",
                python.getFactory().getParameter("cpython.backend"),
                Runtime.version().feature() < 22 ? "jna" : "ffm");

        try {
            python.eval("y = 1\nraise ValueError('bad')");
            throw new AssertionError("an exception was expected");
        } catch (ScriptException e) {
            check("message", e.getMessage().contains("ValueError: bad"), true);
            check("line", e.getLineNumber(), 2);
        }
    }

    private static void check(String what, Object found, Object wanted) {
        System.out.println(what + ": " + found + kind(found));
        if (!Objects.equals(found, wanted)) {
            System.err.println(what + " should be " + wanted + kind(wanted));
            System.exit(1);
        }
    }

    private static String kind(Object value) {
        return value == null ? "" : " (" + value.getClass().getName() + ")";
    }

    private Program() {}
}
