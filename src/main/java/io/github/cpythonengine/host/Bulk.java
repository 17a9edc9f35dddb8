package io.github.cpythonengine.host;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.interpreter.Gil;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;

/**
 * Many Java values as one Python list, and back. Numbers of one kind cross as a block of memory,
 * strings as one text to be split: a call of C for each item is what costs.
 */
final class Bulk {

    private static final int SMALL = 16;
    private static final int READ = 0x100;
    private static final char BETWEEN = 1;

    private Bulk() {}

    /** A new reference to a list of the first {@code count} values. */
    static long toPython(Gil gil, Object[] values, int count) {
        if (count >= SMALL) {
            long made = 0;
            if (values[0] instanceof Integer || values[0] instanceof Long) {
                made = integers(gil, values, count);
            } else if (values[0] instanceof Double) {
                made = doubles(gil, values, count);
            } else if (values[0] instanceof String) {
                made = strings(gil, values, count);
            }
            if (made != 0) {
                return made;
            }
        }
        return oneByOne(gil, values, count);
    }

    /** The same of values that Java declares so, if that says something. */
    static long toPython(Gil gil, Object[] values, int count, DeclaredType type) {
        return type == null ? toPython(gil, values, count) : oneByOne(gil, values, count, type);
    }

    private static long oneByOne(Gil gil, Object[] values, int count) {
        return oneByOne(gil, values, count, null);
    }

    private static long oneByOne(Gil gil, Object[] values, int count, DeclaredType type) {
        long[] made = new long[count];
        int done = 0;
        try {
            while (done < count) {
                made[done] = Values.item(gil, values[done], type);
                done++;
            }
            long list = gil.check(C.PyList_New(count));
            Layout.fillList(list, made);
            done = 0;
            return list;
        } finally {
            while (done > 0) {
                C.Py_DecRef(made[--done]);
            }
        }
    }

    private static long integers(Gil gil, Object[] values, int count) {
        long[] block = new long[count];
        for (int i = 0; i < count; i++) {
            Object value = values[i];
            if (value instanceof Integer number) {
                block[i] = number;
            } else if (value instanceof Long number) {
                block[i] = number;
            } else {
                return 0;
            }
        }
        return block(gil, block, "q");
    }

    private static long doubles(Gil gil, Object[] values, int count) {
        long[] block = new long[count];
        for (int i = 0; i < count; i++) {
            if (!(values[i] instanceof Double number)) {
                return 0;
            }
            block[i] = Double.doubleToRawLongBits(number);
        }
        return block(gil, block, "d");
    }

    /** A list of the numbers in a block of 8-byte words of this format of Python's {@code struct}. */
    private static long block(Gil gil, long[] words, String format) {
        long size = (long) words.length * Long.BYTES;
        long address = C.allocate(size);
        try {
            C.write(address, words, words.length);
            long view = gil.own(C.PyMemoryView_FromMemory(address, size, READ));
            return gil.check(gil.callRaw(Half.collection(gil, "numbers"), 2, new long[] {view, gil.name(format)}));
        } finally {
            C.free(address);
        }
    }

    private static long strings(Gil gil, Object[] values, int count) {
        StringBuilder all = new StringBuilder(count * 8);
        for (int i = 0; i < count; i++) {
            if (!(values[i] instanceof String text) || text.indexOf(BETWEEN) >= 0) {
                return 0;
            }
            if (i > 0) {
                all.append(BETWEEN);
            }
            all.append(text);
        }
        return gil.check(gil.callRaw(Half.collection(gil, "texts"), 1, new long[] {gil.str(all.toString())}));
    }

    /** A new reference to a list of a part of a Java array. */
    static long arrayToPython(Gil gil, Object array, int from, int count) {
        if (count >= SMALL && array.getClass().getComponentType().isPrimitive()) {
            if (array instanceof double[] numbers) {
                long[] block = new long[count];
                for (int i = 0; i < count; i++) {
                    block[i] = Double.doubleToRawLongBits(numbers[from + i]);
                }
                return block(gil, block, "d");
            }
            long[] block = longs(array, from, count);
            if (block != null) {
                return block(gil, block, "q");
            }
        }
        Object[] values = new Object[count];
        for (int i = 0; i < count; i++) {
            values[i] = Array.get(array, from + i);
        }
        return oneByOne(gil, values, count);
    }

    private static long[] longs(Object array, int from, int count) {
        if (array instanceof boolean[] || array instanceof char[] || array instanceof float[]) {
            return null;
        }
        long[] block = new long[count];
        for (int i = 0; i < count; i++) {
            block[i] = Array.getLong(array, from + i);
        }
        return block;
    }

    /** The items of a list that nobody else sees, as their natural Java values. */
    static List<Object> toJava(Gil gil, long list) {
        return new ArrayList<>(Arrays.asList(gil.toJava(Layout.listItems(list))[0]));
    }

    static List<Object> toJava(Gil gil, long list, LongFunction<Object> convert) {
        long[] items = Layout.listItems(list);
        List<Object> values = new ArrayList<>(items.length);
        for (long item : items) {
            values.add(convert.apply(item));
        }
        return values;
    }
}
