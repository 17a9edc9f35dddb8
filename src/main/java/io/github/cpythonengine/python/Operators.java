package io.github.cpythonengine.python;

import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Ref;

/**
 * Python's operators, by the names of the <a href="https://docs.python.org/3/c-api/number.html">number protocol</a>: the
 * part of {@link PyObject} that would hide the rest of it.
 *
 * <p>Each gives a {@code PyObject} whatever it is, so that they can be chained; {@link PyObject#as(Class)} makes it a Java
 * value. The other operand is converted by the conversion table. As in Python, the operands' classes decide: an operator
 * that neither of them has is a {@code TypeError}.
 */
abstract sealed class Operators permits Parts {

    abstract Ref ref();

    // ---- arithmetic

    /** {@code this + other}. */
    public PyObject add(Object other) {
        return binary("add", other);
    }

    /** {@code this - other}. */
    public PyObject subtract(Object other) {
        return binary("sub", other);
    }

    /** {@code this * other}. */
    public PyObject multiply(Object other) {
        return binary("mul", other);
    }

    /** {@code this @ other}. */
    public PyObject matrixMultiply(Object other) {
        return binary("matmul", other);
    }

    /** {@code this / other}. */
    public PyObject trueDivide(Object other) {
        return binary("truediv", other);
    }

    /** {@code this // other}, rounded down as Python does it, not as Java. */
    public PyObject floorDivide(Object other) {
        return binary("floordiv", other);
    }

    /** {@code this % other}, whose sign is Python's, not Java's. */
    public PyObject remainder(Object other) {
        return binary("mod", other);
    }

    /** {@code divmod(this, other)}: the tuple of {@link #floorDivide} and {@link #remainder}. */
    public PyObject divmod(Object other) {
        return binary("divide", other);
    }

    /** {@code this ** exponent}. */
    public PyObject power(Object exponent) {
        return binary("power", exponent);
    }

    /** {@code pow(this, exponent, modulus)}. */
    public PyObject power(Object exponent, Object modulus) {
        return Gil.with(gil -> result(
                gil, gil.call(Half.member(gil, "power"), gil.use(ref()), gil.python(exponent), gil.python(modulus))));
    }

    /** {@code -this}. */
    public PyObject negative() {
        return unary("neg");
    }

    /** {@code +this}. */
    public PyObject positive() {
        return unary("pos");
    }

    /** {@code abs(this)}. */
    public PyObject absolute() {
        return unary("absolute");
    }

    // ---- bits, sets, masks

    /** {@code ~this}. */
    public PyObject invert() {
        return unary("inv");
    }

    /** {@code this << other}. */
    public PyObject lshift(Object other) {
        return binary("lshift", other);
    }

    /** {@code this >> other}. */
    public PyObject rshift(Object other) {
        return binary("rshift", other);
    }

    /** {@code this & other}. */
    public PyObject and(Object other) {
        return binary("and_", other);
    }

    /** {@code this | other}. */
    public PyObject or(Object other) {
        return binary("or_", other);
    }

    /** {@code this ^ other}. */
    public PyObject xor(Object other) {
        return binary("xor", other);
    }

    // ---- in place: x = x.inPlaceAdd(y) is x += y

    /** {@code this += other}: gives what the variable would then be, this object itself when it can be changed. */
    public PyObject inPlaceAdd(Object other) {
        return binary("iadd", other);
    }

    /** {@code this -= other}, as {@link #inPlaceAdd}. */
    public PyObject inPlaceSubtract(Object other) {
        return binary("isub", other);
    }

    /** {@code this *= other}, as {@link #inPlaceAdd}. */
    public PyObject inPlaceMultiply(Object other) {
        return binary("imul", other);
    }

    /** {@code this @= other}, as {@link #inPlaceAdd}. */
    public PyObject inPlaceMatrixMultiply(Object other) {
        return binary("imatmul", other);
    }

    /** {@code this /= other}, as {@link #inPlaceAdd}. */
    public PyObject inPlaceTrueDivide(Object other) {
        return binary("itruediv", other);
    }

    /** {@code this //= other}, as {@link #inPlaceAdd}. */
    public PyObject inPlaceFloorDivide(Object other) {
        return binary("ifloordiv", other);
    }

    /** {@code this %= other}, as {@link #inPlaceAdd}. */
    public PyObject inPlaceRemainder(Object other) {
        return binary("imod", other);
    }

    /** {@code this **= exponent}, as {@link #inPlaceAdd}. */
    public PyObject inPlacePower(Object exponent) {
        return binary("ipow", exponent);
    }

    /** {@code this <<= other}, as {@link #inPlaceAdd}. */
    public PyObject inPlaceLshift(Object other) {
        return binary("ilshift", other);
    }

    /** {@code this >>= other}, as {@link #inPlaceAdd}. */
    public PyObject inPlaceRshift(Object other) {
        return binary("irshift", other);
    }

    /** {@code this &= other}, as {@link #inPlaceAdd}. */
    public PyObject inPlaceAnd(Object other) {
        return binary("iand", other);
    }

    /** {@code this |= other}, as {@link #inPlaceAdd}. */
    public PyObject inPlaceOr(Object other) {
        return binary("ior", other);
    }

    /** {@code this ^= other}, as {@link #inPlaceAdd}. */
    public PyObject inPlaceXor(Object other) {
        return binary("ixor", other);
    }

    // ---- comparisons; see also compare, equals and is

    /** {@code this < other}: a bool for most objects ({@link PyObject#isTrue}), an array of them for arrays. */
    public PyObject lt(Object other) {
        return binary("lt", other);
    }

    /** {@code this <= other}, as {@link #lt}. */
    public PyObject le(Object other) {
        return binary("le", other);
    }

    /** {@code this == other}, as {@link #lt}; {@link PyObject#equals} never throws. */
    public PyObject eq(Object other) {
        return binary("eq", other);
    }

    /** {@code this != other}, as {@link #lt}. */
    public PyObject ne(Object other) {
        return binary("ne", other);
    }

    /** {@code this > other}, as {@link #lt}. */
    public PyObject gt(Object other) {
        return binary("gt", other);
    }

    /** {@code this >= other}, as {@link #lt}. */
    public PyObject ge(Object other) {
        return binary("ge", other);
    }

    private PyObject unary(String function) {
        return Gil.with(gil -> result(gil, gil.call(Half.member(gil, function), gil.use(ref()))));
    }

    private PyObject binary(String function, Object other) {
        return Gil.with(gil -> result(gil, gil.call(Half.member(gil, function), gil.use(ref()), gil.python(other))));
    }

    private static PyObject result(Gil gil, long object) {
        return (PyObject) gil.objectOf(object);
    }
}
