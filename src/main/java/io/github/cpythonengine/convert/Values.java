package io.github.cpythonengine.convert;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.CommonValues;
import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.capi.RefCounts;
import io.github.cpythonengine.interpreter.Bridge;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import io.github.cpythonengine.interpreter.Ref;
import io.github.cpythonengine.interpreter.Strings;
import java.lang.reflect.Type;
import java.util.Arrays;

/**
 * The crossing of values: the commonest types by their address, others by the rules. Checked in this
 * order: identity of the type, so that a subclass never passes for its base.
 */
final class Values implements Bridge.Values {

    private static final Object OTHER = new Object();

    @Override
    public Object toJava(Gil gil, long object) {
        if (TypeRules.isCommonReplaced()) {
            return TypeRules.of(gil, Layout.typeOf(object)).convert(gil, object);
        }
        long type = Layout.typeOf(object);
        Object common = common(gil, object, type);
        return common != OTHER ? common : TypeRules.of(gil, type).convert(gil, object);
    }

    /** The natural Java value without users' rules. */
    static Object builtIn(Gil gil, long object) {
        long type = Layout.typeOf(object);
        Object common = common(gil, object, type);
        return common != OTHER ? common : TypeRules.builtIn(gil, type).convert(gil, object);
    }

    /** The value of one of the commonest types, else {@link #OTHER}. */
    private static Object common(Gil gil, long object, long type) {
        if (object == Py.NONE) {
            return null;
        }
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
        return OTHER;
    }

    // ---- many

    /** Values converted before what their conversion left behind is released. */
    private static final int BATCH = 256;

    @Override
    public Object[][] toJava(Gil gil, long[]... objects) {
        Object[][] values = new Object[objects.length][];
        int others = 0;
        for (int i = 0; i < objects.length; i++) {
            values[i] = new Object[objects[i].length];
            others += readCommon(objects[i], values[i]);
        }
        if (others > 0) {
            convertOthers(objects, values, others);
        }
        return values;
    }

    private static int readCommon(long[] objects, Object[] values) {
        if (TypeRules.isCommonReplaced()) {
            Arrays.fill(values, OTHER);
            return values.length;
        }
        return CommonValues.read(objects, values, OTHER);
    }

    private void convertOthers(long[][] objects, Object[][] values, int count) {
        long[] others = new long[count];
        int found = 0;
        for (int i = 0; i < objects.length; i++) {
            for (int j = 0; j < objects[i].length; j++) {
                if (values[i][j] == OTHER) {
                    RefCounts.increment(objects[i][j]);
                    others[found++] = objects[i][j];
                }
            }
        }
        try {
            int next = 0;
            for (Object[] part : values) {
                for (int from = 0; from < part.length; from += BATCH) {
                    try (Gil batch = Gil.acquire()) {
                        for (int i = from; i < Math.min(part.length, from + BATCH); i++) {
                            if (part[i] == OTHER) {
                                part[i] = toJava(batch, others[next++]);
                            }
                        }
                    }
                }
            }
        } finally {
            for (long other : others) {
                RefCounts.decrement(other);
            }
        }
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
        if (ClassRules.isCommonReplaced()) {
            return byRules(gil, value);
        }
        if (value instanceof String text) {
            return gil.check(Strings.toPython(text));
        }
        if (value instanceof Integer number) {
            return gil.check(gil.integer(number.longValue()));
        }
        if (value instanceof Long number) {
            return gil.check(gil.integer(number));
        }
        if (value instanceof Double number) {
            return gil.check(C.PyFloat_FromDouble(number));
        }
        if (value instanceof Boolean is) {
            return gil.newRef(is ? Py.TRUE : Py.FALSE);
        }
        return byRules(gil, value);
    }

    private static long byRules(Gil gil, Object value) {
        Ref ref = Bridge.objects().ref(value);
        if (ref != null) {
            return gil.newRef(gil.use(ref));
        }
        return gil.check(ClassRules.of(value.getClass()).convert(gil, value));
    }
}
