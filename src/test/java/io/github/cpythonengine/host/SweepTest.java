package io.github.cpythonengine.host;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every public class of large packages can be looked at, member by member. */
class SweepTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.lang", "java.util", "java.util.function", "java.util.stream", "java.util.concurrent", "java.time",
                "java.nio", "java.nio.file", "java.text", "java.io", "java.math", "java.net"
            })
    void allMembersOfAllClasses(String name) {
        Object count = Script.with("name", name)
                .does(
                        "import importlib, inspect, sys",
                        "package = importlib.import_module(name)",
                        "result = 0",
                        "for simple in dir(package):",
                        "    if simple.startswith('_'): continue",
                        "    cls = getattr(package, simple)",
                        "    if not isinstance(cls, type): continue",
                        "    assert cls.__name__ == simple and cls.__module__ == name, cls",
                        "    assert repr(cls) == f\"<java class '{name}.{simple}'>\"",
                        "    cls.__mro__",
                        "    assert cls.class_.getName() == name + '.' + simple",
                        "    for member in dir(cls):",
                        "        if member.startswith('__'): continue",
                        "        try: found = getattr(cls, member)",
                        "        except (AttributeError, LookupError) as e:",
                        "            raise AssertionError((cls, member, e))",
                        "        except Exception as e: print(cls, member, repr(e))",
                        "        found.__doc__",
                        "        result += 1");
        assertThat((Integer) count, greaterThan(100));
    }
}
