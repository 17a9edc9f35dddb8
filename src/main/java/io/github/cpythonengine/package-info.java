/**
 * The JSR-223 provider: the specification comes in here, calls go out to the packages below. Everything that
 * {@code javax.script} names is in this package and nowhere else; no other package imports it, and it sees no raw
 * pointer. Where another package needs work of one that stands above it, it declares an interface, and this package
 * registers the implementation at start.
 *
 * <p>The factory starts nothing and cannot fail. Python starts at an engine's first use, and what goes wrong then is
 * explained in full by the exception.
 */
package io.github.cpythonengine;
