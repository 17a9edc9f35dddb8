package io.github.cpythonengine.wrap;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.ListIterator;
import java.util.Random;
import java.util.function.Function;

/** Random operations on a list and its model, compared by result, exception and content. */
final class ListSteps {

    private ListSteps() {}

    static void compare(Random random, List<Object> model, List<Object> view, int steps) {
        for (int step = 0; step < steps; step++) {
            int kind = random.nextInt(17);
            int index = random.nextInt(model.size() + 2);
            int item = random.nextInt(90);
            Function<List<Object>, Object> operation = operation(kind, index, item);
            String name = "step " + step + " operation " + kind + " at " + index + " with " + item;
            assertThat(name, outcome(operation, view), is(outcome(operation, model)));
            assertThat(name, view, is(model));
            assertThat(name, view.hashCode(), is(model.hashCode()));
        }
    }

    private static Object outcome(Function<List<Object>, Object> operation, List<Object> list) {
        try {
            return operation.apply(list);
        } catch (IndexOutOfBoundsException e) {
            return IndexOutOfBoundsException.class;
        } catch (RuntimeException e) {
            return e.getClass();
        }
    }

    private static Function<List<Object>, Object> operation(int kind, int index, int item) {
        Collection<Object> some = Arrays.asList(item, null, "s", item + 1);
        return switch (kind) {
            case 0 -> list -> list.add(item);
            case 1 ->
                list -> {
                    list.add(index, item);
                    return list.size();
                };
            case 2 -> list -> list.remove(index);
            case 3 -> list -> list.remove((Object) item);
            case 4 -> list -> list.set(index, item);
            case 5 -> list -> list.addAll(index, some);
            case 6 -> list -> list.addAll(some);
            case 7 -> list -> list.indexOf(item) + 100 * list.lastIndexOf(item);
            case 8 -> list -> list.removeIf(each -> each instanceof Integer i && i % 7 == item % 7);
            case 9 -> list -> list.removeAll(some);
            case 10 ->
                list -> {
                    list.replaceAll(each -> each instanceof Integer i ? i + 1 : each);
                    return null;
                };
            case 11 ->
                list -> {
                    list.sort(Comparator.comparing(String::valueOf));
                    return null;
                };
            case 12 -> list -> Arrays.asList(list.subList(index / 2, index).toArray());
            case 13 ->
                list -> {
                    list.subList(index / 2, index).clear();
                    return null;
                };
            case 14 -> list -> forward(list.listIterator(index / 2), item);
            case 15 -> list -> backward(list.listIterator(index), item);
            default -> list -> list.containsAll(some) + list.toString();
        };
    }

    private static Object forward(ListIterator<Object> it, int item) {
        StringBuilder seen = new StringBuilder();
        while (it.hasNext()) {
            Object each = it.next();
            seen.append(each).append(',');
            if (each instanceof Integer i && i % 5 == item % 5) {
                it.remove();
            } else if (each instanceof Integer i && i % 5 == (item + 1) % 5) {
                it.set(i * 2);
                if (it.hasPrevious()) {
                    seen.append(it.previous()).append('<');
                    it.next();
                }
            } else if (each instanceof String s && s.equals("s")) {
                it.add("added");
            }
        }
        return seen.toString();
    }

    private static Object backward(ListIterator<Object> it, int item) {
        StringBuilder seen = new StringBuilder();
        while (it.hasPrevious()) {
            Object each = it.previous();
            seen.append(each).append(it.nextIndex()).append(',');
            if (each instanceof Integer i && i % 5 == item % 5) {
                it.remove();
            } else if (each instanceof Integer i && i % 5 == (item + 1) % 5) {
                it.set("set");
            }
        }
        return seen.toString();
    }
}
