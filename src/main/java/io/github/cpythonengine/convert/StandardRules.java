package io.github.cpythonengine.convert;

import static io.github.cpythonengine.convert.Rule.row;

import io.github.cpythonengine.interpreter.Bridge;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.CharBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.UUID;
import org.apache.commons.lang3.math.Fraction;

/** The built-in conversions, in the order of the README's table. */
final class StandardRules {

    static final List<Rule> ALL = List.of(
            row("None", "null").fromPython("builtins.NoneType", (gil, none) -> null),
            row("bool", "Boolean")
                    .fromPython("builtins.bool", Numbers::fromBool)
                    .fromJava(Boolean.class, Numbers::toBool),
            row("int", "Integer, else Long, else BigInteger, by size")
                    .fromPython("builtins.int", Numbers::fromInt)
                    .fromJava(Integer.class, Numbers::toInt)
                    .fromJava(Long.class, Numbers::toInt)
                    .fromJava(Short.class, Numbers::toInt)
                    .fromJava(Byte.class, Numbers::toInt)
                    .fromJava(BigInteger.class, Numbers::toInt),
            row("float", "Double")
                    .fromPython("builtins.float", Numbers::fromFloat)
                    .fromJava(Double.class, Numbers::toFloat)
                    .fromJava(Float.class, Numbers::toFloat),
            row("complex", "Complex")
                    .fromPython("builtins.complex", Numbers::fromComplex)
                    .fromJava(Complex.class, Numbers::toComplex),
            row("str", "String")
                    .fromPython("builtins.str", Texts::fromStr)
                    .fromJava(CharBuffer.class, Texts::toStrUnlessDirect)
                    .fromJava(CharSequence.class, Texts::toStr)
                    .fromJava(Character.class, Texts::toStr),
            row("bytes, bytearray", "byte[]")
                    .fromPython("builtins.bytes", Texts::fromBytes)
                    .fromPython("builtins.bytearray", Texts::fromByteArray)
                    .fromJava(byte[].class, Texts::toBytes),
            row("Decimal", "BigDecimal")
                    .fromPython("decimal.Decimal", Decimals::fromDecimal)
                    .fromJava(BigDecimal.class, Decimals::toDecimal),
            row("Fraction", "org.apache.commons.lang3.math.Fraction, when it fits")
                    .fromPython("fractions.Fraction", Decimals::fromFraction)
                    .fromJava(Fraction.class, Decimals::toFraction),
            row("datetime", "LocalDateTime; OffsetDateTime with a timezone, ZonedDateTime with a ZoneInfo")
                    .fromPython("datetime.datetime", DateTimes::fromDatetime)
                    .fromJava(LocalDateTime.class, DateTimes::toDatetime)
                    .fromJava(OffsetDateTime.class, DateTimes::toDatetime)
                    .fromJava(ZonedDateTime.class, DateTimes::toDatetime),
            row("datetime in UTC", "Instant (from Java only)").fromJava(Instant.class, DateTimes::toDatetime),
            row("date", "LocalDate")
                    .fromPython("datetime.date", Times::fromDate)
                    .fromJava(LocalDate.class, Times::toDate),
            row("time", "LocalTime; OffsetTime with a timezone")
                    .fromPython("datetime.time", Times::fromTime)
                    .fromJava(LocalTime.class, Times::toTime)
                    .fromJava(OffsetTime.class, Times::toTime),
            row("timedelta", "Duration")
                    .fromPython("datetime.timedelta", Times::fromTimedelta)
                    .fromJava(Duration.class, Times::toTimedelta),
            row("timezone, ZoneInfo", "ZoneOffset, ZoneId")
                    .fromPython("datetime.timezone", DateTimes::fromZone)
                    .fromPython("zoneinfo.ZoneInfo", DateTimes::fromZone)
                    .fromJava(ZoneId.class, DateTimes::toZone),
            row("UUID", "java.util.UUID")
                    .fromPython("uuid.UUID", Identifiers::fromUuid)
                    .fromJava(UUID.class, Identifiers::toUuid),
            row("pathlib.Path", "java.nio.file.Path")
                    .fromPython("pathlib.PosixPath", Identifiers::fromPath)
                    .fromPython("pathlib.WindowsPath", Identifiers::fromPath)
                    .fromPython("pathlib._local.PosixPath", Identifiers::fromPath)
                    .fromPython("pathlib._local.WindowsPath", Identifiers::fromPath)
                    .fromJava(Path.class, Identifiers::toPath),
            NumpyScalars.row(),
            // containers: of exactly these types; TypeRules finds the family of a subclass
            row("list", "live List").fromPython("builtins.list", (gil, list) -> views().list(gil, list)),
            row("tuple", "live List, unmodifiable")
                    .fromPython("builtins.tuple", (gil, tuple) -> views().tuple(gil, tuple)),
            row("dict", "live Map").fromPython("builtins.dict", (gil, dict) -> views().dict(gil, dict)),
            row("set, frozenset", "live Set, a frozenset's unmodifiable")
                    .fromPython("builtins.set", (gil, set) -> views().set(gil, set))
                    .fromPython("builtins.frozenset", (gil, set) -> views().set(gil, set)),
            row("iterator, generator", "Iterator"),
            row("subclass of list, tuple, dict or set", "live view that keeps the object"),
            row("coroutine, other awaitable", "PyObject; CompletionStage, Future where one is wanted"),
            row("object of a class that extends Java interfaces", "object that implements them"),
            row("any other object", "PyObject"),
            row("live object that behaves as the Python kind", "List, Map, Set, Collection, Iterable, Iterator, array"),
            row("object of a class made for the Java class", "any other object"));

    private StandardRules() {}

    private static Bridge.Views views() {
        return Bridge.views();
    }
}
