package io.github.cpythonengine.host;

import io.github.cpythonengine.capi.Layout;

/** Positions in sequences, as Python counts them. */
final class Places {

    private Places() {}

    /** A position, which may count from the end. */
    static int in(long position, int size, String what) {
        long place = position < 0 ? position + size : position;
        if (position == Layout.UNKNOWN_INT || place < 0 || place >= size) {
            throw new IndexOutOfBoundsException(what + " index out of range");
        }
        return (int) place;
    }

    static int toInt(long number) {
        if ((int) number != number) {
            throw new IndexOutOfBoundsException("index out of range");
        }
        return (int) number;
    }
}
