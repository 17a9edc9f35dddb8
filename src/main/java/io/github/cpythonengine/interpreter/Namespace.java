package io.github.cpythonengine.interpreter;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.DictSlot;
import io.github.cpythonengine.capi.Layout;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The dict of a module whose {@code __name__} is {@code "__main__"}: the global variables of scripts. One of them may be
 * the interpreter's real {@code __main__}, the others are modules of their own.
 *
 * <p>Names that Python itself keeps there ({@code __name__}, {@code __builtins__} ...) can be read but are not among the
 * names listed, and do not go away.
 */
public final class Namespace {

    /** Answer for "no such name", since null is {@code None}. */
    public static final Object ABSENT = new Object();

    private static final Set<String> PYTHONS_OWN = Set.of(
            "__name__",
            "__doc__",
            "__package__",
            "__loader__",
            "__spec__",
            "__builtins__",
            "__file__",
            "__cached__",
            "__annotations__",
            "__annotate__",
            "__annotate_func__",
            "__conditional_annotations__");

    /** Guarded by the GIL. */
    private static boolean realMainTaken;

    private final Ref dict;

    /** Names that functions compiled for this namespace look up as globals. */
    private final Set<String> used = ConcurrentHashMap.newKeySet();

    /** Where the dict has names that were looked up: the first of them, if there are many. Guarded by the GIL. */
    private final Map<String, DictSlot> slots = new HashMap<>();

    private static final int MOST_SLOTS = 1_000;

    private boolean ownBuiltins;

    private boolean outerNames;

    /** For the namespace of foreign Bindings: a dict of what came from or went to them. */
    private Ref seen;

    private Namespace(Gil gil, long newDict, boolean real) {
        dict = real ? gil.ref(this, newDict, Namespace::giveRealMainBack) : gil.ref(this, newDict);
    }

    /** The interpreter's real {@code __main__} if nobody has it and it is ours to give, else a new one. */
    public static Namespace mainOrNew(Gil gil) {
        if (realMainTaken || Interpreter.running().isJoined()) {
            return create(gil);
        }
        realMainTaken = true;
        long module = gil.check(C.PyImport_AddModule(Py.cString("__main__")));
        return new Namespace(gil, gil.newRef(C.PyModule_GetDict(module)), true);
    }

    /** A module of its own. */
    public static Namespace create(Gil gil) {
        long module = gil.own(C.PyModule_NewObject(gil.name("__main__")));
        long dict = C.PyModule_GetDict(module);
        addBuiltins(gil, dict);
        return new Namespace(gil, gil.newRef(dict), false);
    }

    private static void addBuiltins(Gil gil, long dict) {
        long builtins = gil.own(C.PyImport_ImportModule(Py.cString("builtins")));
        gil.check(C.PyDict_SetItem(dict, gil.name("__builtins__"), builtins));
    }

    private static void giveRealMainBack(Gil gil, long dict) {
        gil.call(Scripts.member(gil, "empty"), dict);
        realMainTaken = false;
    }

    /** Gives up the names at once, so that what they hold can go; the namespace can't be used any more. */
    public void close(Gil gil) {
        if (!dict.isReleased()) {
            long names = gil.use(dict);
            Bridge.javaObjects().weakenBehind(gil, names);
            gil.call(Scripts.member(gil, "empty"), names);
            gil.release(dict);
        }
    }

    /** The dict, in the scope of {@code gil}. */
    long in(Gil gil) {
        return gil.use(dict);
    }

    // ---- names

    /** The value of a name, or {@link #ABSENT}. */
    public Object get(Gil gil, String name) {
        long value = find(gil, in(gil), name);
        return value == 0 ? ABSENT : gil.toJava(gil.strong(value));
    }

    public boolean contains(Gil gil, String name) {
        return gil.check(C.PyDict_Contains(in(gil), gil.name(name))) != 0;
    }

    /** Sets a name and returns its previous value, or null. */
    public Object put(Gil gil, String name, Object value) {
        long dict = in(gil);
        long object = gil.python(value);
        long before = find(gil, dict, name);
        Object previous = before == 0 ? null : gil.toJava(gil.strong(before));
        gil.check(C.PyDict_SetItem(dict, gil.name(name), object));
        mendAfter(gil, name);
        return previous;
    }

