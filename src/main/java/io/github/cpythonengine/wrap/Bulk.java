package io.github.cpythonengine.wrap;

import java.util.Arrays;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The bulk operations of {@code java.util} over values read in one go. */
final class Bulk {

    private Bulk() {}

    /** {@code Collection.toArray(T[])}. */
    static <T> T[] toArray(Object[] values, T[] into) {
        if (into.length < values.length) {
            @SuppressWarnings("unchecked") // what does not fit is an ArrayStoreException
            T[] copy = (T[]) Arrays.copyOf(values, values.length, into.getClass());
            return copy;
        }
        System.arraycopy(values, 0, into, 0, values.length);
        if (into.length > values.length) {
            into[values.length] = null;
        }
        return into;
    }

    @SuppressWarnings("unchecked") // the values are what the collection holds
    static <T> void forEach(Object[] values, Consumer<? super T> action) {
        for (Object value : values) {
            action.accept((T) value);
        }
    }

    /** A sized spliterator that reads everything when it is first used, as the late-binding rule wants. */
    static <T> Spliterator<T> spliterator(Supplier<Object[]> read, int characteristics) {
        return new Late<>(read, characteristics | Spliterator.SIZED | Spliterator.SUBSIZED);
    }

    private static final class Late<T> implements Spliterator<T> {
        private final Supplier<Object[]> read;
        private final int characteristics;
        private Spliterator<T> bound;

        Late(Supplier<Object[]> read, int characteristics) {
            this.read = read;
            this.characteristics = characteristics;
        }

        private Spliterator<T> bound() {
            if (bound == null) {
                bound = Spliterators.spliterator(read.get(), characteristics);
            }
            return bound;
        }

        @Override
        public boolean tryAdvance(Consumer<? super T> action) {
            return bound().tryAdvance(action);
        }

        @Override
        public void forEachRemaining(Consumer<? super T> action) {
            bound().forEachRemaining(action);
        }

        @Override
        public Spliterator<T> trySplit() {
            return bound().trySplit();
        }

        @Override
        public long estimateSize() {
            return bound().estimateSize();
        }

        @Override
        public int characteristics() {
            return characteristics;
        }
    }
}
