package io.github.cpythonengine.convert;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cpythonengine.python.PyException;
import io.github.cpythonengine.python.PyObject;
import io.github.cpythonengine.wrap.Session;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.commons.lang3.math.Fraction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both directions of each row: exactly there, exactly back. */
class StandardRulesTest {

    private final Session python = new Session();

    /** The expression has this value in Java, which is an equal object of the same type in Python again. */
    private void bothWays(String expression, Object java) {
        python.exec("value = " + expression);
        Object arrived = python.eval("value");
        assertThat(expression, arrived, is(java));
        assertThat(expression, arrived.getClass(), is((Object) java.getClass()));
        python.put("back", java);
        assertThat(expression, python.eval("type(back) is type(value)"), is(true));
        assertThat(expression, python.repr("back"), is(python.repr("value")));
        assertThat(expression, python.eval("back == value or value != value"), is(true));
    }

    /** Java has no exact equal: it stays the Python object. */
    private void stays(String expression) {
        python.exec("value = " + expression);
        Object arrived = python.eval("value");
        assertThat(expression, arrived, instanceOf(PyObject.class));
        python.put("back", arrived);
        assertThat(expression, python.eval("back is value"), is(true));
    }

    /** The Java value has no exact equal in Python. */
    private void refused(Object java, String reason) {
        ArithmeticException error = assertThrows(ArithmeticException.class, () -> python.put("x", java));
        assertThat(error.getMessage(), containsString(reason));
    }

    @Test
    void integersBySize() {
        bothWays("0", 0);
        bothWays("2**31 - 1", Integer.MAX_VALUE);
        bothWays("-2**31", Integer.MIN_VALUE);
        bothWays("2**31", 1L << 31);
        bothWays("-2**31 - 1", Integer.MIN_VALUE - 1L);
        bothWays("2**60", 1L << 60);
        bothWays("-2**60", -1L << 60);
        bothWays("2**63 - 1", Long.MAX_VALUE);
        bothWays("-2**63", Long.MIN_VALUE);
        bothWays("2**63", BigInteger.ONE.shiftLeft(63));
        bothWays("-2**63 - 1", BigInteger.ONE.shiftLeft(63).negate().subtract(BigInteger.ONE));
        bothWays("2**64", BigInteger.ONE.shiftLeft(64));
        for (int bits = 1; bits < 200; bits++) {
            python.put("x", BigInteger.ONE.shiftLeft(bits).negate());
            assertThat(python.eval("x == -2**" + bits), is(true));
        }
        python.put("x", (byte) -1);
        python.put("y", (short) -2);
        assertThat(python.repr("(x, y, type(x) is type(y) is int)"), is("(-1, -2, True)"));
    }

    @Test
    void integersOfAHundredThousandDigits() {
        BigInteger large = BigInteger.TEN.pow(100_000).subtract(BigInteger.ONE);
        python.put("x", large);
        assertThat(python.eval("x == 10**100_000 - 1"), is(true));
        assertThat(python.eval("x"), is(large));
        assertThat(python.eval("-x"), is(large.negate()));
    }

    @Test
    void boolsAreNotInts() {
        bothWays("True", true);
        bothWays("False", false);
        python.put("n", null);
        assertThat(python.eval("n is None"), is(true));
        assertThat(python.eval("None") == null, is(true));
    }

    @Test
    void floatsToTheLastBit() {
        for (double value : new double[] {
            0.0, -0.0, 0.1, Double.MIN_VALUE, Double.MAX_VALUE, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
        }) {
            python.put("x", value);
            assertThat(Double.doubleToRawLongBits((Double) python.eval("x")), is(Double.doubleToRawLongBits(value)));
        }
        bothWays("float('nan')", Double.NaN);
        bothWays("-0.0", -0.0);
        bothWays("complex(-0.0, float('inf'))", new Complex(-0.0, Double.POSITIVE_INFINITY));
        python.put("x", 0.1f);
        assertThat(python.eval("x"), is((double) 0.1f));
    }

