package io.github.cpythonengine.locate;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a Python said about itself: the lines that {@code probe.py} prints, read back. */
record ProbeReport(Map<String, List<String>> values) {
    private static final String MARK = "cpython-engine:";

    /** The report in some output, or null if it is not all there. Other lines are ignored. */
    static ProbeReport parse(String output) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String text : output.split("\n")) {
            String line = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
            int equals = line.indexOf('=');
            if (line.startsWith(MARK) && equals > 0) {
                values.computeIfAbsent(line.substring(MARK.length(), equals), key -> new ArrayList<>())
                        .add(decode(line.substring(equals + 1)));
            }
        }
        return values.containsKey("end") && values.containsKey("version") ? new ProbeReport(values) : null;
    }

    /** The lines of the report alone, to be kept and parsed again. */
    String text() {
        StringBuilder text = new StringBuilder();
        values.forEach((key, all) -> {
            for (String value : all) {
                text.append(MARK).append(key).append('=').append(encode(value)).append('\n');
            }
        });
        return text.toString();
    }

    /** The first value, or {@code ""}. */
    String get(String key) {
        return values.getOrDefault(key, List.of("")).get(0);
    }

    boolean is(String key) {
        return get(key).equals("1");
    }

    List<String> all(String key) {
        return values.getOrDefault(key, List.of());
    }

    static String encode(String value) {
        StringBuilder text = new StringBuilder();
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            if (b > 32 && b < 127 && b != '%') {
                text.append((char) b);
            } else {
                text.append("%%%02X".formatted(b));
            }
        }
        return text.toString();
    }

    static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '%' && i + 2 < text.length()) {
                int high = Character.digit(text.charAt(i + 1), 16);
                int low = Character.digit(text.charAt(i + 2), 16);
                bytes.write(high * 16 + low);
                i += 2;
            } else {
                bytes.write(text.charAt(i));
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
