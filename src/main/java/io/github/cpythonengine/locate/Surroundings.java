package io.github.cpythonengine.locate;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What the search looks at besides the files themselves, so that tests can set the scene.
 *
 * @param variable environment variables by name, null when absent
 * @param loaders where the bundle is looked for, in order
 * @param cache where probe answers and the extracted bundle are kept
 */
record Surroundings(
        UnaryOperator<String> variable, List<ClassLoader> loaders, Supplier<Cache> cache, Platform platform) {

    static Surroundings ofThisProcess() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ClassLoader ours = Surroundings.class.getClassLoader();
        List<ClassLoader> loaders = context == null || context == ours ? List.of(ours) : List.of(context, ours);
        return new Surroundings(
                System::getenv,
                loaders,
                () -> Cache.ofThisUser(System::getProperty, System::getenv, Platform.CURRENT),
                Platform.CURRENT);
    }

    /** The value of an environment variable, or null when it is absent or blank. */
    String env(String name) {
        String value = variable.apply(name);
        return value == null || value.isBlank() ? null : value;
    }

    /** A path as people write it: relative to the current directory, {@code ..} removed. */
    static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }
}
