package io.github.cpythonengine.python;

import static io.github.cpythonengine.capi.Api.C;

import io.github.cpythonengine.interpreter.Gil;
import io.github.cpythonengine.interpreter.Ref;
import java.lang.reflect.Type;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What a Python iterator gives, taken and converted when it is asked for and no sooner. */
final class Items<T> extends Spliterators.AbstractSpliterator<T> {

    private static final Object END = new Object();

    private final PyObject iterator;
    private final Type wanted;

    /** @param wanted the type of an item; {@code Object} for the natural value */
    private Items(Ref iterable, Type wanted) {
        super(Long.MAX_VALUE, Spliterator.ORDERED);
        this.iterator = Gil.with(gil -> (PyObject) gil.object(C.PyObject_GetIter(gil.use(iterable))));
        this.wanted = wanted;
    }

    static Iterator<Object> iterator(Ref iterable) {
        return Spliterators.iterator(new Items<>(iterable, Object.class));
    }

    static <T> Stream<T> stream(Ref iterable, Type wanted) {
        Items<T> items = new Items<>(iterable, wanted);
        return StreamSupport.stream(items, false).onClose(items::close);
    }

    @Override
    public boolean tryAdvance(Consumer<? super T> action) {
        Object item = Gil.with(gil -> {
            long next = C.PyIter_Next(gil.use(iterator.ref()));
            if (next == 0) {
                gil.checkError();
                return END;
            }
            return gil.toJava(gil.own(next), wanted);
        });
        if (item == END) {
            return false;
        }
        @SuppressWarnings("unchecked") // converted to this type
        T value = (T) item;
        action.accept(value);
        return true;
    }

    /** Ends a generator, so that its {@code finally} blocks run. */
    private void close() {
        try {
            if (iterator.hasAttr("close")) {
                iterator.callMethod("close");
            }
        } finally {
            iterator.close();
        }
    }
}
