package io.github.cpythonengine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.script.Bindings;
import javax.script.ScriptContext;
import javax.script.SimpleBindings;

/** The scopes of a context that are searched after ENGINE_SCOPE: GLOBAL_SCOPE and any further ones, in order. */
final class OuterScopes {

    private static final OuterScopes NONE = new OuterScopes(List.of());

    private final List<Bindings> scopes;

    private OuterScopes(List<Bindings> scopes) {
        this.scopes = scopes;
    }

    static OuterScopes of(ScriptContext context) {
        List<Bindings> found = null;
        for (Integer scope : context.getScopes()) {
            if (scope != ScriptContext.ENGINE_SCOPE) {
                Bindings bindings = context.getBindings(scope);
                if (!isKnownEmpty(bindings)) {
                    found = found == null ? new ArrayList<>() : found;
                    found.add(bindings);
                }
            }
        }
        return found == null ? NONE : new OuterScopes(found);
    }

    /** The JDK's own class can be asked without surprises, and is what a manager has. */
    static boolean isKnownEmpty(Bindings bindings) {
        return bindings == null || bindings.getClass() == SimpleBindings.class && bindings.isEmpty();
    }

    boolean isEmpty() {
        return scopes.isEmpty();
    }

    /** Those of the names in use that these scopes supply. Without the GIL. */
    Map<String, Object> fetch(Collection<String> names) {
        Map<String, Object> found = new LinkedHashMap<>();
        for (String name : names) {
            for (Bindings scope : scopes) {
                if (scope.containsKey(name)) {
                    found.put(name, scope.get(name));
                    break;
                }
            }
        }
        return found;
    }
}