    @Test
    void textExactly() {
        bothWays("''", "");
        bothWays("'a\\0b\\0'", "a\0b\0");
        bothWays("'\\ufeffx'", "\ufeffx");
        bothWays("'\\xe9\\xff'", "\u00e9\u00ff");
        bothWays("'\\u20ac'", "\u20ac");
        bothWays("'\\U0001f600'", "\ud83d\ude00");
        bothWays("'x\\ud800y'", "x\ud800y");
        bothWays("'\\udc00\\U0001f600'", "\udc00\ud83d\ude00");
        bothWays("'\\udfff'", "\udfff");
        python.put("x", 'c');
        python.put("y", new StringBuilder("s\u20ac"));
        assertThat(python.repr("x, y"), is("('c', 's\u20ac')"));
        Random random = new Random(11);
        for (int i = 0; i < 300; i++) {
            String text = random.ints(random.nextInt(9), 0, 0x10000)
                    .map(unit -> random.nextInt(3) == 0 ? 0xd800 | unit & 0x7ff : unit)
                    .collect(StringBuilder::new, (all, unit) -> all.append((char) unit), StringBuilder::append)
                    .toString();
            python.put("x", text);
            assertThat(python.eval("x"), is(text));
        }
    }

    @Test
    void bytesAreCopied() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        assertThat(python.eval("bytes(range(256))"), is(all));
        assertThat(python.eval("bytearray(range(256))"), is(all));
        assertThat(python.eval("b''"), is(new byte[0]));
        python.put("x", all);
        assertThat(python.eval("x == bytes(range(256)) and type(x) is bytes"), is(true));
    }

    @Test
    void decimalsWithTheirScale() {
        python.exec("from decimal import Decimal as D");
        for (String text :
                List.of("0", "1.10", "-1E+3", "1.23E+5", "0E-10", "0E+7", "123456789012345678901234567890.5")) {
            bothWays("D('" + text + "')", new BigDecimal(text));
        }
        bothWays("D('1E+2147483647')", new BigDecimal("1E+2147483647"));
        bothWays("D('9' * 50_000)", new BigDecimal("9".repeat(50_000)));
        for (String text : List.of("NaN", "sNaN", "Infinity", "-Infinity", "-0", "-0.00", "1E+99999999999")) {
            stays("D('" + text + "')");
        }
    }

    @Test
    void fractionsThatFit() {
        python.exec("from fractions import Fraction as F");
        bothWays("F(-2, 3)", Fraction.getFraction(-2, 3));
        bothWays("F(2**31 - 1, 2**31 - 1 - 1)", Fraction.getFraction(Integer.MAX_VALUE, Integer.MAX_VALUE - 1));
        bothWays("F(-2**31, 3)", Fraction.getFraction(Integer.MIN_VALUE, 3));
        stays("F(2**31, 3)");
        stays("F(1, 2**31)");
    }

    @Test
    void datesAndTimes() {
        python.exec("from datetime import *");
        bothWays("date.min", LocalDate.of(1, 1, 1));
        bothWays("date.max", LocalDate.of(9999, 12, 31));
        bothWays("datetime.min", LocalDateTime.of(1, 1, 1, 0, 0));
        bothWays("datetime.max", LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000));
        bothWays("time.min", LocalTime.MIN);
        bothWays("time.max", LocalTime.of(23, 59, 59, 999_999_000));
        bothWays("time(1, 2, tzinfo=timezone(timedelta(hours=-5)))", OffsetTime.of(1, 2, 0, 0, ZoneOffset.ofHours(-5)));
        bothWays(
                "datetime(2024, 2, 29, 1, 2, 3, 4, timezone(timedelta(hours=5, minutes=45, seconds=6)))",
                OffsetDateTime.of(2024, 2, 29, 1, 2, 3, 4_000, ZoneOffset.ofHoursMinutesSeconds(5, 45, 6)));
        bothWays(
                "datetime(2024, 1, 1, tzinfo=timezone.utc)", OffsetDateTime.of(2024, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC));
        bothWays("timezone.utc", ZoneOffset.UTC);
        bothWays("timezone(timedelta(hours=-18))", ZoneOffset.MIN);
        stays("datetime(2024, 1, 1, fold=1)");
        stays("time(1, fold=1)");
        stays("timezone(timedelta(hours=23))");
        stays("datetime(2024, 1, 1, tzinfo=timezone(timedelta(microseconds=1)))");
        stays("type('D', (datetime,), {})(2024, 1, 1)");
    }

    @Test
    void datesAndTimesThatPythonCannotSay() {
        refused(LocalTime.of(1, 2, 3, 4), "truncatedTo");
        refused(LocalDateTime.of(2024, 1, 1, 0, 0, 0, 1), "truncatedTo");
        refused(Instant.ofEpochSecond(1, 999), "truncatedTo");
        refused(Duration.ofNanos(1), "truncatedTo");
        refused(LocalDate.of(10_000, 1, 1), "9999");
        refused(LocalDate.of(0, 1, 1), "9999");
        refused(Instant.MAX, "9999");
        refused(OffsetDateTime.MAX, "9999");
        refused(Duration.ofDays(1_000_000_000), "days");
    }

    @Test
    void durations() {
        python.exec("from datetime import *");
        bothWays("timedelta()", Duration.ZERO);
        bothWays("timedelta(microseconds=-1)", Duration.ofNanos(-1_000));
        bothWays(
                "timedelta(days=-3, hours=1, microseconds=7)",
                Duration.ofHours(-71).plusNanos(7_000));
        bothWays("timedelta.max", Duration.ofDays(1_000_000_000).minusNanos(1_000));
        bothWays("timedelta.min", Duration.ofDays(-999_999_999));
    }

    @Test
    void instantsAreInUtc() {
        python.put("x", Instant.parse("2024-03-04T05:06:07.000008Z"));
        assertThat(python.eval("x.isoformat()"), is("2024-03-04T05:06:07.000008+00:00"));
    }

    @Test
    void zonesAndFolds() {
        python.exec("from datetime import *\nfrom zoneinfo import ZoneInfo");
        assumeTrue(
                python.eval("bool(__import__('zoneinfo').available_timezones())")
                        .equals(true),
                "no zone data");
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        LocalDateTime twice = LocalDateTime.of(2024, 10, 27, 2, 30);
        bothWays("ZoneInfo('Europe/Berlin')", berlin);
        bothWays(
                "datetime(2024, 7, 1, 12, tzinfo=ZoneInfo('Europe/Berlin'))",
                ZonedDateTime.of(2024, 7, 1, 12, 0, 0, 0, berlin));
        bothWays(
                "datetime(2024, 10, 27, 2, 30, tzinfo=ZoneInfo('Europe/Berlin'))",
                ZonedDateTime.ofLocal(twice, berlin, ZoneOffset.ofHours(2)));
        bothWays(
                "datetime(2024, 10, 27, 2, 30, tzinfo=ZoneInfo('Europe/Berlin'), fold=1)",
                ZonedDateTime.ofLocal(twice, berlin, ZoneOffset.ofHours(1)));
        stays("datetime(2024, 3, 31, 2, 30, tzinfo=ZoneInfo('Europe/Berlin'))"); // skipped by the clocks
        stays("datetime(2024, 7, 1, tzinfo=ZoneInfo('Europe/Berlin'), fold=1)");
        stays("time(1, tzinfo=ZoneInfo('Europe/Berlin'))");
        bothWays(
                "datetime(2024, 7, 1, tzinfo=ZoneInfo('UTC'))",
                ZonedDateTime.of(2024, 7, 1, 0, 0, 0, 0, ZoneId.of("UTC")));
        python.put("x", ZonedDateTime.of(2024, 7, 1, 0, 0, 0, 0, ZoneId.of("UTC+02:00")));
        assertThat(python.eval("x.isoformat()"), is("2024-07-01T00:00:00+02:00"));
        python.put("y", ZonedDateTime.of(2024, 7, 1, 0, 0, 0, 0, ZoneOffset.ofHours(2)));
        assertThat(python.eval("x == y"), is(true));
    }

    @Test
    void missingZoneDataSaysWhatToDo() {
        python.exec(
                "import zoneinfo\nkept = zoneinfo.TZPATH\nzoneinfo.reset_tzpath([])\nzoneinfo.ZoneInfo.clear_cache()");
        try {
            assumeTrue(python.eval("len(zoneinfo.available_timezones())").equals(0), "tzdata is installed");
            PyException error = assertThrows(PyException.class, () -> python.put("x", ZoneId.of("Europe/Paris")));
            assertThat(error.getMessage(), containsString("install the package tzdata"));
        } finally {
            python.exec("zoneinfo.reset_tzpath(kept)");
        }
    }

    @Test
    void uuids() {
        python.exec("import uuid");
        bothWays(
                "uuid.UUID('ffffffff-0000-4000-8000-0123456789ab')",
                UUID.fromString("ffffffff-0000-4000-8000-0123456789ab"));
        bothWays("uuid.UUID(int=0)", new UUID(0, 0));
    }

    @Test
    void paths(@TempDir Path folder) throws Exception {
        python.exec("import pathlib");
        bothWays("pathlib.Path('a b/c.txt')", Path.of("a b/c.txt"));
        bothWays("pathlib.Path('/')", Path.of("/"));
        bothWays("pathlib.Path('..')", Path.of(".."));
        bothWays("pathlib.Path('')", Path.of(""));
        stays("pathlib.Path('//a')");
        stays("pathlib.Path('x\\udcff')");
        stays("pathlib.PurePosixPath('a')");
        Path zip = folder.resolve("a.zip");
        try (FileSystem inside = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            Path entry = inside.getPath("/x");
            python.put("x", entry);
            assertThat(python.eval("isinstance(x, pathlib.Path)"), is(false));
        }
    }

    @Test
    void subclassesAndOthersStayPythonObjects() {
        python.exec("""
                import enum, datetime
                class Text(str): pass
                class Level(enum.IntEnum):
                    LOW = 1
                def f(): pass
                """);
        for (String expression :
                List.of("Text('a')", "Level.LOW", "f", "enum", "Text", "range(3)", "...", "memoryview(b'a')")) {
            stays(expression);
        }
    }

    @Test
    void numpyScalarsByTheirWidth() {
        try {
            python.exec("import numpy as np");
        } catch (PyException e) {
            assumeTrue(false, "this Python has no numpy");
        }
        Map<String, Object> expected = Map.ofEntries(
                Map.entry("np.float64(0.1)", 0.1),
                Map.entry("np.float32(0.5)", 0.5f),
                Map.entry("np.float16(0.5)", 0.5f),
                Map.entry("np.int8(-128)", (byte) -128),
                Map.entry("np.int16(-1)", (short) -1),
                Map.entry("np.int32(-1)", -1),
                Map.entry("np.int64(5)", 5L),
                Map.entry("np.uint8(255)", (short) 255),
                Map.entry("np.uint16(65535)", 65535),
                Map.entry("np.uint32(2**32 - 1)", (1L << 32) - 1),
                Map.entry("np.uint64(5)", 5L),
                Map.entry("np.uint64(2**64 - 1)", BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE)),
                Map.entry("np.bool_(True)", true),
                Map.entry("np.str_('a')", "a"),
                Map.entry("np.complex64(1 - 2j)", new Complex(1, -2)));
        expected.forEach((expression, value) -> assertThat(expression, python.eval(expression), is(value)));
        stays("np.longdouble(1)");
        stays("np.array([1])");
    }

    @Test
    void nothingIsLeftBehind() throws InterruptedException {
        python.exec("from datetime import *\nfrom decimal import Decimal");
        Session.assertNoLeak(() -> {
            python.eval("datetime(2024, 1, 1, tzinfo=timezone.utc)");
            python.eval("Decimal('1.5')");
            python.put("x", LocalDateTime.of(2024, 1, 1, 0, 0));
            python.put("x", new BigDecimal("1.5"));
        });
    }
}
