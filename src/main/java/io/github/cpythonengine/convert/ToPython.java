package io.github.cpythonengine.convert;

import io.github.cpythonengine.interpreter.Gil;

/** The other direction: a Java value of the rule's class as a new Python reference. */
@FunctionalInterface
interface ToPython<T> {
    long convert(Gil gil, T value);
}
