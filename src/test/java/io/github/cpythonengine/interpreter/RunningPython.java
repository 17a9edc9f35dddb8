package io.github.cpythonengine.interpreter;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.locate.PythonSettings;
import io.github.cpythonengine.python.PyObject;

/** Starts Python as the root does, for the tests of the packages below it. */
public final class RunningPython {

    static {
        io.github.cpythonengine.python.Registration.register();
        io.github.cpythonengine.convert.Registration.register();
        io.github.cpythonengine.wrap.Registration.register();
        io.github.cpythonengine.host.Registration.register();
        Interpreter.start(PythonSettings::fromEnvironment);
    }

    private RunningPython() {}

    /** Makes sure that Python runs. */
    public static void start() {}

    /** The value of a Python expression. */
    public static Object eval(String expression) {
        return Gil.with(gil -> gil.toJava(evaluated(gil, expression)));
    }

    /** The value of a Python expression as the object itself. */
    public static PyObject object(String expression) {
        return Gil.with(gil -> (PyObject) gil.objectOf(evaluated(gil, expression)));
    }

    private static long evaluated(Gil gil, String expression) {
        long builtins = C.PyEval_GetBuiltins();
        long eval = C.PyDict_GetItemWithError(builtins, gil.name("eval"));
        long globals = gil.own(C.PyDict_New());
        gil.check(C.PyDict_SetItem(globals, gil.name("__builtins__"), builtins));
        return gil.call(eval, gil.str(expression), globals);
    }
}
