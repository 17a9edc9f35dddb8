package io.github.cpythonengine.interpreter;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.Backend;
import io.github.cpythonengine.locate.PythonHome;
import io.github.cpythonengine.locate.PythonLocator;
import io.github.cpythonengine.locate.PythonSettings;
import io.github.cpythonengine.locate.Setting;
import java.lang.System.Logger.Level;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongUnaryOperator;

/**
 * Loads libpython and starts it without signal handlers, in UTF-8 mode, with no current directory
 * on {@code sys.path}; or joins the Python that already runs in the process.
 */
final class Startup {

    static final int DEFAULT_RECURSION_LIMIT = 1000;

    private final PythonSettings settings;

    Startup(PythonSettings settings) {
        this.settings = settings;
    }

    Interpreter run() {
        FlightRecording.look();
        return FlightRecording.isOn() ? FlightEvents.start(this::findAndStart) : findAndStart();
    }

    private Interpreter findAndStart() {
        long before = System.nanoTime();
        Backend.prepare();
        Optional<Path> running = Backend.running();
        PythonHome home = running.map(Startup::joinedHome).orElseGet(this::locate);
        if (running.isEmpty()) {
            Backend.preload(home.preload());
        }
        load(home);
        String version = C.getString(C.Py_GetVersion());
        version = version.substring(0, version.indexOf(' '));
        checkVersion(home, version);
        boolean joined = C.Py_IsInitialized() != 0;
        int minor = minor(version);
        if (!joined) {
            boolean isolated = isTrue(settings.isolated());
            MainThread.start(() -> initialize(home, isolated, minor));
        }
        Interpreter.opened(minor);
        try (Gil gil = Gil.acquire()) {
            PythonHalf process = PythonHalf.load(gil, "process", Map.of());
            gil.call(process.member(gil, "keep_signals_of_the_jvm"));
            MainModule.install(gil);
            Streams.install(gil, joined);
            ForkedChild.install(gil);
            Bridge.javaObjects().start(gil);
        }
        if (!joined) {
            Runtime.getRuntime().addShutdownHook(new Thread(Startup::exit, "cpython-exit"));
        }
        long millis = (System.nanoTime() - before) / 1_000_000;
        Reaper.start("CPython " + version + " from " + home.library() + " (" + home.origin() + ") started in " + millis
                + " ms");
        return new Interpreter(home, version, joined);
    }

    private PythonHome locate() {
        return PythonLocator.locate(settings);
    }

    private static PythonHome joinedHome(Path library) {
        return new PythonHome(
                library,
                null,
                null,
                null,
                null,
                null,
                false,
                List.of(),
                "already running in this process",
                List.of("running in this process: " + library));
    }

    private static void load(PythonHome home) {
        try {
            Backend.load(home.library());
        } catch (UnsatisfiedLinkError e) {
            throw new IllegalStateException(
                    "The Python library "
                            + home.library()
                            + " ("
                            + home.origin()
                            + ") cannot be loaded: "
                            + e.getMessage()
                            + "\nIt must be a CPython 3.9 to 3.14 built for this JVM's processor ("
                            + System.getProperty("os.arch")
                            + ").",
                    e);
        }
    }

    private static void checkVersion(PythonHome home, String version) {
        String wanted = home.version();
        if (wanted != null && minor(wanted) != minor(version)) {
            throw new IllegalStateException("The library "
                    + home.library()
                    + " is CPython "
                    + version
                    + ", but "
                    + home.executable()
                    + " is "
                    + wanted
                    + ". Set cpython.library and cpython.executable to the same version.");
        }
        if (!version.startsWith("3.") || minor(version) < 9 || minor(version) > 14) {
            throw new IllegalStateException(
                    "The library " + home.library() + " is CPython " + version + "; supported: 3.9 to 3.14");
        }
    }

    /** The second number of a version: 14 of {@code "3.14.0rc1"}. Regular expressions would cost a cold start more. */
    private static int minor(String version) {
        int minor = 0;
        int at = version.indexOf('.') + 1;
        while (at < version.length() && Character.isDigit(version.charAt(at))) {
            minor = 10 * minor + Character.digit(version.charAt(at++), 10);
        }
        return minor;
    }

