package io.github.cpythonengine.locate;

/**
 * The log of the search. Getting a {@link System.Logger} costs ten milliseconds of a cold start, so
 * it is got when there is something to say.
 */
final class Log {
    private Log() {}

    static void warning(String message) {
        logger().log(System.Logger.Level.WARNING, message);
    }

    static void info(String message) {
        logger().log(System.Logger.Level.INFO, message);
    }

    private static System.Logger logger() {
        return System.getLogger("io.github.cpythonengine.locate");
    }
}
