package io.github.cpythonengine.wrap;

import io.github.cpythonengine.wrap.DType.Field;
import io.github.cpythonengine.wrap.DType.Kind;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Reads <a href="https://peps.python.org/pep-3118/#additions-to-the-struct-string-syntax">PEP 3118's</a> notation of
 * items. What does not add up to the item size that the buffer itself tells is taken as bytes, never guessed.
 *
 * <p>Of our own are {@code M[unit]}, {@code m[unit]}, and padding of a negative length, for fields that overlap.
 */
final class Format {

    private static final int MOST_KNOWN = 256;
    private static final int WORD = Long.BYTES;
    private static final int LONG_DOUBLE = 16;

    /** Native {@code long}. */
    private static final int LONG = System.getProperty("os.name").startsWith("Windows") ? 4 : WORD;

    /** An order of bytes that comes without alignment. */
    private static final Pattern UNALIGNED = Pattern.compile("[=<>!^]");

    private static final Map<String, DType> KNOWN = new ConcurrentHashMap<>();

    /** The notation is not one that we know. */
    private static final class Unknown extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unknown() {
            super(null, null, false, false);
        }
    }

    private final String text;
    private final boolean aligned;

    /** Of the item, when it is a single one; else 0. */
    private final int itemSize;

    private int at;
    private char order = '@';

    private Format(String text, boolean aligned, int itemSize) {
        this.text = text;
        this.aligned = aligned;
        this.itemSize = itemSize;
    }

    /** The type of items in this notation, which have so many bytes. */
    static DType parse(String text, long itemSize) {
        if (itemSize > Integer.MAX_VALUE) {
            throw new ClassCastException("items of " + itemSize + " bytes are too large for Java");
        }
        String key = text + " " + itemSize;
        DType known = KNOWN.get(key);
        if (known == null) {
            known = read(text, (int) itemSize);
            if (KNOWN.size() < MOST_KNOWN) {
                KNOWN.put(key, known);
            }
        }
        return known;
    }

    private static DType read(String text, int itemSize) {
        for (boolean aligned : new boolean[] {false, true}) { // native alignment may leave padding out
            if (aligned && UNALIGNED.matcher(text).find()) {
                break;
            }
            try {
                DType type = new Format(text, aligned, itemSize).whole();
                if (type.itemSize() == itemSize) {
                    return type;
                }
            } catch (Unknown | IndexOutOfBoundsException | ArithmeticException | NumberFormatException e) {
                break;
            }
        }
        return DType.opaque(itemSize, text);
    }

    private DType whole() {
        List<Field> fields = new ArrayList<>();
        int size = fields(fields);
        if (at < text.length()) {
            throw new Unknown();
        }
        if (fields.size() == 1) {
            Field only = fields.get(0);
            boolean alone =
                    only.offset() == 0 && only.shape().isEmpty() && only.type().itemSize() == size;
            if (alone && only.name().equals("f0")) {
                DType type = only.type();
                return new DType(type.kind(), size, type.byteOrder(), text, type.unit(), type.fields());
            }
        }
        return record(fields, size, text);
    }

    private static DType record(List<Field> fields, int size, String text) {
        if (fields.isEmpty()) {
            return DType.opaque(size, text);
        }
        return new DType(Kind.RECORD, size, ByteOrder.nativeOrder(), text, "", fields);
    }

    /** Reads up to the end or a closing brace; gives the size of all. */
    private int fields(List<Field> into) {
        int offset = 0;
        int widest = 1;
        while (at < text.length() && text.charAt(at) != '}') {
            readOrder();
            List<Integer> shape = shape();
            readOrder();
            boolean counted = isNumber();
            int count = counted ? number() : 1;
            if (shape.stream().anyMatch(it -> it < 0)) {
                throw new Unknown();
            }
            if (text.charAt(at) == 'x') {
                at++;
                padding(count, offset, into);
                offset = Math.addExact(offset, count);
                continue;
            }
            if (count < 0) {
                throw new Unknown();
            }
            DType type = item(count);
            if (counted && type.kind() != Kind.BYTES && type.kind() != Kind.TEXT) {
                shape = new ArrayList<>(shape);
                shape.add(count);
            }
            if (aligned) {
                int alignment = alignment(type);
                offset = up(offset, alignment);
                widest = Math.max(widest, alignment);
            }
            into.add(new Field(name(into.size()), offset, type, shape));
            int items = shape.stream().reduce(1, Math::multiplyExact);
            offset = Math.addExact(offset, Math.multiplyExact(items, type.itemSize()));
        }
        int size = aligned ? up(offset, widest) : offset;
        checkInside(into, size);
        return size;
    }

    /** What a field is read from and written to is memory of its record. */
    private static void checkInside(List<Field> fields, int size) {
        for (Field field : fields) {
            int items = field.shape().stream().reduce(1, Math::multiplyExact);
            int bytes = Math.multiplyExact(items, field.type().itemSize());
            if (field.offset() < 0 || bytes < 0 || Math.addExact(field.offset(), bytes) > size) {
                throw new Unknown();
            }
        }
    }

    /** With a name it is a field of bytes. */
    private void padding(int count, int offset, List<Field> into) {
        if (at < text.length() && text.charAt(at) == ':') {
            if (count < 0) {
                throw new Unknown();
            }
            into.add(new Field(name(into.size()), offset, DType.opaque(count, count + "x"), List.of()));
        }
    }

    private void readOrder() {
        while ("@=<>!^".indexOf(text.charAt(at)) >= 0) {
            order = text.charAt(at++);
        }
    }

    private static int up(int offset, int alignment) {
        return (offset + alignment - 1) / alignment * alignment;
    }

    private static int alignment(DType type) {
        return switch (type.kind()) {
            case BYTES, OPAQUE -> 1;
            case TEXT -> Integer.BYTES;
            case COMPLEX -> type.itemSize() / 2;
            case RECORD ->
                type.fields().stream()
                        .mapToInt(it -> alignment(it.type()))
                        .max()
                        .orElse(1);
            default -> Math.max(1, type.itemSize());
        };
    }

    private List<Integer> shape() {
        if (text.charAt(at) != '(') {
            return List.of();
        }
        int end = text.indexOf(')', at);
        List<Integer> shape = new ArrayList<>();
        for (String part : text.substring(at + 1, end).split(",")) {
            shape.add(Integer.parseInt(part.trim()));
        }
        at = end + 1;
        return shape;
    }

    private boolean isNumber() {
        char c = text.charAt(at);
        return c == '-' || c >= '0' && c <= '9';
    }

    private int number() {
        int from = at++;
        while (isNumber()) {
            at++;
        }
        return Integer.parseInt(text.substring(from, at));
    }

    /** The name behind an item in colons, else one as numpy gives. */
    private String name(int index) {
        if (at >= text.length() || text.charAt(at) != ':') {
            return "f" + index;
        }
        int end = text.indexOf(':', at + 1);
        String name = text.substring(at + 1, end);
        at = end + 1;
        return name;
    }

    /** @param count the length of text and bytes */
    private DType item(int count) {
        int from = at;
        char code = text.charAt(at++);
        return switch (code) {
            case '?' -> made(Kind.BOOL, 1, from);
            case 'b' -> made(Kind.INT, 1, from);
            case 'B' -> made(Kind.UINT, 1, from);
            case 'h' -> made(Kind.INT, 2, from);
            case 'H' -> made(Kind.UINT, 2, from);
            case 'i' -> made(Kind.INT, 4, from);
            case 'I' -> made(Kind.UINT, 4, from);
            case 'l' -> made(Kind.INT, longSize(), from);
            case 'L' -> made(Kind.UINT, longSize(), from);
            case 'q', 'n' -> made(Kind.INT, WORD, from);
            case 'Q', 'N' -> made(Kind.UINT, WORD, from);
            case 'e' -> made(Kind.FLOAT, 2, from);
            case 'f' -> made(Kind.FLOAT, 4, from);
            case 'd' -> made(Kind.FLOAT, 8, from);
            case 'g' -> made(Kind.FLOAT, longDouble(1), from);
            case 'Z' -> complex(from);
            case 'c' -> made(Kind.BYTES, 1, from);
            case 's' -> made(Kind.BYTES, count, from);
            case 'w' -> made(Kind.TEXT, Math.multiplyExact(count, Integer.BYTES), from);
            case 'u' -> unicode(count, from);
            case 'O' -> made(Kind.OBJECT, WORD, from);
            case 'P', 'z' -> made(Kind.OPAQUE, WORD, from);
            case 'M' -> time(Kind.DATETIME, from);
            case 'm' -> time(Kind.TIMEDELTA, from);
            case 'T' -> record();
            default -> throw new Unknown();
        };
    }

    private DType made(Kind kind, int size, int from) {
        return DType.simple(kind, size, byteOrder(), text.substring(from, at));
    }

    private ByteOrder byteOrder() {
        return switch (order) {
            case '<' -> ByteOrder.LITTLE_ENDIAN;
            case '>', '!' -> ByteOrder.BIG_ENDIAN;
            default -> ByteOrder.nativeOrder();
        };
    }

    /** Standard sizes differ from native ones here; a single item's size is known. */
    private int longSize() {
        boolean single = text.length() <= 2 && (itemSize == Integer.BYTES || itemSize == WORD);
        return single ? itemSize : order == '@' || order == '^' ? LONG : Integer.BYTES;
    }

    private int longDouble(int parts) {
        boolean single = text.length() <= 3 && itemSize >= WORD * parts && itemSize % parts == 0;
        return single ? itemSize / parts : LONG_DOUBLE;
    }

    private DType complex(int from) {
        char part = at < text.length() ? text.charAt(at) : 'Z';
        if ("fdg".indexOf(part) < 0) {
            return made(Kind.OPAQUE, WORD, from); // a pointer of ctypes
        }
        at++;
        int size = part == 'f' ? Float.BYTES : part == 'd' ? Double.BYTES : longDouble(2);
        return made(Kind.COMPLEX, 2 * size, from);
    }

    /** A {@code wchar_t}, of four bytes; of two it is UTF-16, which is no text by itself. */
    private DType unicode(int count, int from) {
        if (count == 1 && itemSize == Short.BYTES && text.length() <= 2) {
            return made(Kind.UINT, Short.BYTES, from);
        }
        return made(Kind.TEXT, Math.multiplyExact(count, Integer.BYTES), from);
    }

    private DType time(Kind kind, int from) {
        int end = text.indexOf(']', at);
        String unit = text.substring(at + 1, end);
        at = end + 1;
        return new DType(kind, WORD, byteOrder(), text.substring(from, at), unit, List.of());
    }

    private DType record() {
        int from = at - 1;
        if (text.charAt(at++) != '{') {
            throw new Unknown();
        }
        List<Field> fields = new ArrayList<>();
        int size = fields(fields);
        if (text.charAt(at++) != '}') {
            throw new Unknown();
        }
        return record(fields, size, text.substring(from, at));
    }
}
