package io.github.cpythonengine.host;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.capi.RefCounts;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;

/**
 * The Python type under every Java object: an object header and two words, the index of its handle and
 * Python's list of weak references to it.
 *
 * <p>Its destructor does nothing, so that a dead body stays where it is, with no references, until
 * Java frees it. That makes the death of a Java object cost Python nothing, not even a call; Java
 * finds it by reading the reference count; and a Java object that is shown to Python again before
 * its old body is freed revives that one. Nothing here is tracked by Python's garbage collector: a
 * body refers to no Python object.
 */
final class Body {

    private static final int WORD = Long.BYTES;

    /** The handle's index, behind the header. */
    private static final int HANDLE = Layout.headSize();

    private static final int BF_GETBUFFER = 1;
    private static final int BF_RELEASEBUFFER = 2;
    /** Python's list of weak references to this object, behind the handle. */
    private static final int WEAK_REFERENCES = HANDLE + WORD;

    private static final int TP_DEALLOC = 52;
    private static final int TP_DOC = 56;
    private static final int TP_MEMBERS = 72;
    private static final int T_PYSSIZET = 19;
    private static final int READONLY = 1;
    private static final long BASETYPE = 1L << 10;
    private static final long HAVE_GC = 1L << 14;

    /** Part of the default flags of Python 3.9, without which its method cache stays away. */
    private static final long HAVE_VERSION_TAG = 1L << 18;

    private static final long OBJECT = C.address("PyBaseObject_Type");

    private static long type;

    private Body() {}

    /** The type itself, borrowed, good for ever. Its own instances are hidden references to Java objects. */
    static long type(Gil gil) {
        if (type == 0) {
            type = makeType(gil);
        }
        return type;
    }

    /**
     * Prepares a class that Python made over this type: Python tracks the instances of all of these,
     * which would put its own header before the body.
     */
    static void share(long subtype) {
        if (C.PyType_IsSubtype(subtype, type) != 0) {
            Layout.clearTypeFlags(subtype, HAVE_GC);
        }
    }

    /** A new reference to a new instance; the caller sets its handle at once. */
    static long allocate(Gil gil, long subtype) {
        return gil.check(C.PyType_GenericAlloc(subtype, 0));
    }

    /** Whether an object may be a body; Throwables of our classes are seen to be none by their handle. */
    static boolean isOne(long object) {
        long its = Layout.typeOf(object);
        return its == type || Layout.typeOf(its) == Half.metaclass;
    }

    static long handle(long body) {
        return C.getLong(body + HANDLE);
    }

    static void setHandle(long body, long handle) {
        C.putLong(body + HANDLE, handle);
    }

    static boolean isDead(long body) {
        return Layout.refCount(body) == 0;
    }

    /** Frees a dead body. May run Python code: callbacks of weak references, and when its type dies with it. */
    static void free(long body) {
        if (C.getLong(body + WEAK_REFERENCES) != 0) {
            C.call("PyObject_ClearWeakRefs", body);
        }
        long subtype = Layout.typeOf(body);
        Layout.setType(body, OBJECT);
        C._Py_Dealloc(body); // now with the destructor of object
        RefCounts.decrement(subtype);
    }

    private static long makeType(Gil gil) {
        return makeType(gil, "cpythonengine.JavaReference", "What ties a Python object to a Java object.", 0);
    }

    /** The same type once more, whose objects have a buffer to give. */
    static long makeExporter(Gil gil, long getBuffer) {
        return makeType(gil, "cpythonengine.JavaMemory", "A Java object with memory that Python can use.", getBuffer);
    }

    /** {@code PyType_FromSpec}: the structures are part of the stable ABI. */
    private static long makeType(Gil gil, String typeName, String about, long getBuffer) {
        byte[] name = Py.cString(typeName);
        byte[] doc = Py.cString(about);
        long nothing = C.address("PyCallable_Check"); // any function that only looks
        long slots = C.allocate(6L * 2 * WORD);
        slot(slots, 0, TP_DEALLOC, nothing);
        slot(slots, 1, TP_DOC, string(doc));
        slot(slots, 2, TP_MEMBERS, members());
        if (getBuffer != 0) {
            slot(slots, 3, BF_GETBUFFER, getBuffer);
            slot(slots, 4, BF_RELEASEBUFFER, nothing); // there, so that consumers know that they have to keep the view
        }
        long spec = C.allocate(4L * WORD);
        C.putLong(spec, string(name));
        C.putInt(spec + WORD, WEAK_REFERENCES + WORD);
        C.putInt(spec + 2L * WORD, (int) (BASETYPE | HAVE_VERSION_TAG));
        C.putLong(spec + 3L * WORD, slots);
        if (getBuffer == 0) {
            return gil.check(C.call("PyType_FromSpec", spec));
        }
        long bases = gil.own(C.PyTuple_New(1));
        C.PyTuple_SetItem(bases, 0, gil.newRef(type(gil)));
        return gil.check(C.call("PyType_FromSpecWithBases", spec, bases));
    }

    /** One {@code PyMemberDef}, by which Python knows where the weak references are, and the end of them. */
    private static long members() {
        long member = C.allocate(10L * WORD);
        for (int i = 0; i < 10; i++) {
            C.putLong(member + (long) i * WORD, 0);
        }
        C.putLong(member, string(Py.cString("__weaklistoffset__")));
        C.putInt(member + WORD, T_PYSSIZET);
        C.putLong(member + 2L * WORD, WEAK_REFERENCES);
        C.putInt(member + 3L * WORD, READONLY);
        return member;
    }

    private static void slot(long slots, int index, int number, long value) {
        C.putInt(slots + 2L * WORD * index, number);
        C.putLong(slots + 2L * WORD * index + WORD, value);
    }

    private static long string(byte[] text) {
        long address = C.allocate(text.length);
        C.write(address, text, text.length);
        return address;
    }
}
