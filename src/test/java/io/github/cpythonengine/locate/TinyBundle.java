package io.github.cpythonengine.locate;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** A jar laid out as the bundle's, with the least in it. */
final class TinyBundle {
    private TinyBundle() {}

    static Map<String, byte[]> files() {
        Map<String, byte[]> files = new TreeMap<>();
        files.put("bin/python3.14", bytes("#!/bin/sh\necho tiny\n"));
        files.put("bin/pip3", bytes("#!/nowhere\n"));
        files.put("include/python3.14/patchlevel.h", bytes("#define PY_VERSION      \"3.14.3\"\n"));
        files.put("lib/python3.14/os.py", bytes("pass\n"));
        files.put("lib/python3.14/lib-dynload/_ctypes.so", Scene.elf());
        files.put("lib/python3.14/test/test_os.py", bytes("pass\n"));
        files.put("lib/python3.14/test/__init__.py", bytes(""));
        files.put("lib/python3.14/test/support/__init__.py", bytes("pass\n"));
        files.put("lib/python3.14/unittest/test/x.py", bytes("pass\n"));
        files.put("libffi.so.8", Scene.elf());
        files.put("libjnipython.so", Scene.elf());
        files.put("libpython3.14.so.1.0", Scene.elf());
        return files;
    }

    static Path jar(Path file) throws IOException {
        return jar(file, files());
    }

    static Path jar(Path file, Map<String, byte[]> files) throws IOException {
        String root = BundleArchive.ROOT + Platform.CURRENT.classifier() + "/";
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out)) {
            jar.putNextEntry(new JarEntry(root));
            for (Map.Entry<String, byte[]> each : files.entrySet()) {
                jar.putNextEntry(new JarEntry(root + each.getKey()));
                jar.write(each.getValue());
            }
        }
        return file;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
