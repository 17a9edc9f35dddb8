package io.github.cpythonengine.wrap;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.interpreter.Bridge;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import io.github.cpythonengine.python.PyObject;
import java.lang.reflect.Type;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/** Makes the views. One of an exact built-in type uses that type's functions, others the protocol. */
final class Views implements Bridge.Views {

    @Override
    public Object list(Gil gil, long list) {
        return new PyList(object(gil, list), Layout.typeOf(list) == Py.LIST);
    }

    @Override
    public Object tuple(Gil gil, long tuple) {
        return new PyTuple(object(gil, tuple), Layout.typeOf(tuple) == Py.TUPLE);
    }

    @Override
    public Object dict(Gil gil, long dict) {
        return new PyDict(object(gil, dict), Layout.typeOf(dict) == Py.DICT);
    }

    @Override
    public Object set(Gil gil, long set) {
        long type = Layout.typeOf(set);
        boolean frozen = C.PyType_IsSubtype(type, Py.FROZENSET) != 0;
        return new PySet(object(gil, set), type == Py.SET || type == Py.FROZENSET, frozen);
    }

    @Override
    public Object iterator(Gil gil, long iterator) {
        return new PyIterator(object(gil, iterator));
    }

    @Override
    public BiFunction<Gil, Long, Object> implementations(List<Class<?>> interfaces) {
        return new Implementations(interfaces)::of;
    }

    @Override
    public boolean isAwaitable(Gil gil, long object) {
        return EventLoop.isAwaitable(gil, object);
    }

    @Override
    public CompletableFuture<Object> future(Gil gil, long awaitable, Type result) {
        return EventLoop.future(gil, awaitable, result);
    }

    private static PyObject object(Gil gil, long borrowed) {
        return (PyObject) gil.objectOf(borrowed);
    }
}