    /** Sets a name. */
    public void set(Gil gil, String name, Object value) {
        gil.check(C.PyDict_SetItem(in(gil), gil.name(name), gil.python(value)));
        mendAfter(gil, name);
    }

    private void mendAfter(Gil gil, String name) {
        if (name.equals("__builtins__")) {
            mend(gil);
        }
    }

    /** Deletes a name and returns its value, or null. */
    public Object remove(Gil gil, String name) {
        long dict = in(gil);
        long before = find(gil, dict, name);
        if (before == 0) {
            return null;
        }
        Object previous = gil.toJava(gil.strong(before));
        if (!PYTHONS_OWN.contains(name) || name.equals("__file__")) {
            gil.check(C.PyDict_DelItem(dict, gil.name(name)));
        }
        return previous;
    }

    private long find(Gil gil, long dict, String name) {
        DictSlot slot = slots.get(name);
        if (slot == null) {
            long key = gil.name(name);
            if (slots.size() == MOST_SLOTS || Strings.knownName(name) == 0) {
                return found(gil, C.PyDict_GetItemWithError(dict, key));
            }
            slot = new DictSlot(key);
            slots.put(name, slot);
        }
        return found(gil, slot.value(dict));
    }

    private static long found(Gil gil, long value) {
        if (value == 0) {
            gil.checkError();
        }
        return value;
    }

