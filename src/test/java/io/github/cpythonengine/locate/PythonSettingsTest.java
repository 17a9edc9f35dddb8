package io.github.cpythonengine.locate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("locate")
class PythonSettingsTest {
    @Test
    void nothingSetIsNothingSet() {
        assertThat(read(Map.of(), Map.of()), is(PythonSettings.NONE));
    }

    @Test
    void eachSettingIsReadAndKnowsItsOrigin() {
        PythonSettings settings = read(
                Map.of(
                        "cpython.executable", "/a/python",
                        "cpython.preload", "libffi.so.8, libz.so",
                        "cpython.preload.path", "/x:/y",
                        "cpython.isolated", "TRUE"),
                Map.of());
        assertThat(
                settings.executable(), is(new Setting<>(Path.of("/a/python"), "system property cpython.executable")));
        assertThat(settings.preload().value(), is(List.of("libffi.so.8", "libz.so")));
        assertThat(settings.preloadPath().value(), is(List.of(Path.of("/x"), Path.of("/y"))));
        assertThat(settings.isIsolated(), is(true));
    }

    @Test
    void variablesAreTheSameInCapitals() {
        PythonSettings settings =
                read(Map.of(), Map.of("CPYTHON_VENV", "/v", "CPYTHON_BUNDLE", "false", "CPYTHON_PRELOAD_PATH", "/p"));
        assertThat(settings.venv().origin(), is("environment variable CPYTHON_VENV"));
        assertThat(settings.bundle().value(), is(PythonSettings.Bundle.FALSE));
        assertThat(settings.preloadPath().value(), is(List.of(Path.of("/p"))));
    }

    @Test
    void propertiesWinOverVariables() {
        PythonSettings settings = read(Map.of("cpython.venv", "/property"), Map.of("CPYTHON_VENV", "/variable"));
        assertThat(settings.venv().value(), is(Path.of("/property")));
    }

    @Test
    void aPythonIsChosenAsAWhole() {
        PythonSettings settings = read(
                Map.of("cpython.venv", "/v"),
                Map.of("CPYTHON_LIBRARY", "/l.so", "CPYTHON_BUNDLE", "true", "CPYTHON_ISOLATED", "1"));
        assertThat(settings.library(), is(nullValue()));
        assertThat(settings.bundle(), is(nullValue()));
        assertThat(settings.isIsolated(), is(true));
    }

    @Test
    void libraryAndHomeMayComeTogether() {
        PythonSettings settings = read(Map.of("cpython.library", "/l.so", "cpython.home", "/h"), Map.of());
        assertThat(settings.library().value(), is(Path.of("/l.so")));
        assertThat(settings.home().value(), equalTo("/h"));
    }

    @Test
    void aBlankPropertyHidesTheVariable() {
        assertThat(read(Map.of("cpython.venv", " "), Map.of("CPYTHON_VENV", "/v")), is(PythonSettings.NONE));
    }

    @Test
    void theApiWinsOverAll() {
        PythonSettings settings = PythonSettings.NONE
                .withExecutable(Path.of("/api"), "PythonOptions")
                .over(read(Map.of("cpython.library", "/l.so"), Map.of("CPYTHON_ISOLATED", "yes")));
        assertThat(settings.executable().origin(), is("PythonOptions"));
        assertThat(settings.library(), is(nullValue()));
        assertThat(settings.isIsolated(), is(true));
    }

    @Test
    void bundleFalseIsNoChoiceOfAPython() {
        PythonSettings settings = PythonSettings.NONE
                .withBundle(PythonSettings.Bundle.FALSE, "PythonOptions")
                .over(read(Map.of("cpython.venv", "/v"), Map.of()));
        assertThat(settings.venv().value(), is(Path.of("/v")));
        assertThat(settings.bundle().value(), is(PythonSettings.Bundle.FALSE));
    }

    @Test
    void aValueThatMakesNoSenseIsAnErrorThatSaysWhatDoes() {
        PythonNotFoundException e =
                assertThrows(PythonNotFoundException.class, () -> read(Map.of("cpython.bundle", "maybe"), Map.of()));
        assertThat(
                e.getMessage(),
                allOf(
                        containsString("system property cpython.bundle is 'maybe'"),
                        containsString("auto, true or false")));
    }

    @Test
    void aPathThatIsNoneIsAnError() {
        PythonNotFoundException e =
                assertThrows(PythonNotFoundException.class, () -> read(Map.of(), Map.of("CPYTHON_LIBRARY", "a\0b")));
        assertThat(e.getMessage(), containsString("environment variable CPYTHON_LIBRARY"));
    }

    private static PythonSettings read(Map<String, String> properties, Map<String, String> env) {
        return PythonSettings.fromEnvironment(properties::get, env::get);
    }
}
