package io.github.cpythonengine.convert;

import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.python.PyObject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.Map;

/** java.time, also of subclasses and of a datetime with any tzinfo, by its offset. */
final class TimeTargets {

    private static final int NANOS_OF_MILLI = 1_000_000;

    private TimeTargets() {}

    static void addTo(Map<Class<?>, Target> targets) {
        for (Class<?> type :
                new Class<?>[] {LocalDate.class, LocalTime.class, LocalDateTime.class, OffsetTime.class, Duration.class
                }) {
            targets.put(type, (gil, object) -> same(gil, object, type));
        }
        targets.put(OffsetDateTime.class, (gil, object) -> moment(gil, object, OffsetDateTime.class));
        targets.put(ZonedDateTime.class, TimeTargets::toZoned);
        targets.put(
                Instant.class,
                (gil, object) -> moment(gil, object, Instant.class).toInstant());
        targets.put(Date.class, TimeTargets::toDate);
    }

    private static Object same(Gil gil, long object, Class<?> type) {
        Object value = natural(gil, object);
        if (type.isInstance(value)) {
            return value;
        }
        throw Refused.type(gil, object, type, hint(value, type));
    }

    private static String hint(Object value, Class<?> type) {
        if (type == LocalDateTime.class && (value instanceof OffsetDateTime || value instanceof ZonedDateTime)) {
            return "it has a time zone, use x.replace(tzinfo=None)";
        }
        if (type == LocalDate.class && value instanceof LocalDateTime) {
            return "use x.date()";
        }
        return "";
    }

    private static Object toZoned(Gil gil, long object) {
        return natural(gil, object) instanceof ZonedDateTime zoned
                ? zoned
                : moment(gil, object, ZonedDateTime.class).toZonedDateTime();
    }

    private static OffsetDateTime moment(Gil gil, long object, Class<?> type) {
        Object value = natural(gil, object);
        if (value instanceof OffsetDateTime moment) {
            return moment;
        }
        if (value instanceof ZonedDateTime moment) {
            return moment.toOffsetDateTime();
        }
        if (value instanceof Instant moment) {
            return moment.atOffset(ZoneOffset.UTC);
        }
        OffsetDateTime moment = kind(gil, object).equals("datetime") ? DateTimes.byOffset(gil, object) : null;
        if (moment == null) {
            String hint = value instanceof LocalDateTime ? "it has no time zone, use x.astimezone()" : "";
            throw Refused.type(gil, object, type, hint);
        }
        return moment;
    }

    private static Object toDate(Gil gil, long object) {
        if (Values.builtIn(gil, object) instanceof Date date) {
            return date;
        }
        Instant moment = moment(gil, object, Date.class).toInstant();
        if (moment.getNano() % NANOS_OF_MILLI != 0) {
            throw Refused.value(gil, object, Date.class, "it has microseconds, a Date only milliseconds");
        }
        return Date.from(moment);
    }

    /** The value of a subclass is that of its base. */
    private static Object natural(Gil gil, long object) {
        Object value = Values.builtIn(gil, object);
        if (!(value instanceof PyObject)) {
            return value;
        }
        return switch (kind(gil, object)) {
            case "datetime" -> DateTimes.fromDatetime(gil, object);
            case "date" -> Times.fromDate(gil, object);
            case "time" -> Times.fromTime(gil, object);
            case "timedelta" -> Times.fromTimedelta(gil, object);
            default -> value;
        };
    }

    private static String kind(Gil gil, long object) {
        return gil.text(gil.call(Half.times(gil, "kind"), object));
    }
}
