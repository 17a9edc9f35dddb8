package io.github.cpythonengine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.script.Compilable;
import javax.script.ScriptEngine;
import javax.script.ScriptEngineFactory;
import javax.script.ScriptEngineManager;
import javax.script.ScriptException;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Starting Python, and how it fails, each in a JVM of its own. */
@Tag("process")
class StartTest {

    @Test
    void aMissingPythonIsToldAtTheFirstUse() throws Exception {
        new ChildJvm(NoPython.class)
                .jvm(
                        "-Dcpython.executable=/no/such/python3",
                        "-Dcpython.library=",
                        "-Dcpython.home=",
                        "-Dcpython.venv=")
                .run()
                .exitsWith(0)
                .prints("engine is there: true")
                .prints("eval: javax.script.ScriptException")
                .prints("compile: javax.script.ScriptException")
                .prints("/no/such/python3")
                .prints("cpython.executable")
                .prints("put is unchecked: true")
                .prints("same again: true")
                .prints("main ends");
    }

    static final class NoPython {
        public static void main(String[] args) {
            ScriptEngine engine = new ScriptEngineManager().getEngineByName("cpython");
            System.out.println("engine is there: " + (engine != null));
            ScriptEngineFactory factory = engine.getFactory();
            assertThat(factory.getParameter(ScriptEngine.LANGUAGE_VERSION), notNullValue());
            assertThat(factory.getOutputStatement("x"), notNullValue());
            String first = thrown(() -> engine.eval("1")).toString();
            System.out.println("eval: " + first);
            System.out.println("compile: " + thrown(() -> ((Compilable) engine).compile("1")));
            System.out.println("put is unchecked: " + (thrown(() -> engine.put("x", 1)) instanceof RuntimeException));
            System.out.println(
                    "same again: " + first.equals(thrown(() -> engine.eval("1")).toString()));
            System.out.println("main ends");
        }

        private interface Step {
            void run() throws Exception;
        }

        private static Throwable thrown(Step step) {
            try {
                step.run();
                return new AssertionError("nothing thrown");
            } catch (Throwable e) {
                return e;
            }
        }
    }

    @Test
    void anEngineThatIsNotUsedLoadsNothing() throws Exception {
        new ChildJvm(Unused.class)
                .jvm("-verbose:class")
                .run()
                .exitsWith(0)
                .prints("main ends")
                .doesNotPrint(" com.sun.jna.")
                .doesNotPrint("org.bytedeco");
    }

    static final class Unused {
        public static void main(String[] args) throws Exception {
            ScriptEngineManager manager = new ScriptEngineManager();
            for (ScriptEngineFactory factory : manager.getEngineFactories()) {
                factory.getNames();
                factory.getParameter("THREADING");
                factory.getLanguageVersion();
                factory.getProgram("x = 1");
            }
            manager.put("shared", 1);
            ScriptEngine engine = manager.getEngineByName("cpython");
            engine.getContext().setWriter(new StringWriter());
            ((AutoCloseable) engine).close();
            System.out.println("main ends");
        }
    }

    @Test
    void manyThreadsMayStartItAtOnce() throws Exception {
        new ChildJvm(Race.class).run().exitsWith(0).prints("32 of 32");
    }

    static final class Race {
        public static void main(String[] args) throws Exception {
            CountDownLatch go = new CountDownLatch(1);
            int[] good = new int[32];
            Thread[] threads = new Thread[good.length];
            for (int i = 0; i < threads.length; i++) {
                int number = i;
                threads[i] = new Thread(() -> {
                    try {
                        go.await();
                        good[number] = (Integer) TestEngines.engine().eval("import sys; 1");
                    } catch (ScriptException | InterruptedException e) {
                        e.printStackTrace(System.out);
                    }
                });
                threads[i].start();
            }
            go.countDown();
            int sum = 0;
            for (int i = 0; i < threads.length; i++) {
                threads[i].join();
                sum += good[i];
            }
            System.out.println(sum + " of " + good.length);
        }
    }

