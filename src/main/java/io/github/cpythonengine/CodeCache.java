package io.github.cpythonengine;

import io.github.cpythonengine.interpreter.Code;
import io.github.cpythonengine.interpreter.Gil;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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

    /** The code of a text, entered: {@link Code#leave} is for the caller. */
    static Code enter(Gil gil, String text, String file) {
        return SHARED.find(gil, new Key(text, file));
    }

    private Code find(Gil gil, Key key) {
        synchronized (scripts) {
            Code known = scripts.get(key);
            if (known != null) {
                known.enter();
                return known;
            }
        }
        Code compiled = Code.compile(gil, key.text, key.file);
        compiled.enter();
        if (key.text.length() < MOST_CHARACTERS) {
            List<Code> dropped;
            synchronized (scripts) {
                if (scripts.put(key, compiled) == null) {
                    characters += key.text.length();
                }
                dropped = dropOldest();
            }
            dropped.forEach(code -> code.giveUp(gil));
        }
        return compiled;
    }

    private List<Code> dropOldest() {
        if (scripts.size() <= MOST_SCRIPTS && characters <= MOST_CHARACTERS) {
            return List.of();
        }
        List<Code> dropped = new ArrayList<>();
        var oldest = scripts.entrySet().iterator();
        while (scripts.size() > MOST_SCRIPTS || characters > MOST_CHARACTERS) {
            Map.Entry<Key, Code> entry = oldest.next();
            characters -= entry.getKey().text.length();
            dropped.add(entry.getValue());
            oldest.remove();
        }
        return dropped;
    }
}
