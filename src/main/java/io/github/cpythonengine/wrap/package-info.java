/**
 * Python objects as Java sees them: live views with the contracts of {@code java.util}, callables, buffers, and Java
 * interfaces implemented by Python. A view copies nothing; copying is a word the caller writes. Bulk operations cross
 * into Python once, not once per element.
 */
package io.github.cpythonengine.wrap;
