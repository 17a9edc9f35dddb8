package io.github.cpythonengine.host;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.interpreter.Arguments;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import io.github.cpythonengine.python.PyObject;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Optional;

/**
 * The short way of a call whose shape came often: few arguments of the commonest types, of which the overload is known,
 * read where Python has them and given to a method handle. Whatever else there is goes the long way, which does the
 * same: {@link Invocations#run}.
 */
final class ReadyCall {

    private static final int MOST_ARGUMENTS = 3;

    /** Calls of a method before it gets a handle, which costs as much as hundreds of them. */
    private static final int OFTEN = 100;

    /** For an argument that must go the long way. */
    private static final Object OTHER = new Object();

    private static final long NO_KIND = 0;

    private final Candidate candidate;
    private final MethodHandle handle;
    private final int count;
    private final long[] kinds;

    private ReadyCall(Candidate candidate, MethodHandle handle, long[] kinds) {
        this.candidate = candidate;
        this.handle = handle;
        this.count = kinds.length;
        this.kinds = kinds;
    }

    boolean is(int wanted, long first, long second, long third) {
        return count == wanted
                && (wanted < 1 || kinds[0] == first)
                && (wanted < 2 || kinds[1] == second)
                && (wanted < 3 || kinds[2] == third);
    }

    // ---- making one

    /** Notes a call that went the long way. GIL held. */
    static void count(MethodSet set, Overloads.Choice choice, Given given) {
        Candidate candidate = choice.candidate();
        if (++candidate.calls < OFTEN || !choice.certain() || choice.spread() || given.count() > MOST_ARGUMENTS) {
            return;
        }
        candidate.calls = 0;
        for (long pointer : given.pointers) {
            if (kind(pointer) == NO_KIND) {
                return;
            }
        }
        if (set.isReady(given.kinds)) {
            return; // one of its arguments has to go the long way
        }
        MethodHandle handle = candidate.executable instanceof Method method ? handle(method, candidate.isStatic) : null;
        if (handle != null) {
            set.remember(new ReadyCall(candidate, handle, given.kinds));
        }
    }

    /** Of objects: the receiver, which a static method does not look at, and the arguments. Null when there is none. */
    private static MethodHandle handle(Method method, boolean isStatic) {
        try {
            MethodHandle direct = MethodHandles.lookup().unreflect(method).asFixedArity();
            MethodHandle withReceiver = isStatic ? MethodHandles.dropArguments(direct, 0, Object.class) : direct;
            return withReceiver.asType(MethodType.genericMethodType(method.getParameterCount() + 1));
        } catch (IllegalAccessException e) {
            return null;
        }
    }

    // ---- calling

    /** A new reference to the result, or 0 when the call has to go the long way. */
    static long bound(Gil gil, MethodSet set, Arguments arguments) throws Exception {
        if (arguments.count() == 0) {
            return 0;
        }
        Object receiver = Handles.object(arguments.get(0));
        MethodSet actual = receiver == null ? null : set.of(receiver.getClass());
        return actual == null ? 0 : call(gil, actual, receiver, arguments, 1);
    }

    static long onClass(Gil gil, MethodSet set, Arguments arguments) throws Exception {
        return call(gil, set.statics(), null, arguments, 0);
    }

