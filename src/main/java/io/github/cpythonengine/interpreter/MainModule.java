package io.github.cpythonengine.interpreter;

import java.util.Map;

/** Makes {@code import __main__} see the module of the run in progress on the calling thread. */
final class MainModule {

    private MainModule() {}

    static void install(Gil gil) {
        PythonHalf half = PythonHalf.load(gil, "main_module", Map.of("main_dict", MainModule::dict));
        gil.call(half.member(gil, "install"));
    }

    /** {@code main_dict()}: the dict of the run's module, or None when no run is in progress here. */
    private static long dict(Gil gil, Arguments arguments) {
        Run run = Gil.currentRun();
        return gil.newRef(run == null ? Py.NONE : run.namespace().in(gil));
    }
}
