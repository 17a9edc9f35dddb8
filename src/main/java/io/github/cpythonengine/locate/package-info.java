/**
 * Not API. Finds the Python to load and says what was tried: everything up to, and not including,
 * loading the library.
 *
 * <p>The order is the README's: what the user set explicitly (a setting that fails is an error,
 * never a fallback), then an activated environment ({@code VIRTUAL_ENV}, {@code CONDA_PREFIX}),
 * then the bundle {@code org.bytedeco:cpython} if it is on the class path, then the absolute
 * entries of {@code PATH}. Each place is one {@link PythonSource}. The current directory is never
 * searched.
 *
 * <p>What a Python is like, it says itself: one short probe process per executable, whose answer is
 * kept in memory and in a file, so that later starts need no process. The Windows registry (PEP
 * 514) and the {@code py} launcher are not consulted. Windows and macOS were not tried.
 */
package io.github.cpythonengine.locate;
