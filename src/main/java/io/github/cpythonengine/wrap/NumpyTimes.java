package io.github.cpythonengine.wrap;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Map;

/**
 * numpy's <a href="https://numpy.org/doc/stable/reference/arrays.datetime.html">datetime64 and timedelta64</a>: counts
 * of a unit, of datetimes since 1970, and the smallest {@code long} for NaT. Exact both ways, or an ArithmeticException.
 */
final class NumpyTimes {

    private static final long NAT = Long.MIN_VALUE;
    private static final BigInteger ATTOS_OF_NANO = BigInteger.TEN.pow(9);
    private static final BigInteger NANOS_OF_SECOND = BigInteger.TEN.pow(9);

    /** Units of a fixed length, in attoseconds. */
    private static final Map<String, BigInteger> ATTOS = Map.of(
            "W", seconds(7 * 86_400),
            "D", seconds(86_400),
            "h", seconds(3_600),
            "m", seconds(60),
            "s", seconds(1),
            "ms", BigInteger.TEN.pow(15),
            "us", BigInteger.TEN.pow(12),
            "ns", BigInteger.TEN.pow(9),
            "ps", BigInteger.TEN.pow(6),
            "fs", BigInteger.TEN.pow(3));

    private NumpyTimes() {}

    private static BigInteger seconds(long seconds) {
        return BigInteger.valueOf(seconds).multiply(BigInteger.TEN.pow(18));
    }

    /** A unit and how many of it: {@code 25s}. */
    private record Unit(int multiple, String name) {
        static Unit of(String text) {
            int letters = 0;
            while (letters < text.length() && Character.isDigit(text.charAt(letters))) {
                letters++;
            }
            int multiple = letters == 0 ? 1 : Integer.parseInt(text.substring(0, letters));
            return new Unit(multiple, text.substring(letters));
        }

        BigInteger attos() {
            return ATTOS.getOrDefault(name, BigInteger.ONE);
        }

        boolean isDate() {
            return name.equals("Y") || name.equals("M") || name.equals("W") || name.equals("D");
        }
    }

    /** The Java value; null for NaT. */
    static Object value(boolean delta, long count, String text) {
        if (count == NAT) {
            return null;
        }
        Unit unit = Unit.of(text);
        if (unit.name.isEmpty()) {
            return count;
        }
        try {
            return delta ? period(unit, count) : moment(unit, count);
        } catch (DateTimeException | ArithmeticException e) {
            throw new ArithmeticException("java.time has no equal of numpy's " + (delta ? "timedelta64" : "datetime64")
                    + "[" + text + "] " + count + ": " + e.getMessage());
        }
    }

    private static Object period(Unit unit, long count) {
        if (unit.name.equals("Y") || unit.name.equals("M")) {
            int all = Math.toIntExact(Math.multiplyExact(count, unit.multiple));
            return unit.name.equals("Y") ? Period.ofYears(all) : Period.ofMonths(all);
        }
        BigInteger[] parts = nanos(unit, count);
        return Duration.ofSeconds(parts[0].longValueExact(), parts[1].longValueExact());
    }

    private static Object moment(Unit unit, long count) {
        if (unit.name.equals("Y") || unit.name.equals("M")) {
            long all = Math.multiplyExact(count, unit.multiple);
            LocalDate first = LocalDate.of(1970, 1, 1);
            return unit.name.equals("Y") ? first.plusYears(all) : first.plusMonths(all);
        }
        BigInteger[] parts = nanos(unit, count);
        LocalDateTime time =
                LocalDateTime.ofEpochSecond(parts[0].longValueExact(), parts[1].intValueExact(), ZoneOffset.UTC);
        return unit.isDate() ? time.toLocalDate() : time;
    }

    /** Whole seconds, rounded down, and the nanoseconds beyond. */
    private static BigInteger[] nanos(Unit unit, long count) {
        BigInteger attos = BigInteger.valueOf(count)
                .multiply(BigInteger.valueOf(unit.multiple))
                .multiply(unit.attos());
        BigInteger[] nanos = attos.divideAndRemainder(ATTOS_OF_NANO);
        if (nanos[1].signum() != 0) {
            throw new ArithmeticException("it has less than nanoseconds");
        }
        BigInteger part = nanos[0].mod(NANOS_OF_SECOND);
        return new BigInteger[] {nanos[0].subtract(part).divide(NANOS_OF_SECOND), part};
    }

    /** The count of a Java value: of null, a whole number, or a value of the class that {@link #value} gives. */
    static long count(boolean delta, Object value, String text) {
        if (value == null) {
            return NAT;
        }
        if (value instanceof Long || value instanceof Integer) {
            return ((Number) value).longValue();
        }
        Unit unit = Unit.of(text);
        boolean calendar = unit.name.equals("Y") || unit.name.equals("M");
        BigInteger[] whole = null;
        if (delta && calendar && value instanceof Period period && period.getDays() == 0) {
            whole = BigInteger.valueOf(period.toTotalMonths()).divideAndRemainder(months(unit));
        } else if (!delta && calendar && dateTime(value) != null) {
            LocalDateTime time = dateTime(value);
            LocalDate first = time.toLocalDate().withDayOfMonth(1);
            if (time.equals(first.atStartOfDay())) {
                long months = (first.getYear() - 1970L) * 12 + first.getMonthValue() - 1;
                whole = BigInteger.valueOf(months).divideAndRemainder(months(unit));
            }
        } else if (!calendar && !unit.name.isEmpty()) {
            BigInteger attos = attos(delta, value);
            whole = attos == null
                    ? null
                    : attos.divideAndRemainder(unit.attos().multiply(BigInteger.valueOf(unit.multiple)));
        }
        String type = (delta ? "timedelta64[" : "datetime64[") + text + "]";
        if (whole == null) {
            throw new ClassCastException("cannot convert " + value.getClass().getName() + " " + value + " to " + type);
        }
        boolean fits = whole[0].bitLength() < Long.SIZE && whole[0].longValue() != NAT;
        if (whole[1].signum() != 0 || !fits) {
            throw new ArithmeticException("cannot convert " + value + " to " + type + ": it has no such value");
        }
        return whole[0].longValue();
    }

    private static BigInteger months(Unit unit) {
        return BigInteger.valueOf(unit.multiple * (unit.name.equals("Y") ? 12L : 1L));
    }

    private static LocalDateTime dateTime(Object value) {
        if (value instanceof LocalDate date) {
            return date.atStartOfDay();
        }
        return value instanceof LocalDateTime time ? time : null;
    }

    private static BigInteger attos(boolean delta, Object value) {
        if (delta) {
            return value instanceof Duration length ? attos(length.getSeconds(), length.getNano()) : null;
        }
        LocalDateTime time = dateTime(value);
        return time == null ? null : attos(time.toEpochSecond(ZoneOffset.UTC), time.getNano());
    }

    private static BigInteger attos(long seconds, int nanos) {
        return seconds(seconds).add(BigInteger.valueOf(nanos).multiply(ATTOS_OF_NANO));
    }
}