    @Test
    void nothingOfTheWorkingFolderIsImported() throws Exception {
        ChildJvm child = new ChildJvm(RunScripts.class);
        for (String module : List.of("encodings", "site", "json", "decimal", "os", "sitecustomize", "antigravity_x")) {
            child.file(module + ".py", "print('HIJACKED by the working folder')");
        }
        child.args("import json, decimal, os; json.dumps([1])", "import antigravity_x")
                .run()
                .exitsWith(0)
                .prints("value: [1]")
                .prints("ModuleNotFoundError")
                .doesNotPrint("HIJACKED");
    }

    @Test
    @EnabledOnOs(
            value = {OS.LINUX, OS.MAC},
            disabledReason = "locales of POSIX")
    void theLocaleChangesNothing() throws Exception {
        for (String locale : List.of("C", "POSIX", "tr_TR.UTF-8")) {
            new ChildJvm(RunScripts.class)
                    .env("LC_ALL", locale)
                    .env("LANG", null)
                    .args(
                            "import sys, os, locale; sys.getfilesystemencoding() + ' ' + str(sys.flags.utf8_mode)",
                            "open('\\xe9.txt', 'w').write('\\u20ac'); ascii(open('\\xe9.txt').read())",
                            "str(1.5) + ' ' + 'I'.lower()",
                            "repr(os.environ.get('LC_CTYPE'))")
                    .run()
                    .exitsWith(0)
                    .prints("value: utf-8 1")
                    .prints("value: '\\u20ac'")
                    .prints("value: 1.5 i")
                    .prints("value: None");
        }
    }

    @Test
    void theEnvironmentOfAnotherPythonDoesNoHarm() throws Exception {
        new ChildJvm(RunScripts.class)
                .env("PYTHONHOME", "/no/such/home")
                .args("import json; json.dumps([42])")
                .run()
                .exitsWith(0)
                .prints("value: [42]");
    }

    @Test
    void signalsAreLeftToTheJvm() throws Exception {
        new ChildJvm(RunScripts.class)
                .args("import signal; str(signal.getsignal(signal.SIGINT))", "1 + 1")
                .jvm("-Xcheck:jni")
                .run()
                .exitsWith(0)
                .prints("value: 2")
                .doesNotPrint("default_int_handler");
    }

    // ---- names and Jython

    @Test
    void aPropertySaysWhoseNamesItHas() throws Exception {
        new ChildJvm(Names.class)
                .jvm("-Dcpython.names=own")
                .run()
                .prints("cpython true")
                .prints("python3 true")
                .prints("python false")
                .prints("extension py false");
    }

    @Test
    void jythonsNamesAreLeftToJythonUnlessAPropertySaysOtherwise(@TempDir Path folder) throws Exception {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        assumeTrue(compiler != null, "needs a JDK");
        Path source =
                Files.createDirectories(folder.resolve("org/python/jsr223")).resolve("PyScriptEngineFactory.java");
        Files.writeString(source, "package org.python.jsr223; public class PyScriptEngineFactory {}");
        assumeTrue(compiler.run(null, null, null, source.toString()) == 0, "compiles");
        new ChildJvm(Names.class)
                .classPath(folder)
                .run()
                .exitsWith(0)
                .prints("cpython true")
                .prints("CPython true")
                .prints("python3 true")
                .prints("python false")
                .prints("py false")
                .prints("extension py false");
        new ChildJvm(Names.class)
                .classPath(folder)
                .jvm("-Dcpython.names=all")
                .run()
                .exitsWith(0)
                .prints("python true")
                .prints("extension py true");
    }

    static final class Names {
        public static void main(String[] args) {
            ScriptEngineManager manager = new ScriptEngineManager();
            for (String name : List.of("cpython", "CPython", "python3", "python", "py")) {
                System.out.println(name + " " + (manager.getEngineByName(name) != null));
            }
            System.out.println("extension py " + (manager.getEngineByExtension("py") != null));
        }
    }
}
