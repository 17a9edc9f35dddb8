package io.github.cpythonengine.host;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.interpreter.Arguments;
import io.github.cpythonengine.interpreter.Builtins;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import io.github.cpythonengine.interpreter.PythonFunction;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Map;

/**
 * Attributes of Java classes and objects. A name that Python does not find is looked up here once
 * and becomes a part of the Python class: a method, a property, a constant or a class.
 */
final class Attributes {

    private static final Builtins.Family GET = new Builtins.Family(Attributes::get);
    private static final Builtins.Family SET = new Builtins.Family(Attributes::set);

    private Attributes() {}

    static Map<String, PythonFunction> functions() {
        return Map.of(
                "find_member", Attributes::find,
                "class_doc", Attributes::classDoc,
                "member_names", Attributes::names,
                "set_static", Attributes::setStatic,
                "class_object", Attributes::classObject,
                "python_class", Attributes::pythonClass,
                "record_names", Attributes::recordNames,
                "construct", Constructors::construct);
    }

    /** A field of Java behind two Python functions. */
    private record FieldReference(Field field, DeclaredType type) implements Handles.Internal {}

    /**
     * (class, name): what to put into the class's dict, or None for nothing. As a tuple (kind, ...): see
     * {@code install} in host.py.
     */
    private static long find(Gil gil, Arguments arguments) throws Exception {
        JavaType type = JavaType.behind(gil, arguments.get(0));
        String name = arguments.text(1);
        Members members = type.members();
        MethodSet methods = members.methods(name);
        if (methods != null) {
            return method(gil, methods);
        }
        Field field = members.field(name);
        if (field != null) {
            return field(gil, field);
        }
        Class<?> inner = members.memberClass(name);
        if (inner != null) {
            Access.check(inner);
            return tuple(gil, "value", JavaType.of(inner).pointer(gil), Py.NONE);
        }
        Members.Property property = members.property(name);
        if (property != null) {
            return tuple(
                    gil,
                    "property",
                    property.getter() == null ? Py.NONE : gil.own(Invocations.bound(gil, property.getter())),
                    property.setter() == null ? Py.NONE : gil.own(Invocations.bound(gil, property.setter())));
        }
        return gil.newRef(Py.NONE);
    }

    private static long method(Gil gil, MethodSet methods) {
        if (!methods.hasInstance()) {
            return tuple(gil, "static", gil.own(Invocations.onClass(gil, methods)), Py.NONE);
        }
        boolean isAbstract = methods.candidates().stream()
                .allMatch(candidate -> Modifier.isAbstract(candidate.executable.getModifiers()));
        long bound = gil.own(Invocations.bound(gil, methods));
        long method = gil.own(C.PyInstanceMethod_New(bound));
        if (methods.hasStatic()) {
            return tuple(gil, "mixed", bound, gil.own(Invocations.onClass(gil, methods)));
        }
        return tuple(gil, isAbstract && methods.owner().isInterface() ? "abstract" : "method", method, Py.NONE);
    }

    private static long field(Gil gil, Field field) throws Exception {
        int modifiers = field.getModifiers();
        boolean isConstant = Modifier.isStatic(modifiers) && Modifier.isFinal(modifiers);
        if (isConstant && staysInClass(field)) {
            Access.check(field);
            Object constant = gil.released(() -> field.get(null)); // initialises the class, which runs its code
            return tuple(
                    gil,
                    "value",
                    gil.own(Values.toPython(gil, constant, DeclaredType.of(field.getGenericType()))),
                    Py.NONE);
        }
        long reference = gil.own(Handles.bodyOf(
                gil, new FieldReference(field, DeclaredType.of(field.getGenericType())), Body.type(gil)));
        long get = gil.own(GET.function(gil, field.getName(), "", reference));
        long set = Modifier.isFinal(field.getModifiers())
                ? Py.NONE
                : gil.own(SET.function(gil, field.getName(), "", reference));
        return tuple(gil, Modifier.isStatic(field.getModifiers()) ? "static field" : "property", get, set);
    }

    /**
     * System.out is final and changes all the same. A class that can be unloaded must not have objects in
     * its dict that refer to it: Python's garbage collector does not see that they do.
     */
    private static boolean staysInClass(Field field) {
        boolean isValue = field.getType().isPrimitive() || field.getType() == String.class;
        return field.getDeclaringClass() != System.class
                && (isValue || !JavaType.of(field.getDeclaringClass()).canBeUnloaded());
    }

