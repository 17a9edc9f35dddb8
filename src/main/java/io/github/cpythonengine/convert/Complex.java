package io.github.cpythonengine.convert;

/** A Python {@code complex}: {@code new Complex(1, -2)} is {@code (1-2j)}. */
public record Complex(double real, double imaginary) {}
