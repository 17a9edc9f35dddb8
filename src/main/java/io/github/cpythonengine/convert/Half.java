package io.github.cpythonengine.convert;

import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.PythonHalf;
import java.util.Map;

/** The conversions' Python half, {@code convert.py}. */
final class Half {

    private Half() {}

    /** A function of it, borrowed. */
    static long member(Gil gil, String name) {
        PythonHalf half = PythonHalf.load(gil, "convert", Map.of("type_died", TypeRules::typeDied));
        return half.member(gil, name);
    }
}
