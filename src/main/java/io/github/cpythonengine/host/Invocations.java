package io.github.cpythonengine.host;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.interpreter.Arguments;
import io.github.cpythonengine.interpreter.Builtins;
import io.github.cpythonengine.interpreter.Gil;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import org.apache.commons.lang3.reflect.TypeUtils;

/**
 * Python functions for Java methods: each has a hidden reference to its {@link MethodSet} as its self.
 */
final class Invocations {

    /** Called with the object first, as methods of Python classes are. */
    private static final Builtins.Family BOUND = new Builtins.Family(Invocations::callBound);

    /** Called on the class: a static method, or one of objects with the object as first argument. */
    private static final Builtins.Family ON_CLASS = new Builtins.Family(Invocations::callOnClass);

    private Invocations() {}

    /** A function that becomes a method of a Python class. A new reference. */
    static long bound(Gil gil, MethodSet set) {
        return BOUND.function(gil, set.name(), set.doc(), reference(gil, set));
    }

    static long onClass(Gil gil, MethodSet set) {
        return ON_CLASS.function(gil, set.name(), set.doc(), reference(gil, set));
    }

    private static long reference(Gil gil, MethodSet set) {
        return gil.own(Handles.bodyOf(gil, set, Body.type(gil)));
    }

    private static long callBound(Gil gil, Arguments arguments) throws Exception {
        MethodSet set = (MethodSet) Handles.object(arguments.self());
        long made = ReadyCall.bound(gil, set, arguments);
        if (made != 0) {
            return made;
        }
        refuseNames(gil, arguments, set);
        if (arguments.count() == 0) {
            throw Errors.type(gil, set.name() + "() needs an object to be called on");
        }
        return call(gil, set, arguments.get(0), pointers(arguments, 1));
    }

    private static long callOnClass(Gil gil, Arguments arguments) throws Exception {
        MethodSet set = (MethodSet) Handles.object(arguments.self());
        long made = set.hasInstance() ? 0 : ReadyCall.onClass(gil, set, arguments);
        if (made != 0) {
            return made;
        }
        refuseNames(gil, arguments, set);
        boolean onObject = set.hasInstance() && arguments.count() > 0 && isInstance(gil, arguments.get(0), set.owner());
        if (!onObject) {
            if (!set.hasStatic()) {
                throw Errors.type(
                        gil, Names.full(set.owner()) + "." + set.name() + " is no static method: call it on an object");
            }
            return run(gil, set.statics(), null, new Given(gil, pointers(arguments, 0)), false);
        }
        if (set.hasStatic()) {
            // Integer.toString(5) and Integer.toString(object) look alike: the static one goes first
            Given all = new Given(gil, pointers(arguments, 0));
            if (fits(gil, set.statics(), all)) {
                return run(gil, set.statics(), null, all, false);
            }
        }
        return call(gil, set, arguments.get(0), pointers(arguments, 1));
    }

    private static boolean fits(Gil gil, MethodSet set, Given given) {
        try {
            return Overloads.choose(gil, set.candidates(), given) != null;
        } catch (Overloads.AmbiguousException e) {
            return true;
        }
    }

    private static boolean isInstance(Gil gil, long pointer, Class<?> owner) {
        Object java = Handles.object(pointer);
        return java != null
                ? owner.isInstance(java)
                : C.PyObject_IsInstance(pointer, JavaType.of(owner).pointer(gil)) > 0;
    }

    private static void refuseNames(Gil gil, Arguments arguments, MethodSet set) {
        if (arguments.names() != 0 && Layout.tupleSize(arguments.names()) > 0) {
            throw Errors.type(gil, "Java's " + set.name() + "() takes no keyword arguments");
        }
    }

    private static long[] pointers(Arguments arguments, int from) {
        long[] pointers = new long[arguments.count() - from];
        for (int i = 0; i < pointers.length; i++) {
            pointers[i] = arguments.get(from + i);
        }
        return pointers;
    }

    private static long call(Gil gil, MethodSet set, long self, long[] pointers) throws Exception {
        Object receiver = Handles.object(self);
        boolean isPython = false;
        if (receiver == null) {
            receiver = gil.toJava(self, set.owner());
            isPython = !JavaObjects.isJava(gil, self);
        }
        Class<?> type = receiver.getClass();
        boolean isOurs = set.owner().isInstance(receiver);
        MethodSet actual = isPython && isOurs ? set : set.of(type);
        if (actual == null) {
            throw Errors.type(
                    gil, set.name() + "() is a method of " + Names.full(set.owner()) + ", not of " + Names.full(type));
        }
        return run(gil, actual, receiver, new Given(gil, pointers), isPython);
    }

