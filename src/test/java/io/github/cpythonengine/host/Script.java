package io.github.cpythonengine.host;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Interpreter;
import io.github.cpythonengine.locate.PythonSettings;
import java.util.LinkedHashMap;
import java.util.Map;

/** A Python script with Java objects as its variables. */
final class Script {

    private static boolean started;

    private final Map<String, Object> variables = new LinkedHashMap<>();

    private Script() {}

    static synchronized void start() {
        if (!started) {
            io.github.cpythonengine.python.Registration.register();
            io.github.cpythonengine.convert.Registration.register();
            Registration.register();
            io.github.cpythonengine.wrap.Registration.register();
            Interpreter.start(PythonSettings::fromEnvironment);
            started = true;
        }
    }

    static Script with(String name, Object value) {
        return new Script().and(name, value);
    }

    Script and(String name, Object value) {
        variables.put(name, value);
        return this;
    }

    /** Runs code that checks for itself, and gives what it calls {@code result}. */
    static Object run(String... lines) {
        return new Script().does(lines);
    }

    Object does(String... lines) {
        start();
        return Gil.with(gil -> {
            long globals = gil.own(C.PyDict_New());
            gil.check(C.PyDict_SetItem(globals, gil.name("__builtins__"), C.PyEval_GetBuiltins()));
            gil.check(C.PyDict_SetItem(globals, gil.name("__name__"), gil.str("__main__")));
            variables.forEach((name, value) -> gil.check(C.PyDict_SetItem(globals, gil.name(name), gil.python(value))));
            long exec = C.PyDict_GetItemWithError(C.PyEval_GetBuiltins(), gil.name("exec"));
            gil.call(exec, gil.str(String.join("\n", lines)), globals);
            long result = C.PyDict_GetItemWithError(globals, gil.name("result"));
            Object value = result == 0 ? null : gil.toJava(result);
            C.PyDict_Clear(globals);
            return value;
        });
    }

    /** Handles that Python holds after all garbage has gone. */
    static int handles() {
        start();
        run("import gc", "gc.collect()");
        return Gil.with(gil -> {
            Half.dropAhead(gil);
            Handles.sweep();
            return Handles.count();
        });
    }
}
