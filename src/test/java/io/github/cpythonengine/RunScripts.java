package io.github.cpythonengine;

import javax.script.ScriptEngine;

/** A main for {@link ChildJvm}: evaluates its arguments in one engine and prints what each gave. */
final class RunScripts {

    private RunScripts() {}

    public static void main(String[] scripts) {
        ScriptEngine engine = TestEngines.engine();
        for (String script : scripts) {
            try {
                System.out.println("value: " + engine.eval(script));
            } catch (Throwable e) {
                System.out.println("error: " + e);
            }
        }
        System.out.println("main ends");
    }
}
