package io.github.cpythonengine.host;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What Python finds in a Java class by name. Looked up in this order: methods, fields, classes, properties. */
final class Members {

    /** A bean property; either method set may be null. */
    record Property(MethodSet getter, MethodSet setter) {}

    private final Class<?> type;
    private final Map<String, List<Method>> methods;
    private final Map<String, Field> fields;
    private final Map<String, Class<?>> classes;
    private final Map<String, MethodSet> sets = new HashMap<>();
    private MethodSet constructors;

    Members(Class<?> type) {
        this.type = type;
        this.methods = Accessible.methods(type);
        this.fields = Accessible.fields(type);
        this.classes = Accessible.classes(type);
    }

    /** The overloads of a name, or null. */
    MethodSet methods(String name) {
        MethodSet known = sets.get(name);
        if (known != null) {
            return known;
        }
        List<Method> found = methods.get(name);
        if (found == null) {
            return name.indexOf('(') > 0 ? forced(name) : null;
        }
        MethodSet made =
                new MethodSet(type, name, found.stream().map(Candidate::new).toList());
        sets.put(name, made);
        return made;
    }

    MethodSet constructors() {
        if (constructors == null) {
            constructors = new MethodSet(
                    type,
                    Names.nested(type),
                    Accessible.constructors(type).stream().map(Candidate::new).toList());
        }
        return constructors;
    }

    /** The one overload with just these parameters: {@code "remove(int)"}; of {@code "new(int)"} a constructor. */
    private MethodSet forced(String signature) {
        String name = signature.substring(0, signature.indexOf('('));
        MethodSet all = name.equals("new") ? constructors() : methods(name);
        return all == null ? null : all.only(signature.substring(name.length()));
    }

    Field field(String name) {
        return fields.get(name);
    }

    Class<?> memberClass(String name) {
        return classes.get(name);
    }

    /** {@code name} for getName, isName and setName, where these are methods of objects; or null. */
    Property property(String name) {
        if (name.isEmpty() || !Character.isJavaIdentifierStart(name.charAt(0))) {
            return null;
        }
        String suffix = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        if (!decapitalize(suffix).equals(name)) {
            return null;
        }
        MethodSet getter = getter("get" + suffix);
        if (getter == null) {
            getter = getter("is" + suffix);
        }
        MethodSet setter = methods("set" + suffix);
        if (setter != null) {
            setter = setter.instanceMethods(1);
        }
        return getter == null && setter == null ? null : new Property(getter, setter);
    }

    private MethodSet getter(String name) {
        MethodSet all = methods(name);
        MethodSet getter = all == null ? null : all.instanceMethods(0);
        if (getter == null) {
            return null;
        }
        Class<?> result = ((Method) getter.candidates().get(0).executable).getReturnType();
        boolean isBoolean = result == boolean.class || result == Boolean.class;
        return result == void.class || name.startsWith("is") && !isBoolean ? null : getter;
    }

    /** As beans have it: {@code name} of Name, but {@code URL} of URL. */
    static String decapitalize(String name) {
        boolean isAcronym =
                name.length() > 1 && Character.isUpperCase(name.charAt(0)) && Character.isUpperCase(name.charAt(1));
        return isAcronym ? name : Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    /** The declarations of everything, for {@code help}. */
    String doc() {
        StringBuilder doc = new StringBuilder(type.toGenericString());
        append(doc, "Constructors", constructors().doc());
        StringBuilder all = new StringBuilder();
        fields.values()
                .forEach(field -> all.append(Modifier.isStatic(field.getModifiers()) ? "static " : "")
                        .append(Modifier.isFinal(field.getModifiers()) ? "final " : "")
                        .append(Names.full(field.getType()))
                        .append(' ')
                        .append(field.getName())
                        .append('\n'));
        append(doc, "Fields", all.toString().trim());
        all.setLength(0);
        new TreeSet<>(methods.keySet())
                .forEach(name -> all.append(methods(name).doc()).append('\n'));
        append(doc, "Methods", all.toString().trim());
        append(doc, "Classes", String.join("\n", new TreeSet<>(classes.keySet())));
        return doc.toString();
    }

    private static void append(StringBuilder doc, String title, String lines) {
        if (!lines.isEmpty()) {
            doc.append("\n\n").append(title).append("\n    ").append(lines.replace("\n", "\n    "));
        }
    }

    /** Static methods and fields, and classes. */
    Set<String> staticNames() {
        Set<String> names = new TreeSet<>(classes.keySet());
        fields.values().stream()
                .filter(field -> Modifier.isStatic(field.getModifiers()))
                .forEach(field -> names.add(field.getName()));
        methods.keySet().stream().filter(name -> methods(name).hasStatic()).forEach(names::add);
        return names;
    }

    /** All names, for {@code dir}. */
    Set<String> names() {
        Set<String> names = new TreeSet<>(methods.keySet());
        names.addAll(fields.keySet());
        names.addAll(classes.keySet());
        for (String method : methods.keySet()) {
            int prefix = method.startsWith("is") ? 2 : 3;
            boolean isAccessor = method.startsWith("is") || method.startsWith("get") || method.startsWith("set");
            if (isAccessor && method.length() > prefix && Character.isUpperCase(method.charAt(prefix))) {
                String name = decapitalize(method.substring(prefix));
                if (!name.equals("class") && property(name) != null) {
                    names.add(name);
                }
            }
        }
        return names;
    }
}
