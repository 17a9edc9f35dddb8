package io.github.cpythonengine.convert;

import io.github.cpythonengine.interpreter.Gil;

/** One direction of a rule: a borrowed Python object of the rule's type as a Java value. */
@FunctionalInterface
interface ToJava {
    Object convert(Gil gil, long object);
}
