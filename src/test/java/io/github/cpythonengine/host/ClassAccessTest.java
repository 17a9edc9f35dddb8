package io.github.cpythonengine.host;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Namespace;
import io.github.cpythonengine.interpreter.Run;
import java.io.Reader;
import java.io.Writer;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.lang.reflect.Member;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a host allows scripts to reach. */
class ClassAccessTest {

    /** A run without streams or variables. */
    private static final class LimitedRun implements Run {
        private final ClassAccess access;
        private final Reference<Run> reference = new WeakReference<>(this);

        LimitedRun(ClassAccess access) {
            this.access = access;
        }

        @Override
        public Reference<Run> reference() {
            return reference;
        }

        @Override
        public ClassAccess classAccess() {
            return access;
        }

        @Override
        public Namespace namespace() {
            return null;
        }

        @Override
        public Writer out() {
            return null;
        }

        @Override
        public Writer err() {
            return null;
        }

        @Override
        public Reader in() {
            return null;
        }

        @Override
        public boolean isWatching() {
            return false;
        }

        @Override
        public Object fetch() {
            return null;
        }

        @Override
        public void apply(Gil gil, Object fetched) {}
    }

    static void check(ClassAccess access, Object value, String... lines) {
        String[] all = new String[lines.length + 1];
        all[0] = "def refused(action):\n"
                + "    try: action()\n"
                + "    except PermissionError as e: assert 'ClassAccess' in str(e); return\n"
                + "    raise AssertionError('allowed')\n";
        System.arraycopy(lines, 0, all, 1, lines.length);
        Script.start();
        Gil.run(gil -> {
            Run run = new LimitedRun(access);
            Reference<? extends Run> before = gil.beginRun(run.reference());
            try {
                Script.with("it", value).does(all);
            } finally {
                gil.endRun(before);
                Reference.reachabilityFence(run);
            }
        });
    }

    @Test
    void noneLeavesWhatTheHostGives() {
        check(
                ClassAccess.none(),
                new ArrayList<>(List.of(1)),
                "assert it.get(0) == 1 and len(it) == 1 and it.iterator().next() == 1",
                "it.add(2); assert list(it.stream().iterator()) == [1, 2]",
                "refused(lambda: java_type('java.lang.System'))",
                "def imported():",
                "    from java.lang import Runtime",
                "refused(imported)",
                "refused(lambda: it.getClass())",
                "refused(lambda: type(it).getName())",
                "refused(lambda: type(it)())",
                "refused(lambda: type(it).class_.getClassLoader())");
    }

    @Test
    void onlySomeClassesAndNoReflection() {
        check(
                ClassAccess.only("java.util.*", "java.lang.Math", "java.util.function.**"),
                Thread.currentThread(),
                "from java.util import ArrayList, Map",
                "assert ArrayList([1]).get(0) == 1 and Map.Entry and Map.of('a', 1)['a'] == 1",
                "from java.lang import Math",
                "assert Math.max(1, 2) == 2",
                "import java.lang, java.util.concurrent",
                "refused(lambda: java.lang.System)",
                "refused(lambda: java.util.concurrent.ConcurrentHashMap)",
                "refused(lambda: java_type('java.lang.Runtime[]'))",
                "assert it.getName()",
                "refused(lambda: it.getContextClassLoader().loadClass('java.lang.Runtime'))",
                "refused(lambda: type(it).currentThread())",
                "from java.util.function import Function");
    }

    @Test
    void membersToo() {
        ClassAccess noClear = new ClassAccess() {
            @Override
            public boolean allows(Class<?> type) {
                return true;
            }

            @Override
            public boolean allows(Member member) {
                return !member.getName().equals("clear");
            }
        };
        List<Object> list = new ArrayList<>(List.of(1));
        check(noClear, list, "refused(lambda: it.clear())", "it.add(2)");
        assertThat(list, is(List.of(1, 2)));
    }

    @Test
    void anotherRunIsNotLimited() {
        check(ClassAccess.none(), 1, "refused(lambda: java_type('java.util.ArrayList'))");
        Script.run("java_type('java.util.ArrayList')()");
        check(ClassAccess.all(), 1, "java_type('java.lang.Runtime').getRuntime()");
    }
}
