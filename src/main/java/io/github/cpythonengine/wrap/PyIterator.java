package io.github.cpythonengine.wrap;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.python.PyObject;
import io.github.cpythonengine.python.PyView;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A Python iterator, a generator for example, as a {@code java.util.Iterator}.
 *
 * <p>{@code hasNext} takes one item from it, which Python code that uses the same iterator then does not
 * see; nothing is taken before it is asked for. An exception that Python raises comes out of {@code
 * hasNext} or {@code next} as {@link io.github.cpythonengine.python.PyException}. May pass from thread to
 * thread but, like other iterators, must not be used by several at a time.
 */
public final class PyIterator implements Iterator<Object>, PyView, AutoCloseable {

    private final PyObject object;

    /** Whether {@link #item} was taken and not yet given out. */
    private boolean taken;

    private Object item;
    private boolean ended;
    private boolean closed;

    PyIterator(PyObject object) {
        this.object = object;
    }

    @Override
    public PyObject pyObject() {
        return object;
    }

    @Override
    public boolean hasNext() {
        if (!taken && !ended) {
            Gil.run(this::take);
        }
        return taken;
    }

    private void take(Gil gil) {
        long next = C.PyIter_Next(gil.use(object));
        if (next == 0) {
            gil.checkError();
            ended = true;
        } else {
            item = gil.toJava(gil.own(next));
            taken = true;
        }
    }

    @Override
    public Object next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Object given = item;
        item = null;
        taken = false;
        return given;
    }

    /**
     * What is left, taken one by one as the stream asks for it; closing the stream closes this. For items of another type
     * see {@link PyObject#stream(Class)} of {@link #pyObject}.
     */
    public Stream<Object> stream() {
        Spliterator<Object> items = Spliterators.spliteratorUnknownSize(this, Spliterator.ORDERED);
        return StreamSupport.stream(items, false).onClose(this::close);
    }

    /** Ends a generator (its {@code finally} blocks run) and gives the Python iterator up; once is enough. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        ended = true;
        taken = false;
        item = null;
        try {
            if (object.hasAttr("close")) {
                object.callMethod("close");
            }
        } finally {
            object.close();
        }
    }

    /** Python's {@code str} of the iterator. */
    @Override
    public String toString() {
        return object.toString();
    }
}
