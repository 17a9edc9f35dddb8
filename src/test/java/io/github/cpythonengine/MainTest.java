package io.github.cpythonengine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.hamcrest.Matchers.stringContainsInOrder;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line, each run in a JVM of its own. */
@Tag("process")
class MainTest {

    @TempDir
    Path folder;

    private static ProgramJvm run(String... arguments) throws Exception {
        return new ProgramJvm.Start().main(arguments);
    }

    private Path script(String name, String... lines) throws Exception {
        return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
    }

    // ---- what runs

    @Test
    void fileIsMainWithItsFolderOnThePath() throws Exception {
        script("beside.py", "name = 'beside'");
        Path file = script(
                "main.py",
                "import beside, os, sys, __main__",
                "print(sys.argv[1:], __name__, os.path.basename(__file__), beside.name)",
                "print(sys.argv[0] == "
                        + "__file__, __main__.beside is beside, sys.path[0] == os.path.dirname(__file__))");
        ProgramJvm ended = run(file.toRealPath().toString(), "-c", "two words");
        assertThat(ended.err(), emptyString());
        assertThat(ended.out(), is("['-c', 'two words'] __main__ main.py beside\nTrue True True\n"));
        assertThat(ended.code(), is(0));
    }

    @Test
    void fileMayDeclareAnotherEncoding() throws Exception {
        Path file = folder.resolve("latin.py");
        Files.write(file, "# coding: latin-1\nprint('\u00e9', ascii('\u00e9'))\n".getBytes("ISO-8859-1"));
        assertThat(run(file.toString()).out(), is("\u00e9 '\\xe9'\n"));
    }