    private static long tuple(Gil gil, String kind, long first, long second) {
        long tuple = gil.check(C.PyTuple_New(3));
        C.PyTuple_SetItem(tuple, 0, gil.newRef(gil.name(kind)));
        C.PyTuple_SetItem(tuple, 1, gil.newRef(first));
        C.PyTuple_SetItem(tuple, 2, gil.newRef(second));
        return tuple;
    }

    /** (object or nothing): the field's value. */
    private static long get(Gil gil, Arguments arguments) throws Exception {
        FieldReference reference = (FieldReference) Handles.object(arguments.self());
        Field field = reference.field;
        Access.check(field);
        Object receiver = receiver(gil, arguments, field, 0);
        Object value = gil.released(() -> field.get(receiver));
        TypeArguments known = Handles.typeArgumentsOf(receiver);
        DeclaredType type = known == null
                ? reference.type
                : DeclaredType.of(known.substituted(field.getGenericType(), field.getDeclaringClass()));
        return Values.toPython(gil, value, type);
    }

    /** (object, value), or (value) for a static field. */
    private static long set(Gil gil, Arguments arguments) throws Exception {
        Field field = ((FieldReference) Handles.object(arguments.self())).field;
        set(gil, field, receiver(gil, arguments, field, 1), arguments.get(arguments.count() - 1));
        return gil.newRef(Py.NONE);
    }

    private static Object receiver(Gil gil, Arguments arguments, Field field, int others) {
        if (Modifier.isStatic(field.getModifiers())) {
            return null;
        }
        if (arguments.count() <= others) {
            throw Errors.type(gil, "the field " + field.getName() + " needs an object");
        }
        return Receivers.of(gil, arguments.get(0), field.getDeclaringClass());
    }

    private static void set(Gil gil, Field field, Object receiver, long value) throws Exception {
        Access.check(field);
        TypeArguments known = Handles.typeArgumentsOf(receiver);
        Type type = known == null
                ? field.getGenericType()
                : known.substituted(field.getGenericType(), field.getDeclaringClass());
        Object converted = Scalars.convert(gil, value, classOf(type, field), type);
        Half.countChange();
        gil.released(() -> {
            field.set(receiver, converted);
            return null;
        });
    }

    private static Class<?> classOf(Type type, Field field) {
        return type instanceof Class<?> known ? known : field.getType();
    }

    /** (class, name, value): whether there was such a field to set. */
    private static long setStatic(Gil gil, Arguments arguments) throws Exception {
        JavaType type = JavaType.behind(gil, arguments.get(0));
        Field field = type.members().field(arguments.text(1));
        boolean settable =
                field != null && Modifier.isStatic(field.getModifiers()) && !Modifier.isFinal(field.getModifiers());
        if (settable) {
            set(gil, field, null, arguments.get(2));
        }
        return gil.toPython(settable);
    }

    private static long names(Gil gil, Arguments arguments) {
        Object[] names =
                JavaType.behind(gil, arguments.get(0)).members().names().toArray();
        return Bulk.toPython(gil, names, names.length);
    }

    private static long classDoc(Gil gil, Arguments arguments) {
        return gil.toPython(JavaType.behind(gil, arguments.get(0)).members().doc());
    }

    /** (class): the names of a record's components, or None for another class. */
    private static long recordNames(Gil gil, Arguments arguments) {
        RecordComponent[] components =
                JavaType.behind(gil, arguments.get(0)).javaClass().getRecordComponents();
        if (components == null) {
            return gil.newRef(Py.NONE);
        }
        Object[] names = Arrays.stream(components).map(RecordComponent::getName).toArray();
        return Bulk.toPython(gil, names, names.length);
    }

    /** The java.lang.Class of a Python class. */
    private static long classObject(Gil gil, Arguments arguments) {
        return gil.toPython(JavaType.behind(gil, arguments.get(0)).javaClass());
    }

    /** The Python class of a java.lang.Class object. */
    private static long pythonClass(Gil gil, Arguments arguments) {
        Class<?> type = (Class<?>) Handles.object(arguments.get(0));
        Access.check(type);
        return gil.newRef(JavaType.of(type).pointer(gil));
    }
}
