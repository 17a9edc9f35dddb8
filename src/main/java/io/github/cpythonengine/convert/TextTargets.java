package io.github.cpythonengine.convert;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.interpreter.Bridge;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import io.github.cpythonengine.python.PyObject;
import java.util.Arrays;
import java.util.Map;

/** boolean, char, text, and enum constants by their names. */
final class TextTargets {

    private TextTargets() {}

    static void addTo(Map<Class<?>, Target> targets) {
        NumberTargets.both(targets, boolean.class, Boolean.class, TextTargets::toBoolean);
        NumberTargets.both(targets, char.class, Character.class, TextTargets::toChar);
        targets.put(String.class, (gil, object) -> text(gil, object, String.class));
        targets.put(CharSequence.class, (gil, object) -> text(gil, object, CharSequence.class));
        targets.put(void.class, (gil, object) -> null);
        targets.put(Void.class, (gil, object) -> null);
    }

    private static Object toBoolean(Gil gil, long object) {
        Object value = Values.builtIn(gil, object);
        if (value instanceof PyObject) {
            value = Bridge.buffers().single(gil, object);
        }
        if (value instanceof Boolean) {
            return value;
        }
        throw Refused.type(gil, object, boolean.class, "use bool(x)");
    }

    private static Object toChar(Gil gil, long object) {
        Object value = Values.builtIn(gil, object);
        if (value instanceof Character) {
            return value;
        }
        String text = text(gil, object, char.class).toString();
        if (text.length() != 1) {
            throw Refused.value(gil, object, char.class, "it must be one UTF-16 unit, not " + text.length());
        }
        return text.charAt(0);
    }

    /** A str, one of a subclass, or Java's own text. */
    private static CharSequence text(Gil gil, long object, Class<?> type) {
        if (Targets.isA(object, Py.STR)) {
            return Layout.text(object);
        }
        if (Values.builtIn(gil, object) instanceof CharSequence text
                && (type != String.class || text instanceof String)) {
            return text;
        }
        throw Refused.type(gil, object, type, "use str(x)");
    }

    static Object toEnum(Gil gil, long object, Class<?> type) {
        if (!Targets.isA(object, Py.STR)) {
            return Targets.instance(gil, object, type, type);
        }
        String name = Layout.text(object);
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        String all = Arrays.toString(type.getEnumConstants());
        throw Refused.value(gil, object, type, "it has only " + all);
    }
}
