package io.github.cpythonengine.interpreter;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.capi.Layout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What each language holds of the other, counted by type. */
public final class Holdings {

    /** Of which the holders are told, since finding them takes long. */
    private static final int MOST_TYPES = 5;

    private static final int MOST_OBJECTS = 2;

    /**
     * The objects of one type.
     *
     * @param alone how many of them nobody refers to in their own language, as far as that is known
     * @param holders of some of them
     */
    public record Kind(String type, int count, int alone, List<String> holders) {}

    /** Objects of one type while they are counted. */
    private static final class Tally {
        int count;
        int alone;
        final List<Long> some = new ArrayList<>();

        void add(long object, boolean isAlone) {
            count++;
            alone += isAlone ? 1 : 0;
            if (some.size() < MOST_OBJECTS) {
                some.add(object);
            }
        }
    }

    private Holdings() {}

    /** Python objects that Java holds, the most numerous types first. GIL held. */
    public static List<Kind> ofJava(Gil gil) {
        Map<Long, Tally> tallies = new HashMap<>();
        for (long object : HeldRefs.pointers()) {
            tallies.computeIfAbsent(Layout.typeOf(object), type -> new Tally())
                    .add(object, Layout.refCount(object) == 1);
        }
        tallies.keySet().forEach(gil::strong); // another thread may give the type up while Python code runs here
        List<Kind> kinds = new ArrayList<>();
        tallies.forEach((type, tally) -> {
            String name = gil.text(gil.call(half(gil, "type_name"), type));
            kinds.add(new Kind(name, tally.count, tally.alone, List.of()));
        });
        return sorted(kinds);
    }

    /** Java objects that Python holds by the names of their classes, with what refers to some of them. GIL held. */
    public static List<Kind> ofPython(Gil gil) {
        Map<String, Tally> tallies = new HashMap<>();
        Bridge.javaObjects()
                .forEachHeld((type, body) ->
                        tallies.computeIfAbsent(type, name -> new Tally()).add(body, false));
        tallies.values().forEach(tally -> tally.some.forEach(gil::strong));
        List<Kind> kinds = new ArrayList<>();
        tallies.forEach((name, tally) -> kinds.add(new Kind(name, tally.count, 0, List.of())));
        List<Kind> sorted = sorted(kinds);
        List<Kind> most = sorted.subList(0, Math.min(MOST_TYPES, sorted.size()));
        List<Set<String>> holders =
                holders(most.stream().map(kind -> tallies.get(kind.type).some).toList());
        for (int i = 0; i < most.size(); i++) {
            Kind kind = most.get(i);
            most.set(i, new Kind(kind.type, kind.count, 0, List.copyOf(holders.get(i))));
        }
        return sorted;
    }

    private static List<Kind> sorted(List<Kind> kinds) {
        kinds.sort(Comparator.comparing(Kind::count).reversed().thenComparing(Kind::type));
        return kinds;
    }

    /** What refers to the objects of each list. */
    private static List<Set<String>> holders(List<List<Long>> objects) {
        List<Set<String>> holders = new ArrayList<>();
        try (Gil gil = Gil.acquire()) {
            long list = gil.own(C.PyList_New(0));
            for (List<Long> some : objects) {
                for (long object : some) {
                    gil.check(C.PyList_Append(list, object));
                }
            }
            long[] found = items(gil.call(half(gil, "holders"), list), false);
            int next = 0;
            for (List<Long> some : objects) {
                Set<String> texts = new LinkedHashSet<>();
                for (int i = 0; i < some.size(); i++) {
                    for (long text : items(found[next++], true)) {
                        texts.add(gil.text(text));
                    }
                }
                holders.add(texts);
            }
        }
        return holders;
    }

    private static long[] items(long sequence, boolean tuple) {
        long size = tuple ? Layout.tupleSize(sequence) : Layout.listSize(sequence);
        long[] items = new long[Layout.arrayLength(size)];
        if (tuple) {
            Layout.tupleItems(sequence, 0, items);
        } else {
            Layout.listItems(sequence, 0, items);
        }
        return items;
    }

    private static long half(Gil gil, String name) {
        return PythonHalf.load(gil, "references", Map.of()).member(gil, name);
    }
}
