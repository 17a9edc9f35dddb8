package io.github.cpythonengine;

import io.github.cpythonengine.python.PyObject;

/** How the prompt gets its lines. */
interface LineEditor extends AutoCloseable {

    /** A statement, of several lines perhaps; null at the end of the input, empty when the user dropped the line. */
    String read();

    @Override
    void close();

    /** Lines as they come, read by Python itself. */
    static LineEditor plain(PyObject prompt) {
        return new LineEditor() {
            @Override
            public String read() {
                return (String) prompt.callMethod("read");
            }

            @Override
            public void close() {
                // nothing was opened
            }
        };
    }
}
