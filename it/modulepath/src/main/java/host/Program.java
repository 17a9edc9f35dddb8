package host;

import javax.script.ScriptEngine;
import javax.script.ScriptEngineManager;

/** Finds the engine as a service of a named module and calls into its standard library. */
public final class Program {
    public static void main(String[] args) throws Exception {
        ScriptEngine python = new ScriptEngineManager().getEngineByName("cpython");
        check("engine is in its module", python.getClass().getModule().getName(), "io.github.cpythonengine");
        check("host is in its module", Program.class.getModule().isNamed(), true);
        python.put("text", "{\"a\": [1, 2, 3]}");
        check("value", python.eval("import json\nsum(json.loads(text)['a'])"), 6);
        check(
                "backend",
                python.getFactory().getParameter("cpython.backend"),
                Runtime.version().feature() < 22 ? "jna" : "ffm");
    }

    private static void check(String what, Object found, Object wanted) {
        System.out.println(what + ": " + found + kind(found));
        if (!wanted.equals(found)) {
            System.err.println(what + " should be " + wanted + kind(wanted));
            System.exit(1);
        }
    }

    private static String kind(Object value) {
        return value == null ? "" : " (" + value.getClass().getName() + ")";
    }

    private Program() {}
}
