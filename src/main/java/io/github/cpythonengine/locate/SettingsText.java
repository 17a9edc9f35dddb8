package io.github.cpythonengine.locate;

import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * Settings written as text: in system properties, or in environment variables, whose names are the
 * same in capitals with {@code _}. Plain code without lambdas, because it runs at each cold start.
 */
final class SettingsText {
    private final UnaryOperator<String> source;
    private final boolean variables;
    private final UnaryOperator<String> hiding;

    private SettingsText(UnaryOperator<String> source, boolean variables, UnaryOperator<String> hiding) {
        this.source = source;
        this.variables = variables;
        this.hiding = hiding;
    }

    static SettingsText properties(UnaryOperator<String> property) {
        return new SettingsText(property, false, null);
    }

    /** Variables; those are not read for which there is a property, be it a blank one. */
    static SettingsText variables(UnaryOperator<String> variable, UnaryOperator<String> property) {
        return new SettingsText(variable, true, property);
    }

    PythonSettings settings() {
        return new PythonSettings(
                path("cpython.library"),
                path("cpython.executable"),
                string("cpython.home"),
                path("cpython.venv"),
                list("cpython.preload"),
                paths("cpython.preload.path"),
                flag("cpython.isolated"),
                bundle("cpython.bundle"));
    }

    private String text(String key) {
        if (hiding != null && hiding.apply(key) != null) {
            return null;
        }
        String text = source.apply(name(key));
        return text == null || text.isBlank() ? null : text.strip();
    }

    private String name(String key) {
        return variables ? key.toUpperCase(Locale.ROOT).replace('.', '_') : key;
    }

    private String origin(String key) {
        return (variables ? "environment variable " : "system property ") + name(key);
    }

    private Setting<String> string(String key) {
        String text = text(key);
        return text == null ? null : new Setting<>(text, origin(key));
    }

    Setting<Path> path(String key) {
        String text = text(key);
        return text == null ? null : new Setting<>(toPath(key, text), origin(key));
    }

    private Setting<List<String>> list(String key) {
        String text = text(key);
        return text == null ? null : new Setting<>(entries(text), origin(key));
    }

    private Setting<List<Path>> paths(String key) {
        String text = text(key);
        if (text == null) {
            return null;
        }
        List<Path> paths = new ArrayList<>();
        for (String entry : entries(text)) {
            paths.add(toPath(key, entry));
        }
        return new Setting<>(List.copyOf(paths), origin(key));
    }

    private Setting<Boolean> flag(String key) {
        String text = text(key);
        if (text == null) {
            return null;
        }
        Boolean flag = toBoolean(text);
        if (flag == null) {
            throw unknown(key, text, "true or false");
        }
        return new Setting<>(flag, origin(key));
    }

    private Setting<PythonSettings.Bundle> bundle(String key) {
        String text = text(key);
        if (text == null) {
            return null;
        }
        Boolean flag = toBoolean(text);
        if (flag == null && !text.equalsIgnoreCase("auto")) {
            throw unknown(key, text, "auto, true or false");
        }
        return new Setting<>(
                flag == null
                        ? PythonSettings.Bundle.AUTO
                        : flag ? PythonSettings.Bundle.TRUE : PythonSettings.Bundle.FALSE,
                origin(key));
    }

    private Path toPath(String key, String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw PythonNotFoundException.badSetting(
                    origin(key),
                    "is not a path that this JVM can name: " + e.getReason(),
                    "Give a plain path; for one with non-ASCII characters start the JVM in a UTF-8 locale"
                            + " (LC_ALL=C.UTF-8).");
        }
    }

    /** What is between commas or path separators. */
    private static List<String> entries(String text) {
        List<String> entries = new ArrayList<>();
        for (String entry : text.replace(File.pathSeparatorChar, ',').split(",")) {
            if (!entry.isBlank()) {
                entries.add(entry.strip());
            }
        }
        return List.copyOf(entries);
    }

    private static Boolean toBoolean(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> Boolean.TRUE;
            case "false", "no", "off", "0" -> Boolean.FALSE;
            default -> null;
        };
    }

    private PythonNotFoundException unknown(String key, String text, String values) {
        return PythonNotFoundException.badSetting(origin(key), "is '" + text + "'", "Set it to " + values + ".");
    }
}
