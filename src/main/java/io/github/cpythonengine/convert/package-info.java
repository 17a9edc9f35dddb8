/**
 * The open table of conversions between Python and Java values, and its built-in rules.
 *
 * <p>Order is meaning: rules added by users come first, the general ones last. Both directions of a type stand side by
 * side. A value is never changed silently: what does not fit the wanted type is an error that names both types and the
 * path to the value.
 */
package io.github.cpythonengine.convert;