    private static boolean isTrue(Setting<Boolean> setting) {
        return setting != null && Boolean.TRUE.equals(setting.value());
    }

    // ---- on the main thread

    private static Void initialize(PythonHome home, boolean isolated, int minor) {
        String error = minor >= 14 ? initializeBySettings(home, isolated) : initializeByStructures(home, isolated);
        if (error != null) {
            throw new IllegalStateException("Python does not start: "
                    + error
                    + "\nlibrary "
                    + home.library()
                    + ", executable "
                    + home.executable()
                    + ", home "
                    + home.home()
                    + " ("
                    + home.origin()
                    + ")\nThe library and its standard library must be of the same installation: set"
                    + " cpython.executable or cpython.venv to its python, and remove cpython.home.");
        }
        C.PyEval_SaveThread();
        return null;
    }

    /** <a href="https://peps.python.org/pep-0741/">PEP 741</a>, CPython 3.14 and newer. */
    private static String initializeBySettings(PythonHome home, boolean isolated) {
        long config = C.call("PyInitConfig_Create");
        int environment = isolated ? 0 : 1;
        boolean set = set(config, "isolated", isolated ? 1 : 0)
                && set(config, "use_environment", environment)
                && set(config, "user_site_directory", environment)
                && set(config, "safe_path", 1)
                && set(config, "utf8_mode", 1)
                && set(config, "configure_locale", 0)
                && set(config, "parse_argv", 0)
                && set(config, "install_signal_handlers", 0)
                && set(config, "faulthandler", 0)
                && set(config, "program_name", home.executable())
                && set(config, "home", home.home());
        String error = null;
        if (!set || (int) C.call("Py_InitializeFromInitConfig", config) < 0) {
            long cell = C.allocate(Long.BYTES);
            C.call("PyInitConfig_GetError", config, cell);
            long text = C.getLong(cell);
            error = text == 0 ? "no reason given" : C.getString(text);
            C.free(cell);
        }
        C.call("PyInitConfig_Free", config);
        return error;
    }

    private static boolean set(long config, String name, long value) {
        return withText(name, n -> (int) C.call("PyInitConfig_SetInt", config, n, value)) == 0;
    }

    private static boolean set(long config, String name, Object value) {
        return value == null
                || withText(
                                name,
                                n -> withText(value.toString(), v -> (int) C.call("PyInitConfig_SetStr", config, n, v)))
                        == 0;
    }

    private static long withText(String text, LongUnaryOperator use) {
        byte[] bytes = Py.cString(text);
        long address = C.allocate(bytes.length);
        C.write(address, bytes, bytes.length);
        try {
            return use.applyAsLong(address);
        } finally {
            C.free(address);
        }
    }

    /**
     * {@code PyPreConfig} and {@code PyConfig} (<a
     * href="https://docs.python.org/3/c-api/init_config.html">C API</a>) as memory of unknown shape:
     * their first integers have been the same in 3.8 to 3.13, which is checked against the difference
     * between CPython's own "Python" and "isolated" presets.
     */
    private static String initializeByStructures(PythonHome home, boolean isolated) {
        long pre = C.allocate(CONFIG_SIZE);
        C.call("PyPreConfig_InitPythonConfig", pre);
        if (!isPreConfigKnown(pre)) {
            return initializePlainly(home);
        }
        C.putInt(pre + PARSE_ARGV, 0);
        if (isolated) {
            C.putInt(pre + PRE_ISOLATED, 1);
            C.putInt(pre + PRE_USE_ENVIRONMENT, 0);
        }
        C.putInt(pre + CONFIGURE_LOCALE, 0);
        C.putInt(pre + COERCE_C_LOCALE, 0);
        C.putInt(pre + COERCE_C_LOCALE_WARN, 0);
        C.putInt(pre + utf8Mode(), 1);
        String error = C.callForStatus("Py_PreInitialize", pre);
        C.free(pre);
        if (error != null) {
            return error;
        }
        setProgramAndHome(home);
        long config = C.allocate(CONFIG_SIZE);
        C.call("PyConfig_InitPythonConfig", config);
        if (!isConfigKnown(config)) {
            return initializePlainly(home);
        }
        C.putInt(config + SIGNAL_HANDLERS, 0);
        if (isolated) {
            C.putInt(config + ISOLATED, 1);
            C.putInt(config + USE_ENVIRONMENT, 0);
        }
        error = C.callForStatus("Py_InitializeFromConfig", config);
        C.call("PyConfig_Clear", config);
        C.free(config);
        return error;
    }

