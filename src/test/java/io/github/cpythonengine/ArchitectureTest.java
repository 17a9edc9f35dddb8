package io.github.cpythonengine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The order of the packages and the walls between them, read from the sources: imports and names written in full.
 *
 * <pre>locate   capi   &lt;   interpreter   &lt;   python   &lt;   convert   &lt;   wrap   &lt;   host   &lt;   root</pre>
 */
class ArchitectureTest {
    private static final String BASE = "io.github.cpythonengine";
    private static final String ROOT = "root";

    /** The leftmost packages, which do not know each other. */
    private static final List<String> LEFTMOST = List.of("locate", "capi");

    /** Then these, in order; each may import the leftmost ones and those before it. */
    private static final List<String> ORDER = List.of("interpreter", "python", "convert", "wrap", "host");

    /** What the root, which may import all others, still must not: it sees no pointer. */
    private static final Set<String> NOT_IN_ROOT = Set.of("capi");

    /** Libraries that one package alone may use. */
    private static final Map<String, String> WALLS =
            Map.of("com.sun.jna", "capi", "java.lang.foreign", "capi", "javax.script", ROOT, "jdk.jfr", "interpreter");

    private static final Pattern COMMENT_OR_LITERAL = Pattern.compile(
            "//[^\\n]*|/\\*.*?\\*/|\"\"\".*?(?<!\\\\)\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])+'",
            Pattern.DOTALL);
    private static final Pattern PACKAGE = Pattern.compile("^\\s*package\\s+([\\w.]+)\\s*;", Pattern.MULTILINE);
    private static final Pattern OURS =
            Pattern.compile("(?<![\\w.])" + Pattern.quote(BASE) + "(?:\\s*\\.\\s*(\\w+|\\*))?");

    @Test
    void packagesKeepTheirOrderAndWalls() {
        List<String> violations = new ArrayList<>();
        List<Path> sources = sources();
        for (Path source : sources) {
            violations(read(source)).forEach(it -> violations.add(source + ": " + it));
        }
        assertThat(sources.size(), greaterThan(6));
        assertThat(String.join("\n", violations), violations, empty());
    }

    @Test
    void lookingLeftIsAllowed() {
        assertThat(violations(in("python", "import " + BASE + ".capi.CPython;")), empty());
        assertThat(violations(in("host", "import " + BASE + ".wrap.PyList;\nimport java.util.List;")), empty());
        assertThat(violations(in("capi", "import com.sun.jna.Native;\nimport java.lang.foreign.Arena;")), empty());
        assertThat(violations("package " + BASE + ";\nimport javax.script.ScriptEngine;\nclass A {}"), empty());
        assertThat(violations("package " + BASE + ";\nimport " + BASE + ".python.PyObject;\nclass A {}"), empty());
        assertThat(violations(in("python", "import " + BASE + ".python.inner.Other;")), empty());
    }

    @Test
    void lookingRightIsRefused() {
        assertThat(violations(in("python", "import " + BASE + ".host.JavaObjects;")), contains("python uses host"));
        assertThat(violations(in("convert", "import " + BASE + ".wrap.*;")), contains("convert uses wrap"));
        assertThat(
                violations(in("python.inner", "import static " + BASE + ".wrap.PyList.of;")),
                contains("python uses wrap"));
    }

    @Test
    void nobodyImportsTheRoot() {
        assertThat(violations(in("host", "import " + BASE + ".Main;")), contains("host uses root"));
        assertThat(violations(in("host", "import " + BASE + ".*;")), contains("host uses root"));
    }

    @Test
    void theTwoLeftmostPackagesDoNotKnowEachOther() {
        assertThat(violations(in("locate", "import " + BASE + ".capi.CPython;")), contains("locate uses capi"));
        assertThat(violations(in("capi", "import " + BASE + ".locate.PythonHome;")), contains("capi uses locate"));
    }

    @Test
    void theRootSeesNoPointer() {
        assertThat(
                violations("package " + BASE + ";\nimport " + BASE + ".capi.CPython;\nclass A {}"),
                contains("root uses capi"));
    }

