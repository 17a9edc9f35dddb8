"""Readers, formats and regular expressions."""

from java.io import BufferedReader, ByteArrayInputStream, InputStreamReader, PrintWriter, StringReader, StringWriter
from java.lang import Integer, Math, String, StringBuilder
from java.text import DecimalFormat, DecimalFormatSymbols, MessageFormat, SimpleDateFormat
from java.util import Calendar, Locale, Scanner, StringTokenizer
from java.util.regex import Pattern

reader = BufferedReader(StringReader("a\nb\nc"))
lines = []
line = reader.readLine()
while line != None:
    lines.append(line)
    line = reader.readLine()
reader.close()
assert lines == ["a", "b", "c"]

reader = BufferedReader(InputStreamReader(ByteArrayInputStream(b"x\ny"), "UTF-8"))
assert list(reader.lines().iterator()) == ["x", "y"]

tokens = StringTokenizer("a b c")
found = []
while tokens.hasMoreTokens():
    found.append(tokens.nextToken())
assert found == ["a", "b", "c"]
scanner = Scanner("1 2\nx")
assert scanner.nextInt() == 1 and scanner.hasNextInt()

writer = StringWriter()
printer = PrintWriter(writer)
printer.print(5)
printer.printf("; %s is %d and %s", "a", 5, True)
printer.close()
assert writer.toString() == str(writer) == "5; a is 5 and true"
assert String.format("%s %d", "a", 5) == "a 5" and String.join(",", ["a", "b"]) == "a,b"
assert MessageFormat.format("{0} has {1}", "a", 3) == "a has 3"
assert DecimalFormat("#,##0.00", DecimalFormatSymbols(Locale.US)).format(1234.5) == "1,234.50"
builder = StringBuilder()
builder.append("a").append(5).append(True).append(1.5).insert(0, "z").reverse()
assert builder.toString() == "5.1eurt5az"
builder.setLength(0)
assert builder.length() == 0

formatter = SimpleDateFormat("yyyy-MM-dd HH:mm")
date = formatter.parse("2024-01-31 10:20")
calendar = Calendar.getInstance()
calendar.setTime(date)
calendar.add(Calendar.MONTH, 1)
assert calendar.get(Calendar.DAY_OF_MONTH) == 29
assert formatter.format(calendar.getTime()) == "2024-02-29 10:20"
assert date.before(calendar.time) and date < calendar.time

matcher = Pattern.compile("(\\w)(\\d)").matcher("a1 b2")
found = []
while matcher.find():
    found.append(matcher.group(1) + matcher.group(2))
assert found == ["a1", "b2"]
assert Pattern.compile("a", Pattern.CASE_INSENSITIVE).matcher("xA").replaceAll("_") == "x_"
assert Pattern.compile("\\d").matcher("a1").replaceAll(lambda found: found.group() * 2) == "a11"

assert Integer.parseInt("5") == 5 and Integer.MAX_VALUE == 2147483647 and Integer.toHexString(255) == "ff"
assert Math.max(1, 2) == 2 and Math.abs(-1.5) == 1.5 and Math.round(2.5) == 3
try:
    Integer.parseInt("five")
except ValueError as e:
    assert "five" in e.getMessage()
else:
    assert False
