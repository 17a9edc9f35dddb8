package io.github.cpythonengine.host;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.sameInstance;

import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Values that have a type in either language are of both when a script got them by calling Java. */
class ValuesTest {

    public static final class Clock {
        public final LocalDate day = LocalDate.of(2024, 2, 29);

        public LocalDate today() {
            return day;
        }
    }

    @Test
    void datesHaveTheMethodsOfBoth() {
        Clock clock = new Clock();
        Object out = Script.with("clock", clock)
                .does(
                        "import datetime",
                        "from java.time import LocalDate, LocalDateTime, Duration, Instant, LocalTime, ZonedDateTime",
                        "from java.time.temporal import Temporal",
                        "d = clock.today()",
                        "assert isinstance(d, datetime.date) and isinstance(d, LocalDate) and isinstance(d, Temporal)",
                        "assert type(d).__name__ == 'date' and repr(d) == 'datetime.date(2024, 2, 29)', repr(d)",
                        "assert d == datetime.date(2024, 2, 29) and hash(d) == hash(datetime.date(2024, 2, 29))",
                        "assert d.year == 2024 and d.getDayOfMonth() == 29 and d.isLeapYear()",
                        "assert d + datetime.timedelta(1) == datetime.date(2024, 3, 1) and d.plusDays(1) == datetime.date(2024, 3, 1)",
                        "assert type(d + datetime.timedelta(1)) is datetime.date and d.replace(day=1).day == 1",
                        "assert d < datetime.date(2025, 1, 1) and d - d == datetime.timedelta(0)",
                        "assert clock.today() is d and clock.day is d and f'{d:%Y}' == '2024' and str(d) == '2024-02-29'",
                        "assert LocalDate.of(2024, 1, 1).plusMonths(1).toString() == '2024-02-01'",
                        "t = LocalDateTime.of(2024, 1, 1, 12, 30); assert t.hour == 12 and t.plusHours(1).getHour() == 13",
                        "assert Duration.ofMinutes(2).toMillis() == 120000 and Duration.ofMinutes(2).total_seconds() == 120",
                        "assert Instant.now().getEpochSecond() > 0 and LocalTime.MAX.isAfter(LocalTime.NOON)",
                        "assert LocalDate.MAX.getYear() == 999999999",
                        "from java.time.format import DateTimeFormatter",
                        "assert LocalDate.parse('2024-05-06').format(DateTimeFormatter.BASIC_ISO_DATE) == '20240506'",
                        "import pickle, copy",
                        "assert pickle.loads(pickle.dumps(d)) == d and copy.deepcopy(d) == d",
                        "try: d.nothing",
                        "except AttributeError as e: assert 'LocalDate' in str(e)",
                        "else: assert False",
                        "result = d");
        assertThat(out, is(sameInstance(clock.day)));
    }

    @Test
    void decimalsIdentifiersAndPathsToo() {
        Script.run(
                "import decimal, uuid, pathlib",
                "from java.math import BigDecimal",
                "from java.util import UUID",
                "from java.nio.file import Paths, Files, Path",
                "b = BigDecimal('1.50')",
                "assert isinstance(b, decimal.Decimal) and isinstance(b, BigDecimal)",
                "assert b.add(BigDecimal('2')) == decimal.Decimal('3.50') and b + 1 == decimal.Decimal('2.50')",
                "assert b.setScale(1).toString() == '1.5' and b.scale() == 2 and repr(b) == \"Decimal('1.50')\"",
                "u = UUID.randomUUID()",
                "assert isinstance(u, uuid.UUID) and u.toString() == str(u) and UUID.fromString(str(u)) == u",
                "assert u.getMostSignificantBits() == UUID.fromString(str(u)).getMostSignificantBits()",
                "p = Paths.get('a', 'b')",
                "assert isinstance(p, pathlib.Path) and isinstance(p, Path) and p.getFileName().toString() == 'b'",
                "assert p.toAbsolutePath().isAbsolute() and str(p / 'c') == str(pathlib.Path('a/b/c'))",
                "assert p.parent == pathlib.Path('a') and p.toFile().getName() == 'b' and not Files.exists(p)",
                "assert p == pathlib.Path('a/b') and hash(p) == hash(pathlib.Path('a/b'))",
                "assert p.with_suffix('.x') == pathlib.Path('a/b.x') and p.name == 'b'",
                "for other in ('c', pathlib.Path('c'), Paths.get('c'), Paths.get('').resolve('c')):",
                "    assert str(p.resolve(other)) == str(pathlib.Path('a/b/c')), other",
                "    assert p.resolve(other).getParent() == p",
                "assert p.resolve() == p.resolve(False) == p.resolve(strict=False) == pathlib.Path('a/b').resolve()",
                "try: p.resolve(True)",
                "except OSError: pass",
                "else: assert False");
    }

    @Test
    void whatWasGivenToTheScriptIsPythons() {
        Script.with("d", LocalDate.of(2024, 1, 1))
                .and("u", new UUID(1, 2))
                .does("import datetime, uuid", "assert type(d) is datetime.date and type(u) is uuid.UUID");
    }

    @Test
    void nothingLeaks() {
        String[] lines = {"from java.time import LocalDate", "d = LocalDate.of(2024, 1, 1); d.plusDays(1); d.year"};
        Script.run(lines);
        int before = Script.handles();
        for (int i = 0; i < 20; i++) {
            Script.run(lines);
        }
        assertThat("others may die meanwhile", Script.handles(), lessThanOrEqualTo(before));
    }
}
