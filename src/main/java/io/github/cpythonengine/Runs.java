package io.github.cpythonengine;

import io.github.cpythonengine.host.ClassAccess;
import javax.script.ScriptContext;
import javax.script.SimpleScriptContext;

/** Makes the runs of an engine. Most are under its own context, and one object does for those while nothing changes. */
final class Runs {

    private volatile ScriptRun plain;

    /**
     * A run under a context.
     *
     * @param own the engine's
     */
    ScriptRun of(ScriptContext context, ScriptContext own, ClassAccess access) {
        if (context.getClass() != SimpleScriptContext.class) { // the host's
            return ScriptRun.asking(() -> new ScriptRun(context, access));
        }
        ScriptRun known = plain;
        if (known != null && known.fits(context, access)) {
            return known;
        }
        ScriptRun run = new ScriptRun(context, access);
        if (context == own && run.isPlain()) {
            plain = run;
        }
        return run;
    }

    /** Keeps none. */
    void clear() {
        plain = null;
    }
}
