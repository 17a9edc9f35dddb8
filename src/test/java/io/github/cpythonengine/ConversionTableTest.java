package io.github.cpythonengine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.github.cpythonengine.convert.Conversions;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** That the README's first table of conversions is the table that the engine has, row by row. */
class ConversionTableTest {

    private static final String HEAD = "| Python | Java |\n|---|---|\n";

    @Test
    void readmeShowsTheBuiltInTable() throws Exception {
        String readme = TutorialTest.readme();
        String rest = readme.substring(readme.indexOf(HEAD) + HEAD.length());
        List<String> shown = rest.lines().takeWhile(it -> it.startsWith("|")).toList();
        String wanted = Conversions.table().stream()
                .map(row -> "| " + row.python() + " | " + row.java() + " |")
                .collect(Collectors.joining("\n"));
        assertThat(String.join("\n", shown).replace("`", ""), is(wanted));
    }
}
