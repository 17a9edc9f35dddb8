package io.github.cpythonengine.convert;

import io.github.cpythonengine.interpreter.Bridge;
import io.github.cpythonengine.interpreter.Gil;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

/** Coroutines and other awaitables as what Java waits for. */
final class FutureTargets {

    private FutureTargets() {}

    static void addTo(Map<Class<?>, Target> targets) {
        for (Class<?> type : new Class<?>[] {CompletableFuture.class, CompletionStage.class, Future.class}) {
            targets.put(type, of(type, type, Object.class));
        }
    }

    static boolean isOne(Class<?> type) {
        return type == CompletableFuture.class || type == CompletionStage.class || type == Future.class;
    }

    /** @param result the type of the value that it will have */
    static Target of(Class<?> type, Type generic, Type result) {
        return (gil, object) -> convert(gil, object, type, generic, result);
    }

    private static Object convert(Gil gil, long object, Class<?> type, Type generic, Type result) {
        Object natural = Values.builtIn(gil, object);
        if (type.isInstance(natural)) {
            return natural;
        }
        return Bridge.views().isAwaitable(gil, object)
                ? Bridge.views().future(gil, object, result)
                : Targets.instance(gil, object, type, generic);
    }
}
