package io.github.cpythonengine.host;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.Layout;
import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.PythonFunction;
import io.github.cpythonengine.interpreter.PythonHalf;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** This package's Python half: {@code host.py} and {@code host_collections.py}. */
final class Half {

    private static PythonHalf classes;
    private static PythonHalf collections;

    /** The class of the classes that stand for Java classes; 0 before the first one is made. */
    static long metaclass;

    private static long end;

    /** A Python float that is counted up in place with each call of Java by Python. */
    private static long changes;

    private static double count;

    private Half() {}

    /** A member of {@code host.py}, borrowed, good for ever. */
    static long member(Gil gil, String name) {
        return classes(gil).member(gil, name);
    }

    /** A member of {@code host_collections.py}. */
    static long collection(Gil gil, String name) {
        return collections(gil).member(gil, name);
    }

    private static PythonHalf classes(Gil gil) {
        if (classes == null) {
            Map<String, PythonFunction> functions = new HashMap<>();
            AnyObject.functions().forEach((name, function) -> functions.put(name, counted(function)));
            functions.putAll(Attributes.functions());
            classes = PythonHalf.load(gil, "host", functions);
        }
        return classes;
    }

    private static PythonHalf collections(Gil gil) {
        if (collections == null) {
            Map<String, PythonFunction> functions = new HashMap<>();
            for (Map<String, PythonFunction> some : forCollections()) {
                some.forEach((name, function) -> functions.put(name, counted(function)));
            }
            PythonHalf loaded = PythonHalf.load(gil, "host_collections", functions);
            if (changes == 0) {
                changes = gil.check(C.PyFloat_FromDouble(count));
            }
            gil.call(loaded.member(gil, "setup"), changes);
            collections = loaded;
        }
        return collections;
    }

    private static List<Map<String, PythonFunction>> forCollections() {
        return List.of(
                Collections.functions(),
                Lists.functions(),
                Maps.functions(),
                Iterators.functions(),
                JavaArrays.functions());
    }

    private static PythonFunction counted(PythonFunction function) {
        return (gil, arguments) -> {
            countChange();
            return function.call(gil, arguments);
        };
    }

    /** Tells iterations in progress that Java may have changed something. GIL held. */
    static void countChange() {
        Fetched.drop();
        if (changes != 0) {
            C.putLong(changes + Layout.headSize(), Double.doubleToRawLongBits(++count));
        }
    }

    static long metaclass(Gil gil) {
        if (metaclass == 0) {
            metaclass = member(gil, "JavaClass");
        }
        return metaclass;
    }

    /** Forgets what was fetched ahead and perhaps will not be asked for. */
    static void dropAhead(Gil gil) {
        if (collections != null) {
            gil.call(collections.member(gil, "drop_ahead"));
        }
    }

    /** What stands for "there is nothing", where None is a value. Borrowed. */
    static long end(Gil gil) {
        if (end == 0) {
            end = collection(gil, "END");
        }
        return end;
    }
}
