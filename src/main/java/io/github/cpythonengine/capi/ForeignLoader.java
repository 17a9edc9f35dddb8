package io.github.cpythonengine.capi;

/**
 * Stands for the class of the same name that the jar has for Java 22 and newer, which loads by
 * {@code java.lang.foreign}: here there is none.
 */
final class ForeignLoader {

    private ForeignLoader() {}

    /** The loader, or null when this Java or this build of the jar has none. */
    static Loader find() {
        return null;
    }
}
