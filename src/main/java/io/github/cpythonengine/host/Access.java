package io.github.cpythonengine.host;

import java.lang.reflect.Member;

/** The rules of the run in progress about the classes and members that its scripts reach. */
final class Access {

    private Access() {}

    /** @throws SecurityException when scripts may not use this class */
    static void check(Class<?> type) {
        // all are allowed
    }

    /** @throws SecurityException when scripts may not use this member */
    static void check(Member member) {
        // all are allowed
    }
}
