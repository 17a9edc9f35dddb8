package io.github.cpythonengine.host;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code MemorySegment}s, which the tests reach from Python: they are compiled for Java 17. */
class SegmentsTest {

    private static final String[] START = {
        "from java.lang.foreign import Arena, MemorySegment, ValueLayout",
        "def raises(kind, action):",
        "    try: action()",
        "    except kind as e: return str(e)",
        "    raise AssertionError(kind)"
    };

    @BeforeEach
    void thereAreSome() {
        assumeTrue(Runtime.version().feature() >= 22, "java.lang.foreign is final from Java 22 on");
    }

    private static void run(String... lines) {
        Script.run(String.join("\n", START), String.join("\n", lines));
    }

    @Test
    void areTheSameMemory() {
        run(
                "s = Arena.ofAuto().allocate(16)",
                "m = memoryview(s)",
                "assert m.format == 'B' and m.nbytes == 16 and not m.readonly and m.obj is s",
                "m[3] = 77; assert s.get(ValueLayout.JAVA_BYTE, 3) == 77",
                "s.set(ValueLayout.JAVA_INT, 8, -1); assert m[8:12] == b'\\xff' * 4",
                "assert memoryview(s.asSlice(8, 4)) == b'\\xff' * 4",
                "assert memoryview(getattr(Arena, 'global')().allocate(5)).nbytes == 5",
                "assert memoryview(s.asByteBuffer()).nbytes == 16 and not memoryview(s.asByteBuffer()).readonly");
    }

    @Test
    void stayReadOnly() {
        run("m = memoryview(Arena.ofAuto().allocate(4).asReadOnly())", "assert m.readonly");
    }

    @Test
    void aViewKeepsTheArena() {
        run(
                "import gc",
                "from java.lang import System",
                "views = []",
                "for i in range(100):",
                "    m = memoryview(Arena.ofAuto().allocate(100_000)); m[99_999] = i; views.append(m)",
                "    if i % 25 == 0: System.gc(); gc.collect()",
                "for _ in range(3): System.gc(); gc.collect()",
                "for _ in range(100): memoryview(Arena.ofAuto().allocate(100_000))[:] = b'x' * 100_000",
                "assert [m[99_999] for m in views] == list(range(100))");
    }

    @Test
    void whatCanBeClosedIsCopied() {
        run(
                "with Arena.ofConfined() as arena:",
                "    s = arena.allocate(8); s.set(ValueLayout.JAVA_BYTE, 0, 5)",
                "    m = memoryview(s); b = s.asByteBuffer(); n = memoryview(b)",
                "    assert m.readonly and m[0] == 5 and n.readonly and n[0] == 5",
                "    s.set(ValueLayout.JAVA_BYTE, 0, 6); assert m[0] == 5 and memoryview(s)[0] == 6",
                "assert m[0] == 5 and n[0] == 5",
                "raises(Exception, lambda: memoryview(s))",
                "raises(Exception, lambda: memoryview(b))",
                "with Arena.ofShared() as arena:",
                "    assert memoryview(arena.allocate(8)).readonly");
    }

    @Test
    void ofTheHeapAreCopied() {
        run(
                "m = memoryview(MemorySegment.ofArray(java_type('int[]')([1, 2])))",
                "assert m.readonly and m.format == 'B' and m.cast('i').tolist() == [1, 2]");
    }
}
