package io.github.cpythonengine.convert;

import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Py;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;

/**
 * datetime and the zones. A datetime that java.time cannot say exactly stays a Python object: one with a
 * tzinfo other than timezone and ZoneInfo, with a zone or an offset that Java does not have, with a local
 * time that its zone skips, and one with {@code fold=1} outside the zones that have folds.
 */
final class DateTimes {

    private DateTimes() {}

    static Object fromDatetime(Gil gil, long datetime) {
        Object[] parts = Half.parts(gil, Half.times(gil, "datetime_parts"), datetime);
        Object value = parts == null ? null : value(parts);
        return value == null ? gil.objectOf(datetime) : value;
    }

    /** Null when java.time has no equal. */
    private static Object value(Object[] parts) {
        LocalDateTime local = local(parts);
        if (parts[7] == null) {
            return local;
        }
        ZoneOffset offset = ZoneOffset.ofTotalSeconds((Integer) parts[7]);
        if (parts[8] == null) {
            return local.atOffset(offset);
        }
        ZoneId zone = zone((String) parts[8]);
        if (zone == null) {
            return null;
        }
        List<ZoneOffset> valid = zone.getRules().getValidOffsets(local);
        boolean fold = (Integer) parts[9] == 1;
        boolean same = valid.contains(offset) && fold == (valid.indexOf(offset) == 1);
        return same ? ZonedDateTime.ofLocal(local, zone, offset) : null;
    }

    private static LocalDateTime local(Object[] parts) {
        return LocalDateTime.of(Times.date(parts), Times.time(parts, 3));
    }

    /** A datetime of any tzinfo by its offset; null when it has none. */
    static OffsetDateTime byOffset(Gil gil, long datetime) {
        Object[] parts = Half.parts(gil, Half.times(gil, "wall_parts"), datetime);
        return parts == null ? null : local(parts).atOffset(ZoneOffset.ofTotalSeconds((Integer) parts[7]));
    }

    static long toDatetime(Gil gil, LocalDateTime value) {
        return make(gil, value, null, null, 0, value);
    }

    static long toDatetime(Gil gil, OffsetDateTime value) {
        return make(gil, value.toLocalDateTime(), value.getOffset(), null, 0, value);
    }

    static long toDatetime(Gil gil, Instant value) {
        LocalDateTime utc;
        try {
            utc = LocalDateTime.ofInstant(value, ZoneOffset.UTC);
        } catch (DateTimeException e) {
            utc = LocalDateTime.MAX; // refused below
        }
        return make(gil, utc, ZoneOffset.UTC, null, 0, value);
    }

    static long toDatetime(Gil gil, ZonedDateTime value) {
        LocalDateTime local = value.toLocalDateTime();
        ZoneId zone = value.getZone();
        List<ZoneOffset> valid = zone.getRules().getValidOffsets(local);
        int fold = valid.indexOf(value.getOffset()) == 1 ? 1 : 0;
        return make(gil, local, value.getOffset(), key(gil, zone), fold, value);
    }

    private static long make(Gil gil, LocalDateTime local, ZoneOffset offset, String key, int fold, Object value) {
        return Half.make(
                gil,
                Half.times(gil, "make_datetime"),
                Times.year(local.getYear(), value),
                local.getMonthValue(),
                local.getDayOfMonth(),
                local.getHour(),
                local.getMinute(),
                local.getSecond(),
                Times.micros(local.getNano(), value),
                offset == null ? null : offset.getTotalSeconds(),
                key,
                fold);
    }

    // ---- zones

    static Object fromZone(Gil gil, long tzinfo) {
        Object[] parts = Half.parts(gil, Half.times(gil, "zone_parts"), tzinfo);
        Object zone = null;
        if (parts != null) {
            zone = parts[1] == null ? ZoneOffset.ofTotalSeconds((Integer) parts[0]) : zone((String) parts[1]);
        }
        return zone == null ? gil.objectOf(tzinfo) : zone;
    }

    static long toZone(Gil gil, ZoneId zone) {
        String key = key(gil, zone);
        Integer offset = key == null ? zone.getRules().getOffset(Instant.EPOCH).getTotalSeconds() : null;
        return Half.make(gil, Half.times(gil, "make_zone"), offset, key);
    }

    private static ZoneId zone(String key) {
        try {
            ZoneId zone = ZoneId.of(key);
            return zone.getId().equals(key) ? zone : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** The key for ZoneInfo; null for a plain offset, and for a fixed zone that only Java has, such as UTC+2. */
    private static String key(Gil gil, ZoneId zone) {
        if (zone instanceof ZoneOffset) {
            return null;
        }
        boolean known = !zone.getRules().isFixedOffset()
                || gil.call(Half.times(gil, "has_zone"), gil.str(zone.getId())) == Py.TRUE;
        return known ? zone.getId() : null;
    }
}
