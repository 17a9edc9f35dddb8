package io.github.cpythonengine;

import static io.github.cpythonengine.TestEngines.eval;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.cpythonengine.convert.Complex;
import io.github.cpythonengine.python.PyObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.CharBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.script.ScriptEngine;
import org.apache.commons.lang3.math.Fraction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scalar rows of the value table, both ways, through the engine. */
class ScalarsTest {

    private final ScriptEngine engine = TestEngines.engine();

    static Stream<Arguments> pythonToJava() {
        return Stream.of(
                arguments("True", true),
                arguments("False", false),
                arguments("0", 0),
                arguments("-1", -1),
                arguments("2**31 - 1", Integer.MAX_VALUE),
                arguments("-2**31", Integer.MIN_VALUE),
                arguments("2**31", 1L << 31),
                arguments("-2**31 - 1", -(1L << 31) - 1),
                arguments("2**63 - 1", Long.MAX_VALUE),
                arguments("-2**63", Long.MIN_VALUE),
                arguments("2**63", BigInteger.TWO.pow(63)),
                arguments("-2**63 - 1", BigInteger.TWO.pow(63).negate().subtract(BigInteger.ONE)),
                arguments("2**64", BigInteger.TWO.pow(64)),
                arguments("-2**64", BigInteger.TWO.pow(64).negate()),
                arguments("2**70000", BigInteger.TWO.pow(70_000)),
                arguments(
                        "-(2**70000 - 1)",
                        BigInteger.TWO.pow(70_000).subtract(BigInteger.ONE).negate()),
                arguments("10**100000", BigInteger.TEN.pow(100_000)),
                arguments("0.0", 0.0),
                arguments("-0.0", -0.0),
                arguments("1.5", 1.5),
                arguments("float('inf')", Double.POSITIVE_INFINITY),
                arguments("float('-inf')", Double.NEGATIVE_INFINITY),
                arguments("float('nan')", Double.NaN),
                arguments("5e-324", Double.MIN_VALUE),
                arguments("1.7976931348623157e308", Double.MAX_VALUE),
                arguments("0.1 + 0.2", 0.1 + 0.2),
                arguments("1-2j", new Complex(1, -2)),
                arguments("complex(0.0, -0.0)", new Complex(0.0, -0.0)),
                arguments("''", ""),
                arguments("'a\\0b'", "a\0b"),
                arguments("'\\x7f\\x80\\xff'", "\u007f\u0080\u00ff"),
                arguments("'\\u0100\\uffff'", "\u0100\uffff"),
                arguments("'\\U0001f600\\U0010ffff'", "\ud83d\ude00\udbff\udfff"),
                arguments("'\\ud800'", "\ud800"),
                arguments("'\\udc00\\ud800'", "\udc00\ud800"),
                arguments("'x' * 1000000", "x".repeat(1_000_000)),
                arguments("'\\u20ac' * 100000", "\u20ac".repeat(100_000)),
                arguments("__import__('decimal').Decimal('1.10')", new BigDecimal("1.10")),
                arguments("__import__('decimal').Decimal('-1E+50')", new BigDecimal("-1E+50")),
                arguments("__import__('fractions').Fraction(3, -4)", Fraction.getFraction(-3, 4)),
                arguments("__import__('datetime').date(2024, 2, 29)", LocalDate.of(2024, 2, 29)),
                arguments("__import__('datetime').date.min", LocalDate.of(1, 1, 1)),
                arguments("__import__('datetime').time(23, 59, 59, 999999)", LocalTime.of(23, 59, 59, 999_999_000)),
                arguments(
                        "__import__('datetime').datetime(2024, 2, 29, 1, 2, 3, 4)",
                        LocalDateTime.of(2024, 2, 29, 1, 2, 3, 4_000)),
                arguments(
                        "__import__('datetime').timedelta(days=-1, microseconds=1)",
                        Duration.ofDays(-1).plusNanos(1_000)),
                arguments(
                        "__import__('uuid').UUID('12345678-1234-5678-9234-567812345678')",
                        UUID.fromString("12345678-1234-5678-9234-567812345678")),
                arguments("__import__('pathlib').Path('a/b')", Path.of("a/b")));
    }

    @ParameterizedTest
    @MethodSource("pythonToJava")
    void pythonValuesBecomeJavaValues(String literal, Object expected) throws Exception {
        Object value = engine.eval(literal);
        assertThat(value, is(expected));
        assertThat(value.getClass().isInstance(expected), is(true));
        engine.eval("value = " + literal);
        assertThat("also out of the Bindings", engine.get("value"), is(expected));
    }

    @ParameterizedTest
    @MethodSource("pythonToJava")
    void theSameValuesGoBackIn(String literal, Object value) throws Exception {
        engine.put("value", value);
        assertThat(eval(engine, "other = " + literal, "type(value) is type(other)"), is(true));
        assertThat(engine.eval("value == other or (value != value and other != other)"), is(true));
        assertThat(engine.eval("value"), is(value));
    }

