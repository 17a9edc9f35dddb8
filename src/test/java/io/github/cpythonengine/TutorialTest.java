package io.github.cpythonengine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * That the README's code runs and prints what it says: each Java block is compiled as the body of a method, and what it
 * prints is compared with its comments of the form {@code // prints ...}, in order.
 */
@Tag("process")
class TutorialTest {

    private static final Pattern BLOCK = Pattern.compile("^```(\\w+)\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern PRINTS = Pattern.compile("// prints (.*)$", Pattern.MULTILINE);
    private static final Pattern IMPORT = Pattern.compile("^import .*;\\n", Pattern.MULTILINE);

    @TempDir
    Path folder;

    static String readme() throws Exception {
        return Files.readString(Path.of("README.md"));
    }

    private static List<String> blocks(String language) throws Exception {
        List<String> blocks = new ArrayList<>();
        for (Matcher block = BLOCK.matcher(readme()); block.find(); ) {
            if (block.group(1).equals(language)) {
                blocks.add(block.group(2));
            }
        }
        return blocks;
    }

    @TestFactory
    List<DynamicTest> javaCodeRunsAndPrintsWhatItSays() throws Exception {
        List<String> blocks = blocks("java");
        assertThat(blocks.size(), greaterThan(5));
        List<DynamicTest> tests = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            String name = "Block" + (i + 1);
            String code = blocks.get(i);
            String title = name + ": "
                    + code.lines()
                            .filter(it -> !it.startsWith("import"))
                            .findFirst()
                            .orElse("");
            tests.add(DynamicTest.dynamicTest(title, () -> check(name, code)));
        }
        return tests;
    }

    private void check(String name, String code) throws Exception {
        String wanted = PRINTS.matcher(code).results().map(it -> it.group(1)).collect(Collectors.joining("\n"));
        assertThat(run(name, code).strip(), is(wanted));
    }

    private String run(String name, String code) throws Exception {
        String imports = IMPORT.matcher(code).results().map(it -> it.group()).collect(Collectors.joining());
        compile(
                name,
                imports + "public class " + name + " {\npublic static void run() throws Exception {\n"
                        + IMPORT.matcher(code).replaceAll("") + "}\n}\n");
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            loader.loadClass(name).getMethod("run").invoke(null);
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    private void compile(String name, String source) throws Exception {
        Path file = Files.writeString(folder.resolve(name + ".java"), source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<String> options = List.of("-proc:none", "-d", folder.toString(), "-classpath", classPath());
            boolean good = compiler.getTask(messages, files, null, options, null, files.getJavaFileObjects(file))
                    .call();
            assertThat(messages + source, good, is(true));
        }
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    @Test
    void demoPrintsWhatIsShown() throws Exception {
        String shown = blocks("text").get(0);
        ProgramJvm demo = new ProgramJvm.Start()
                .property("cpython.executable", null)
                .property("cpython.library", null)
                .property("cpython.home", null)
                .property("cpython.venv", null)
                .property("cpython.bundle", "true")
                .in(Path.of("it/demo"))
                .java(List.of("-cp", classPath(), "src/main/java/demo/Demo.java"));
        assertThat(demo.err(), demo.code(), is(0));
        assertThat(withoutMachine(demo.out()), is(withoutMachine(shown)));
    }

    /** The JDK may be another one, and libsqlite3 may be missing. */
    private static String withoutMachine(String output) {
        return output.replaceAll("Java \\d+;", "Java N;").replaceAll("(?m)^sqlite3: .*", "sqlite3:");
    }

    @Test
    void versionsAreThoseOfTheBuild() throws Exception {
        String pom = Files.readString(Path.of("pom.xml"));
        for (String tag : List.of("version", "bundle.version", "jline.version")) {
            Matcher version = Pattern.compile("<" + tag + ">(.*?)</").matcher(pom);
            version.find();
            assertThat(readme(), containsString(version.group(1)));
        }
    }
}
