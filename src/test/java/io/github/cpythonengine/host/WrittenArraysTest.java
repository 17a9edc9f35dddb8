package io.github.cpythonengine.host;

import org.junit.jupiter.api.Test;

/** What Java writes into an array is seen in the Python object that was given for it. */
class WrittenArraysTest {

    public static final class Writes {
        public void bytes(byte[] array) {
            for (int i = 0; i < array.length; i++) {
                array[i] = (byte) (127 + i);
            }
        }

        public void doubles(double[] array) {
            array[0] = 1.5;
        }

        public void texts(String[] array) {
            array[0] = array[0] + "!";
        }

        public int reads(int[] array) {
            return array.length;
        }

        public void many(int... numbers) {
            numbers[0] = 7;
        }

        public void any(Object... objects) {
            objects[0] = "changed";
        }

        public int calls(int[] array, Runnable callback) {
            array[2] = 7;
            callback.run();
            return 5;
        }

        public void fails(int[] array, Runnable callback) {
            array[2] = 7;
            callback.run();
            throw new IllegalStateException("full");
        }
    }

    private static void check(String... lines) {
        String[] all = new String[lines.length + 1];
        all[0] = "def raises(kind, action):\n"
                + "    try: action()\n"
                + "    except kind as e: return str(e)\n"
                + "    raise AssertionError(kind)\n"
                + "def same(found, wanted): assert found == wanted, (found, wanted)\n"
                + "from array import array\n"
                + "from java.util import Arrays\n";
        System.arraycopy(lines, 0, all, 1, lines.length);
        Script.with("w", new Writes()).does(all);
    }

    @Test
    void buffersAreFilled() {
        check(
                "b = bytearray(3); w.bytes(b); same(b, bytearray([127, 128, 129]))",
                "m = memoryview(bytearray(3)); w.bytes(m[1:]); same(bytes(m), bytes([0, 127, 128]))",
                "a = array('b', [0, 0]); w.bytes(a); same(list(a), [127, -128])",
                "a = array('B', [0, 0]); w.bytes(a); same(list(a), [127, 128])",
                "a = array('d', [0, 2]); w.doubles(a); same(list(a), [1.5, 2.0])",
                "from java.io import ByteArrayInputStream",
                "b = bytearray(4); same(ByteArrayInputStream(b'hello').read(b), 4); same(b, bytearray(b'hell'))",
                "b = bytearray(4); same(ByteArrayInputStream(b'hello').read(b, 1, 2), 2); same(bytes(b), b'\\0he\\0')");
    }

    @Test
    void theArrayOfVariableArgumentsIsJavas() {
        check("first = [1, 2]; w.any(first, 5); same(first, [1, 2]); w.any([], 5); w.any('x')");
    }

    @Test
    void theCallsOutcomeIsTheOneToTell() {
        check(
                "from java.lang import IllegalStateException",
                "numbers = [1, 2, 3]; same(w.calls(numbers, numbers.clear), 5); same(numbers, [])",
                "numbers = [1, 2, 3]; same(raises(IllegalStateException, lambda: w.fails(numbers, numbers.clear)), 'full')",
                "numbers = [1, 2, 3]; raises(IllegalStateException, lambda: w.fails(numbers, list)); same(numbers, [1, 2, 7])");
    }

    @Test
    void listsAreChanged() {
        check(
                "numbers = [3, 1, 2]; Arrays.sort(numbers); same(numbers, [1, 2, 3])",
                "numbers = [3.5, 1]; Arrays.sort(numbers); same(numbers, [1.0, 3.5])",
                "texts = ['b', 'a']; Arrays.sort(texts); same(texts, ['a', 'b'])",
                "texts = ['a', 'b']; w.texts(texts); same(texts, ['a!', 'b'])",
                "numbers = [1, 2]; Arrays.fill(numbers, 5); same(numbers, [5, 5])",
                "numbers = [1, 2]; w.many(numbers); same(numbers, [7, 2]); w.many(1, 2)",
                "x = object(); l = [x, 1]; w.reads([1]); same(Arrays.asList(l)[0], l); assert l[0] is x");
    }

    @Test
    void whatCannotChangeIsNotTouched() {
        check(
                "t = (3, 1, 2); Arrays.sort(t); same(t, (3, 1, 2)); w.bytes(b'abc')",
                "same(w.reads(memoryview(array('i', [1])).toreadonly()), 1)",
                "raises(TypeError, lambda: w.bytes(memoryview(b'abc')))");
    }

    @Test
    void theNearestArrayIsChosen() {
        check(
                "same(Arrays.toString([1, 2]), '[1, 2]'); same(Arrays.toString([1.5, 2]), '[1.5, 2.0]')",
                "same(Arrays.toString([True]), '[true]'); same(Arrays.toString(['a', None]), '[a, null]')",
                "same(Arrays.toString([2**40]), '[1099511627776]'); same(Arrays.toString(range(3)), '[0, 1, 2]')",
                "same(Arrays.stream([1, 2, 3]).sum(), 6); same(Arrays.toString([]), '[]')",
                "same(Arrays.toString([1, 'a']), '[1, a]')");
    }

    @Test
    void exceptionsAndClassesAsValues() {
        check(
                "from java.util import ArrayList, HashMap, Optional, TreeSet",
                "from java.util.concurrent import CompletableFuture",
                "from java.util.stream import Collectors",
                "from java.lang import IllegalStateException",
                "error = ValueError('gone')",
                "def thrown(action):",
                "    try: action()",
                "    except Exception as e: return e",
                "assert thrown(lambda: Optional.empty().orElseThrow(lambda: error)) is error",
                "future = CompletableFuture(); future.completeExceptionally(error)",
                "assert future.isCompletedExceptionally() and thrown(future.join).__cause__ is error",
                "assert isinstance(thrown(lambda: Optional.empty().orElseThrow(IllegalStateException)), IllegalStateException)",
                "same(type(ArrayList([2, 1]).stream().collect(Collectors.toCollection(TreeSet))), TreeSet)",
                "m = HashMap(); m.computeIfAbsent('a', lambda key: ArrayList()).add(1); same(m, {'a': [1]})");
    }
}
