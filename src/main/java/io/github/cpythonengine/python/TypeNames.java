package io.github.cpythonengine.python;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;

/** Names of Python types as messages show them. */
final class TypeNames {

    private TypeNames() {}

    /** The name of an object's type, with its module unless it is a built-in one. */
    static String of(Gil gil, long object) {
        long type = Layout.typeOf(object);
        String module = text(gil, type, "__module__");
        String name = text(gil, type, "__qualname__");
        return module.equals("builtins") || module.isEmpty() ? name : module + "." + name;
    }

    private static String text(Gil gil, long type, String attribute) {
        long value = C.PyObject_GetAttr(type, gil.name(attribute));
        if (value == 0) {
            C.PyErr_Clear();
            return "";
        }
        gil.own(value);
        boolean str = C.PyType_IsSubtype(Layout.typeOf(value), Py.STR) != 0;
        return str ? gil.text(value) : "";
    }
}
