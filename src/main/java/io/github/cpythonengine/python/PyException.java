package io.github.cpythonengine.python;

import java.util.Optional;

/**
 * An exception raised in Python.
 *
 * <p>Its message is what Python prints last ({@code "ValueError: bad"}); its stack trace has the
 * Python frames, innermost first, before the Java ones; {@link #getCause} is the exception that
 * Python shows before it ({@code __cause__}, or {@code __context__} where that is not suppressed),
 * or the Java exception that it stands for. Thrown from Java code that Python called, it is the same
 * Python exception again.
 */
public final class PyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * A place in a source.
     *
     * @param file the name of the code's file
     * @param line from 1, or -1 when unknown
     * @param column from 1, or -1 when unknown
     */
    public record Position(String file, int line, int column) {}

    private final String typeName;
    private final String text;
    private final transient PyObject value;
    private final transient Throwable javaException;

    PyException(String typeName, String text, PyObject value, Throwable java, Throwable cause) {
        super(text.isEmpty() ? typeName : typeName + ": " + text, java != null ? java : cause);
        this.typeName = typeName;
        this.text = text;
        this.value = value;
        this.javaException = java;
    }

    /** The name of the exception's class, with its module unless it is a built-in one. */
    public String getTypeName() {
        return typeName;
    }

    /** {@code str(exception)}. */
    public String getText() {
        return text;
    }

    /** The exception itself; null after deserialization. */
    public PyObject getValue() {
        return value;
    }

    /** The Java exception that this Python exception stands for, when there is one. */
    public Optional<Throwable> getJavaException() {
        return Optional.ofNullable(javaException);
    }

    /**
     * The traceback as Python prints it, causes included, without a line feed at its end; after deserialization only
     * the message.
     */
    public String getTraceback() {
        return value == null ? getMessage() : PyErrors.traceback(value);
    }

    /**
     * Where it happened: the innermost line of a script's own code, or the place of a syntax error;
     * empty when no Python code was running, and after deserialization.
     */
    public Optional<Position> getPosition() {
        return value == null ? Optional.empty() : PyErrors.position(value);
    }
}
