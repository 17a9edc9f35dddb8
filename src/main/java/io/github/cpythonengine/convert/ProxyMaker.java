package io.github.cpythonengine.convert;

import io.github.cpythonengine.python.PyObject;
import java.lang.reflect.Type;
import java.util.Optional;

/** Not for users: makes Java interfaces of Python objects, for conversions to an interface. */
@FunctionalInterface
public interface ProxyMaker {

    /**
     * An object that implements the interface, given as a {@code Class} or a {@code ParameterizedType}.
     *
     * @return empty when the Python object lacks a method; {@code missing} is then told which
     */
    Optional<Object> make(PyObject target, Type type, StringBuilder missing);
}
