package io.github.cpythonengine.interpreter;

import static io.github.cpythonengine.capi.Api.C;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The part of this library that is written in Python: small modules from the jar. They are no
 * entries of {@code sys.modules}, so that copies of this library in several class loaders share one
 * Python without sharing them.
 */
public final class PythonHalf {

    private static final String FOLDER = "/io/github/cpythonengine/";
    private static final String PACKAGE = "_cpythonengine_";

    private static final Map<String, PythonHalf> LOADED = new ConcurrentHashMap<>();

    /** A dict, for the life of the process. Guarded by the GIL. */
    private static long builtins;

    private final long dict;
    private final Map<String, Long> members = new ConcurrentHashMap<>();

    private PythonHalf(long dict) {
        this.dict = dict;
    }

    /**
     * The module of this name, loaded at the first use. GIL held.
     *
     * @param functions what it finds as globals: the Java functions that it calls
     */
    public static PythonHalf load(Gil gil, String name, Map<String, PythonFunction> functions) {
        PythonHalf known = LOADED.get(name);
        if (known != null) {
            return known;
        }
        long module = gil.own(C.PyModule_NewObject(gil.str(PACKAGE + name)));
        long dict = C.PyModule_GetDict(module);
        gil.check(C.PyDict_SetItem(dict, gil.name("__builtins__"), builtins(gil)));
        for (Map.Entry<String, PythonFunction> function : functions.entrySet()) {
            long callable = gil.own(Builtins.function(gil, function.getKey(), function.getValue()));
            gil.check(C.PyDict_SetItem(dict, gil.name(function.getKey()), callable));
        }
        String file = "cpython-engine/" + name + ".py";
        long code = compile(gil, source(name), file);
        gil.own(C.PyEval_EvalCode(code, dict, dict));
        C.Py_IncRef(module); // for the life of the process
        PythonHalf loaded = new PythonHalf(dict);
        PythonHalf raced = LOADED.putIfAbsent(name, loaded);
        return raced != null ? raced : loaded;
    }

    /** A copy of the builtins as they were at the start: what scripts do to theirs does not reach our modules. */
    private static long builtins(Gil gil) {
        if (builtins == 0) {
            builtins = gil.check(C.PyDict_Copy(C.PyEval_GetBuiltins()));
        }
        return builtins;
    }

    private static long compile(Gil gil, String source, String file) {
        long compile = C.PyDict_GetItemWithError(builtins(gil), gil.name("compile"));
        return gil.call(compile, gil.str(source), gil.str(file), gil.str("exec"));
    }

    private static String source(String name) {
        String path = FOLDER + name + ".py";
        try (InputStream in = PythonHalf.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("The jar lacks " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A function or class of the module, borrowed, good for ever. GIL held. */
    public long member(Gil gil, String name) {
        Long known = members.get(name);
        if (known != null) {
            return known;
        }
        long member = C.PyDict_GetItemWithError(dict, gil.name(name));
        if (member == 0) {
            throw new IllegalStateException("The Python half has no " + name);
        }
        C.Py_IncRef(member); // it may be rebound, and what we handed out stays good
        members.put(name, member);
        return member;
    }
}
