package io.github.cpythonengine.host;

import io.github.cpythonengine.interpreter.Arguments;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import io.github.cpythonengine.interpreter.PythonFunction;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.Temporal;
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
                "between", AnyObject::between,
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

    /** (start, end): the time from one to the other, which Java may know from one side only. */
    private static long between(Gil gil, Arguments arguments) throws Exception {
        Temporal start = (Temporal) gil.toJava(arguments.get(0), Temporal.class);
        Temporal end = (Temporal) gil.toJava(arguments.get(1), Temporal.class);
        return Values.toPython(gil, gil.released(() -> {
            try {
                return Duration.between(start, end);
            } catch (DateTimeException e) {
                return Duration.between(end, start).negated();
            }
        }));
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