    @Test
    void folderAndZipRunTheirMain() throws Exception {
        script("__main__.py", "import sys; print('from', len(sys.argv))");
        assertThat(run(folder.toString(), "x").out(), is("from 2\n"));
        Path zip = folder.resolve("app.pyz");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("__main__.py"));
            out.write("print('zipped', __name__)".getBytes());
        }
        assertThat(run(zip.toString()).out(), is("zipped __main__\n"));
    }

    @Test
    void codeWithArguments() throws Exception {
        ProgramJvm ended = run("-c", "import sys; print(sys.argv, repr(sys.path[0]), '\\u20ac')", "a", "-V");
        assertThat(ended, is(new ProgramJvm(0, "['-c', 'a', '-V'] '' \u20ac\n", "")));
    }

    @Test
    void moduleFromTheCurrentFolder() throws Exception {
        script("tool.py", "import sys", "print(__name__, __spec__.name, sys.argv[1:], sys.argv[0] == __file__)");
        ProgramJvm ended = new ProgramJvm.Start().in(folder).main("-m", "tool", "x");
        assertThat(ended, is(new ProgramJvm(0, "__main__ tool ['x'] True\n", "")));
    }

    @Test
    void modulesOfTheStandardLibrary() throws Exception {
        ProgramJvm json =
                new ProgramJvm.Start().input("{\"a\": \"\u00e9\"}").main("-m", "json.tool", "--no-ensure-ascii");
        assertThat(json, is(new ProgramJvm(0, "{\n    \"a\": \"\u00e9\"\n}\n", "")));

        script(
                "test_it.py",
                "import unittest",
                "class It(unittest.TestCase):",
                "    def test_good(self): self.assertEqual(1, 1)",
                "    def test_bad(self): self.assertEqual(1, 2)");
        ProgramJvm tests = new ProgramJvm.Start().in(folder).main("-m", "unittest", "test_it");
        assertThat(tests.err(), allOf(containsString("Ran 2 tests"), containsString("FAILED (failures=1)")));
        assertThat(tests.code(), is(1));
    }

    @Test
    void virtualEnvironmentIsMadeAndUsed() throws Exception {
        Path venv = folder.resolve("an environment");
        ProgramJvm made = run("-m", "venv", "--without-pip", venv.toString());
        assertThat(made.err(), made.code(), is(0));
        ProgramJvm used = new ProgramJvm.Start()
                .property("cpython.executable", null)
                .property("cpython.library", null)
                .main("--python", venv.toString(), "-c", "import sys; print(sys.prefix)");
        deleteLinks(venv);
        assertThat(used.err(), emptyString());
        assertThat(used.out(), is(venv + "\n"));
    }

    /** JUnit warns of those that lead out of its folder. */
    private static void deleteLinks(Path folder) throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isSymbolicLink).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void missingModuleAndMissingFile() throws Exception {
        ProgramJvm module = run("-m", "no_such_module_here");
        assertThat(module.err(), containsString("No module named no_such_module_here"));
        assertThat(module.code(), is(1));
        ProgramJvm file = run(folder.resolve("absent.py").toString());
        assertThat(file.err(), allOf(containsString("can't open file"), containsString("[Errno 2]")));
        assertThat(file.code(), is(2));
    }

    @Test
    void programFromStandardInput() throws Exception {
        ProgramJvm ended = new ProgramJvm.Start()
                .input("import sys\nprint(sys.argv, '\u00e9')\n")
                .main("-", "x");
        assertThat(ended, is(new ProgramJvm(0, "['-', 'x'] \u00e9\n", "")));
        assertThat(new ProgramJvm.Start().input("print(6 * 7)").main().out(), is("42\n"));
    }

    @Test
    void standardStreamsAreThoseOfTheProcess() throws Exception {
        ProgramJvm ended = new ProgramJvm.Start()
                .input("one\ntwo\n")
                .main(
                        "-c",
                        "import sys, subprocess; print(input(), sys.stdin.read().strip(), sys.stdout.fileno());"
                                + "sys.stdout.buffer.write(b'raw\\n');"
                                + "sys.stdout.flush(); subprocess.run([sys.executable, '-c', 'print(3)'])");
        assertThat(ended, is(new ProgramJvm(0, "one two 1\nraw\n3\n", "")));
    }

    // ---- how it ends

    @Test
    void exitCodesArePythons() throws Exception {
        assertThat(run("-c", "import sys; sys.exit(7)"), is(new ProgramJvm(7, "", "")));
        assertThat(run("-c", "raise SystemExit"), is(new ProgramJvm(0, "", "")));
        // the argument in ASCII: the JVM itself reads arguments by the locale
        assertThat(run("-c", "import sys; sys.exit('no \\u20ac')"), is(new ProgramJvm(1, "", "no \u20ac\n")));
        assertThat(run("-c", "raise KeyboardInterrupt").code(), is(130));
        assertThat(run("-c", "exit(300)").code(), is(300 & 0xFF));
    }

    @Test
    void uncaughtExceptionIsShownAsPythonShowsIt() throws Exception {
        Path file = script(
                "bad.py",
                "def f():",
                "    return {}['absent']",
                "try:",
                "    f()",
                "except KeyError as e:",
                "    raise ValueError('bad') from e");
        ProgramJvm ended = run(file.toString());
        String path = file.toString();
        assertThat(ended.code(), is(1));
        assertThat(
                ended.err(),
                allOf(
                        startsWith(
                                "Traceback (most recent call last):\n  File \"" + path + "\", line 4, in <module>\n"),
                        containsString("File \"" + path + "\", line 2, in f\n    return {}['absent']\n"),
                        containsString("KeyError: 'absent'\n\nThe above exception was the direct cause"),
                        endsWith("ValueError: bad\n"),
                        not(containsString("cpython"))));
    }

    @Test
    void syntaxErrorShowsTheLine() throws Exception {
        ProgramJvm ended = run(script("bad.py", "x = 1", "y = = 2").toString());
        assertThat(
                ended.err(),
                allOf(
                        matchesPattern("(?s)  File \".*bad.py\", line 2\n    y = = 2\n.*"),
                        endsWith("SyntaxError: invalid syntax\n")));
    }

    @Test
    void javaTracesAreShownOnRequest() throws Exception {
        assertThat(run("-c", "1/0").err(), not(containsString("at io.github.cpythonengine")));
        ProgramJvm verbose = run("-v", "-c", "1/0");
        assertThat(verbose.err(), containsString("at io.github.cpythonengine"));
        assertThat(verbose.code(), is(1));
    }

    @Test
    void exceptHookIsAsked() throws Exception {
        ProgramJvm ended =
                run("-c", "import sys\nsys.excepthook = lambda kind, e, trace: print('seen', e, trace.tb_lineno)\n1/0");
        assertThat(ended, is(new ProgramJvm(1, "seen division by zero 3\n", "")));
    }

    @Test
    void exitFunctionsRunAfterThreadsHaveEnded() throws Exception {
        ProgramJvm ended = run("-c", """
                import atexit, threading, time
                from concurrent.futures import ThreadPoolExecutor
                atexit.register(print, 'exit', end='')
                def work():
                    time.sleep(0.3)
                    print('thread')
                threading.Thread(target=work).start()
                ThreadPoolExecutor().submit(work)
                threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
                print('end')
                """);
        assertThat(ended, is(new ProgramJvm(0, "end\nthread\nthread\nexit", "")));
    }

    @Test
    void forkedChildEndsByItself() throws Exception {
        assumeTrue(File.separatorChar == '/', "no fork on this system");
        ProgramJvm ended = run("-c", """
                import atexit, os, sys
                child = os.fork()
                if child == 0:
                    atexit.register(print, 'child ends')
                    sys.exit(5)
                print(os.waitpid(child, 0)[1] >> 8)
                """);
        assertThat(ended.out(), is("child ends\n5\n"));
    }

    @Test
    void processesOfMultiprocessingWork() throws Exception {
        Path file = script(
                "pool.py",
                "import multiprocessing, sys",
                "def square(n):",
                "    return n * n",
                "if __name__ == '__main__':",
                "    methods = multiprocessing.get_all_start_methods()",
                "    for method in methods * 3:",
                "        with multiprocessing.get_context(method).Pool(2) as pool:",
                "            print(pool.map(square, range(3)))",
                "    print(len(methods))");
        ProgramJvm ended = run(file.toString());
        assertThat(ended.err(), ended.code(), is(0));
        assertThat(ended.out(), endsWith(File.separatorChar == '/' ? "3\n" : "1\n"));
        assertThat(ended.out(), startsWith("[0, 1, 4]\n"));
    }

    // ---- the prompt

    @Test
    void promptShowsValuesAndSurvivesErrors() throws Exception {
        ProgramJvm ended = new ProgramJvm.Start()
                .input("6 * 7\n_ + 1\ndef f(x):\n    return x\n\nf('\u00e9')\n1/0\nx = = 2\nprint('on')\nexit(5)\n")
                .main("-i");
        assertThat(ended.out(), matchesPattern("(?s)Python 3.*\n>>> 42\n>>> 43\n>>> .*>>> '\u00e9'\n.*on\n>>> "));
        assertThat(
                ended.err(),
                allOf(containsString("ZeroDivisionError: division by zero\n"), containsString("SyntaxError")));
        assertThat(ended.code(), is(5));
    }

    @Test
    void promptAsksWithTheScriptsOwnPrompts() throws Exception {
        ProgramJvm ended = new ProgramJvm.Start()
                .input("import sys; sys.ps1 = 'one '; sys.ps2 = 'more '\nif 1:\n  2\n\n")
                .main("-i");
        assertThat(ended.out(), containsString("\n>>> one more more 2\none \n"));
        assertThat(ended.code(), is(0));
    }

    @Test
    void promptAfterTheScriptSeesItsNames() throws Exception {
        ProgramJvm ended =
                new ProgramJvm.Start().input("x\nimport __main__; __main__.x\n").main("-i", "-c", "x = 8; 1/0");
        assertThat(ended.out(), containsString("\n>>> 8\n>>> 8\n>>> \n"));
        assertThat(ended.err(), containsString("ZeroDivisionError"));
    }

    @Test
    void promptAtATerminalEditsStatementsAndKeepsThem() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "no script command, which makes a terminal");
        Path cache = Path.of(System.getProperty("user.home"), ".cache", "cpython-engine");
        ProgramJvm ended = new ProgramJvm.Start()
                .terminal()
                .variable("TERM", "xterm")
                .property("user.home", folder.toString())
                .property("cpython.cache", Files.isDirectory(cache) ? cache.toString() : null)
                .input("6 * 7\nfor i in range(2):\n  print('line', i)\n\n_ + 1\nexit(4)\n")
                .main();
        assertThat(ended.out(), stringContainsInOrder("42\n", "line 0\nline 1\n", "43\n"));
        assertThat(ended.code(), is(4));
        List<String> history = Files.readAllLines(folder.resolve(".cpython-engine_history"));
        assertThat(history, hasSize(4));
        assertThat(history.get(1), endsWith("for i in range(2):\\n  print('line', i)"));
    }

    // ---- what it says about itself

    @Test
    void infoNamesThePython() throws Exception {
        ProgramJvm ended = run("--info");
        assertThat(ended.code(), is(0));
        assertThat(
                ended.out(),
                allOf(
                        containsString("\nPython          3."),
                        matchesPattern("(?s).*\nbackend         (jna|ffm)\n.*"),
                        containsString("\nlibrary         "),
                        containsString("\nfound by        "),
                        containsString("\nsys.executable  "),
                        containsString("\nsite-packages   ")));
        String version = run("-c", "import platform; print(platform.python_version())")
                .out()
                .strip();
        assertThat(run("--version").out(), startsWith("Python " + version + " (cpython-engine "));
    }

    @Test
    void diagnosisTellsTheSearch() throws Exception {
        ProgramJvm ended = run("--diagnose");
        assertThat(ended.code(), is(0));
        assertThat(
                ended.out(),
                allOf(
                        containsString("\nSettings:\n"),
                        containsString("\nTried:\n  - "),
                        containsString("has been started\n"),
                        containsString("Python objects held by Java: ")));
    }

    @Test
    void missingPythonIsExplainedWithoutStackTrace() throws Exception {
        String nowhere = folder.resolve("nowhere").toString();
        ProgramJvm diagnosis = none().property("cpython.executable", nowhere).main("--diagnose");
        assertThat(diagnosis.code(), is(1));
        assertThat(
                diagnosis.out(),
                allOf(
                        containsString("cpython.executable = " + nowhere + " (system property cpython.executable)"),
                        containsString("which does not exist")));
        assertThat(diagnosis.err(), emptyString());

        ProgramJvm script = none().property("cpython.executable", nowhere).main("-c", "1");
        assertThat(script.code(), is(1));
        assertThat(script.err(), allOf(containsString(nowhere), not(containsString("\tat "))));
    }

    @Test
    void searchInVainListsEveryPlace() throws Exception {
        ProgramJvm ended = none().property("cpython.bundle", "false")
                .variable("PATH", folder.toString())
                .variable("VIRTUAL_ENV", null)
                .variable("CONDA_PREFIX", null)
                .main("--diagnose");
        assertThat(ended.code(), is(1));
        assertThat(
                ended.out(),
                allOf(
                        containsString("VIRTUAL_ENV: not set"),
                        containsString("bundle org.bytedeco:cpython: not used"),
                        containsString("PATH"),
                        containsString("To choose a Python")));
    }

    // ---- java -jar

    @Test
    void jarFindsTheJarsThatLieBesideIt() throws Exception {
        Path jar = jar();
        ProgramJvm alone = new ProgramJvm.Start().java(List.of("-jar", jar.toString(), "-c", "print(1)"));
        assertThat(alone.err(), startsWith("The jar of JNA (net.java.dev.jna:jna) is not on the class path."));
        assertThat(alone.code(), is(1));

        Path lib = Files.createDirectory(folder.resolve("lib"));
        for (String each : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path library = Path.of(each);
            if (library.getFileName().toString().matches("(jna|commons-lang3|cpython)-.*")) {
                Files.copy(library, lib.resolve(library.getFileName()));
            }
        }
        ProgramJvm ended = new ProgramJvm.Start().java(List.of("-jar", jar.toString(), "-c", "print(1)"));
        assertThat(ended, is(new ProgramJvm(0, "1\n", "")));
    }

    /** Of the classes under test, with the main class in its manifest. */
    private Path jar() throws Exception {
        Path classes = Path.of(
                Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        Path jar = folder.resolve("engine.jar");
        if (!Files.isDirectory(classes)) {
            return Files.copy(classes, jar);
        }
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Main.class.getName());
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(
                        new ZipEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, out);
            }
        }
        return jar;
    }

    private static ProgramJvm.Start none() {
        ProgramJvm.Start start = new ProgramJvm.Start();
        for (String name : List.of("library", "executable", "home", "venv", "bundle")) {
            start.property("cpython." + name, null);
        }
        return start;
    }

    @Test
    void wrongOptionsAreRefused() throws Exception {
        ProgramJvm ended = run("--no-such-option");
        assertThat(ended.code(), is(2));
        assertThat(ended.err(), allOf(containsString("unknown option --no-such-option"), containsString("usage:")));
        assertThat(run("-c").err(), containsString("option -c wants an argument"));
        assertThat(run("--help").out(), containsString("-m MODULE"));
    }
}
