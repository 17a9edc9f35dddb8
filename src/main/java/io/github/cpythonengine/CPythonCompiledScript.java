package io.github.cpythonengine;

import io.github.cpythonengine.interpreter.Code;
import io.github.cpythonengine.interpreter.FlightRecording;
import java.util.Objects;
import javax.script.CompiledScript;
import javax.script.ScriptContext;
import javax.script.ScriptEngine;
import javax.script.ScriptException;

/** Code compiled once; runs under any context, on any thread. */
final class CPythonCompiledScript extends CompiledScript {

    private final CPythonScriptEngine engine;
    private final Code code;

    CPythonCompiledScript(CPythonScriptEngine engine, Code code) {
        this.engine = engine;
        this.code = code;
    }

    @Override
    public Object eval(ScriptContext context) throws ScriptException {
        Objects.requireNonNull(context, "context");
        engine.checkOpen();
        return FlightRecording.isOn()
                ? RecordedRun.eval(event -> {
                    event.file(code.file());
                    return engine.run(context).evaluate(code);
                })
                : engine.run(context).evaluate(code);
    }

    @Override
    public ScriptEngine getEngine() {
        return engine;
    }
}
