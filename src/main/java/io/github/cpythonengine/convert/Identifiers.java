package io.github.cpythonengine.convert;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.interpreter.Bridge;
import io.github.cpythonengine.interpreter.Gil;
import java.nio.ByteBuffer;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.UUID;

/** UUIDs and file paths. */
final class Identifiers {

    private Identifiers() {}

    static Object fromUuid(Gil gil, long uuid) {
        ByteBuffer bytes = ByteBuffer.wrap(Texts.bytes(gil.attr(uuid, "bytes")));
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    static long toUuid(Gil gil, UUID uuid) {
        byte[] bytes = ByteBuffer.allocate(16)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
        return Half.make(gil, Half.member(gil, "uuid_from_bytes"), (Object) bytes);
    }

    /** A path that Java's file names cannot say stays a Python object. */
    static Object fromPath(Gil gil, long path) {
        String text = gil.text(gil.own(C.PyObject_Str(path)));
        try {
            Path java = Path.of(text.equals(".") ? "" : text);
            boolean same = java.toString().equals(text) || text.equals(".");
            return same ? java : gil.objectOf(path);
        } catch (InvalidPathException e) {
            return gil.objectOf(path);
        }
    }

    /** A path of another file system, inside a zip file for example, stays a Java object. */
    static long toPath(Gil gil, Path path) {
        if (path.getFileSystem() != FileSystems.getDefault()) {
            return Bridge.javaObjects().wrap(gil, path);
        }
        return Half.make(gil, Half.member(gil, "path"), path.toString());
    }
}
