package io.github.cpythonengine.host;

import io.github.cpythonengine.interpreter.Arguments;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import io.github.cpythonengine.interpreter.PythonFunction;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Java classes by name, as scripts write them: by the calling thread's context class loader first,
 * then by the one of this library. Not initialised by being found.
 */
final class ClassFinder {

    private static final Map<String, Class<?>> PRIMITIVES = Map.of(
            "boolean", boolean.class,
            "byte", byte.class,
            "char", char.class,
            "short", short.class,
            "int", int.class,
            "long", long.class,
            "float", float.class,
            "double", double.class,
            "void", void.class);

    private ClassFinder() {}

    static Map<String, PythonFunction> functions() {
        return Map.of(
                "java_type", ClassFinder::javaType,
                "package_class", ClassFinder::packageClass,
                "static_names", ClassFinder::staticNames,
                "is_package", ClassFinder::isPackage,
                "package_names", ClassFinder::packageNames);
    }

    /** The loaders to ask, in order. */
    static List<ClassLoader> loaders() {
        Set<ClassLoader> loaders = new LinkedHashSet<>();
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        if (context != null) {
            loaders.add(context);
        }
        ClassLoader own = ClassFinder.class.getClassLoader();
        loaders.add(own != null ? own : ClassLoader.getSystemClassLoader());
        return new ArrayList<>(loaders);
    }

    /**
     * The class of a name, or null: {@code java.util.Map$Entry}, also with a dot before the nested class,
     * {@code int}, {@code int[][]}. Without the GIL: loading runs code.
     */
    static Class<?> find(String name) {
        if (name.endsWith("[]")) {
            Class<?> component = find(name.substring(0, name.length() - 2).trim());
            return component == null || component == void.class ? null : component.arrayType();
        }
        Class<?> primitive = PRIMITIVES.get(name);
        if (primitive != null) {
            return primitive;
        }
        String binary = name;
        while (true) {
            Class<?> found = load(binary);
            int dot = binary.lastIndexOf('.');
            if (found != null || dot <= 0) {
                return found;
            }
            String outer = binary.substring(0, dot);
            if (!Character.isUpperCase(outer.charAt(outer.lastIndexOf('.') + 1))) {
                return null;
            }
            binary = outer + "$" + binary.substring(dot + 1);
        }
    }

    private static Class<?> load(String name) {
        for (ClassLoader loader : loaders()) {
            try {
                Class<?> found = Class.forName(name, false, loader);
                // file systems that do not tell a from A find the wrong file
                return found.getName().equals(name) ? found : null;
            } catch (ClassNotFoundException e) {
                // the next one
            } catch (NoClassDefFoundError e) {
                if (!String.valueOf(e.getMessage()).contains("wrong name")) {
                    throw e;
                }
            }
        }
        return null;
    }

    /** (name) */
    private static long javaType(Gil gil, Arguments arguments) throws Exception {
        if (arguments.count() != 1 || !(arguments.value(0) instanceof String name)) {
            throw Errors.type(gil, "java_type() takes the name of a Java class, for example \"java.util.ArrayList\"");
        }
        Class<?> found = gil.withoutGil(() -> find(name.trim()));
        if (found == null) {
            throw Errors.python(
                    gil,
                    "ImportError",
                    "There is no Java class " + name + " (searched by the class loaders " + loaders() + ")");
        }
        Access.check(found);
        return gil.newRef(JavaType.of(found).pointer(gil));
    }

    /** (package, simple name): the class or None. */
    private static long packageClass(Gil gil, Arguments arguments) throws Exception {
        String name = arguments.text(0) + "." + arguments.text(1);
        Class<?> found = gil.withoutGil(() -> load(name));
        if (found == null || !Accessible.is(found)) {
            return gil.newRef(Py.NONE);
        }
        Access.check(found);
        return gil.newRef(JavaType.of(found).pointer(gil));
    }

    /** (package, simple name): the names of a class's static members, for a star import. */
    private static long staticNames(Gil gil, Arguments arguments) throws Exception {
        String name = arguments.text(0) + "." + arguments.text(1);
        Class<?> found = gil.withoutGil(() -> load(name));
        Object[] names = found == null
                ? new Object[0]
                : JavaType.of(found).members().staticNames().toArray();
        return Bulk.toPython(gil, names, names.length);
    }

    private static long isPackage(Gil gil, Arguments arguments) throws Exception {
        String name = arguments.text(0);
        return gil.toPython(gil.withoutGil(() -> Packages.exists(name)));
    }

    /** (package): the names of its public classes, for a star import. */
    private static long packageNames(Gil gil, Arguments arguments) throws Exception {
        String name = arguments.text(0);
        Object[] names = gil.withoutGil(() -> {
            List<String> all = new ArrayList<>();
            for (String simple : Packages.classes(name)) {
                Class<?> found = load(name + "." + simple);
                if (found != null && Accessible.is(found)) {
                    all.add(simple);
                }
            }
            return all.toArray();
        });
        return Bulk.toPython(gil, names, names.length);
    }
}