    /** Chooses, converts, calls without the GIL, and converts the result: a new reference. */
    static long run(Gil gil, MethodSet set, Object receiver, Given given, boolean isPython) throws Exception {
        Overloads.Choice choice = set.choose(gil, given);
        Object[] values;
        try {
            values = values(gil, choice, given, receiver);
        } catch (ClassCastException | ArithmeticException e) {
            // a call of the same shape had a value that could be converted
            choice = set.search(gil, given);
            try {
                values = values(gil, choice, given, receiver);
            } catch (ClassCastException | ArithmeticException again) {
                throw set.refused(gil, given, again.getMessage());
            }
        }
        Candidate candidate = choice.candidate();
        Access.check(candidate.executable);
        Object[] converted = values;
        if (isPython && !candidate.isStatic) {
            return onPythonObject(gil, set, candidate, receiver, converted);
        }
        ReadyCall.count(set, choice, given);
        int single = choice.spread() ? candidate.parameters.length - 1 : converted.length;
        WrittenArrays arrays = WrittenArrays.of(gil, given, converted, single);
        Half.countChange();
        Object result;
        try {
            result = gil.released(() -> candidate.invoke(receiver, converted));
        } catch (Throwable t) {
            Half.countChange();
            if (arrays != null) {
                arrays.writeBackAfter(gil, t);
            }
            throw t;
        }
        Half.countChange();
        if (arrays != null) {
            arrays.writeBack(gil);
        }
        return Values.toPython(gil, result, resultType(candidate, receiver));
    }

    private static DeclaredType resultType(Candidate candidate, Object receiver) {
        Signature signature = signature(candidate, receiver);
        return signature == null ? candidate.result() : signature.result;
    }

    /** What is known of a method with this receiver besides its declaration; or null. */
    private static Signature signature(Candidate candidate, Object receiver) {
        TypeArguments known = candidate.isGeneric ? Handles.typeArgumentsOf(receiver) : null;
        return known == null ? null : known.signature(candidate);
    }

    private static Object[] values(Gil gil, Overloads.Choice choice, Given given, Object receiver) throws Exception {
        Signature signature = signature(choice.candidate(), receiver);
        Candidate candidate = choice.candidate();
        boolean spread = choice.spread();
        Object[] values = new Object[given.count()];
        for (int i = 0; i < values.length; i++) {
            Class<?> raw = spread ? candidate.variable(i) : candidate.parameters[i];
            Type known = signature == null ? null : signature.parameter(i, spread);
            values[i] = known == null
                    ? given.as(gil, i, raw, candidate.generic(i, spread))
                    : typed(gil, given, i, raw, known, signature.looksUp(i));
        }
        return spread ? candidate.gather(values) : values;
    }

    private static Object typed(Gil gil, Given given, int i, Class<?> raw, Type known, boolean looksUp)
            throws Exception {
        try {
            return Typed.source(gil, given.as(gil, i, TypeUtils.getRawType(known, null), known), known);
        } catch (ClassCastException | ArithmeticException e) {
            if (looksUp) {
                return given.as(gil, i, raw, raw); // it is not there, then
            }
            String reason = known.getTypeName() + " wanted, as Java declares this object: " + e.getMessage();
            throw e instanceof ArithmeticException ? new ArithmeticException(reason) : new ClassCastException(reason);
        }
    }

    /** The object's class is Python's: what it does not implement itself is Java's default, or nothing. */
    private static long onPythonObject(Gil gil, MethodSet set, Candidate candidate, Object proxy, Object[] values)
            throws Exception {
        Method method = (Method) candidate.executable;
        if (Modifier.isAbstract(method.getModifiers())) {
            throw Errors.python(
                    gil,
                    "NotImplementedError",
                    "the Python class does not implement " + Names.full(set.owner()) + "." + candidate.signature());
        }
        boolean ofObject = method.getDeclaringClass() == Object.class;
        return Values.toPython(
                gil,
                gil.released(
                        () -> ofObject ? candidate.invoke(proxy, values) : candidate.invokeDefault(proxy, values)));
    }
}
