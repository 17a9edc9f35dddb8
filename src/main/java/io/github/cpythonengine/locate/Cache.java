package io.github.cpythonengine.locate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Where this user's files of ours are kept between runs: the folder that {@code cpython.cache} (or
 * {@code CPYTHON_CACHE}) names, or the platform's cache folder, or else a folder of this user's own
 * in the temporary directory. A folder that somebody else owns or may write is not used.
 *
 * @param places the folders to try, in order
 */
record Cache(List<Path> places) {
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");

    static Cache ofThisUser(UnaryOperator<String> property, UnaryOperator<String> variable, Platform platform) {
        Setting<Path> set = SettingsText.properties(property).path("cpython.cache");
        if (set == null) {
            set = SettingsText.variables(variable, property).path("cpython.cache");
        }
        if (set != null) {
            return new Cache(List.of(Surroundings.absolute(set.value())));
        }
        List<Path> places = new ArrayList<>();
        String home = property.apply("user.home");
        switch (platform.os()) {
            case WINDOWS -> add(places, variable.apply("LOCALAPPDATA"), "cpython-engine/cache");
            case MACOS -> add(places, home, "Library/Caches/cpython-engine");
            default -> {
                add(places, variable.apply("XDG_CACHE_HOME"), "cpython-engine");
                add(places, home, ".cache/cpython-engine");
            }
        }
        String user = Trust.User.uid() >= 0 ? "" + Trust.User.uid() : property.apply("user.name");
        add(places, property.apply("java.io.tmpdir"), "cpython-engine-" + user);
        return new Cache(places);
    }

    private static void add(List<Path> places, String base, String rest) {
        try {
            if (base != null && Path.of(base).isAbsolute()) {
                places.add(Path.of(base).resolve(rest).normalize());
            }
        } catch (InvalidPathException e) {
            // A place that this JVM cannot name is no place.
        }
    }

    /**
     * A folder of that name in the first usable place, made if need be.
     *
     * @throws IOException if no place will do; the message says why for each
     */
    Path folder(String name) throws IOException {
        List<String> reasons = new ArrayList<>();
        for (Path place : places) {
            try {
                return makePrivate(makePrivate(place).resolve(name));
            } catch (IOException e) {
                reasons.add(place + ": " + e);
            }
        }
        throw new IOException("no folder to keep files in (" + String.join("; ", reasons) + ")");
    }

    /**
     * The folder of such a place for what is unpacked and run.
     *
     * @throws IOException if it is not usable, or on a file system mounted noexec
     */
    static Path forPrograms(Path place) throws IOException {
        Path folder = makePrivate(makePrivate(place).resolve("bundle"));
        if (MountTable.ofThisMachine().forbidsExecution(folder)) {
            throw new IOException("is on a file system mounted noexec");
        }
        return folder;
    }

    /** Makes a folder that only this user can enter, or checks the one that is there. */
    static Path makePrivate(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            if (folder.getParent() != null) {
                Files.createDirectories(folder.getParent());
            }
            try {
                if (Trust.isPosix(folder)) {
                    Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(PRIVATE));
                } else {
                    Files.createDirectory(folder);
                }
            } catch (java.nio.file.FileAlreadyExistsException e) {
                // Another process was quicker; checked below.
            }
        }
        if (Trust.isPosix(folder)) {
            Map<String, Object> is =
                    Files.readAttributes(folder, "unix:uid,permissions,isDirectory", LinkOption.NOFOLLOW_LINKS);
            String mode = is.get("permissions").toString();
            if (!(Boolean) is.get("isDirectory") && !Files.isDirectory(folder)) {
                throw new IOException("is not a folder");
            }
            if ((Integer) is.get("uid") != Trust.User.uid()) {
                throw new IOException("belongs to another user");
            }
            if (mode.contains("OTHERS_WRITE") && (Boolean) is.get("isDirectory")) {
                throw new IOException("anybody may write it");
            }
        }
        return folder;
    }
}
