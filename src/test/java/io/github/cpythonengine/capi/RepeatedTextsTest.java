package io.github.cpythonengine.capi;

import static io.github.cpythonengine.capi.Api.C;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.arrayContaining;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** However often and in whatever company a text is read, it is the same text. */
class RepeatedTextsTest extends HoldingGil {

    private Object[] read(List<String> texts) {
        long[] objects = new long[texts.size()];
        for (int i = 0; i < objects.length; i++) {
            objects[i] = gil.str(texts.get(i));
        }
        Object[] values = new Object[objects.length];
        assertThat(CommonValues.read(objects, values, "other"), is(0));
        return values;
    }

    private void comesBack(List<String> texts) {
        for (int times = 0; times < 4; times++) {
            assertThat(read(texts), is(arrayContaining(texts.toArray())));
        }
    }

    @Test
    void whatIsReadAgainIsTheSameString() {
        assumeTrue(Layout.latinData(gil.str("x")) != 0, "a layout that is not known");
        for (int i = 0; i < 100; i++) {
            read(List.of("looked for again, whatever others have read"));
        }
        List<String> text = List.of("again " + System.nanoTime() % 1000);
        Object first = read(text)[0];
        Object second = read(text)[0];
        assertThat(second, is(not(sameInstance(first))));
        assertThat(read(text)[0], is(sameInstance(second)));
    }

    @Test
    void nearlyEqualTextsAreToldApart() {
        List<String> texts = new ArrayList<>();
        for (int length = 0; length <= 20; length++) {
            texts.add("a".repeat(length));
            texts.add("a".repeat(length) + "\0");
            texts.add("\0".repeat(length));
            texts.add("\0" + "a".repeat(length));
            texts.add("\u00e9".repeat(length) + "b");
            texts.add("\u00ff".repeat(length) + "\u0001");
        }
        comesBack(texts);
    }

    @Test
    void whatFollowsATextInMemoryIsNoPartOfIt() {
        List<String> texts = List.of("key", "keys of", "keys of ", "keys of a", "keys of a dict");
        for (int times = 0; times < 50; times++) {
            // memory that was another text's before
            for (int length = 1; length < 24; length++) {
                C.Py_DecRef(gil.newRef(
                        gil.str(String.valueOf((char) ('A' + times % 26)).repeat(length))));
            }
            assertThat(read(texts), is(arrayContaining(texts.toArray())));
        }
    }

    @Test
    void moreTextsThanThereArePlaces() {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 60_000; i++) {
            texts.add("text " + i);
        }
        comesBack(texts);
    }

    @Test
    void anyTexts() {
        Random random = new Random(5);
        for (int round = 0; round < 200; round++) {
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                StringBuilder text = new StringBuilder();
                for (int length = random.nextInt(18); length > 0; length--) {
                    text.append((char) (random.nextBoolean() ? random.nextInt(3) : random.nextInt(256)));
                }
                texts.add(text.toString());
            }
            assertThat(read(texts), is(arrayContaining(texts.toArray())));
        }
    }
}
