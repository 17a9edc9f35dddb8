package io.github.cpythonengine.locate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Set;

/**
 * Whether a file that nobody named explicitly may be run or loaded: it and its folder must belong
 * to root or to this user, and only their owner and group may write them. Not a sandbox, but a
 * Python planted in a shared folder is not run by accident. On Windows nothing is checked.
 */
final class Trust {
    private Trust() {}

    /** Checks a file, its folder, and where its symbolic links lead. */
    static void check(Path file) throws UnusableException {
        try {
            checkOne(file);
            checkOne(file.getParent());
            Path real = file.toRealPath();
            if (!real.equals(file)) {
                checkOne(real);
                checkOne(real.getParent());
            }
        } catch (IOException e) {
            throw new UnusableException("cannot be examined: " + e);
        }
    }

    /** Checks one file or folder itself (of a symbolic link: its target). */
    static void checkOne(Path file) throws IOException, UnusableException {
        if (file == null || !isPosix(file)) {
            return;
        }
        Map<String, Object> attributes = Files.readAttributes(file, "unix:uid,permissions");
        if (permissions(attributes).contains(PosixFilePermission.OTHERS_WRITE)) {
            throw refused(file, "anybody may write " + file, "chmod o-w '" + file + "'");
        }
        int uid = (Integer) attributes.get("uid");
        if (uid != 0 && uid != User.uid()) {
            throw refused(file, file + " belongs to another user (uid " + uid + ")", null);
        }
    }

    @SuppressWarnings("unchecked")
    private static Set<PosixFilePermission> permissions(Map<String, Object> attributes) {
        return (Set<PosixFilePermission>) attributes.get("permissions");
    }

    private static UnusableException refused(Path file, String reason, String command) {
        return new UnusableException(
                "is not used unasked, because " + reason,
                (command == null ? "" : command + ", or ")
                        + "name the Python explicitly (cpython.executable, cpython.venv) if you trust "
                        + file);
    }

    static boolean isPosix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("unix");
    }

    /** The user this process runs as. */
    static final class User {
        private static final int UID = find();

        private User() {}

        static int uid() {
            return UID;
        }

        private static int find() {
            try {
                Path self = Path.of("/proc/self");
                if (Files.exists(self, LinkOption.NOFOLLOW_LINKS)) {
                    return (Integer) Files.getAttribute(self, "unix:uid");
                }
                Path made = Files.createTempFile("cpython-engine", null);
                try {
                    return (Integer) Files.getAttribute(made, "unix:uid");
                } finally {
                    Files.delete(made);
                }
            } catch (IOException | RuntimeException e) {
                return -1;
            }
        }
    }
}
