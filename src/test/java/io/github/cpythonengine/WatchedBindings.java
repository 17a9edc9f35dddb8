package io.github.cpythonengine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.script.Bindings;

/**
 * A host's own Bindings, as awkward as real ones: they cannot be listed, every call is written down ({@code "get x"}),
 * keys are checked, and two of them are always equal.
 */
class WatchedBindings implements Bindings {

    final Map<String, Object> values = new HashMap<>();
    final List<String> calls = new ArrayList<>();

    /** The calls since the last time. */
    List<String> calls() {
        List<String> copy = List.copyOf(calls);
        calls.clear();
        return copy;
    }

    /** The names that a method was called with since the last time, in order. */
    List<String> names(String method) {
        String start = method + " ";
        return calls.stream()
                .filter(call -> call.startsWith(start))
                .map(call -> call.substring(start.length()))
                .toList();
    }

    private void called(String method, Object name) {
        calls.add(method + " " + name);
    }

    @Override
    public Object put(String name, Object value) {
        called("put", name);
        return values.put(name, value);
    }

    @Override
    public Object get(Object key) {
        called("get", key);
        return values.get(key);
    }

    @Override
    public boolean containsKey(Object key) {
        called("containsKey", key);
        return values.containsKey(key);
    }

    @Override
    public Object remove(Object key) {
        called("remove", key);
        return values.remove(key);
    }

    @Override
    public void putAll(Map<? extends String, ?> toMerge) {
        throw refused("putAll");
    }

    @Override
    public int size() {
        throw refused("size");
    }

    @Override
    public boolean isEmpty() {
        throw refused("isEmpty");
    }

    @Override
    public boolean containsValue(Object value) {
        throw refused("containsValue");
    }

    @Override
    public void clear() {
        throw refused("clear");
    }

    @Override
    public Set<String> keySet() {
        throw refused("keySet");
    }

    @Override
    public Collection<Object> values() {
        throw refused("values");
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        throw refused("entrySet");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WatchedBindings;
    }

    @Override
    public int hashCode() {
        throw refused("hashCode");
    }

    private UnsupportedOperationException refused(String method) {
        calls.add("refused " + method);
        return new UnsupportedOperationException(method);
    }
}
