package io.github.cpythonengine.locate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A machine for one search: variables, class loaders, and a folder to put Pythons in. */
final class Scene {
    final Path folder;
    final Path cache;
    final Map<String, String> env = new HashMap<>();
    final List<ClassLoader> loaders = new ArrayList<>();

    Scene(Path folder) {
        this.folder = folder;
        this.cache = folder.resolve("cache of this user");
    }

    PythonHome locate(PythonSettings settings) {
        return PythonLocator.locate(settings, surroundings());
    }

    PythonHome locate() {
        return locate(PythonSettings.NONE);
    }

    /** What a search that finds nothing says. */
    PythonNotFoundException failure(PythonSettings settings) {
        try {
            PythonHome home = locate(settings);
            throw new AssertionError("found " + home);
        } catch (PythonNotFoundException e) {
            return e;
        }
    }

    Surroundings surroundings() {
        return new Surroundings(env::get, loaders, () -> new Cache(List.of(cache)), Platform.CURRENT);
    }

    /** An installation whose python is a script that says these things about itself. */
    Path installation(String name, String version) throws IOException {
        return installation(name, version, Map.of());
    }

    Path installation(String name, String version, Map<String, String> facts) throws IOException {
        Path root = folder.resolve(name);
        String tag = Versions.majorMinor(version);
        write(root.resolve("lib/python" + tag + "/os.py"), "");
        Path library = root.resolve("lib/libpython" + tag + ".so.1.0");
        Files.write(library, elf());
        Map<String, String> all = new TreeMap<>();
        all.put("implementation", "cpython");
        all.put("version", version);
        all.put("bits", "64");
        all.put("executable", root.resolve("bin/python3").toString());
        all.put("prefix", root.toString());
        all.put("base_prefix", root.toString());
        all.put("base_exec_prefix", root.toString());
        all.put("free_threaded", "0");
        all.put("debug", "0");
        all.put("library", library.toString());
        all.putAll(facts);
        all.values().removeIf(String::isEmpty);
        StringBuilder script = new StringBuilder("echo run >> '" + root.resolve("runs") + "'\n");
        all.forEach((key, value) -> script.append("echo 'cpython-engine:" + key + "=")
                .append(ProbeReport.encode(value))
                .append("'\n"));
        program(root.resolve("bin/python3"), script + "echo cpython-engine:end=");
        return root;
    }

    /** How often the python of an installation was run. */
    static long runs(Path root) throws IOException {
        Path file = root.resolve("runs");
        return Files.exists(file) ? Files.readAllLines(file).size() : 0;
    }

    static Path program(Path file, String shell) throws IOException {
        write(file, "#!/bin/sh\n" + shell + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }

    static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    /** The smallest file that passes for a shared library of this machine. */
    static byte[] elf() {
        return elf(
                switch (Platform.CURRENT.arch()) {
                    case "x86_64" -> 62;
                    case "arm64" -> 183;
                    default -> 0;
                });
    }

    static byte[] elf(int machine) {
        ByteBuffer header = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        header.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
        header.putShort(16, (short) 3).putShort(18, (short) machine).putInt(20, 1);
        header.putShort(52, (short) 64);
        return header.array();
    }
}
