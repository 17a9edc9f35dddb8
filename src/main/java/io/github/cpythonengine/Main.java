package io.github.cpythonengine;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The command line: runs Python as the {@code python} command does, inside this JVM; or says which Python that is.
 * {@code --help} lists the ways.
 */
public final class Main {

    /** As roomy as a process of Python has it, twice over: some libraries recurse deeply. */
    private static final long STACK = 16 << 20;

    private Main() {}

    /** Ends the JVM with the exit code that {@code python} would have. */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        if (NeighbourJars.areNeeded()) {
            NeighbourJars.runMain(arguments);
            return;
        }
        // not a daemon: the JVM waits for it
        new Thread(null, () -> exit(run(arguments)), "python", STACK).start();
    }

    private static int run(String[] arguments) {
        try {
            return run(CommandLine.parse(arguments));
        } catch (IllegalArgumentException e) {
            err().println(e.getMessage() + "\n" + CommandLine.USAGE);
            return 2;
        }
    }

    private static int run(CommandLine line) {
        if (line.python() != null) {
            line.applyPython();
        }
        try {
            return switch (line.kind()) {
                case HELP -> say(CommandLine.USAGE);
                case VERSION -> say(Info.version());
                case INFO -> say(Info.all());
                case DIAGNOSE -> new Diagnosis(out()).run();
                default -> new Program(line).run();
            };
        } catch (RuntimeException | LinkageError e) {
            return failed(e, line.verbose());
        }
    }

    private static int say(String text) {
        out().println(text);
        return 0;
    }

    /** Python could not be found or started: the message says it all. */
    private static int failed(Throwable error, boolean verbose) {
        if (verbose) {
            error.printStackTrace(err());
        } else {
            err().println(error.getMessage() == null ? error : error.getMessage());
        }
        return 1;
    }

    /**
     * Ends the JVM; but not when all went well and the script has left Java threads at work, a window's for example: then
     * it ends with them.
     */
    private static void exit(int code) {
        if (code != 0 || !Program.hasJavaThreads()) {
            System.exit(code);
        }
    }

    static PrintStream out() {
        System.out.flush();
        return new PrintStream(System.out, true, StandardCharsets.UTF_8);
    }

    static PrintStream err() {
        return new PrintStream(System.err, true, StandardCharsets.UTF_8);
    }
}
