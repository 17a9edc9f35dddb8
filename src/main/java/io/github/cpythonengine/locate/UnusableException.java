package io.github.cpythonengine.locate;

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

    final String reason() {
        return getMessage();
    }

    final String fix() {
        return fix;
    }
}
