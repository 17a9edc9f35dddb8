/** CPython inside the JVM as a JSR-223 script engine. */
module io.github.cpythonengine {
    requires transitive java.scripting;
    requires com.sun.jna;
    requires org.apache.commons.lang3;

    // Used when they are there: the bundled CPython, and line editing for the command line.
    requires static org.bytedeco.cpython;
    requires static org.bytedeco.javacpp;
    requires static org.jline.reader;
    requires static org.jline.terminal;
    // Events for Flight Recorder, in JVMs that have it.
    requires static jdk.jfr;

    // JNA calls back into it and fills its structures by reflection.
    opens io.github.cpythonengine.capi to
            com.sun.jna;

    exports io.github.cpythonengine.python;
    exports io.github.cpythonengine.convert;
    exports io.github.cpythonengine;
    exports io.github.cpythonengine.wrap;
    exports io.github.cpythonengine.host;

    provides javax.script.ScriptEngineFactory with
            io.github.cpythonengine.CPythonScriptEngineFactory;
}
