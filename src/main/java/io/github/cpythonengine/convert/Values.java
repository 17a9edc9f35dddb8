package io.github.cpythonengine.convert;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.interpreter.Bridge;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import io.github.cpythonengine.interpreter.Ref;
import io.github.cpythonengine.interpreter.Strings;
import java.lang.reflect.Type;

/**
 * The crossing of values: the commonest types by their address, others by the rules. Checked in this
 * order: identity of the type, so that a subclass never passes for its base.
 */
final class Values implements Bridge.Values {

    @Override
    public Object toJava(Gil gil, long object) {
        if (object == Py.NONE) {
            return null;
        }
        long type = Layout.typeOf(object);
        if (type == Py.STR) {
            return Layout.text(object);
        }
        if (type == Py.INT) {
            return Numbers.fromInt(gil, object);
        }
        if (type == Py.FLOAT) {
            return Layout.floatValue(object);
        }
        if (type == Py.BOOL) {
            return object == Py.TRUE;
        }
        return TypeRules.of(gil, type).convert(gil, object);
    }

    @Override
    public Object toJava(Gil gil, long object, Type wanted) {
        return Targets.convert(gil, object, wanted);
    }

    @Override
    public long toPython(Gil gil, Object value) {
        if (value == null) {
            return gil.newRef(Py.NONE);
        }
        if (value instanceof String text) {
            return gil.check(Strings.toPython(text));
        }
        if (value instanceof Integer number) {
            return gil.check(C.PyLong_FromLongLong(number));
        }
        Ref ref = Bridge.objects().ref(value);
        if (ref != null) {
            return gil.newRef(gil.use(ref));
        }
        return gil.check(ClassRules.of(value.getClass()).convert(gil, value));
    }
}
