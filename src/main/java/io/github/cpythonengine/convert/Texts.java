package io.github.cpythonengine.convert;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.interpreter.Bridge;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Strings;
import java.nio.CharBuffer;

/** str, bytes and bytearray. */
final class Texts {

    private Texts() {}

    static Object fromStr(Gil gil, long text) {
        return Layout.text(text);
    }

    static long toStr(Gil gil, Object text) {
        return Strings.toPython(text.toString());
    }

    /** A direct buffer is memory that Python can use, as those of numbers are. */
    static long toStrUnlessDirect(Gil gil, CharBuffer text) {
        return text.isDirect() ? Bridge.javaObjects().wrap(gil, text) : toStr(gil, text);
    }

    static Object fromBytes(Gil gil, long bytes) {
        return bytes(bytes);
    }

    static byte[] bytes(long bytes) {
        return copy(C.PyBytes_AsString(bytes), C.PyBytes_Size(bytes));
    }

    static Object fromByteArray(Gil gil, long bytes) {
        return copy(C.PyByteArray_AsString(bytes), C.PyByteArray_Size(bytes));
    }

    private static byte[] copy(long address, long size) {
        byte[] copy = new byte[Layout.arrayLength(size)];
        C.read(address, copy, copy.length);
        return copy;
    }

    static long toBytes(Gil gil, byte[] bytes) {
        return C.PyBytes_FromStringAndSize(bytes, bytes.length);
    }
}
