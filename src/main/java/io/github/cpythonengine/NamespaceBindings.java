package io.github.cpythonengine;

import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Interpreter;
import io.github.cpythonengine.interpreter.Namespace;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import javax.script.Bindings;

/**
 * Bindings that are the dict of a {@code __main__} module, live both ways. The module is made at the first use that
 * needs one, which starts Python.
 *
 * <p>Names that Python keeps in every module ({@code __name__}, {@code __builtins__} ...) can be read, but are not among
 * the keys, and no removal or {@code clear} takes them away.
 */
final class NamespaceBindings extends AbstractMap<String, Object> implements Bindings {

    private static final String SCRIPT_ATTRIBUTE = "javax.script.";

    /** Whether it may be the interpreter's real {@code __main__}. */
    private final boolean main;

    private volatile Namespace namespace;
    private volatile boolean closed;

    /** Whether a key such as {@code javax.script.filename} was ever set. */
    private volatile boolean describesScript;

    NamespaceBindings(boolean main) {
        this.main = main;
    }

    boolean describesScript() {
        return describesScript;
    }

    /** The namespace, made if need be. */
    Namespace namespace(Gil gil) {
        Namespace made = namespace;
        if (made != null && !closed) {
            return made;
        }
        checkOpen();
        made = main ? Namespace.mainOrNew(gil) : Namespace.create(gil);
        synchronized (this) {
            // making it may have let another thread in
            if (namespace == null) {
                namespace = made;
                return made;
            }
        }
        made.close(gil);
        return namespace;
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("This CPython engine has been closed");
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** Gives up the names and what they hold. */
    void close() {
        closed = true;
        Namespace made = namespace;
        if (made != null && !Interpreter.isClosing()) {
            Gil.run(made::close);
        }
    }

    private static String key(Object key) {
        Objects.requireNonNull(key, "key");
        String name = (String) key;
        if (name.isEmpty()) {
            throw new IllegalArgumentException("key is empty");
        }
        return name;
    }

    @Override
    public Object put(String key, Object value) {
        String name = key(key);
        note(name);
        Python.start();
        return Gil.with(gil -> namespace(gil).put(gil, name, value));
    }

    /** {@link #put} without the previous value. */
    void set(String key, Object value) {
        String name = key(key);
        note(name);
        Python.start();
        Gil.run(gil -> namespace(gil).set(gil, name, value));
    }

    private void note(String name) {
        if (name.startsWith(SCRIPT_ATTRIBUTE)) {
            describesScript = true;
        }
    }

    @Override
    public void putAll(Map<? extends String, ? extends Object> toMerge) {
        Objects.requireNonNull(toMerge, "toMerge");
        for (Object key : toMerge.keySet()) {
            note(key(key));
        }
        if (toMerge.isEmpty()) {
            return;
        }
        Python.start();
        // the other map may be a view of Python, too, or wait for something: copied without the GIL
        Map<String, Object> copy = new LinkedHashMap<>(toMerge);
        Gil.run(gil -> copy.forEach((name, value) -> namespace(gil).set(gil, name, value)));
    }

    @Override
    public Object get(Object key) {
        String name = key(key);
        Object value = find(name);
        return value == Namespace.ABSENT ? null : value;
    }

    private Object find(String name) {
        checkOpen();
        return namespace == null
                ? Namespace.ABSENT
                : Gil.with(gil -> namespace(gil).get(gil, name));
    }

    @Override
    public boolean containsKey(Object key) {
        String name = key(key);
        checkOpen();
        return namespace != null && Gil.with(gil -> namespace(gil).contains(gil, name));
    }

    @Override
    public Object remove(Object key) {
        String name = key(key);
        checkOpen();
        return namespace == null ? null : Gil.with(gil -> namespace(gil).remove(gil, name));
    }

    @Override
    public void clear() {
        checkOpen();
        if (namespace != null) {
            Gil.run(gil -> namespace(gil).clear(gil));
        }
    }

    @Override
    public int size() {
        return names().size();
    }

    private List<String> names() {
        checkOpen();
        return namespace == null ? List.of() : Gil.with(gil -> namespace(gil).names(gil));
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return new Entries();
    }

    /** Live; iterates over the names as they are at the beginning, without those that went away meanwhile. */
    private final class Entries extends AbstractSet<Entry<String, Object>> {

        @Override
        public Iterator<Entry<String, Object>> iterator() {
            return new EntryIterator(names().iterator());
        }

        @Override
        public int size() {
            return NamespaceBindings.this.size();
        }

        @Override
        public void clear() {
            NamespaceBindings.this.clear();
        }
    }

    private final class EntryIterator implements Iterator<Entry<String, Object>> {
        private final Iterator<String> names;
        private Entry<String, Object> next;
        private String last;

        EntryIterator(Iterator<String> names) {
            this.names = names;
        }

        @Override
        public boolean hasNext() {
            while (next == null && names.hasNext()) {
                String name = names.next();
                Object value = find(name);
                if (value != Namespace.ABSENT) {
                    next = new LiveEntry(name, value);
                }
            }
            return next != null;
        }

        @Override
        public Entry<String, Object> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Entry<String, Object> entry = next;
            next = null;
            last = entry.getKey();
            return entry;
        }

        @Override
        public void remove() {
            if (last == null) {
                throw new IllegalStateException("no element to remove");
            }
            NamespaceBindings.this.remove(last);
            last = null;
        }
    }

    private final class LiveEntry extends SimpleEntry<String, Object> {
        private static final long serialVersionUID = 1L;

        LiveEntry(String name, Object value) {
            super(name, value);
        }

        @Override
        public Object setValue(Object value) {
            put(getKey(), value);
            return super.setValue(value);
        }
    }

    @Override
    public String toString() {
        return "Python namespace " + (closed ? "(closed)" : names().toString());
    }
}
