package io.github.cpythonengine.convert;

import io.github.cpythonengine.interpreter.Gil;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;

/** date, time and timedelta; what {@link DateTimes} shares with them. */
final class Times {

    private static final long SECONDS_OF_DAY = 86_400;
    private static final long MOST_DAYS = 999_999_999;

    private Times() {}

    static Object fromDate(Gil gil, long date) {
        Object[] parts = Half.parts(gil, Half.times(gil, "date_parts"), date);
        return date(parts);
    }

    static long toDate(Gil gil, LocalDate date) {
        return Half.make(
                gil,
                Half.times(gil, "make_date"),
                year(date.getYear(), date),
                date.getMonthValue(),
                date.getDayOfMonth());
    }

    static Object fromTime(Gil gil, long time) {
        Object[] parts = Half.parts(gil, Half.times(gil, "time_parts"), time);
        if (parts == null) {
            return gil.objectOf(time);
        }
        LocalTime local = time(parts, 0);
        return parts[4] == null ? local : local.atOffset(ZoneOffset.ofTotalSeconds((Integer) parts[4]));
    }

    static long toTime(Gil gil, LocalTime time) {
        return toTime(gil, time, null);
    }

    static long toTime(Gil gil, OffsetTime time) {
        return toTime(gil, time.toLocalTime(), time.getOffset().getTotalSeconds());
    }

    private static long toTime(Gil gil, LocalTime time, Integer offset) {
        return Half.make(
                gil,
                Half.times(gil, "make_time"),
                time.getHour(),
                time.getMinute(),
                time.getSecond(),
                micros(time.getNano(), time),
                offset);
    }

    static Object fromTimedelta(Gil gil, long timedelta) {
        Object[] parts = Half.parts(gil, Half.times(gil, "timedelta_parts"), timedelta);
        return Duration.ofDays((Integer) parts[0])
                .plusSeconds((Integer) parts[1])
                .plusNanos((Integer) parts[2] * 1_000L);
    }

    static long toTimedelta(Gil gil, Duration duration) {
        long days = Math.floorDiv(duration.getSeconds(), SECONDS_OF_DAY);
        if (Math.abs(days) > MOST_DAYS) {
            throw new ArithmeticException(
                    "cannot convert Duration " + duration + " to timedelta, which has at most " + MOST_DAYS + " days");
        }
        int seconds = (int) Math.floorMod(duration.getSeconds(), SECONDS_OF_DAY);
        return Half.make(gil, Half.times(gil, "make_timedelta"), days, seconds, micros(duration.getNano(), duration));
    }

    // ---- shared

    static LocalDate date(Object[] parts) {
        return LocalDate.of((Integer) parts[0], (Integer) parts[1], (Integer) parts[2]);
    }

    static LocalTime time(Object[] parts, int from) {
        return LocalTime.of(
                (Integer) parts[from],
                (Integer) parts[from + 1],
                (Integer) parts[from + 2],
                (Integer) parts[from + 3] * 1_000);
    }

    /** Microseconds of nanoseconds that must be whole microseconds. */
    static int micros(int nanos, Object value) {
        if (nanos % 1_000 != 0) {
            throw new ArithmeticException("cannot convert " + value.getClass().getSimpleName() + " " + value
                    + " to Python, whose times have microseconds: use truncatedTo(ChronoUnit.MICROS) first");
        }
        return nanos / 1_000;
    }

    static int year(int year, Object value) {
        if (year < 1 || year > 9999) {
            throw new ArithmeticException("cannot convert " + value.getClass().getSimpleName() + " " + value
                    + " to Python, whose years go from 1 to 9999");
        }
        return year;
    }
}
