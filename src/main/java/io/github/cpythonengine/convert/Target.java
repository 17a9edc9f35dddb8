package io.github.cpythonengine.convert;

import io.github.cpythonengine.interpreter.Gil;

/** How a Python object becomes a value of one wanted Java type. */
@FunctionalInterface
interface Target {

    /**
     * @param object borrowed, not None
     * @throws Refused when it cannot be
     */
    Object convert(Gil gil, long object);
}
