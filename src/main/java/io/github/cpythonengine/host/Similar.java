package io.github.cpythonengine.host;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Looking for a value that has one form in Python and several in Java: 5 may be kept as an Integer
 * or a Long, "a" as a String or a Character.
 */
final class Similar {

    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

    private Similar() {}

    /** The other forms; not the one given. */
    static List<Object> to(Object value) {
        if (value instanceof String text) {
            return text.length() == 1 ? List.of(text.charAt(0)) : List.of();
        }
        List<Object> forms = new ArrayList<>();
        if (value instanceof Integer || value instanceof Long) {
            integral(((Number) value).longValue(), forms);
        } else if (value instanceof BigInteger big && big.compareTo(LEAST) >= 0 && big.compareTo(MOST) <= 0) {
            integral(big.longValue(), forms);
        } else if (value instanceof Double number) {
            if ((double) number.floatValue() == number) {
                forms.add(number.floatValue());
            }
            if (number == Math.rint(number) && Math.abs(number) < 1L << 62) {
                integral(number.longValue(), forms);
            }
        }
        forms.removeIf(form -> form.getClass() == value.getClass());
        return forms;
    }

    private static void integral(long value, List<Object> forms) {
        if ((int) value == value) {
            forms.add((int) value);
        }
        forms.add(value);
        if ((short) value == value) {
            forms.add((short) value);
        }
        if ((byte) value == value) {
            forms.add((byte) value);
        }
        forms.add(BigInteger.valueOf(value));
        if ((long) (double) value == value) {
            forms.add((double) value);
        }
        if ((long) (float) value == value) {
            forms.add((float) value);
        }
        forms.add(BigDecimal.valueOf(value));
    }

    static boolean contains(Collection<?> collection, Object value) {
        return find(collection::contains, value) != null;
    }

    /** The key that a map has for a value, or null. A null key is not looked for: see {@link #hasKey}. */
    static Object key(Map<?, ?> map, Object value) {
        return find(map::containsKey, value);
    }

    static boolean hasKey(Map<?, ?> map, Object value) {
        return value == null ? test(map::containsKey, null) : key(map, value) != null;
    }

    /** The form that the test is true for; null for none, and {@code true} for a null value found. */
    static Object find(Predicate<Object> test, Object value) {
        if (test(test, value)) {
            return value == null ? Boolean.TRUE : value;
        }
        for (Object form : to(value)) {
            if (test(test, form)) {
                return form;
            }
        }
        return null;
    }

    /** A collection may refuse to look for values that it cannot have. */
    private static boolean test(Predicate<Object> test, Object value) {
        try {
            return test.test(value);
        } catch (ClassCastException | NullPointerException e) {
            return false;
        }
    }

    /**
     * The key under which to put: the one that is there, or a form that the map's order can compare.
     */
    static Object keyToPut(Map<?, ?> map, Object value) {
        if (!(value instanceof Number)) {
            return value;
        }
        Object other = null;
        boolean refused = false;
        try {
            if (map.containsKey(value)) {
                return value;
            }
        } catch (ClassCastException e) {
            refused = true;
        }
        for (Object form : to(value)) {
            try {
                if (map.containsKey(form)) {
                    return form;
                }
                other = other == null ? form : other;
            } catch (ClassCastException e) {
                // not this one
            }
        }
        return refused && other != null ? other : value;
    }
}
