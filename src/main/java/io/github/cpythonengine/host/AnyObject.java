package io.github.cpythonengine.host;

import io.github.cpythonengine.interpreter.Arguments;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import io.github.cpythonengine.interpreter.PythonFunction;
import java.util.Map;

/** What Python does with any Java object: text, equality, hash, order. */
final class AnyObject {

    private AnyObject() {}

    static Map<String, PythonFunction> functions() {
        return Map.of(
                "to_string", AnyObject::text,
                "equals", AnyObject::equal,
                "hash_code", AnyObject::hash,
                "compare", AnyObject::compare,
                "close", AnyObject::close);
    }

    private static long text(Gil gil, Arguments arguments) throws Exception {
        Object self = Receivers.any(gil, arguments);
        return gil.toPython(gil.released(() -> String.valueOf(self.toString())));
    }

    private static long equal(Gil gil, Arguments arguments) throws Exception {
        Object self = Receivers.any(gil, arguments);
        Object other = arguments.value(1);
        return gil.toPython(gil.released(() -> self.equals(other)));
    }

    private static long hash(Gil gil, Arguments arguments) throws Exception {
        Object self = Receivers.any(gil, arguments);
        return gil.toPython(gil.released(self::hashCode));
    }

    /** A number, or NotImplemented when the two cannot be compared. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static long compare(Gil gil, Arguments arguments) throws Exception {
        Comparable self = Receivers.get(gil, arguments, Comparable.class);
        Object other = arguments.value(1);
        Integer order = gil.released(() -> {
            try {
                return self.compareTo(other);
            } catch (ClassCastException e) {
                return null;
            }
        });
        return order == null ? gil.newRef(Py.NOT_IMPLEMENTED) : gil.toPython(order);
    }

    private static long close(Gil gil, Arguments arguments) throws Exception {
        AutoCloseable self = Receivers.get(gil, arguments, AutoCloseable.class);
        gil.released(() -> {
            self.close();
            return null;
        });
        return gil.newRef(Py.NONE);
    }
}
