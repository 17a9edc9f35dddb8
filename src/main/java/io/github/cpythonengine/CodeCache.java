package io.github.cpythonengine;

import io.github.cpythonengine.interpreter.Code;
import io.github.cpythonengine.interpreter.Gil;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Compiled scripts by text and file name, the least recently used ones dropped: hosts evaluate the same text again and
 * again. Serves all engines. Compiles outside its lock, so that no lock is held while waiting for the GIL.
 */
final class CodeCache {

    private static final int MOST_SCRIPTS = 512;
    private static final long MOST_CHARACTERS = 8 << 20;

    private record Key(String text, String file) {

        // written out: what a record has by itself is put together when first used, which a cold start feels
        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && text.equals(key.text) && Objects.equals(file, key.file);
        }

        @Override
        public int hashCode() {
            return text.hashCode() + Objects.hashCode(file);
        }
    }

    private static final CodeCache SHARED = new CodeCache();

    private final Map<Key, Code> scripts = new LinkedHashMap<>(64, 0.75f, true);
    private long characters;

    private CodeCache() {}

    static Code get(Gil gil, String text, String file) {
        return SHARED.find(gil, new Key(text, file));
    }

    private Code find(Gil gil, Key key) {
        synchronized (scripts) {
            Code known = scripts.get(key);
            if (known != null) {
                return known;
            }
        }
        Code compiled = Code.compile(gil, key.text, key.file);
        if (key.text.length() < MOST_CHARACTERS) {
            synchronized (scripts) {
                if (scripts.put(key, compiled) == null) {
                    characters += key.text.length();
                }
                dropOldest();
            }
        }
        return compiled;
    }

    private void dropOldest() {
        var oldest = scripts.keySet().iterator();
        while (scripts.size() > MOST_SCRIPTS || characters > MOST_CHARACTERS) {
            characters -= oldest.next().text.length();
            oldest.remove();
        }
    }
}