    /** The structures have below 500 bytes; this leaves room for any version. */
    private static final int CONFIG_SIZE = 8 << 10;

    private static final int PARSE_ARGV = 4;
    private static final int PRE_ISOLATED = 8;
    private static final int PRE_USE_ENVIRONMENT = 12;
    private static final int CONFIGURE_LOCALE = 16;
    private static final int COERCE_C_LOCALE = 20;
    private static final int COERCE_C_LOCALE_WARN = 24;

    private static final int ISOLATED = 4;
    private static final int USE_ENVIRONMENT = 8;
    private static final int SIGNAL_HANDLERS = 16;

    private static int utf8Mode() {
        return C.wcharSize() == 2 ? 32 : 28; // Windows has one field more before it
    }

    private static boolean isPreConfigKnown(long python) {
        long isolated = C.allocate(CONFIG_SIZE);
        C.call("PyPreConfig_InitIsolatedConfig", isolated);
        boolean known = ints(python, PARSE_ARGV, 1, 0, 1, 1)
                && ints(isolated, PARSE_ARGV, 0, 1, 0, 0)
                && ints(python, utf8Mode(), -1)
                && ints(isolated, utf8Mode(), 0);
        C.free(isolated);
        return known;
    }

    private static boolean isConfigKnown(long python) {
        long isolated = C.allocate(CONFIG_SIZE);
        C.call("PyConfig_InitIsolatedConfig", isolated);
        boolean known = C.getInt(python + ISOLATED) == 0
                && C.getInt(isolated + ISOLATED) == 1
                && C.getInt(isolated + USE_ENVIRONMENT) == 0
                && C.getInt(python + SIGNAL_HANDLERS) == 1
                && C.getInt(isolated + SIGNAL_HANDLERS) == 0;
        C.call("PyConfig_Clear", isolated);
        C.free(isolated);
        return known;
    }

    private static boolean ints(long address, int offset, int... wanted) {
        for (int i = 0; i < wanted.length; i++) {
            if (C.getInt(address + offset + 4L * i) != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    /** For a build whose structures are not known. A bad home would end the process here. */
    private static String initializePlainly(PythonHome home) {
        Interpreter.log().log(
                Level.WARNING, "This CPython has configuration structures of an unknown shape; starting it plainly");
        setProgramAndHome(home);
        C.call("Py_InitializeEx", 0);
        return null;
    }

    private static void setProgramAndHome(PythonHome home) {
        if (home.executable() != null) {
            C.call("Py_SetProgramName", wide(home.executable().toString()));
        }
        if (home.home() != null) {
            C.call("Py_SetPythonHome", wide(home.home()));
        }
    }

    /** A {@code wchar_t} string that lives for ever, as these two functions want it. */
    private static long wide(String text) {
        int width = C.wcharSize();
        Charset charset = width == 2
                ? (littleEndian() ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE)
                : Charset.forName(littleEndian() ? "UTF-32LE" : "UTF-32BE");
        byte[] bytes = text.getBytes(charset);
        long address = C.allocate(bytes.length + (long) width);
        C.write(address, bytes, bytes.length);
        return address;
    }

    private static boolean littleEndian() {
        return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    }

    // ---- at the end

    private static void exit() {
        Interpreter.closing();
        MainThread.runAtExit(() -> {
            try (Gil gil = Gil.acquire()) {
                PythonHalf process = PythonHalf.load(gil, "process", Map.of());
                gil.call(process.member(gil, "exit"));
            }
        });
    }
}
