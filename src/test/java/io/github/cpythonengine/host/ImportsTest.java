package io.github.cpythonengine.host;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

/** Java packages and classes by name. */
class ImportsTest {

    @Test
    void packagesAreModules() {
        Script.run(
                "import java",
                "assert java.util.ArrayList().size() == 0",
                "import java.util.concurrent",
                "assert java.util.concurrent.TimeUnit.SECONDS.toMillis(2) == 2000",
                "import java.util.function as f",
                "assert f.Function.__name__ == 'Function'",
                "from java.util import ArrayList, HashMap as HM, Map",
                "assert HM({'a': 1})['a'] == 1",
                "from java.lang import *",
                "assert Math.abs(-3) == 3 and Thread.currentThread().getName()",
                "import org.hamcrest",
                "from org.hamcrest import Matchers",
                "from io import StringIO",
                "assert 'ArrayList' in dir(java.util)",
                "assert repr(java.util) == \"<java package 'java.util'>\"");
    }

    @Test
    void whoOnlyAsksForNumpyGetsAnAnswer() {
        Script.run(
                "import importlib.util, sys",
                "found = importlib.util.find_spec('numpy')",
                "try:",
                "    import numpy",
                "except ModuleNotFoundError:",
                "    numpy = None",
                "assert (found is None) == (numpy is None), found");
    }

    @Test
    void classesAreImportedLikeModulesToo() {
        Script.run(
                "import java.util.ArrayList",
                "assert java.util.ArrayList([1]).size() == 1",
                "import java.util.HashMap as HM",
                "assert HM().size() == 0",
                "from java.util.Map import Entry",
                "from java.util import Map",
                "assert Entry is Map.Entry",
                "from java.lang.Math import max as most, PI",
                "assert most(1, 2) == 2 and PI > 3",
                "from java.lang.Integer import *",
                "assert parseInt('5') == 5 and MAX_VALUE == 2**31 - 1",
                "try: from java.util.Map import Nothing",
                "except ImportError: pass",
                "else: assert False");
    }

    @Test
    void whatIsNotThereIsAnImportError() {
        Script.run(
                "def raises(text):",
                "    try: exec(text, {})",
                "    except ImportError as e: return str(e)",
                "    raise AssertionError(text)",
                "assert 'Nothing' in raises('from java.util import Nothing')",
                "raises('import nowhere_at_all')",
                "raises('import java.nowhere')",
                "raises('from com.nowhere.deep import Thing')",
                "try: java_type('a.b.C')",
                "except ImportError as e: assert 'a.b.C' in str(e)",
                "else: assert False",
                "import java.util",
                "try: java.util.Nothing",
                "except AttributeError as e: assert 'java.util' in str(e)",
                "else: assert False",
                "try: java_type(5)",
                "except TypeError: pass",
                "else: assert False");
    }

    @Test
    void pythonsOwnModulesGoFirst() {
        Script.run(
                "import io, json, sys",
                "assert hasattr(io, 'StringIO')",
                "import email",
                "assert email.__file__",
                "assert sys.meta_path[-1].__name__ == 'JavaFinder'");
    }

    @Test
    void typesByName() {
        Script.run(
                "assert java_type('java.util.Map$Entry') is java_type('java.util.Map.Entry')",
                "from java.util import Map",
                "assert java_type('java.util.Map$Entry') is Map.Entry",
                "Ints = java_type('int[]')",
                "a = Ints(3); a[1] = 5; assert list(a) == [0, 5, 0]",
                "assert list(Ints([1, 2])) == [1, 2] and list(Ints(range(3))) == [0, 1, 2]",
                "grid = java_type('double[][]')(2, 3); grid[1][2] = 1.5; assert [list(r) for r in grid] == [[0, 0, 0], [0, 0, 1.5]]",
                "half = java_type('int[][]')(2); assert half[0] is None",
                "names = java_type('java.lang.String[]')(['a', None]); assert list(names) == ['a', None]",
                "b = java_type('byte[]')(4); b[0] = -1; assert list(b) == [-1, 0, 0, 0] and b.length == 4",
                "for bad in (-1, 2**31, 'x', 1.5):",
                "    try: Ints(bad)",
                "    except (TypeError, ValueError): pass",
                "    else: assert False, bad");
    }

    @Test
    void arraysAreArguments() {
        assertThat(
                Script.run(
                        "from java.util import Arrays",
                        "a = java_type('int[]')([3, 1, 2]); Arrays.sort(a); assert list(a) == [1, 2, 3]",
                        "assert Arrays.toString(a) == '[1, 2, 3]'",
                        "buffer = java_type('byte[]')(4)",
                        "from java.io import ByteArrayInputStream",
                        "assert ByteArrayInputStream(b'xyz').read(buffer) == 3",
                        "result = bytes(x & 255 for x in buffer).decode()"),
                is("xyz\0"));
    }
}
