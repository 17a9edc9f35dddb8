package io.github.cpythonengine.host;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.github.cpythonengine.interpreter.Gil;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;

/** Classes of loaders that come and go: their Python classes go with them. */
class UnloadingTest {

    public static class Plugin implements Comparable<Plugin> {
        public static final Plugin ONE = new Plugin();
        public static int count;

        public enum Kind {
            A,
            B
        }

        public String name() {
            return "plugin";
        }

        public Kind kind() {
            return Kind.A;
        }

        @Override
        public int compareTo(Plugin other) {
            return 0;
        }
    }

    /** Defines the classes of this test once more. */
    private static final class Loader extends ClassLoader {
        Loader() {
            super(UnloadingTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(UnloadingTest.class.getName())) {
                return super.loadClass(name, resolve);
            }
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    private static WeakReference<ClassLoader> use() throws ReflectiveOperationException {
        Loader loader = new Loader();
        Class<?> type = loader.loadClass(Plugin.class.getName());
        Object plugin = type.getConstructor().newInstance();
        Script.with("p", plugin)
                .and("q", type.getConstructor().newInstance())
                .does(
                        "assert p.name() == 'plugin' and str(p.kind()) == 'A' and p.kind().ordinal() == 0",
                        "Plugin = type(p)",
                        "assert Plugin.ONE is Plugin.ONE and Plugin.Kind.B.name() == 'B' and Plugin().name() == 'plugin'",
                        "Plugin.count = 5; assert Plugin.count == 5 and len(list(Plugin.Kind)) == 2",
                        "assert not p < q and isinstance(q, Plugin) and p.getClass() == Plugin");
        return new WeakReference<>(loader);
    }

    @Test
    void theirLoaderIsCollected() throws Exception {
        WeakReference<ClassLoader> loader = use();
        for (int i = 0; i < 50 && loader.get() != null; i++) {
            Gil.run(gil -> JavaType.letGo());
            Script.handles();
            System.gc();
            Thread.sleep(20);
        }
        assertThat(loader.get(), is(nullValue()));
    }

    @Test
    void aClassThatWasLetGoOfIsTheSameWhileItLives() throws Exception {
        Loader loader = new Loader();
        Object plugin =
                loader.loadClass(Plugin.class.getName()).getConstructor().newInstance();
        Object kept = Script.with("p", plugin).does("result = (type(p),)");
        Gil.run(gil -> {
            JavaType.letGo();
            JavaType.letGo();
        });
        Script.with("p", plugin).and("kept", kept).does("assert type(p) is kept[0] and p.name() == 'plugin'");
    }
}
