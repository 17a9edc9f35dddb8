package io.github.cpythonengine.interpreter;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.Backend;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * {@code sys.stdout}, {@code sys.stderr} and {@code sys.stdin} as the Writers and the Reader of the run in progress on
 * the calling thread; {@code streams.py} is the Python side, and {@link Print} the shorter way that most lines take.
 *
 * <p>Text without a line feed is kept on the Python side until the line ends, it is flushed, or control passes to Java.
 * That some is kept is shown by a byte of memory, which costs nothing to read.
 */
final class Streams {

    private static final int WRITABLE = 0x200;
    static final int OUTPUT_STREAM = 1;
    private static final int ERROR_STREAM = 2;

    /** Runs on their way to a thread that a script is starting. */
    private static final Map<Long, Run> HANDED_OVER = new ConcurrentHashMap<>();

    private static final AtomicLong TOKENS = new AtomicLong();

    private static long pending;
    private static long flushHere;

    private Streams() {}

    /** Takes the place of Python's own streams. */
    static void install(Gil gil, boolean joined) {
        Map<String, PythonFunction> functions = new HashMap<>();
        functions.put("java_write", Streams::write);
        functions.put("java_flush", Streams::flush);
        functions.put("java_read", Streams::read);
        functions.put("java_read_line", Streams::readLine);
        functions.put("hand_over_run", Streams::handOver);
        functions.put("take_over_run", Streams::takeOver);
        functions.put("take_back_run", Streams::takeBack);
        PythonHalf half = PythonHalf.load(gil, "streams", functions);
        long flag = C.allocate(Long.BYTES);
        long view = gil.own(C.PyMemoryView_FromMemory(flag, 1, WRITABLE));
        gil.call(half.member(gil, "install"), view, joined ? Py.TRUE : Py.FALSE);
        flushHere = half.member(gil, "flush_here");
        RunContext.use(half.member(gil, "run_of_context"));
        pending = flag;
        if (!joined && Backend.hasCheapUpcalls()) {
            Print.install(gil);
        }
    }

    /** Whether no thread has begun a line that its Writer does not have yet. */
    static boolean isNothingKept() {
        return C.getByte(pending) == 0;
    }

    /** Passes on what this thread's script has printed so far. */
    static void flushHere(Gil gil) {
        if (pending != 0 && C.getByte(pending) != 0) {
            gil.call(flushHere);
        }
    }

    private static Writer writer(Run run, long stream) {
        return stream == ERROR_STREAM ? run.err() : run.out();
    }

    /** {@code java_write(stream, text)}: False when no run is in progress on this thread. */
    private static long write(Gil gil, Arguments arguments) throws Exception {
        Run run = Gil.currentRun();
        long stream = arguments.integer(0);
        String text = arguments.text(1);
        if (run == null) {
            return gil.newRef(Py.FALSE);
        }
        write(gil, run, stream, text);
        return gil.newRef(Py.TRUE);
    }

    static void write(Gil gil, Run run, long stream, String text) throws Exception {
        gil.withoutGil(() -> {
            Writer writer = writer(run, stream);
            if (writer != null) {
                writer.write(text);
            }
            return null;
        });
    }

    private static long flush(Gil gil, Arguments arguments) throws Exception {
        Run run = Gil.currentRun();
        long stream = arguments.integer(0);
        if (run == null) {
            return gil.newRef(Py.FALSE);
        }
        gil.withoutGil(() -> {
            Writer writer = writer(run, stream);
            if (writer != null) {
                writer.flush();
            }
            return null;
        });
        return gil.newRef(Py.TRUE);
    }

    /** {@code java_read(most)}: at most so many characters, None when no run is in progress. */
    private static long read(Gil gil, Arguments arguments) throws Exception {
        Run run = Gil.currentRun();
        int most = (int) Math.max(0, Math.min(arguments.integer(0), 1 << 20));
        if (run == null) {
            return gil.newRef(Py.NONE);
        }
        flushHere(gil);
        String text = gil.withoutGil(() -> {
            Reader reader = run.in();
            if (reader == null || most == 0) {
                return "";
            }
            char[] characters = new char[most];
            int count = reader.read(characters, 0, most);
            return count <= 0 ? "" : new String(characters, 0, count) + secondHalf(characters[count - 1], reader);
        });
        return gil.toPython(text);
    }

    /** What is missing when a surrogate pair, one character in Python, was cut. */
    private static String secondHalf(char last, Reader reader) throws IOException {
        int next = Character.isHighSurrogate(last) ? reader.read() : -1;
        return next < 0 ? "" : String.valueOf((char) next);
    }

    /** {@code java_read_line(most)}: up to and with a line feed, and no character more; -1 for a line of any length. */
    private static long readLine(Gil gil, Arguments arguments) throws Exception {
        Run run = Gil.currentRun();
        if (run == null) {
            return gil.newRef(Py.NONE);
        }
        flushHere(gil);
        long most = arguments.integer(0);
        return gil.toPython(gil.withoutGil(() -> line(run.in(), most)));
    }

    private static String line(Reader reader, long most) throws IOException {
        StringBuilder line = new StringBuilder();
        int characters = 0;
        if (reader == null) {
            return "";
        }
        for (int next = reader.read(); next >= 0; next = reader.read()) {
            line.append((char) next);
            // a surrogate pair is one character in Python
            characters += Character.isHighSurrogate((char) next) ? 0 : 1;
            if (next == '\n' || characters == most) {
                break;
            }
        }
        int end = line.length();
        if (end > 1 && line.charAt(end - 1) == '\n' && line.charAt(end - 2) == '\r') {
            line.deleteCharAt(end - 2);
        }
        return line.toString();
    }

    /** {@code hand_over_run()}: a token of this thread's run, for a thread about to start. */
    private static long handOver(Gil gil, Arguments arguments) {
        Run run = Gil.currentRun();
        if (run == null) {
            return gil.toPython(0);
        }
        long token = TOKENS.incrementAndGet();
        HANDED_OVER.put(token, run);
        return gil.toPython(token);
    }

    /** {@code take_back_run(token)}: the new thread did not start. */
    private static long takeBack(Gil gil, Arguments arguments) {
        HANDED_OVER.remove(arguments.integer(0));
        return gil.newRef(Py.NONE);
    }

    /** {@code take_over_run(token)}, on the new thread; 0 at its end. */
    private static long takeOver(Gil gil, Arguments arguments) {
        long token = arguments.integer(0);
        Gil.takeOver(token == 0 ? null : HANDED_OVER.remove(token));
        if (token == 0) {
            gil.freeBlock();
        }
        return gil.newRef(Py.NONE);
    }
}
