package io.github.cpythonengine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the user asked for.
 *
 * @param target the file, code or module; null for kinds without one
 * @param python which Python to use; null for the usual search
 * @param inspect whether a prompt comes afterwards
 * @param verbose whether failures show Java's stack traces, too
 * @param arguments those for the script
 */
record CommandLine(Kind kind, String target, String python, boolean inspect, boolean verbose, List<String> arguments) {

    enum Kind {
        FILE,
        CODE,
        MODULE,
        STDIN,
        /** A prompt at a terminal, else the program comes from standard input. */
        UNSAID,
        HELP,
        VERSION,
        INFO,
        DIAGNOSE
    }

    static final String USAGE = """
            usage: java -cp ... io.github.cpythonengine.Main [option] ... [FILE | -c CODE | -m MODULE | -] [argument] ...
            Runs Python inside this JVM.
              FILE         a script, a folder or a zip file with __main__.py
              -c CODE      the code itself
              -m MODULE    a module, as a script
              -            the program comes from standard input
              (nothing)    a prompt; without a terminal as with -
            options:
              -i           a prompt afterwards
              --python X   use this Python: a python executable, a virtual environment, an installation's folder,
                           a libpython file, or the word bundle
              -v           failures show Java's stack traces, too
              -V           the version of Python and of this program (--version)
              --info       which Python is used, where it is and how it was found
              --diagnose   the settings in force, all that was tried to find a Python, and what came of it
              -h           this text (--help)""";

    static CommandLine parse(String... given) {
        String python = null;
        boolean inspect = false;
        boolean verbose = false;
        for (int at = 0; at < given.length; at++) {
            String word = given[at];
            List<String> rest = List.of(given).subList(at + 1, given.length);
            if (word.equals("-") || !word.startsWith("-")) {
                Kind kind = word.equals("-") ? Kind.STDIN : Kind.FILE;
                return new CommandLine(kind, word, python, inspect, verbose, rest);
            } else if (word.startsWith("-c") || word.startsWith("-m")) {
                Kind kind = word.startsWith("-c") ? Kind.CODE : Kind.MODULE;
                boolean attached = word.length() > 2;
                String target = attached ? word.substring(2) : value(word, rest);
                List<String> arguments = attached ? rest : rest.subList(1, rest.size());
                return new CommandLine(kind, target, python, inspect, verbose, arguments);
            } else if (word.equals("--python")) {
                python = value(word, rest);
                at++;
            } else if (word.equals("-i")) {
                inspect = true;
            } else if (word.equals("-v")) {
                verbose = true;
            } else {
                return new CommandLine(question(word), null, python, inspect, verbose, rest);
            }
        }
        return new CommandLine(Kind.UNSAID, null, python, inspect, verbose, List.of());
    }

    private static Kind question(String word) {
        return switch (word) {
            case "-h", "-?", "--help" -> Kind.HELP;
            case "-V", "--version" -> Kind.VERSION;
            case "--info" -> Kind.INFO;
            case "--diagnose" -> Kind.DIAGNOSE;
            default -> throw new IllegalArgumentException("unknown option " + word);
        };
    }

    private static String value(String option, List<String> rest) {
        if (rest.isEmpty()) {
            throw new IllegalArgumentException("option " + option + " wants an argument");
        }
        return rest.get(0);
    }

    /** Makes {@code --python} the choice of this process. */
    void applyPython() {
        Path path = Path.of(python);
        PythonOptions none = PythonOptions.saidBy("option --python");
        PythonOptions options;
        if (python.equals("bundle")) {
            options = none.bundle(true);
        } else if (Files.isDirectory(path)) {
            options = none.venv(path);
        } else if (path.getFileName().toString().matches("(lib)?python3.*\\.(so|dylib|dll)[.\\d]*")) {
            options = none.library(path);
        } else {
            options = none.executable(path);
        }
        options.apply();
    }
}
