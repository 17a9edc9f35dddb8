/**
 * Not API. Finds the Python to load and says what was tried: one source per place, asked in a fixed order. An explicit
 * setting that fails is an error, never a reason to look further; when nothing is found, the error lists every place,
 * why it did not serve and what to do about it. Nothing here loads a library or touches the C API.
 */
package io.github.cpythonengine.locate;
