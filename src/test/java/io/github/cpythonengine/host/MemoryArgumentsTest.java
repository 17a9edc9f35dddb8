package io.github.cpythonengine.host;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.github.cpythonengine.wrap.NdArray;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Python's arrays as arguments of Java's methods. */
class MemoryArgumentsTest {

    public static final class Taker {
        public double sum(double[] values) {
            return Arrays.stream(values).sum();
        }

        public int rows(int[][] values) {
            return values.length;
        }

        public int remaining(ByteBuffer buffer) {
            return buffer.remaining();
        }

        public void halve(DoubleBuffer buffer) {
            for (int i = 0; i < buffer.limit(); i++) {
                buffer.put(i, buffer.get(i) / 2);
            }
        }

        public String type(NdArray array) {
            return array.dtype().toString();
        }

        public NdArray same(NdArray array) {
            return array;
        }

        public String which(int[] values) {
            return "int[]";
        }

        public String which(double[] values) {
            return "double[]";
        }

        public String which(String text) {
            return "String";
        }
    }

    @Test
    void methodsTakeCopiesBuffersAndViews() {
        Script.with("taker", new Taker())
                .does(
                        "import array",
                        "d = array.array('d', [1, 2, 4])",
                        "assert taker.sum(d) == 7",
                        "assert taker.sum(memoryview(d)[::-2]) == 5",
                        "assert taker.sum(array.array('h', [1, 2])) == 3",
                        "assert taker.rows(memoryview(bytes(6)).cast('B', (3, 2))) == 3",
                        "assert taker.remaining(d) == 24 and taker.remaining(b'abc') == 3",
                        "assert taker.remaining(bytearray(5)) == 5",
                        "taker.halve(d)",
                        "assert d.tolist() == [0.5, 1, 2]",
                        "assert taker.type(d) == 'float64' and taker.type(b'a') == 'uint8'",
                        "assert taker.same(d) is d",
                        "try: taker.sum(array.array('q', [2**60 + 1])); assert False",
                        "except TypeError: pass",
                        "try: taker.halve(array.array('f', [1])); assert False",
                        "except TypeError: pass");
    }

    @Test
    void unsignedNumbersKeepTheirValues() {
        Script.run(
                "import array",
                "from java.util import Arrays",
                "assert Arrays.toString(array.array('B', [255])) == '[255]'",
                "assert Arrays.toString(array.array('H', [65535])) == '[65535]'",
                "assert Arrays.toString(array.array('b', [-1])) == '[-1]'",
                "for raw in bytearray([255]), memoryview(bytes([255])):",
                "    assert Arrays.toString(raw) == '[-1]'");
    }

    @Test
    void theNearestArrayIsChosen() {
        Object result = Script.with("taker", new Taker())
                .does(
                        "import array",
                        "result = [taker.which(array.array(c, [1])) for c in 'dfiIqhB']",
                        "result = ' '.join(result)");
        assertThat(result, is("double[] double[] int[] int[] int[] int[] int[]"));
    }
}
