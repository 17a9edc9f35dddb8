package io.github.cpythonengine.convert;

import static io.github.cpythonengine.convert.Rule.row;

import java.math.BigInteger;
import java.util.List;

/** The built-in conversions, in the order of the README's table. */
final class StandardRules {

    static final List<Rule> ALL = List.of(
            row("bool", "Boolean")
                    .fromPython("builtins.bool", Numbers::fromBool)
                    .fromJava(Boolean.class, Numbers::toBool),
            row("int", "Integer, else Long, else BigInteger, by size")
                    .fromPython("builtins.int", Numbers::fromInt)
                    .fromJava(Integer.class, Numbers::toInt)
                    .fromJava(Long.class, Numbers::toInt)
                    .fromJava(Short.class, Numbers::toInt)
                    .fromJava(Byte.class, Numbers::toInt)
                    .fromJava(BigInteger.class, Numbers::toInt),
            row("float", "Double")
                    .fromPython("builtins.float", Numbers::fromFloat)
                    .fromJava(Double.class, Numbers::toFloat)
                    .fromJava(Float.class, Numbers::toFloat),
            row("complex", "Complex")
                    .fromPython("builtins.complex", Numbers::fromComplex)
                    .fromJava(Complex.class, Numbers::toComplex),
            row("str", "String")
                    .fromPython("builtins.str", Texts::fromStr)
                    .fromJava(CharSequence.class, Texts::toStr)
                    .fromJava(Character.class, Texts::toStr),
            row("bytes, bytearray", "byte[]")
                    .fromPython("builtins.bytes", Texts::fromBytes)
                    .fromJava(byte[].class, Texts::toBytes),
            row("bytearray", "byte[]").fromPython("builtins.bytearray", Texts::fromByteArray));

    private StandardRules() {}
}