    @Test
    void wallsHold() {
        assertThat(violations(in("locate", "import com.sun.jna.Native;")), contains("locate uses com.sun.jna"));
        assertThat(
                violations(in("python", "import java.lang.foreign.Arena;")), contains("python uses java.lang.foreign"));
        assertThat(violations(in("host", "import javax.script.Bindings;")), contains("host uses javax.script"));
    }

    @Test
    void namesWrittenInFullCountAsImports() {
        assertThat(
                violations(in("wrap", "class B { Object o = new " + BASE + ".host.JavaObjects(); }")),
                contains("wrap uses host"));
        assertThat(violations(in("wrap", "class B { com.sun.jna.Pointer p; }")), contains("wrap uses com.sun.jna"));
        assertThat(
                violations(in("wrap", "class B { char c = '\"'; com.sun.jna.Pointer p; char d = '\"'; }")),
                contains("wrap uses com.sun.jna"));
    }

    @Test
    void commentsAndStringsDoNotCount() {
        String code = "/** {@link javax.script.Bindings} */ class B { // com.sun.jna\n"
                + "String s = \"javax.script.filename\"; String t = \"\"\"\n  java.lang.foreign \"quoted\" \"\"\"; }";
        assertThat(violations(in("wrap", code)), empty());
    }

    @Test
    void onlyThePackagesInThePictureExist() {
        assertThat(violations(in("util", "")), contains("util is none of the packages in the picture"));
        assertThat(
                violations(in("wrap", "import " + BASE + ".util.Strings;")).toString(),
                containsString("wrap uses util"));
        assertThat(violations("class NoPackage {}"), not(empty()));
    }

    private static String in(String subpackage, String code) {
        return "package " + BASE + "." + subpackage + ";\n" + code + "\nclass A {}";
    }

    private static Set<String> violations(String source) {
        String code = COMMENT_OR_LITERAL.matcher(source).replaceAll("\"\"");
        Matcher declaration = PACKAGE.matcher(code);
        if (!declaration.find()) {
            return Set.of("no package declaration");
        }
        String self = place(declaration.group(1));
        if (!self.equals(ROOT) && !LEFTMOST.contains(self) && !ORDER.contains(self)) {
            return Set.of(self + " is none of the packages in the picture");
        }
        Set<String> violations = new TreeSet<>();
        String body = code.substring(declaration.end());
        for (Matcher use = OURS.matcher(body); use.find(); ) {
            String other = place(use.group());
            if (!other.equals(self) && !mayUse(self, other)) {
                violations.add(self + " uses " + other);
            }
        }
        WALLS.forEach((library, owner) -> {
            if (!self.equals(owner) && names(body, library)) {
                violations.add(self + " uses " + library);
            }
        });
        return violations;
    }

    private static boolean mayUse(String self, String other) {
        if (self.equals(ROOT)) {
            return !NOT_IN_ROOT.contains(other) && (LEFTMOST.contains(other) || ORDER.contains(other));
        }
        boolean standsLeft = ORDER.contains(other) && ORDER.indexOf(other) < ORDER.indexOf(self);
        return ORDER.contains(self) && (LEFTMOST.contains(other) || standsLeft);
    }

    /** The package of the picture that a name in ours belongs to; subpackages count with their parent. */
    private static String place(String name) {
        if (!name.startsWith(BASE)) {
            return name;
        }
        String rest = name.substring(BASE.length()).replaceAll("[\\s.]*([\\w*]*).*", "$1");
        boolean isPackage = !rest.isEmpty() && Character.isLowerCase(rest.charAt(0));
        return isPackage ? rest : ROOT;
    }

    private static boolean names(String code, String library) {
        return Pattern.compile("(?<![\\w.])" + Pattern.quote(library) + "(?![\\w])")
                .matcher(code)
                .find();
    }

    /** All main sources but the module declaration, which has to name every package. */
    private static List<Path> sources() {
        List<Path> found = new ArrayList<>();
        for (String folder : List.of("src/main/java", "src/main/java22")) {
            Path root = Path.of(folder);
            if (Files.isDirectory(root)) {
                try (Stream<Path> files = Files.walk(root)) {
                    files.filter(it -> it.toString().endsWith(".java"))
                            .filter(it -> !it.endsWith("module-info.java"))
                            .forEach(found::add);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return found;
    }

    private static String read(Path source) {
        try {
            return Files.readString(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
