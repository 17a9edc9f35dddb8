package io.github.cpythonengine.interpreter;

/** Java code that Python calls. GIL held; see {@link Gil#released} to let go of it. */
@FunctionalInterface
public interface PythonFunction {

    /**
     * What it throws becomes a Python exception.
     *
     * @return a new reference
     */
    long call(Gil gil, Arguments arguments) throws Exception;
}
