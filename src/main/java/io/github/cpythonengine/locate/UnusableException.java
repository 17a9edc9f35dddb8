package io.github.cpythonengine.locate;

import java.nio.file.InvalidPathException;

/** Why one candidate will not do, as the end of a sentence, and the fix for it (or null). */
class UnusableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String fix;

    UnusableException(String reason, String fix) {
        super(reason, null, false, false);
        this.fix = fix;
    }

    UnusableException(String reason) {
        this(reason, null);
    }

    /** A path that cannot be told to this JVM, whose locale has not its characters. */
    static UnusableException unnameable(InvalidPathException e) {
        return new UnusableException(
                "has a path that this JVM cannot name: " + e.getReason(),
                "For a path with non-ASCII characters start the JVM in a UTF-8 locale (LC_ALL=C.UTF-8).");
    }

    final String reason() {
        return getMessage();
    }

    final String fix() {
        return fix;
    }
}
