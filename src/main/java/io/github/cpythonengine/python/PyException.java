package io.github.cpythonengine.python;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An exception raised in Python.
 *
 * <p>Its message is what Python prints last, notes included ({@code "ValueError: bad"}). Its stack trace has the frames
 * of both languages, innermost first: those of Python where Java called it, also when it has passed from Python through
 * Java into Python. {@link #getCause} is the exception that Python shows before it ({@code __cause__}, or {@code
 * __context__} where that is not suppressed), or the Java exception that it stands for; the members of an exception
 * group are its suppressed exceptions.
 *
 * <p>Thrown from Java code that Python called, it is the same exception in Python again, with its traceback; and when it
 * comes out of that Python code, it is this same object, with more frames and with what Python has changed. Thrown
 * again and again, it begins each time with the traceback that it had first.
 *
 * <p>It keeps the exception, and so all that the frames of its traceback refer to: see {@link #detached}.
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

    private String typeName;
    private String text;
    private String message;
    private Throwable cause;

    /** Null for a live one: Python is asked. */
    private final String traceback;

    private final transient PyObject value;
    private final transient Throwable javaException;

    /** Null without a value. */
    private transient Route route;

    private transient boolean lacksJava;

    PyException(Said said, PyObject value, Throwable java, Throwable cause) {
        super(null, java != null ? java : cause);
        this.value = value;
        this.javaException = java;
        this.traceback = null;
        update(said, cause);
    }

    /** Without the live exception. */
    private PyException(PyException live, Map<PyException, PyException> copies) {
        super(null, null);
        copies.put(live, this);
        value = null;
        javaException = null;
        traceback = live.getTraceback();
        typeName = live.typeName;
        text = live.text;
        message = live.message;
        cause = copy(live.cause, copies);
        setStackTrace(live.getStackTrace());
        for (Throwable each : live.getSuppressed()) {
            addSuppressed(copy(each, copies));
        }
    }

    private static Throwable copy(Throwable error, Map<PyException, PyException> copies) {
        if (!(error instanceof PyException python) || python.value == null) {
            return error;
        }
        PyException known = copies.get(python);
        return known != null ? known : new PyException(python, copies);
    }

    /** What an exception says of itself; the notes come each after a line feed. */
    record Said(String typeName, String text, String notes) {}

    /** What Python code may have changed since. */
    void update(Said said, Throwable now) {
        typeName = said.typeName;
        text = said.text;
        message = (text.isEmpty() ? typeName : typeName + ": " + text) + said.notes;
        cause = javaException != null ? javaException : now;
    }

    Route route() {
        return route;
    }

    /**
     * Sets the way that it came.
     *
     * @param later whether it lacks Java's frames, until {@link #end}
     */
    void begin(Route way, boolean later) {
        route = way;
        lacksJava = later;
        setStackTrace(way.first());
    }

    /** Takes the frames that it lacks from the exception that tells of it. */
    void end(Throwable told) {
        if (lacksJava) {
            begin(route.withJava(told.getStackTrace()), false);
            untrack();
        }
    }

    /** Called when nobody has used it yet. */
    void untrack() {
        if (javaException == null) {
            PyErrors.untrack(value);
        }
    }

    /** Not when it is made: its frames are Python's, too. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return message == null ? this : super.fillInStackTrace();
    }

    /** What Python prints last: the type, the text and the notes. */
    @Override
    public String getMessage() {
        return message;
    }

    @Override
    public synchronized Throwable getCause() {
        return cause;
    }

    /**
     * The same without the live exception, for keeping: a copy with its texts and stack trace and with causes and
     * suppressed exceptions that are copies, too. It holds nothing of Python; thrown into Python it is a Java exception.
     * An exception of another class among the causes or the suppressed is kept as it is, with whatever it holds: where
     * it has a live PyException as its own cause, that one stays alive.
     */
    public PyException detached() {
        return value == null ? this : new PyException(this, new IdentityHashMap<>());
    }

    /** The name of the exception's class, with its module unless it is a built-in one. */
    public String getTypeName() {
        return typeName;
    }

    /** {@code str(exception)}. */
    public String getText() {
        return text;
    }

    /** The exception itself; null after deserialization, and for a {@linkplain #detached detached} one. */
    public PyObject getValue() {
        return value;
    }

    /** The Java exception that this Python exception stands for, when there is one. */
    public Optional<Throwable> getJavaException() {
        return Optional.ofNullable(javaException);
    }

    /**
     * The traceback as Python prints it, causes and notes included, without a line feed at its end; after
     * deserialization only the message.
     */
    public String getTraceback() {
        if (value != null) {
            return PyErrors.traceback(value);
        }
        return traceback == null ? getMessage() : traceback;
    }

    /**
     * Where it happened: the innermost line of a script's own code, or the place of a syntax error;
     * empty when no Python code was running, after deserialization, and for a detached exception.
     */
    public Optional<Position> getPosition() {
        return value == null ? Optional.empty() : PyErrors.position(value);
    }
}
