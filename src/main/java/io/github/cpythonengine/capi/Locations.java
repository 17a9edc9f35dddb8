package io.github.cpythonengine.capi;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.ErrorLayout.Place;

/**
 * The table of a code object from Python 3.11 on that tells lines and columns of its instructions. Its
 * <a href="https://github.com/python/cpython/blob/3.13/InternalDocs/code_objects.md">format</a>: an entry for so many
 * instructions, its lines relative to those of the entry before.
 */
final class Locations {

    private static final int INSTRUCTION_SIZE = 2;

    // kinds of entries; below them are those for one line and a column below 80
    private static final int ONE_LINE = 10;
    private static final int NO_COLUMNS = 13;
    private static final int LONG = 14;
    private static final int NONE = 15;

    private long next;
    private final long end;
    private int line;

    Locations(long table, long size, int firstLine) {
        next = table;
        end = table + size;
        line = firstLine;
    }

    /** By the instruction's place in the code, in bytes. */
    Place at(int instruction) {
        int from = 0;
        while (next < end) {
            int first = read();
            int kind = first >>> 3 & 0xf;
            int column = column(kind);
            from += INSTRUCTION_SIZE * ((first & 7) + 1);
            if (instruction < from) {
                return kind == NONE ? new Place(-1, -1) : new Place(line, column);
            }
        }
        return new Place(-1, -1);
    }

    private int column(int kind) {
        switch (kind) {
            case NONE:
                return -1;
            case LONG:
                line += signed(number());
                number();
                int column = number() - 1;
                number();
                return column;
            case NO_COLUMNS:
                line += signed(number());
                return -1;
            default:
                if (kind < ONE_LINE) {
                    return kind << 3 | read() >>> 4;
                }
                line += kind - ONE_LINE;
                int from = read();
                next++;
                return from;
        }
    }

    private int read() {
        return C.getByte(next++) & 0xff;
    }

    /** Six bits a byte, the lowest first. */
    private int number() {
        int number = 0;
        for (int shift = 0; ; shift += 6) {
            int part = read();
            number |= (part & 0x3f) << shift;
            if ((part & 0x40) == 0) {
                return number;
            }
        }
    }

    private static int signed(int number) {
        return (number & 1) == 0 ? number >>> 1 : -(number >>> 1);
    }
}
