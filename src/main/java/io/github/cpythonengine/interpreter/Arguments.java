package io.github.cpythonengine.interpreter;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.Layout;

/** The arguments of a call from Python: borrowed references, valid during the call. */
public final class Arguments {

    private final Gil gil;
    private final long self;
    private final long address;
    private final int count;
    private final long names;

    Arguments(Gil gil, long self, long address, long count, long names) {
        this.gil = gil;
        this.self = self;
        this.address = address;
        this.count = (int) (count & Long.MAX_VALUE);
        this.names = names;
    }

    /** The object that the function was made with, borrowed. */
    public long self() {
        return self;
    }

    /** Number of positional arguments. */
    public int count() {
        return count;
    }

    /** A positional argument, borrowed. */
    public long get(int index) {
        if (index < 0 || index >= count) {
            throw new IllegalArgumentException("argument " + index + " of " + count);
        }
        return C.getLong(address + (long) index * Long.BYTES);
    }

    /** A positional argument that is a {@code str}. */
    public String text(int index) {
        return gil.text(get(index));
    }

    /** A positional argument that is an {@code int} of at most 60 bits. */
    public long integer(int index) {
        return Layout.intValue(get(index));
    }

    /** A positional argument as its natural Java value. */
    public Object value(int index) {
        return gil.toJava(get(index));
    }

    /** Tuple of the names of keyword arguments, borrowed, or 0. */
    public long names() {
        return names;
    }

    /** The value of a keyword argument, borrowed. */
    public long named(int index) {
        return C.getLong(address + (long) (count + index) * Long.BYTES);
    }

    /** Calls a C function of this signature with the same arguments: a new reference, or 0 with a Python error set. */
    long passTo(long function) {
        return C.callAt(function, self, address, count, names);
    }
}
