package io.github.cpythonengine.host;

import java.util.List;
import java.util.Map;

/** The Python exceptions that Java's standard ones also are, so that {@code except} finds either. */
final class ExceptionClasses {

    /** Only classes whose instances can be made of a message alone. */
    private static final Map<String, String> NEAREST = Map.ofEntries(
            Map.entry("java.lang.Throwable", "BaseException"),
            Map.entry("java.lang.Exception", "Exception"),
            Map.entry("java.lang.RuntimeException", "RuntimeError"),
            Map.entry("java.lang.IllegalArgumentException", "ValueError"),
            Map.entry("java.lang.IndexOutOfBoundsException", "IndexError"),
            Map.entry("java.lang.ClassCastException", "TypeError"),
            Map.entry("java.lang.ArrayStoreException", "TypeError"),
            Map.entry("java.lang.NullPointerException", "TypeError"),
            Map.entry("java.lang.NegativeArraySizeException", "ValueError"),
            Map.entry("java.lang.ArithmeticException", "ArithmeticError"),
            Map.entry("java.lang.UnsupportedOperationException", "NotImplementedError TypeError"),
            Map.entry("java.lang.ClassNotFoundException", "ImportError"),
            Map.entry("java.lang.NoSuchFieldException", "AttributeError"),
            Map.entry("java.lang.NoSuchMethodException", "AttributeError"),
            Map.entry("java.lang.InterruptedException", "InterruptedError"),
            Map.entry("java.lang.SecurityException", "PermissionError"),
            Map.entry("java.lang.AssertionError", "AssertionError"),
            Map.entry("java.lang.NoClassDefFoundError", "ImportError"),
            Map.entry("java.lang.OutOfMemoryError", "MemoryError"),
            Map.entry("java.lang.StackOverflowError", "RecursionError"),
            Map.entry("java.util.NoSuchElementException", "LookupError"),
            Map.entry("java.util.MissingResourceException", "LookupError"),
            Map.entry("java.util.concurrent.TimeoutException", "TimeoutError"),
            Map.entry("java.time.DateTimeException", "ValueError"),
            Map.entry("java.text.ParseException", "ValueError"),
            Map.entry("java.net.URISyntaxException", "ValueError"),
            Map.entry("java.net.MalformedURLException", "ValueError"),
            Map.entry("java.io.IOException", "OSError"),
            Map.entry("java.io.UncheckedIOException", "OSError"),
            Map.entry("java.io.IOError", "OSError"),
            Map.entry("java.io.EOFException", "EOFError"),
            Map.entry("java.io.FileNotFoundException", "FileNotFoundError"),
            Map.entry("java.nio.file.NoSuchFileException", "FileNotFoundError"),
            Map.entry("java.nio.file.FileAlreadyExistsException", "FileExistsError"),
            Map.entry("java.nio.file.AccessDeniedException", "PermissionError"),
            Map.entry("java.nio.file.NotDirectoryException", "NotADirectoryError"),
            Map.entry("java.nio.charset.CharacterCodingException", "UnicodeError"),
            Map.entry("java.net.ConnectException", "ConnectionRefusedError"),
            Map.entry("java.net.SocketTimeoutException", "TimeoutError"),
            Map.entry("java.net.http.HttpTimeoutException", "TimeoutError"),
            Map.entry("java.nio.channels.ClosedChannelException", "ValueError"));

    private ExceptionClasses() {}

    /** What a Java class has as bases beside its Java ones. */
    static List<String> of(Class<?> type) {
        if (!Throwable.class.isAssignableFrom(type)) {
            return List.of();
        }
        String nearest = NEAREST.get(type.getName());
        if (nearest != null) {
            return List.of(nearest.split(" "));
        }
        return isErrorToCatch(type) ? List.of("Exception") : List.of();
    }

    /** {@code except Exception} sees all but what only the JVM throws, for its own ends. */
    private static boolean isErrorToCatch(Class<?> type) {
        Class<?> parent = type.getSuperclass();
        return parent == Throwable.class && type != Error.class
                || parent == Error.class
                        && type != VirtualMachineError.class
                        && !type.getName().equals("java.lang.ThreadDeath");
    }
}
