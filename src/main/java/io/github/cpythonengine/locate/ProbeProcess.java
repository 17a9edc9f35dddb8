package io.github.cpythonengine.locate;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Runs a python once and reads its report. Nothing the executable does may harm us: it gets ten
 * seconds, no input, no {@code PYTHON*} variables, its own folder as the current one, and 64 KiB of
 * output; after that it is killed with its children.
 */
final class ProbeProcess {
    static final Duration TIME_LIMIT = Duration.ofSeconds(10);
    private static final int OUTPUT_LIMIT = 64 * 1024;

    private final Path executable;
    private final Duration limit;

    ProbeProcess(Path executable, Duration limit) {
        this.executable = executable;
        this.limit = limit;
    }

    ProbeReport run() throws UnusableException {
        Process process = start();
        Output output = new Output(process);
        try {
            process.getOutputStream().close();
            output.start();
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (output.tooMuch) {
                throw new UnusableException("printed more than " + OUTPUT_LIMIT / 1024 + " KiB when asked what it is");
            }
            if (!ended) {
                throw new UnusableException("gave no answer within " + limit.toSeconds() + " s when asked what it is");
            }
            output.join(500); // A grandchild may hold the pipe open.
            return report(process.exitValue(), output.text());
        } catch (IOException e) {
            throw new UnusableException("cannot be run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnusableException("was not asked: this thread was interrupted");
        } finally {
            kill(process);
        }
    }

    private Process start() throws UnusableException {
        ProcessBuilder builder = new ProcessBuilder(executable.toString(), "-I", "-B", "-c", Script.TEXT);
        builder.directory(executable.getParent().toFile());
        builder.environment().keySet().removeIf(key -> key.startsWith("PYTHON") || key.equals("__PYVENV_LAUNCHER__"));
        builder.redirectErrorStream(true);
        try {
            return builder.start();
        } catch (IOException e) {
            String reason = String.valueOf(e.getMessage());
            throw new UnusableException(
                    "cannot be run: "
                            + reason.substring(reason.lastIndexOf("error=") + 1).strip(),
                    new File(executable.toString()).canExecute()
                            ? null
                            : "chmod +x '" + executable + "', if it is a program at all.");
        }
    }

    private static ProbeReport report(int exit, String output) throws UnusableException {
        ProbeReport report = ProbeReport.parse(output);
        if (report != null) {
            return report;
        }
        if (output.contains("Unknown option: -I")) {
            throw new UnusableException("is a Python 2 or older than 3.4", "Use a CPython 3.9 - 3.14.");
        }
        throw new UnusableException("is not a working Python: exit code " + exit + ", " + firstLines(output));
    }

    private static String firstLines(String output) {
        String text = output.strip().replaceAll("[^\\P{Cntrl}\\n]", "?").replaceAll("\\s*\\n\\s*", " / ");
        if (text.isEmpty()) {
            return "no output";
        }
        return "output: " + (text.length() > 300 ? text.substring(0, 300) + " ..." : text);
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.getInputStream().close();
        } catch (IOException e) {
            // It is dead, and so is its pipe.
        }
    }

    /** Reads what the process prints, up to the limit. */
    private static final class Output extends Thread {
        private final Process process;
        private final byte[] bytes = new byte[OUTPUT_LIMIT];
        private volatile int length;
        volatile boolean tooMuch;

        Output(Process process) {
            super("cpython-probe-output");
            setDaemon(true);
            this.process = process;
        }

        @Override
        public void run() {
            try (InputStream in = process.getInputStream()) {
                int count;
                while (length < bytes.length && (count = in.read(bytes, length, bytes.length - length)) > 0) {
                    length += count;
                }
                if (length == bytes.length) {
                    tooMuch = true;
                    process.destroyForcibly();
                }
            } catch (IOException e) {
                // The process was killed; what there is will do.
            }
        }

        String text() {
            return new String(bytes, 0, length, StandardCharsets.UTF_8);
        }
    }

    private static final class Script {
        static final String TEXT = read();

        private static String read() {
            try (InputStream in = ProbeProcess.class.getResourceAsStream("probe.py")) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
