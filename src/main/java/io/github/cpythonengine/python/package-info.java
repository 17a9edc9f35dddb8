/**
 * The one Python interpreter of this process, its GIL, references and errors.
 *
 * <p>A scope holds the GIL and owns the new references made inside it; a pointer does not leave it. What outlives a
 * scope is a {@code PyObject}: one strong reference, closed once, or queued when it was forgotten and released in
 * batches by whoever next holds the GIL. No reference is dropped without the GIL. A Java thread keeps its Python thread
 * state between calls. No Java lock is held while waiting for the GIL, and the GIL is not held while Java code runs.
 */
package io.github.cpythonengine.python;
