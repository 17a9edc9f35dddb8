package io.github.cpythonengine.wrap;

import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.VirtualThreads;
import io.github.cpythonengine.python.PyException;
import io.github.cpythonengine.python.PyView;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One implementation of an interface by Python; see {@link PyProxies}. */
final class PyProxy implements InvocationHandler {

    private static final Object[] NONE = {};

    private final PyProxies calls;
    private final ProxyMethods methods;
    private final Class<?> raw;
    private final List<ResultTypes> results;

    private PyProxy(PyProxies calls, ProxyMethods methods, Class<?> raw, Type... types) {
        this.calls = calls;
        this.methods = methods;
        this.raw = raw;
        this.results = Arrays.stream(types).map(ResultTypes::new).toList();
    }

    /** An implementation of several interfaces, for which {@link #loader} gave the loader. */
    static Object create(PyProxies calls, ProxyMethods methods, Class<?>[] interfaces, ClassLoader loader) {
        Class<?>[] all = Arrays.copyOf(interfaces, interfaces.length + 1);
        all[interfaces.length] = PyView.class;
        return Proxy.newProxyInstance(loader, all, new PyProxy(calls, methods, interfaces[0], interfaces));
    }

    /** A class loader that sees these interfaces and our own. */
    static ClassLoader loader(Class<?>[] interfaces) {
        ClassLoader ours = PyProxy.class.getClassLoader();
        List<ClassLoader> loaders = new ArrayList<>(List.of(ours));
        for (Class<?> each : interfaces) {
            if (each.getClassLoader() != null) {
                loaders.add(each.getClassLoader());
            }
        }
        for (ClassLoader loader : loaders) {
            if (sees(loader, PyView.class) && Arrays.stream(interfaces).allMatch(it -> sees(loader, it))) {
                return loader;
            }
        }
        return new ClassLoader(ours) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                for (Class<?> each : interfaces) {
                    if (each.getName().equals(name)) {
                        return each;
                    }
                }
                throw new ClassNotFoundException(name);
            }
        };
    }

    /** @param type the interface with its arguments, as far as known */
    static Object create(PyProxies calls, ProxyMethods methods, Class<?> raw, Type type) {
        PyProxy handler = new PyProxy(calls, methods, raw, type);
        ClassLoader ours = PyProxy.class.getClassLoader();
        boolean isPublic = Modifier.isPublic(raw.getModifiers());
        ClassLoader loader = isPublic && sees(ours, raw) ? ours : raw.getClassLoader();
        boolean view = methods.object() != null && sees(loader, PyView.class);
        Class<?>[] interfaces = view ? new Class<?>[] {raw, PyView.class} : new Class<?>[] {raw};
        return Proxy.newProxyInstance(loader, interfaces, handler);
    }

    private static boolean sees(ClassLoader loader, Class<?> type) {
        try {
            return Class.forName(type.getName(), false, loader) == type;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] given) throws Throwable {
        Object[] arguments = given == null ? NONE : given;
        if (method.getDeclaringClass() == Object.class) {
            return ofObject(proxy, method, arguments);
        }
        if (method.getDeclaringClass() == PyView.class) {
            return methods.object();
        }
        if (method.isDefault() && !isReplaced(method)) {
            return invokeDefault(proxy, method, arguments);
        }
        try {
            // what surrounds the call belongs to the thread that runs it
            return VirtualThreads.current()
                    ? VirtualThreads.hopUnchecked(() -> calls.call(() -> python(method, arguments)))
                    : calls.call(() -> python(method, arguments));
        } catch (PyException e) {
            throw toThrow(e, method);
        }
    }

    private boolean isReplaced(Method method) {
        return methods.replacesDefaults() && methods.has(method);
    }

    private Object python(Method method, Object[] arguments) {
        Object before = methods.before(method);
        return Gil.with(gil -> {
            long callable = methods.find(gil, method, before);
            if (callable == 0) {
                throw new UnsupportedOperationException(
                        "Python has no method " + method.getName() + " for " + raw.getName() + " any more");
            }
            long result = methods.result(gil, method, callable, spread(method, arguments), parameterTypes(method));
            Type wanted = resultType(method);
            try {
                return wanted == void.class ? null : gil.toJava(result, wanted);
            } catch (ClassCastException | ArithmeticException e) {
                throw named(e, method);
            }
        });
    }

    /** Arguments of a varargs parameter come one by one, as Python's {@code *args} take them. */
    private static Object[] spread(Method method, Object[] arguments) {
        if (!method.isVarArgs() || arguments[arguments.length - 1] == null) {
            return arguments;
        }
        int fixed = arguments.length - 1;
        Object rest = arguments[fixed];
        Object[] all = Arrays.copyOf(arguments, fixed + Array.getLength(rest));
        for (int i = fixed; i < all.length; i++) {
            all[i] = Array.get(rest, i - fixed);
        }
        return all;
    }

    private Type resultType(Method method) {
        for (ResultTypes each : results) {
            if (each.know(method)) {
                return each.of(method);
            }
        }
        return method.getGenericReturnType();
    }

    /** Null when they say no more than their classes. */
    private Type[] parameterTypes(Method method) {
        if (method.getParameterCount() > 0) {
            for (ResultTypes each : results) {
                if (each.know(method)) {
                    return each.parametersOf(method);
                }
            }
        }
        return null;
    }

    private static RuntimeException named(RuntimeException error, Method method) {
        String text = "the result of " + method.getDeclaringClass().getSimpleName() + "." + method.getName() + ": "
                + error.getMessage();
        RuntimeException named =
                error instanceof ClassCastException ? new ClassCastException(text) : new ArithmeticException(text);
        named.setStackTrace(error.getStackTrace());
        return named;
    }

    private Throwable toThrow(PyException error, Method method) {
        Throwable java = error.getJavaException().orElse(null);
        boolean allowed = java instanceof RuntimeException
                || java instanceof Error
                || Arrays.stream(method.getExceptionTypes()).anyMatch(declared -> declared.isInstance(java));
        return allowed ? java : calls.toThrow(error);
    }

    private static Object invokeDefault(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (Modifier.isPublic(method.getDeclaringClass().getModifiers())) {
            try {
                return InvocationHandler.invokeDefault(proxy, method, arguments);
            } catch (IllegalAccessException e) {
                // its package is not open to everybody: by a lookup of its own, then
            }
        }
        Class<?> owner = method.getDeclaringClass();
        return MethodHandles.privateLookupIn(owner, MethodHandles.lookup())
                .unreflectSpecial(method, owner)
                .bindTo(proxy)
                .invokeWithArguments(arguments);
    }

    // ---- the methods of Object stay in Java

    private Object ofObject(Object proxy, Method method, Object[] arguments) {
        if (methods.isImplementation()) {
            return ofPython(method, arguments);
        }
        return switch (method.getName()) {
            case "equals" -> proxy == arguments[0] || isSame(arguments[0]);
            case "hashCode" -> methods.identity().hashCode() ^ raw.hashCode();
            default ->
                "Python's " + raw.getName() + "@"
                        + Integer.toHexString(methods.identity().hashCode());
        };
    }

    /** A class that extends the interface has its own. */
    private Object ofPython(Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "equals" -> methods.object().equals(arguments[0] instanceof PyView it ? it.pyObject() : arguments[0]);
            case "hashCode" -> methods.object().hashCode();
            default -> methods.object().toString();
        };
    }

    private boolean isSame(Object other) {
        return other != null
                && Proxy.isProxyClass(other.getClass())
                && Proxy.getInvocationHandler(other) instanceof PyProxy that
                && raw == that.raw
                && methods.identity().equals(that.methods.identity());
    }
}