    /** The names, without Python's own. */
    public List<String> names(Gil gil) {
        long keys = gil.own(C.PyDict_Keys(in(gil)));
        List<String> names = new ArrayList<>();
        for (long item : Layout.listItems(keys)) {
            if (Layout.typeOf(item) == Py.STR) {
                String name = gil.text(item);
                if (!PYTHONS_OWN.contains(name)) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    /** Deletes all names but Python's own. */
    public void clear(Gil gil) {
        for (String name : names(gil)) {
            C.PyDict_DelItem(in(gil), gil.name(name));
            C.PyErr_Clear(); // gone already
        }
    }

    // ---- calls

    /**
     * Calls what a name, dotted or not, stands for, as all that a run does.
     *
     * @return {@link #ABSENT} when there is no such name or it is not callable
     */
    public Object invoke(Gil gil, String name, Object[] arguments) {
        long callable = resolve(gil, name);
        if (callable == 0 || !isCallable(callable)) {
            return ABSENT;
        }
        return gil.toJava(gil.ownAtEnd(gil.callRaw(callable, arguments)));
    }

    /**
     * What a dotted name stands for, as a user's object: a name of this namespace, a builtin or a module, which is imported,
     * and attributes from there.
     */
    public Object find(Gil gil, String name) {
        return gil.objectOf(gil.call(Scripts.member(gil, "resolve"), in(gil), gil.str(name)));
    }

    private static boolean isCallable(long object) {
        return Layout.typeOf(object) == Py.FUNCTION || C.PyCallable_Check(object) != 0;
    }

    private long resolve(Gil gil, String name) {
        long dict = in(gil);
        long found = find(gil, dict, name);
        if (found != 0) {
            return gil.strong(found);
        }
        int dot = name.indexOf('.');
        if (dot < 0) {
            return 0;
        }
        long object = find(gil, dict, name.substring(0, dot));
        while (object != 0 && dot >= 0) {
            int next = name.indexOf('.', dot + 1);
            String part = name.substring(dot + 1, next < 0 ? name.length() : next);
            object = gil.attrOrZero(gil.strong(object), part);
            dot = next;
        }
        return object;
    }

    // ---- what scripts here look up

    /** Adds the global names of code that is about to run here. */
    void using(Collection<String> names) {
        used.addAll(names);
    }

    /** All names that functions defined here look up as globals: a copy. No GIL needed. */
    public List<String> usedNames() {
        return new ArrayList<>(used);
    }

    /**
     * Makes names of outer scopes visible after this namespace's own and before the builtins: a copy of the builtins
     * with these put in becomes {@code __builtins__}.
     */
    public void setOuter(Gil gil, Map<String, Object> outer) {
        long found = gil.own(C.PyDict_New());
        for (Map.Entry<String, Object> entry : outer.entrySet()) {
            gil.check(C.PyDict_SetItem(found, gil.name(entry.getKey()), gil.python(entry.getValue())));
        }
        gil.call(Scripts.member(gil, "set_outer"), in(gil), found);
        ownBuiltins = true;
        outerNames = !outer.isEmpty();
    }

    /** Whether names of outer scopes are visible now. */
    public boolean hasOuterNames() {
        return outerNames;
    }

    /** Whether {@link #setOuter} was used, so that it must be used again for each run. */
    public boolean hasOuter() {
        return ownBuiltins;
    }

    /** Puts {@code __builtins__} back if a script deleted it: CPython 3.9 does not run without. */
    void mendBefore310(Gil gil) {
        if (Interpreter.minorVersion() < 10) {
            mend(gil);
        }
    }

    /** Puts {@code __builtins__} back if it is gone or is nothing that CPython can use. */
    void mend(Gil gil) {
        long dict = in(gil);
        long builtins = C.PyDict_GetItemWithError(dict, gil.name("__builtins__"));
        boolean usable = builtins != 0
                && (C.PyType_IsSubtype(Layout.typeOf(builtins), Py.MODULE) != 0
                        || C.PyType_IsSubtype(Layout.typeOf(builtins), Py.DICT) != 0);
        if (!usable) {
            C.PyErr_Clear();
            addBuiltins(gil, dict);
        }
    }

    /**
     * The current values of {@code sys.argv} and {@code __file__} for a run; null for none.
     *
     * @return puts {@code sys.argv} back, which all engines share
     */
    public Runnable describeScript(Gil gil, String file, List<String> arguments) {
        long before =
                gil.call(Scripts.member(gil, "describe_script"), in(gil), gil.python(file), pythonList(gil, arguments));
        return before == Py.NONE ? () -> {} : () -> gil.call(Scripts.member(gil, "set_arguments"), before);
    }

    private static long pythonList(Gil gil, List<String> texts) {
        if (texts == null) {
            return Py.NONE;
        }
        long list = gil.own(C.PyList_New(0));
        for (String text : texts) {
            gil.check(C.PyList_Append(list, gil.str(text)));
        }
        return list;
    }

    // ---- the namespace of foreign Bindings

    /**
     * What a run did to the namespace.
     *
     * @param assigned names with their new values
     * @param deleted names that are gone
     * @param failure why other names are not told, or null
     */
    public record Changes(Map<String, Object> assigned, List<String> deleted, RuntimeException failure) {}

    /** Brings in values from outside, unless scripts have assigned or deleted the names since. */
    public void takeIn(Gil gil, Map<String, Object> found, Collection<String> missing) {
        long values = gil.own(C.PyDict_New());
        for (Map.Entry<String, Object> entry : found.entrySet()) {
            gil.check(C.PyDict_SetItem(values, gil.str(entry.getKey()), gil.python(entry.getValue())));
        }
        long names = pythonList(gil, List.copyOf(missing));
        gil.call(Scripts.member(gil, "take_in"), in(gil), seen(gil), values, names);
    }

    /** What changed since the last time, or since the values came in. */
    public Changes changes(Gil gil) {
        long both = gil.call(Scripts.member(gil, "changes"), in(gil), seen(gil));
        long[] parts = new long[2];
        Layout.tupleItems(both, 0, parts);
        long[] keys = Layout.listItems(gil.own(C.PyDict_Keys(parts[0])));
        long[] values = Layout.listItems(gil.own(C.PyDict_Values(parts[0])));
        Map<String, Object> assigned = new LinkedHashMap<>();
        RuntimeException failure = null;
        for (int i = 0; i < keys.length; i++) {
            try {
                assigned.put(gil.text(keys[i]), gil.toJava(values[i]));
            } catch (RuntimeException e) { // of a user's converter; the other names are as good as ever
                failure = failure == null ? e : failure;
            }
        }
        List<String> deleted = new ArrayList<>();
        for (long name : Layout.listItems(parts[1])) {
            deleted.add(gil.text(name));
        }
        return new Changes(assigned, deleted, failure);
    }

    /** Drops values that came in and that no script has assigned since. */
    public void forget(Gil gil, Collection<String> names) {
        long list = pythonList(gil, List.copyOf(names));
        gil.call(Scripts.member(gil, "forget"), in(gil), seen(gil), list);
    }

    private long seen(Gil gil) {
        if (seen == null) {
            seen = gil.ref(this, gil.check(C.PyDict_New()));
        }
        return gil.use(seen);
    }
}
