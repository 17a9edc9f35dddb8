package io.github.cpythonengine.wrap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Python's notation for a part of an array, as it stands between the brackets: {@code "1:3, ::-1"}, {@code "..., 0"}. */
final class SliceText {

    private final String text;
    private final Strided whole;

    private SliceText(String text, Strided whole) {
        this.text = text;
        this.whole = whole;
    }

    /**
     * The part of an array.
     *
     * @throws IllegalArgumentException when it is not written as Python has it
     * @throws IndexOutOfBoundsException when there are too many indices or one is outside
     */
    static Part apply(String text, Strided whole) {
        return new SliceText(text, whole).apply();
    }

    /** Where a part is, and its notation as Python reads it, however it was given. */
    record Part(Strided place, String text) {}

    private Part apply() {
        List<String> parts = parts();
        List<String> read = new ArrayList<>();
        Strided result = whole;
        int axis = 0;
        for (String part : parts) {
            boolean slice = part.contains(":");
            long[] range = slice ? range(part, whole.shape()[axis]) : index(part, axis);
            Strided cut = result.slice(axis - (whole.ndim() - result.ndim()), range[0], range[1], range[2]);
            result = slice ? cut : without(cut, axis - (whole.ndim() - result.ndim()));
            read.add(slice ? numbers(part) : Long.toString(number(part)));
            axis++;
        }
        return new Part(result, read.isEmpty() ? "..." : String.join(", ", read));
    }

    /** One for each axis. */
    private List<String> parts() {
        List<String> given = new ArrayList<>();
        String[] split = text.split(",", -1);
        for (int i = 0; i < split.length; i++) {
            boolean trailing = i > 0 && i == split.length - 1 && split[i].isBlank();
            if (!trailing) {
                given.add(split[i].strip());
            }
        }
        int dots = given.indexOf("...");
        int named = given.size() - (dots >= 0 ? 1 : 0);
        if (named > whole.ndim()) {
            throw new IndexOutOfBoundsException(named + " indices of an array of " + whole.ndim() + " dimensions");
        }
        List<String> parts = new ArrayList<>(given.subList(0, dots >= 0 ? dots : given.size()));
        for (int i = named; i < whole.ndim(); i++) {
            parts.add(":");
        }
        if (dots >= 0) {
            parts.addAll(given.subList(dots + 1, given.size()));
        }
        return parts;
    }

    private String numbers(String range) {
        return Arrays.stream(range.split(":", -1))
                .map(it -> it.isBlank() ? "" : Long.toString(number(it)))
                .collect(Collectors.joining(":"));
    }

    private long[] index(String part, int axis) {
        long count = whole.shape()[axis];
        long index = number(part);
        long from = index < 0 ? index + count : index;
        if (from < 0 || from >= count) {
            throw new IndexOutOfBoundsException("index " + index + " of axis " + axis + " with size " + count);
        }
        return new long[] {from, 1, 1};
    }

    /** Start, count and step, as Python's slice.indices finds them. */
    private long[] range(String part, long length) {
        String[] bounds = part.split(":", -1);
        if (bounds.length > 3) {
            throw malformed();
        }
        long step = bounds.length < 3 || bounds[2].isBlank() ? 1 : number(bounds[2]);
        if (step == 0) {
            throw new IllegalArgumentException("a step of 0: \"" + text + "\"");
        }
        boolean up = step > 0;
        long least = up ? 0 : -1;
        long most = up ? length : length - 1;
        long start = bound(bounds[0], up ? least : most, length, least, most);
        long stop = bound(bounds[1], up ? most : least, length, least, most);
        long distance = up ? stop - start : start - stop;
        long count = distance <= 0 ? 0 : (distance - 1) / Math.abs(step) + 1;
        return new long[] {start, count, step};
    }

    private long bound(String bound, long absent, long length, long least, long most) {
        if (bound.isBlank()) {
            return absent;
        }
        long value = number(bound);
        return Math.max(least, Math.min(most, value < 0 ? value + length : value));
    }

    private long number(String number) {
        try {
            return Long.parseLong(number.strip());
        } catch (NumberFormatException e) {
            throw malformed();
        }
    }

    private IllegalArgumentException malformed() {
        return new IllegalArgumentException("\"" + text + "\" is not written as Python writes indices and slices, as in"
                + " \"1:3, ::-1\" or \"..., 0\"");
    }

    private static Strided without(Strided cut, int axis) {
        long[] shape = new long[cut.ndim() - 1];
        long[] strides = new long[cut.ndim() - 1];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = cut.shape()[i < axis ? i : i + 1];
            strides[i] = cut.strides()[i < axis ? i : i + 1];
        }
        return new Strided(cut.offset(), shape, strides);
    }
}