    @Test
    void boolIsNoInt() throws Exception {
        assertThat(engine.eval("True"), instanceOf(Boolean.class));
        assertThat(engine.eval("1"), instanceOf(Integer.class));
        assertThat(engine.eval("True + True"), is(2));
        engine.put("b", true);
        assertThat(engine.eval("b is True"), is(true));
        engine.put("i", 1);
        assertThat(engine.eval("type(i) is int"), is(true));
    }

    static Stream<Arguments> javaToPython() {
        return Stream.of(
                arguments((byte) -128, "-128", "int"),
                arguments((byte) 127, "127", "int"),
                arguments((short) -32768, "-32768", "int"),
                arguments(Long.MAX_VALUE, "2**63 - 1", "int"),
                arguments(BigInteger.ONE, "1", "int"),
                arguments(new BigInteger("-123456789012345678901234567890"), "-123456789012345678901234567890", "int"),
                arguments(1.5f, "1.5", "float"),
                arguments(Float.MAX_VALUE, "3.4028234663852886e+38", "float"),
                arguments('x', "'x'", "str"),
                arguments('\0', "'\\0'", "str"),
                arguments('\ud800', "'\\ud800'", "str"),
                arguments(new StringBuilder("built"), "'built'", "str"),
                arguments(CharBuffer.wrap("buffer"), "'buffer'", "str"));
    }

    @ParameterizedTest
    @MethodSource("javaToPython")
    void javaValuesBecomePythonValues(Object value, String literal, String type) throws Exception {
        engine.put("value", value);
        assertThat(engine.eval("value == " + literal), is(true));
        assertThat(engine.eval("type(value).__name__"), is(type));
    }

    @Test
    void floatsKeepTheirSign() throws Exception {
        engine.put("zero", -0.0);
        assertThat(engine.eval("str(zero)"), is("-0.0"));
        engine.put("zero", -0.0f);
        assertThat(engine.eval("str(zero)"), is("-0.0"));
        engine.put("nan", Float.NaN);
        assertThat(engine.eval("nan != nan"), is(true));
    }

    @Test
    void bytesAreCopied() throws Exception {
        byte[] all = new byte[256];
        for (int i = 0; i < 256; i++) {
            all[i] = (byte) i;
        }
        assertThat(engine.eval("bytes(range(256))"), is(all));
        assertThat(engine.eval("bytearray(range(256))"), is(all));
        assertThat(engine.eval("b''"), is(new byte[0]));
        engine.put("data", all);
        assertThat(engine.eval("type(data) is bytes and data == bytes(range(256))"), is(true));
        all[0] = 99;
        assertThat("a copy", engine.eval("data[0]"), is(0));
        byte[] big = new byte[10_000_000];
        Arrays.fill(big, (byte) 'z');
        engine.put("big", big);
        assertThat(engine.eval("len(big), big.count(b'z')"), is(List.of(big.length, big.length)));
        assertThat(engine.eval("big"), is(big));
    }

    @Test
    void aBytearrayOutIsACopy() throws Exception {
        byte[] copy = (byte[]) engine.eval("data = bytearray(b'abc'); data");
        copy[0] = 'z';
        assertThat(engine.eval("data == bytearray(b'abc')"), is(true));
    }

    @Test
    void timesWithZonesKeepTheInstantAndTheOffset() throws Exception {
        Object utc = engine.eval("import datetime as d; d.datetime(2024, 1, 2, 3, 4, 5, 6, tzinfo=d.timezone.utc)");
        assertThat(offset(utc), is(OffsetDateTime.of(2024, 1, 2, 3, 4, 5, 6_000, ZoneOffset.UTC)));
        Object east = engine.eval("d.datetime(2024, 1, 2, tzinfo=d.timezone(d.timedelta(hours=5, minutes=30)))");
        assertThat(offset(east), is(OffsetDateTime.of(2024, 1, 2, 0, 0, 0, 0, ZoneOffset.ofHoursMinutes(5, 30))));
        for (Object value : new Object[] {utc, east}) {
            engine.put("value", value);
            assertThat(engine.eval("isinstance(value, d.datetime) and value.tzinfo is not None"), is(true));
            assertThat(offset(engine.eval("value")), is(offset(value)));
        }
        engine.put("z", ZonedDateTime.of(2024, 7, 1, 12, 0, 0, 0, ZoneId.of("UTC")));
        assertThat(engine.eval("z.isoformat()[:25]"), is("2024-07-01T12:00:00+00:00"));
        engine.put("o", OffsetDateTime.of(2024, 7, 1, 12, 0, 0, 0, ZoneOffset.ofHours(-7)));
        assertThat(engine.eval("o.isoformat()"), is("2024-07-01T12:00:00-07:00"));
    }

    private static OffsetDateTime offset(Object value) {
        return value instanceof ZonedDateTime zoned ? zoned.toOffsetDateTime() : (OffsetDateTime) value;
    }

