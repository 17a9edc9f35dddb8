package io.github.cpythonengine;

import io.github.cpythonengine.python.PyObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.reader.Candidate;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Line editing, history in a file and completion by JLine, which need not be there. */
final class JLineEditor implements LineEditor {

    private static final Path HISTORY = Path.of(System.getProperty("user.home"), ".cpython-engine_history");

    private final PyObject python;
    private final Terminal terminal;
    private final LineReader reader;

    /** Ctrl-C that Python has not answered yet. */
    private final AtomicBoolean interrupting = new AtomicBoolean();

    JLineEditor(PyObject python) throws IOException {
        this.python = python;
        terminal = TerminalBuilder.builder().system(true).build();
        terminal.handle(Terminal.Signal.INT, signal -> interrupt());
        reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .parser(this::parse)
                .completer((reader, line, candidates) -> complete(line.word(), candidates))
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.INSERT_TAB, true)
                .variable(LineReader.HISTORY_FILE, HISTORY)
                .build();
    }

    @Override
    public String read() {
        interrupting.set(false);
        reader.setVariable(LineReader.SECONDARY_PROMPT_PATTERN, literal(python.callMethod("further")));
        try {
            return reader.readLine((String) python.callMethod("first"));
        } catch (UserInterruptException e) {
            terminal.writer().println("KeyboardInterrupt");
            return "";
        } catch (EndOfFileException e) {
            return null;
        }
    }

    private static String literal(Object prompt) {
        return prompt.toString().replace("%", "%%");
    }

    /** Raises KeyboardInterrupt in what runs; where that does not help, a second one ends the program. */
    private void interrupt() {
        if (interrupting.getAndSet(true)) {
            System.exit(130);
        }
        python.callMethod("interrupt");
    }

    private ParsedLine parse(String line, int cursor, Parser.ParseContext context) {
        if (context == Parser.ParseContext.ACCEPT_LINE
                && Boolean.TRUE.equals(python.callMethod("is_incomplete", line))) {
            throw new EOFError(-1, cursor, "more lines must come");
        }
        int start = cursor;
        while (start > 0 && isInName(line.charAt(start - 1))) {
            start--;
        }
        return new Word(line, cursor, line.substring(start, cursor));
    }

    private static boolean isInName(char c) {
        return c == '.' || Character.isUnicodeIdentifierPart(c);
    }

    /** A line as the completion sees it: the dotted name before the cursor. */
    private record Word(String line, int cursor, String word) implements CompletingParsedLine {
        @Override
        public int wordCursor() {
            return word.length();
        }

        @Override
        public int wordIndex() {
            return 0;
        }

        @Override
        public List<String> words() {
            return List.of(word);
        }

        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            return candidate;
        }

        @Override
        public int rawWordCursor() {
            return word.length();
        }

        @Override
        public int rawWordLength() {
            return word.length();
        }
    }

    private void complete(String word, List<Candidate> candidates) {
        String found = (String) python.callMethod("complete", word);
        found.lines().forEach(it -> candidates.add(new Candidate(it, it, null, null, null, null, false)));
    }

    @Override
    public void close() {
        try {
            terminal.close();
        } catch (IOException e) {
            // it is given back at the end of the process anyway
        }
    }
}
