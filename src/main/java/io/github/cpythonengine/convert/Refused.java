package io.github.cpythonengine.convert;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import io.github.cpythonengine.python.PyObject;
import java.lang.reflect.Type;

/** A conversion that cannot be, on its way to the caller, who sees another exception of the same text. */
final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int MOST_SHOWN = 60;

    private final String reason;

    /** Whether the types fit and the value does not. */
    private final boolean byValue;

    private final StringBuilder path = new StringBuilder();

    private Refused(String reason, boolean byValue) {
        super(reason, null, false, false);
        this.reason = reason;
        this.byValue = byValue;
    }

    /** The type does not fit. */
    static Refused type(Gil gil, long object, Type wanted, String hint) {
        return new Refused(text(gil, object, wanted, hint), false);
    }

    /** The type fits, the value does not. */
    static Refused value(Gil gil, long object, Type wanted, String hint) {
        return new Refused(text(gil, object, wanted, hint), true);
    }

    private static String text(Gil gil, long object, Type wanted, String hint) {
        String text = "cannot convert " + shown(gil, object) + " to " + wanted.getTypeName();
        return hint.isEmpty() ? text : text + ": " + hint;
    }

    /** The type's name, with the value where asking for it runs no code of a user. */
    private static String shown(Gil gil, long object) {
        if (object == Py.NONE) {
            return "None";
        }
        String type;
        try (PyObject python = (PyObject) gil.objectOf(object)) {
            type = python.typeName();
        }
        return isSimple(Layout.typeOf(object)) ? type + " " + shortRepr(gil, object) : type;
    }

    private static boolean isSimple(long type) {
        return type == Py.STR || type == Py.INT || type == Py.FLOAT || type == Py.BOOL || type == Py.BYTES;
    }

    private static String shortRepr(Gil gil, long object) {
        long repr = C.PyObject_Repr(object);
        if (repr == 0) {
            C.PyErr_Clear(); // an int with more digits than Python writes
            return "(of many digits)";
        }
        String text = gil.text(gil.own(repr));
        return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...";
    }

    /** The same at an item of a container. */
    Refused at(int index) {
        path.insert(0, "[" + index + "]");
        return this;
    }

    /** The same at a key of a dict. */
    Refused at(Gil gil, long key) {
        boolean simple = isSimple(Layout.typeOf(key)) || key == Py.NONE;
        path.insert(0, "[" + (simple ? shortRepr(gil, key) : "<" + shown(gil, key) + ">") + "]");
        return this;
    }

    /** What the caller gets. */
    RuntimeException forCaller() {
        String text = path.isEmpty() ? reason : path + ": " + reason;
        return byValue ? new ArithmeticException(text) : new ClassCastException(text);
    }
}
