package io.github.cpythonengine.interpreter;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.Layout;
import java.util.ArrayList;
import java.util.List;

/**
 * A compiled script: its statements, and the expression at its end whose value is the script's. Belongs to no namespace;
 * can run in any, by any thread.
 */
public final class Code {

    /**
     * Characters from which a text is compiled on a thread with a large stack: up to 3.13, CPython's parser and compiler
     * recurse as deep as an expression is nested, with a limit made for 8 MiB.
     */
    private static final int LONG_TEXT = 2000;

    private final String file;

    /** The statements, or null when the script is an expression. */
    private final Ref body;

    /** The expression at the end, or null. */
    private final Ref value;

    /** Whether it names {@code __builtins__}, which it may spoil. */
    private final boolean namesBuiltins;

    /** Whether it seems to fork, so that it may end in a child process. */
    private final boolean namesFork;

    /** Whether it defines functions or classes, whose names are looked up after the run too. */
    private final boolean lasting;

    /** Names looked up as globals; null until somebody asks. Guarded by the GIL. */
    private List<String> names;

    /** Those that neither the code itself nor the builtins supply. */
    private List<String> freeNames;

    /** Runs in progress, and others who hold it. Guarded by the GIL. */
    private int users;

    private Code(Gil gil, String text, String file, long body, long value, boolean lasting) {
        this.file = file;
        this.body = body == Py.NONE ? null : gil.ref(this, gil.newRef(body));
        this.value = value == Py.NONE ? null : gil.ref(this, gil.newRef(value));
        this.lasting = lasting;
        namesBuiltins = text.contains("__builtins__");
        namesFork = text.contains("fork");
    }

    /**
     * Compiles a text; runs nothing.
     *
     * @param file the name of the file for positions and tracebacks; null for a made-up one
     */
    public static Code compile(Gil gil, String text, String file) {
        if (text.length() <= LONG_TEXT || Interpreter.minorVersion() >= 14) {
            return compileHere(gil, text, file);
        }
        try {
            return gil.withoutGil(() -> VirtualThreads.hop(() -> {
                try (Gil there = Gil.acquire()) {
                    return compileHere(there, text, file);
                }
            }));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Code compileHere(Gil gil, String text, String file) {
        long parts = gil.call(Scripts.member(gil, "compile_script"), gil.str(text), gil.python(file));
        long[] items = new long[4];
        Layout.tupleItems(parts, 0, items);
        return new Code(gil, text, gil.text(items[0]), items[1], items[2], items[3] == Py.TRUE);
    }

    /** Keeps it usable, until {@link #leave}; for ever if there is none, that is, as long as Java refers to it. */
    public void enter() {
        users++;
    }

    /** Ends what {@link #enter} began. */
    public void leave() {
        users--;
    }

    /** Gives it up at once if it has no user, instead of when Java's garbage collector finds out. */
    public void giveUp(Gil gil) {
        if (users == 0) {
            release(gil, body);
            release(gil, value);
        }
    }

    private static void release(Gil gil, Ref part) {
        if (part != null) {
            gil.release(part);
        }
    }

    /** The name of its file, given or made up. */
    public String file() {
        return file;
    }

    /**
     * Tells the namespace which names this code looks up there; or the run alone, when the code can't outlive it: else
     * the names of all scripts ever run would be looked up for ever.
     *
     * @param watching whether the run wants to know
     * @return names for the run, besides the namespace's
     */
    public List<String> announce(Gil gil, Namespace namespace, boolean watching) {
        if (!watching && !lasting) {
            return List.of();
        }
        if (names == null) {
            readNames(gil);
        }
        if (lasting) {
            namespace.using(names);
            return List.of();
        }
        return names;
    }

    /**
     * Whether functions defined by this code look up names that nothing known supplies; an outer scope may supply them
     * later.
     */
    public boolean hasLastingFreeNames(Gil gil, Namespace namespace) {
        if (!lasting) {
            return false;
        }
        if (freeNames == null) {
            readNames(gil);
        }
        for (String name : freeNames) {
            if (!namespace.contains(gil, name)) {
                return true;
            }
        }
        return false;
    }

    private void readNames(Gil gil) {
        long none = Py.NONE;
        long found = gil.call(
                Scripts.member(gil, "global_names"),
                body == null ? none : gil.use(body),
                value == null ? none : gil.use(value));
        long[] both = new long[2];
        Layout.tupleItems(found, 0, both);
        names = texts(gil, both[0]);
        freeNames = texts(gil, both[1]);
    }

    static List<String> texts(Gil gil, long tuple) {
        long[] items = Layout.tupleItems(tuple);
        List<String> texts = new ArrayList<>(items.length);
        for (long item : items) {
            texts.add(gil.text(item));
        }
        return texts;
    }

    /** Runs it, as all that a run does, and returns the value of the expression at its end, or null. */
    public Object run(Gil gil, Namespace namespace) {
        namespace.mendBefore310(gil);
        try {
            return run(gil, namespace.in(gil));
        } finally {
            if (namesBuiltins) {
                namespace.mend(gil);
            }
        }
    }

    private Object run(Gil gil, long dict) {
        if (namesFork) {
            return gil.toJava(ForkedChild.run(gil, pointer(gil, body), pointer(gil, value), dict));
        }
        if (body != null) {
            gil.ownAtEnd(evaluate(gil, body, dict));
        }
        if (value == null) {
            return null;
        }
        return gil.toJava(gil.ownAtEnd(evaluate(gil, value, dict)));
    }

    private static long pointer(Gil gil, Ref code) {
        return code == null ? Py.NONE : gil.use(code);
    }

    private static long evaluate(Gil gil, Ref code, long dict) {
        return C.PyEval_EvalCode(gil.use(code), dict, dict);
    }
}