    @Test
    void nanosecondsThatPythonCannotHoldAreNotLostSilently() {
        engine.put("warm", 1);
        for (Object value :
                new Object[] {LocalTime.of(0, 0, 0, 1), LocalDateTime.of(2024, 1, 1, 0, 0, 0, 1), Duration.ofNanos(1)
                }) {
            try {
                engine.put("value", value);
                assertThat("what went in comes out", engine.get("value"), is(value));
            } catch (RuntimeException e) {
                assertThat(e.getMessage() != null && e.getMessage().length() > 10, is(true));
            }
        }
    }

    @Test
    void specialDecimalsAreNotSilentlyWrong() throws Exception {
        for (String special : new String[] {"NaN", "Infinity", "-Infinity", "sNaN"}) {
            Object value = engine.eval("from decimal import Decimal; d = Decimal('" + special + "'); d");
            assertThat(special, value, instanceOf(PyObject.class));
            assertThat(value.toString(), is(special));
        }
    }

    @Test
    void aSubclassStaysAPythonObject() throws Exception {
        eval(
                engine,
                "import enum",
                "class MyInt(int): pass",
                "class MyStr(str): pass",
                "class MyFloat(float): pass",
                "class Colour(enum.Enum):",
                "    RED = 1",
                "class Number(enum.IntEnum):",
                "    ONE = 1");
        for (String each : new String[] {"MyInt(5)", "MyStr('x')", "MyFloat(1.5)", "Colour.RED", "Number.ONE"}) {
            Object value = engine.eval("v = " + each + "; v");
            assertThat(each, value, instanceOf(PyObject.class));
            engine.put("w", value);
            assertThat("the identical object", engine.eval("w is v"), is(true));
        }
        assertThat(((PyObject) engine.eval("MyInt(5)")).as(int.class), is(5));
        assertThat(((PyObject) engine.eval("MyStr('x')")).as(String.class), is("x"));
    }

    @Test
    void functionsClassesAndModulesArePythonObjects() throws Exception {
        for (String each : new String[] {
            "lambda: 1", "len", "int", "__import__('sys')", "object()", "...", "NotImplemented", "slice(3)"
        }) {
            Object value = engine.eval("v = " + each + "; v");
            engine.put("w", value);
            assertThat("the identical object: " + each, engine.eval("w is v"), is(true));
        }
        assertThat(engine.eval("len"), instanceOf(PyObject.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "\u00e9",
                "\u4e2d",
                "\ud83d\ude00",
                "\ud800",
                "\udfff",
                "mixed \u00e9\u4e2d\ud83d\ude00\ud800\0"
            })
    void textIsExactInEveryWidth(String text) throws Exception {
        engine.put("t", text);
        assertThat(engine.eval("t"), is(text));
        assertThat(engine.eval("len(t)"), is(text.codePointCount(0, text.length())));
        assertThat(
                engine.eval("[ord(c) for c in t]"), is(text.codePoints().boxed().toList()));
        assertThat(engine.eval("''.join(chr(ord(c)) for c in t)"), is(text));
    }

    @Test
    void textOfAnyLengthPassesWithWideCharactersAnywhere() throws Exception {
        for (int length : new int[] {1, 2, 31, 32, 33, 34, 100, 1023, 1024, 1025, 5000}) {
            String latin = "\u00e9".repeat(length);
            check(latin, "'\\xe9' * " + length);
            for (int at : new int[] {0, length / 2, length - 1}) {
                String before = latin.substring(0, at);
                String after = latin.substring(at + 1);
                String others = "'\\xe9' * " + at + " + '%s' + '\\xe9' * " + after.length();
                check(before + "\u0100" + after, others.formatted("\\u0100"));
                check(before + "\u20e9" + after, others.formatted("\\u20e9"));
                check(before + "\ud83d\ude00" + after, others.formatted("\\U0001f600"));
                check(before + "\udce9" + after, others.formatted("\\udce9"));
            }
        }
    }

    private void check(String text, String expression) throws Exception {
        engine.put("text", text);
        assertThat(expression, engine.eval("text == " + expression), is(true));
        assertThat(expression, engine.eval("text"), is(text));
    }

    @Test
    void muchTextPasses() throws Exception {
        int length = TestEngines.scaled(20_000_000);
        String text = "\u20ac".repeat(length);
        engine.put("t", text);
        assertThat(engine.eval("len(t)"), is(length));
        assertThat(((String) engine.eval("t")).equals(text), is(true));
        engine.eval("del t");
    }

    @Test
    void theIdenticalPythonObjectComesBackEachTime() throws Exception {
        engine.eval("thing = object()");
        assertThat(engine.get("thing"), is(engine.get("thing")));
        Object first = engine.get("thing");
        engine.put("again", first);
        assertThat(engine.eval("again is thing"), is(true));
        assertThat(engine.get("again"), is(first));
    }
}
