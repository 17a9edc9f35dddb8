package io.github.cpythonengine.host;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.interpreter.Bridge;
import io.github.cpythonengine.interpreter.Gil;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjLongConsumer;

/** Java objects as Python sees them: the {@link Bridge.JavaObjects} of this package. */
final class JavaObjects implements Bridge.JavaObjects {

    @Override
    public void start(Gil gil) {
        Imports.install(gil);
    }

    @Override
    public long wrap(Gil gil, Object object) {
        if (object instanceof Throwable error) {
            return Throwables.toPython(gil, error);
        }
        int known = Handles.find(object);
        return known >= 0 ? Handles.revive(known) : wrapAsIs(gil, object);
    }

    /** Without the conversions that make a Python value of some classes. */
    static long wrapAsIs(Gil gil, Object object) {
        return Handles.bodyOf(gil, object, JavaType.of(object.getClass()).instantiable(gil));
    }

    @Override
    public boolean isJavaType(Gil gil, long type) {
        long metaclass = Half.metaclass;
        return metaclass != 0 && (Layout.typeOf(type) == metaclass || type == metaclass);
    }

    static boolean isJava(Gil gil, long object) {
        return JavaType.isJavaClass(gil, Layout.typeOf(object));
    }

    @Override
    public Object unwrap(Gil gil, long object) {
        Object found = Handles.object(object);
        if (found != null) {
            return found;
        }
        if (JavaType.isJavaClass(gil, object)) {
            return JavaType.behind(gil, object).javaClass();
        }
        Object behind = Throwables.behind(gil, object);
        if (behind != null) {
            return behind;
        }
        long plain = Values.plain(gil, object);
        if (plain == 0) {
            throw new IllegalStateException("This Python object has lost its Java object");
        }
        return gil.toJava(plain);
    }

    @Override
    public void weakenBehind(Gil gil, long names) {
        if (Half.metaclass == 0) {
            return;
        }
        long found = gil.call(Half.member(gil, "java_objects_behind"), names);
        long[] bodies = Layout.listItems(found);
        for (long body : bodies) {
            Handles.weaken(body);
        }
    }

    @Override
    public void forEachHeld(ObjLongConsumer<String> use) {
        Gil.run(gil -> {
            Half.dropAhead(gil);
            Handles.sweep();
        });
        Handles.forEach((object, body) -> use.accept(Names.full(object.getClass()), body));
    }

    /** Not the users': not among what they see of handles. */
    private record Kept(Object object) implements Handles.Internal {}

    @Override
    public long reference(Gil gil, Object object) {
        return Handles.bodyOf(gil, new Kept(object), Body.type(gil));
    }

    @Override
    public Object referred(long reference) {
        return ((Kept) Handles.object(reference)).object();
    }

    @Override
    public List<Class<?>> interfaces(Gil gil, long type) {
        if (Half.metaclass == 0 || Layout.typeOf(type) != Half.member(gil, "PythonClass")) {
            return List.of();
        }
        long list = gil.call(Half.member(gil, "interfaces"), type);
        long[] classes = Layout.listItems(list);
        List<Class<?>> interfaces = new ArrayList<>();
        for (long each : classes) {
            interfaces.add((Class<?>) Handles.object(each));
        }
        return interfaces;
    }

    @Override
    public long exception(Gil gil, Throwable error) {
        return Throwables.toPython(gil, error);
    }

    @Override
    public Throwable throwable(Gil gil, long exception) {
        return isJava(gil, exception) ? (Throwable) Throwables.behind(gil, exception) : null;
    }

    @Override
    public long[] given(Gil gil, Object[] values, Type[] types) {
        int count = values == null ? 0 : values.length;
        for (int i = 0; i < count; i++) {
            if (Values.isBoth(values[i])) {
                return pointers(gil, values, types);
            }
        }
        return types == null || count == 0 ? null : pointers(gil, values, types);
    }

    private static long[] pointers(Gil gil, Object[] values, Type[] types) {
        if (Bridge.objects().keywords(values[values.length - 1]) != null) {
            return null;
        }
        long[] pointers = new long[values.length];
        for (int i = 0; i < pointers.length; i++) {
            pointers[i] = gil.own(
                    Values.item(gil, values[i], types == null || i >= types.length ? null : DeclaredType.of(types[i])));
        }
        return pointers;
    }
}