    private static long call(Gil gil, MethodSet set, Object receiver, Arguments arguments, int from) throws Exception {
        int count = arguments.count() - from;
        if (count > MOST_ARGUMENTS || arguments.names() != 0) {
            return 0;
        }
        long first = count < 1 ? 0 : arguments.get(from);
        long second = count < 2 ? 0 : arguments.get(from + 1);
        long third = count < 3 ? 0 : arguments.get(from + 2);
        long firstKind = count < 1 ? NO_KIND : kind(first);
        long secondKind = count < 2 ? NO_KIND : kind(second);
        long thirdKind = count < 3 ? NO_KIND : kind(third);
        ReadyCall call = set.ready(count, firstKind, secondKind, thirdKind);
        if (call == null) {
            return 0;
        }
        Signature signature = null;
        if (call.candidate.isGeneric) {
            TypeArguments known = Handles.typeArgumentsOfBody(arguments.get(0));
            signature = known == null ? null : known.signature(call.candidate);
        }
        Class<?>[] types = signature == null ? call.candidate.parameters : signature.classes;
        if (types == null) {
            return 0;
        }
        Object a = count < 1 ? null : value(gil, first, firstKind, types[0]);
        Object b = count < 2 ? null : value(gil, second, secondKind, types[1]);
        Object c = count < 3 ? null : value(gil, third, thirdKind, types[2]);
        if (a == OTHER || b == OTHER || c == OTHER) {
            return 0;
        }
        Access.check(call.candidate.executable);
        Half.countChange();
        Object result = gil.released(() -> call.invoke(receiver, a, b, c));
        Half.countChange();
        return Values.toPython(gil, result, signature == null ? call.candidate.result() : signature.result);
    }

    /** No GIL. */
    private Object invoke(Object receiver, Object a, Object b, Object c) throws Exception {
        try {
            switch (count) {
                case 0:
                    return (Object) handle.invokeExact(receiver);
                case 1:
                    return (Object) handle.invokeExact(receiver, a);
                case 2:
                    return (Object) handle.invokeExact(receiver, a, b);
                default:
                    return (Object) handle.invokeExact(receiver, a, b, c);
            }
        } catch (Throwable t) {
            throw Candidate.<Exception>sneaky(t);
        }
    }

    // ---- arguments

    /** The same kind that {@link Given} has for it, or {@link #NO_KIND}. Runs no Python code. */
    private static long kind(long pointer) {
        if (pointer == Py.NONE) {
            return Given.NONE;
        }
        long type = Layout.typeOf(pointer);
        if (type == Py.INT) {
            long value = Layout.intValue(pointer);
            return value == Layout.UNKNOWN_INT ? NO_KIND : Given.size(value);
        }
        if (type == Py.STR) {
            return Layout.textLength(pointer) == 1 && Layout.text(pointer).length() == 1 ? Given.CHAR : Given.TEXT;
        }
        if (type == Py.FLOAT) {
            return Given.FLOAT;
        }
        if (type == Py.BOOL) {
            return Given.BOOL;
        }
        Object object = Handles.object(pointer);
        boolean isPlain = object != null
                && !(object instanceof Number)
                && !(object instanceof CharSequence)
                && !(object instanceof Boolean)
                && !(object instanceof PyObject);
        return isPlain ? Given.kindOfClass(object.getClass()) : NO_KIND;
    }

    private static Object value(Gil gil, long pointer, long kind, Class<?> wanted) {
        if (kind == Given.NONE) {
            return wanted.isPrimitive() || wanted == Optional.class ? OTHER : null;
        }
        if (kind <= Given.INT64 && kind >= Given.INT8) {
            Object number = Given.number(Layout.intValue(pointer), wanted);
            return number == null ? OTHER : number;
        }
        if (kind == Given.FLOAT) {
            return wanted == double.class ? (Object) Layout.floatValue(pointer) : natural(gil, pointer, wanted);
        }
        if (kind == Given.BOOL) {
            return wanted == boolean.class ? (Object) (pointer == Py.TRUE) : natural(gil, pointer, wanted);
        }
        if (kind == Given.CHAR && wanted == char.class) {
            return Layout.text(pointer).charAt(0);
        }
        boolean isText = kind == Given.TEXT || kind == Given.CHAR;
        Object object = isText ? Layout.text(pointer) : Handles.object(pointer);
        return wanted.isInstance(object) ? object : OTHER;
    }

    /** By the rules, which may be a user's own. */
    private static Object natural(Gil gil, long pointer, Class<?> wanted) {
        return wanted == Object.class ? gil.toJava(pointer) : OTHER;
    }
}
