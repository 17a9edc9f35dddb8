package io.github.cpythonengine.locate;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What the search looks at besides the files themselves, so that tests can set the scene.
 *
 * @param variable environment variables by name, null when absent
 * @param loaders where the bundle is looked for, in order
 * @param cache where probe answers and the extracted bundle are kept
 */
record Surroundings(
    UnaryOperator<String> variable, List<ClassLoader> loaders, Cache cache, Platform platform) {

  static Surroundings ofThisProcess() {
    List<ClassLoader> loaders =
        Stream.of(
                Thread.currentThread().getContextClassLoader(),
                Surroundings.class.getClassLoader())
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    return new Surroundings(
        System::getenv,
        loaders,
        Cache.ofThisUser(System::getProperty, System::getenv, Platform.CURRENT),
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
