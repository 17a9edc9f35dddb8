package io.github.cpythonengine.python;

import io.github.cpythonengine.interpreter.Bridge;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Ref;
import java.util.Map;

/** The {@link PyObject} side of the bridge, for the root to register. */
final class PyObjects implements Bridge.Objects {

    @Override
    public Object wrap(Gil gil, long newRef) {
        return new PyObject(gil, newRef);
    }

    @Override
    public Ref ref(Object object) {
        return refOf(object);
    }

    @Override
    public Map<String, Object> keywords(Object argument) {
        return argument instanceof Kwargs names ? names.asMap() : null;
    }

    /** The reference behind a Python object, view or exception; null for any other object. */
    static Ref refOf(Object object) {
        if (object instanceof PyObject python) {
            return python.ref();
        }
        return object instanceof PyView view ? view.pyObject().ref() : null;
    }
}
