package io.github.cpythonengine.locate;

/** One place where a Python may be found. */
interface PythonSource {
    /**
     * The Python of this place, or null when there is none that will do; what was seen on the way is
     * noted in the search.
     */
    PythonHome find(Search search);
}
