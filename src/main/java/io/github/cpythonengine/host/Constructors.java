package io.github.cpythonengine.host;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.interpreter.Arguments;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import java.lang.reflect.Array;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/** Calls of Java classes: new objects and arrays, and Python objects as implementations of an interface. */
final class Constructors {

    private Constructors() {}

    /** (class, tuple of arguments) */
    static long construct(Gil gil, Arguments arguments) throws Exception {
        Class<?> type = JavaType.behind(gil, arguments.get(0)).javaClass();
        Access.check(type);
        long[] pointers = new long[(int) Layout.tupleSize(arguments.get(1))];
        Layout.tupleItems(arguments.get(1), 0, pointers);
        if (type.isArray()) {
            return JavaObjects.wrapAsIs(gil, array(gil, type, pointers));
        }
        if (type.isInterface()) {
            return implementation(gil, type, pointers);
        }
        if (Modifier.isAbstract(type.getModifiers())) {
            throw Errors.type(gil, Names.full(type) + " is abstract: it has no objects of its own");
        }
        MethodSet constructors = JavaType.of(type).members().constructors();
        return Invocations.run(gil, constructors, null, new Given(gil, pointers), false);
    }

    private static long implementation(Gil gil, Class<?> type, long[] pointers) {
        if (pointers.length != 1) {
            throw Errors.type(
                    gil,
                    Names.full(type) + " is an interface: give it one Python object that implements it, or write"
                            + " a Python class with it as a base");
        }
        return JavaObjects.wrapAsIs(gil, gil.toJava(pointers[0], type));
    }

    /** {@code int[](10)}, {@code int[][](3, 4)}, {@code String[](["a", "b"])}. */
    private static Object array(Gil gil, Class<?> type, long[] pointers) {
        if (pointers.length == 1 && Layout.typeOf(pointers[0]) != Py.INT) {
            return gil.toJava(gil.call(Half.collection(gil, "as_list"), pointers[0]), type);
        }
        List<Integer> sizes = new ArrayList<>();
        Class<?> element = type;
        for (long pointer : pointers) {
            if (Layout.typeOf(pointer) != Py.INT || !element.isArray()) {
                throw Errors.type(gil, Names.full(type) + " wants its length, one for each dimension, or its items");
            }
            long size = Layout.intValue(pointer);
            if (size < 0 || size > Integer.MAX_VALUE) {
                throw Errors.python(gil, "ValueError", "the length of an array must be from 0 to 2147483647");
            }
            sizes.add((int) size);
            element = element.getComponentType();
        }
        if (sizes.isEmpty()) {
            throw Errors.type(gil, Names.full(type) + " wants its length, one for each dimension, or its items");
        }
        return Array.newInstance(
                element, sizes.stream().mapToInt(Integer::intValue).toArray());
    }
}
