package io.github.cpythonengine;

import static io.github.cpythonengine.TestEngines.eval;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import javax.script.ScriptEngine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code import numpy} when {@code org.bytedeco:numpy} is on the class path and Python has none of its own. */
class NumpyFromMavenTest {

    private final ScriptEngine python = TestEngines.engine();

    @BeforeEach
    void isTheOneFromMaven() throws Exception {
        Object version = eval(python, "import sys; '%d.%d' % sys.version_info[:2]");
        assumeTrue("3.14".equals(version), "the jar's NumPy is for Python 3.14, this is " + version);
        Object file = eval(python, "import numpy; numpy.__file__");
        assumeTrue(file.toString().contains("cpython-engine"), "this Python has a NumPy of its own: " + file);
    }

    @Test
    void computes() throws Exception {
        assertThat(
                eval(
                        python,
                        "import numpy as np",
                        "a = np.arange(9.0).reshape(3, 3) + 10 * np.eye(3)",
                        "x = np.linalg.solve(a, np.ones(3))",
                        "bool(np.allclose(a @ x, 1) and np.allclose(np.fft.ifft(np.fft.fft(x)), x))"),
                is(true));
    }

    @Test
    void isAPackageAsAnyOther() throws Exception {
        assertThat(
                eval(python, "import importlib.metadata; importlib.metadata.version('numpy') == numpy.__version__"),
                is(true));
        assertThat(eval(python, "from numpy.testing import assert_equal; assert_equal(1, 1)"), is((Object) null));
    }

    @Test
    void isThereInChildProcesses() throws Exception {
        assertThat(
                (String) eval(
                        python,
                        "import os, subprocess, sys",
                        "folder = os.path.dirname(os.path.dirname(numpy.__file__))",
                        "env = dict(os.environ, PYTHONPATH=folder)",
                        "subprocess.run([sys.executable, '-c', 'import numpy; print(numpy.linalg.det([[2.0, 0], [0, 3]]))'],"
                                + " env=env, capture_output=True, text=True).stdout"),
                containsString("6.0"));
    }
}
