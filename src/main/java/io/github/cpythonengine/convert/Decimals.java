package io.github.cpythonengine.convert;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.interpreter.Gil;
import java.math.BigDecimal;
import org.apache.commons.lang3.math.Fraction;

/** Decimal and Fraction. */
final class Decimals {

    private Decimals() {}

    /** Infinities, not-a-numbers, the negative zero and exponents beyond a BigDecimal's stay Python objects. */
    static Object fromDecimal(Gil gil, long decimal) {
        String text = gil.text(gil.own(C.PyObject_Str(decimal)));
        try {
            BigDecimal value = new BigDecimal(text);
            boolean negativeZero = value.signum() == 0 && text.charAt(0) == '-';
            return negativeZero ? gil.objectOf(decimal) : value;
        } catch (NumberFormatException e) {
            return gil.objectOf(decimal);
        }
    }

    static long toDecimal(Gil gil, BigDecimal value) {
        return Half.make(gil, Half.member(gil, "decimal_from_text"), value.toString());
    }

    /** One whose numerator or denominator is larger than an int stays a Python object. */
    static Object fromFraction(Gil gil, long fraction) {
        Object numerator = Values.builtIn(gil, gil.attr(fraction, "numerator"));
        Object denominator = Values.builtIn(gil, gil.attr(fraction, "denominator"));
        return numerator instanceof Integer above && denominator instanceof Integer below
                ? Fraction.getFraction(above, below)
                : gil.objectOf(fraction);
    }

    static long toFraction(Gil gil, Fraction value) {
        return Half.make(gil, Half.member(gil, "fraction"), value.getNumerator(), value.getDenominator());
    }
}
