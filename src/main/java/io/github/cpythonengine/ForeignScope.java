package io.github.cpythonengine;

import io.github.cpythonengine.interpreter.Forgotten;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Namespace;
import io.github.cpythonengine.python.PyObject;
import io.github.cpythonengine.python.PyView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.script.Bindings;

/**
 * The namespace of Bindings that are not ours: any host's map, which may be lazy, read-only or in a database. It belongs
 * to the Bindings object by identity. Names that scripts look up are asked for one by one; names that they assigned or
 * deleted are written back after a run; nothing else of the Bindings is touched.
 *
 * <p>Java objects that came from the Bindings are dropped from the namespace at the end of the last run in it: they may
 * lead back to the Bindings, and a cycle through both heaps is never collected.
 */
final class ForeignScope {

    private static final Map<Identity, ForeignScope> ALL = new ConcurrentHashMap<>();

    /** Bindings as a key: by identity, weakly. */
    private static final class Identity extends Forgotten<Bindings> {
        private final int hash;

        Identity(Bindings bindings) {
            super(bindings);
            hash = System.identityHashCode(bindings);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            return this == other || (other instanceof Identity that && get() != null && get() == that.get());
        }

        @Override
        protected void gone() {
            ALL.remove(this);
        }
    }

    /**
     * What the Bindings say now.
     *
     * @param found names whose value is not the one known
     * @param missing names that they do not have
     */
    record Fetched(Map<String, Object> found, List<String> missing) {}

    private final Namespace namespace;

    /** The values that the namespace has from the Bindings. Changed under the GIL. */
    private final Map<String, Object> known = new ConcurrentHashMap<>();

    /** Names whose value is a Java object. Changed under the GIL. */
    private final Set<String> javaObjects = new HashSet<>();

    private int runs;

    private ForeignScope(Namespace namespace) {
        this.namespace = namespace;
    }

    /** The scope of these Bindings, made at the first use. GIL held. */
    static ForeignScope of(Gil gil, Bindings bindings) {
        Identity key = new Identity(bindings);
        ForeignScope scope = ALL.get(key);
        if (scope == null) {
            ForeignScope made = new ForeignScope(Namespace.create(gil));
            ForeignScope raced = ALL.putIfAbsent(key, made);
            scope = raced != null ? raced : made;
        }
        return scope;
    }

    Namespace namespace() {
        return namespace;
    }

    void begin() {
        runs++;
    }

    /** Asks for the names in use. Without the GIL. */
    Fetched fetch(Bindings bindings, Collection<String> names) {
        Map<String, Object> found = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        for (String name : names) {
            if (!bindings.containsKey(name)) {
                missing.add(name);
            } else {
                Object value = bindings.get(name);
                if (!isKnown(name, value)) {
                    found.put(name, value);
                }
            }
        }
        return new Fetched(found, missing);
    }

    private static final Object NULL = new Object();

    private boolean isKnown(String name, Object value) {
        Object before = known.get(name);
        Object now = value == null ? NULL : value;
        return before == now || (isPlain(value) && now.equals(before));
    }

    /** Values whose equality says all. */
    private static boolean isPlain(Object value) {
        return value instanceof String
                || value instanceof Boolean
                || value instanceof Integer
                || value instanceof Long
                || value instanceof Double;
    }

    /** Brings in what was found. GIL held. */
    void apply(Gil gil, Fetched fetched) {
        if (fetched.found.isEmpty() && fetched.missing.isEmpty()) {
            return;
        }
        namespace.takeIn(gil, fetched.found, fetched.missing);
        fetched.missing.forEach(known::remove);
        fetched.found.forEach(this::remember);
    }

    private void remember(String name, Object value) {
        known.put(name, value == null ? NULL : value);
        boolean plain = value == null || isPlain(value) || value instanceof PyObject || value instanceof PyView;
        if (!plain) {
            javaObjects.add(name);
        }
    }

    /** What the scripts did since the last time, also when finding out failed. GIL held. */
    Namespace.Changes end(Gil gil) {
        runs--;
        try {
            return changes(gil);
        } catch (RuntimeException e) {
            return new Namespace.Changes(Map.of(), List.of(), e);
        }
    }

    private Namespace.Changes changes(Gil gil) {
        Namespace.Changes changes = namespace.changes(gil);
        changes.deleted().forEach(known::remove);
        changes.assigned().forEach((name, value) -> known.put(name, value == null ? NULL : value));
        if (runs == 0 && !javaObjects.isEmpty()) {
            namespace.forget(gil, javaObjects);
            javaObjects.forEach(known::remove);
            javaObjects.clear();
        }
        return changes;
    }

    /** Writes names back. Without the GIL. Each is tried; the first failure is thrown at the end. */
    static void writeBack(Bindings bindings, Namespace.Changes changes) {
        RuntimeException failure = changes.failure();
        for (Map.Entry<String, Object> entry : changes.assigned().entrySet()) {
            failure = attempt(failure, () -> bindings.put(entry.getKey(), entry.getValue()));
        }
        for (String name : changes.deleted()) {
            failure = attempt(failure, () -> bindings.remove(name));
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static RuntimeException attempt(RuntimeException before, Runnable work) {
        try {
            work.run();
            return before;
        } catch (RuntimeException e) {
            if (before == null) {
                return e;
            }
            before.addSuppressed(e);
            return before;
        }
    }
}
